"""The line under the question box, what screen readers are told, the drawer of kept conversations and the tip of markers:
what the page's scripts fill."""

from __future__ import annotations

PROMISE = "Click a number in an answer to see its source."

UNDER = f"""
<div class="rw-under"><p id="rw-note" role="status"></p><p class="rw-promise">{PROMISE}</p>
<button type="button" id="rw-history" class="rw-plain" aria-haspopup="dialog">Conversations</button></div>
<div id="rw-said" class="rw-hidden" aria-live="polite"></div>
"""

DRAWER = """
<dialog id="rw-drawer" aria-labelledby="rw-drawer-title">
  <header><h2 id="rw-drawer-title">Conversations</h2>
    <button type="button" class="rw-plain" data-do="close" aria-label="Close">✕</button></header>
  <label class="rw-find">Search<input type="search" id="rw-find-talk" autocomplete="off" placeholder="A word of a question or an answer"></label>
  <p id="rw-talks-note" role="status"><span></span> <button type="button" class="rw-plain" data-do="undo" hidden>Undo</button></p>
  <ul id="rw-talks"></ul>
  <footer><p>Kept in this browser, on this device, and nowhere else.</p>
    <button type="button" class="rw-plain" data-do="clear">Delete all</button></footer>
</dialog>
<div id="rw-tip" role="tooltip" popover="manual"></div>
"""

# The page's own script lists and chooses; choosing one submits this component.
LISTEN = """
document.addEventListener("rolewise-open", () => trigger("submit"));
window.rolewise.resume();
"""
