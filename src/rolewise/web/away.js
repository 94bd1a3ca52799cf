// Says that the server cannot be reached, which Gradio leaves unsaid, and offers a fresh page when it is there again: what the
// old one had of it may be gone, while conversations and what is written in the box are kept here. So, too, where a log-in has ended.
(() => {
  const DRAFT = "rolewise-draft";
  const AGAIN_MS = 2_000;
  const box = () => document.querySelector("#rw-box textarea");
  const asked = window.fetch.bind(window);
  let leaving = false;
  let bar = null;

  // `button`: what leads to a fresh page.
  function tell(text, button) {
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "rw-away";
      bar.setAttribute("role", "alert");
      document.querySelector(".gradio-container")?.append(bar);
    }
    bar.replaceChildren(text);
    if (!button) return;
    const fresh = Object.assign(document.createElement("button"), { type: "button", textContent: button });
    fresh.addEventListener("click", () => {
      try { sessionStorage.setItem(DRAFT, box()?.value ?? ""); } catch { /* without storage the words in the box go */ }
      location.reload();
    });
    bar.append(" ", fresh);
  }

  async function reached() {
    try {
      const answer = await asked("/health", { cache: "no-store" });
      return answer.ok || answer.status === 503; // while it starts, the page is there already
    } catch { return false; }
  }

  async function lost() {
    if (bar || leaving || await reached() || bar) return;
    tell("RoleWise cannot be reached: it was stopped, or the network is down. What you wrote is kept here.");
    while (!await reached()) await new Promise((after) => setTimeout(after, AGAIN_MS));
    tell("RoleWise is there again.", "Go on");
  }
  function ended() {
    if (!bar && !leaving) tell("You are logged out. What you wrote is kept here.", "Log in");
  }

  window.fetch = (...what) => asked(...what).then((answer) => {
    if ([502, 504].includes(answer.status)) lost();
    if (answer.status === 401) ended();
    return answer;
  }, (error) => {
    if (error?.name !== "AbortError") lost();
    throw error;
  });
  addEventListener("pagehide", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });

  // What was in the box comes back once the chat is drawn.
  function restore() {
    let draft = "";
    try { draft = sessionStorage.getItem(DRAFT) ?? ""; sessionStorage.removeItem(DRAFT); } catch { /* nothing was kept */ }
    const put = new MutationObserver(() => {
      if (!box() || !document.querySelector("#rw-chat :is(.example, .user-row)")) return;
      put.disconnect();
      box().value = draft;
      box().dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (draft) put.observe(document.body, { subtree: true, childList: true });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", restore);
  else restore();
})();
