// Pointing at a marker, focusing it or tapping it shows the words that it cites. Esc takes them away again.
(() => {
  const WAIT_MS = 250; // for the pointer to reach the tip
  let tip = null;
  let marker = null;
  let dismissed = ""; // where the pointer was at Esc: a growing answer slides new markers under it
  let leaving = 0;
  let touched = false;

  const markerOf = (target) => target.closest?.('#rw-chat a[href^="#rw-"]');
  const where = (event) => `${event.clientX} ${event.clientY}`;
  const line = (name, text) => {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  };

  function show(link) {
    clearTimeout(leaving);
    tip = document.getElementById("rw-tip");
    if (marker === link && tip.matches(":popover-open")) return;
    const card = document.getElementById(link.getAttribute("href").slice(1));
    const quote = card?.querySelector("mark")?.textContent;
    if (!quote) return;
    if (marker) hide();
    marker = link;
    tip.replaceChildren(line("rw-tip-title", card.querySelector(".rw-title")?.textContent ?? ""), line("rw-tip-quote", quote));
    if (touched) tip.append(line("rw-tip-title", "Tap the number again to see it in its source."));
    link.setAttribute("aria-describedby", tip.id);
    tip.showPopover();
    place(link.getBoundingClientRect());
  }
  function place(at) {
    const left = Math.min(Math.max(12, at.left - 24), innerWidth - tip.offsetWidth - 12);
    const below = at.bottom + 4;
    const above = at.top - tip.offsetHeight - 4;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + tip.offsetHeight > innerHeight - 8 && above > 8 ? above : below}px`;
  }
  function hide() {
    clearTimeout(leaving);
    marker.removeAttribute("aria-describedby");
    marker = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  }

  let pointer = "";
  document.addEventListener("pointermove", (event) => {
    pointer = where(event);
    if (pointer !== dismissed) dismissed = "";
  }, { passive: true });
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || dismissed === where(event)) return;
    const link = markerOf(event.target);
    if (link) show(link);
    else if (marker && tip.contains(event.target)) clearTimeout(leaving);
    else if (marker && marker !== document.activeElement) {
      clearTimeout(leaving);
      leaving = setTimeout(() => marker && hide(), WAIT_MS);
    }
  });
  document.addEventListener("focusin", (event) => {
    const link = markerOf(event.target);
    if (link?.matches(":focus-visible")) show(link);
    else if (marker) hide();
  });
  document.addEventListener("focusout", (event) => { if (event.target === marker) hide(); });
  document.addEventListener("scroll", () => { if (marker) hide(); }, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    const link = markerOf(event.target);
    if (link && touched && link !== marker) {
      event.preventDefault();
      event.stopImmediatePropagation();
      show(link);
    } else if (marker && !tip.contains(event.target)) hide();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !marker) return;
    event.stopImmediatePropagation(); // the answer goes on
    hide();
    dismissed = pointer;
  }, true);
})();
