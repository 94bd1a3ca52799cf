// Who uses the keyboard goes on in the question box where what was pressed has gone or rests: a button of an answer that is asked
// anew, a suggestion, a form that was sent. Not who points or taps: on a phone, the box brings up its keyboard.
(() => {
  let keyed = false;
  let last = null; // what the chat had in focus

  document.addEventListener("keydown", (event) => {
    keyed = true;
    if (event.key === "Tab" && event.target.matches?.("[role=combobox]")) event.stopPropagation(); // Gradio would open its list again
  }, true);
  document.addEventListener("pointerdown", () => { keyed = false; }, true);
  document.addEventListener("focusin", (event) => { last = event.target.closest?.("#rw-talk") && event.target; });

  function goOn() {
    if (!keyed || !last || (last.offsetParent && !last.disabled) || document.activeElement !== document.body) return;
    const box = document.querySelector("#rw-box textarea");
    if (!box?.offsetParent) return; // another tab is shown
    last = null;
    box.focus();
  }
  const begin = () => new MutationObserver(goOn).observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
