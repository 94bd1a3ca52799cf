// Markers and the source cards they point to; light and dark; Enter and Esc; what Gradio's labels lack.
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  let marker = null;
  let picked = null;
  let look = [];

  function show(card, keyed) {
    document.querySelectorAll(".rw-picked").forEach((other) => other.classList.remove("rw-picked", "rw-keyed"));
    card.closest("details")?.setAttribute("open", "");
    look = keyed ? ["rw-picked", "rw-keyed"] : ["rw-picked"];
    card.classList.add(...look);
    picked = card.id;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  // The panel is drawn anew when a streaming answer cites more.
  function keepPick() {
    const card = picked && document.getElementById(picked);
    if (card && !card.classList.contains("rw-picked")) card.classList.add(...look);
  }

  function backToAnswer() {
    if (!marker?.isConnected) marker = document.querySelector(`a[href="${marker?.getAttribute("href")}"]`);
    marker?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    marker?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#rw-"]');
    const card = link && document.getElementById(link.getAttribute("href").slice(1));
    if (link) event.preventDefault();
    if (card) {
      marker = link;
      show(card, event.detail === 0); // no pointer clicked
    }
    if (event.target.closest?.(".rw-back")) backToAnswer();
    if (event.target.closest?.(".rw-theme")) choose(document.body.classList.contains("dark") ? "light" : "dark");
  }, true);

  // The stop button, where it is seen: what is pressed in another tab is not meant for the chat.
  const stop = () => [...document.querySelectorAll("#rw-box .stop-button")].find((button) => button.offsetParent);

  // Esc closes what is open before it stops an answer; Enter sends an edited question as it sends a new one.
  document.addEventListener("keydown", (event) => {
    const editing = event.target.closest?.(".edit-textarea");
    if (event.key === "Escape" && !document.querySelector("dialog[open], :popover-open")) {
      const cancel = event.target.closest?.(".message-row:has(.edit-textarea)")?.querySelector('button[aria-label="Cancel"]');
      (cancel ?? stop())?.click();
    }
    if (event.key === "Enter" && !event.shiftKey && event.target.closest?.("#rw-box") && event.target.value.trim() && stop())
      window.rolewise.wait();
    if (event.key === "Enter" && editing && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      editing.closest(".message-row").querySelector('button[aria-label="Submit"]')?.click();
    }
  });

  // The system's choice holds until the reader makes one. Gradio sets body.dark after this script runs, hence the observer.
  const stored = () => { try { return localStorage.getItem("rolewise-theme"); } catch { return null; } };
  function choose(mode) {
    try { localStorage.setItem("rolewise-theme", mode); } catch { /* storage is off: the choice lasts for this visit */ }
    document.body.classList.toggle("dark", mode === "dark");
  }
  function keepTheme() {
    const dark = document.body.classList.contains("dark");
    const wanted = stored();
    if (wanted && dark !== (wanted === "dark")) document.body.classList.toggle("dark", wanted === "dark");
    document.querySelector(".rw-theme")?.setAttribute("aria-pressed", String(document.body.classList.contains("dark")));
  }
  // What Gradio says where a request comes to nothing, in words that say what to do. What a bar tells (away.js) is not told twice.
  const BUSY = "Too many people are asking at once. Nothing is lost: try again in a moment.";
  function reword() {
    for (const shown of document.querySelectorAll(".toast-message-text:not([data-said])")) {
      shown.dataset.said = "";
      if (shown.textContent.startsWith("This application is currently busy")) shown.textContent = BUSY;
      shown.textContent = shown.textContent.replace(/^File\(s\) exceed the maximum allowed size of (\d+)\S* Mb: /, "Not taken: larger than $1 MB, the most that the page takes: ");
      if (/^(Connection |Log in again)/.test(shown.textContent)) shown.closest(".toast-body").hidden = true;
    }
  }

  // Gradio labels each message with its raw Markdown, which a screen reader would read out instead of the message,
  // and calls the examples a list, though they are buttons.
  function relabel() {
    for (const examples of document.querySelectorAll('.examples[role="list"]')) {
      examples.setAttribute("role", "group");
      examples.setAttribute("aria-label", "Examples");
    }
    for (const [who, label] of [["user", "Your question"], ["bot", "Answer"]])
      for (const message of document.querySelectorAll(`[data-testid="${who}"]:not([aria-label="${label}"])`)) {
        message.setAttribute("role", "group");
        message.setAttribute("aria-label", label);
      }
    for (const long of document.querySelectorAll("#rw-chat .user-row .prose:not([tabindex])"))
      if (long.scrollHeight > long.clientHeight + 1) long.tabIndex = 0; // so that the keyboard can scroll it
    for (const corner of document.querySelectorAll("#rw-chat th:empty:not([role])")) corner.setAttribute("role", "cell"); // heads nothing
    for (const list of document.querySelectorAll(".options > [role=listbox]:not([tabindex])")) list.tabIndex = -1; // it scrolls, but is no stop: it closes
    for (const radio of document.querySelectorAll("#rw-models input:not([name=rw-models])")) radio.name = "rw-models"; // one group, for the arrow keys
    const box = document.querySelector("#rw-box textarea");
    if (box && !box.value) box.style.height = ""; // it keeps the lines of the question that was just sent
    for (const link of document.querySelectorAll('#rw-chat a[href^="#rw-"][title]')) {
      link.setAttribute("aria-label", link.title);
      link.removeAttribute("title"); // its quote appears instead
    }
    for (const editing of document.querySelectorAll(".edit-textarea:not([aria-label])")) {
      editing.setAttribute("aria-label", "Your question, to be asked anew");
      editing.value = new DOMParser().parseFromString(editing.value, "text/html").documentElement.textContent;
      editing.dispatchEvent(new Event("input"));
      editing.focus();
    }
  }

  // A new question goes to the top of the pane and stays there while its answer grows, until the reader scrolls.
  let questions = 0;
  let followed = null;
  function follow() {
    const rows = document.querySelectorAll("#rw-chat .user-row");
    if (rows.length > questions) followed = rows[rows.length - 1];
    questions = rows.length;
    const pane = followed?.isConnected && followed.closest(".panel-wrap");
    if (pane) pane.scrollTop += followed.getBoundingClientRect().top - pane.getBoundingClientRect().top - 12;
  }
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown", "focusin"])
    document.addEventListener(kind, (event) => {
      if (event.target.closest?.("#rw-chat")) followed = null;
    }, { passive: true });

  function begin() {
    new MutationObserver(() => { relabel(); reword(); follow(); keepPick(); keepTheme(); }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label", "name"] });
    new MutationObserver(keepTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    keepTheme();
    relabel();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
