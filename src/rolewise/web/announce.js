// Tells screen readers an answer sentence by sentence. Gradio draws the whole message anew with each, and its own live region
// would read all of it out every time.
(() => {
  const AFTER_MS = 600; // what is drawn so soon after an answer's end still belongs to it
  let seen = -AFTER_MS; // when an answer was last under way
  let told = "";

  function words(message) {
    const copy = message.cloneNode(true);
    copy.querySelectorAll('a[href^="#rw-"]').forEach((marker) => marker.remove());
    return [...copy.querySelectorAll("p, li, th, td")].map((block) => block.textContent.trim()).join(" ").replace(/\s+([.,;:])/g, "$1");
  }

  function listen() {
    document.querySelectorAll('#rw-chat [role="log"][aria-live="polite"]').forEach((log) => log.setAttribute("aria-live", "off"));
    const busy = Boolean(document.querySelector("#rw-box .stop-button"));
    const region = document.getElementById("rw-said");
    const under = performance.now() - seen < AFTER_MS;
    if (!region || (!busy && !under)) return;
    if (!under) {
      region.replaceChildren();
      told = "";
    }
    if (busy) seen = performance.now();
    const last = [...document.querySelectorAll("#rw-chat [data-testid=bot]")].pop();
    const now = last ? words(last) : "";
    const fresh = (now.startsWith(told) ? now.slice(told.length) : now).trim();
    told = now;
    if (!fresh) return;
    const line = document.createElement("p");
    line.textContent = fresh;
    region.append(line);
  }

  const begin = () => new MutationObserver(listen).observe(document.body, { subtree: true, childList: true });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
