// Conversations: each is one entry of this browser's storage, listed in the drawer; the server keeps none.
(() => {
  const PREFIX = "rolewise-conversation-";
  const CURRENT = "rolewise-current";
  const ORDER = "rolewise-order"; // counts what is written: a clock may be set back
  const WAITS = "Your words wait here until this answer is there. Esc stops it.";
  let current = null; // the key of the conversation that this page shows
  let stamp = null; // of the entry when this page last wrote or opened it: another one means that another tab wrote it
  let picked = null;
  let deleted = [];

  const at = (selector) => document.querySelector(selector);
  const fresh = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
  const tell = (text) => { at("#rw-note").textContent = text || ""; };

  function keys() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
  }
  function read(key) {
    try {
      const entry = JSON.parse(localStorage.getItem(key));
      return entry && typeof entry.name === "string" && Number.isFinite(entry.at) && Array.isArray(entry.turns) && entry.turns.length ? entry : null;
    } catch { return null; }
  }
  // What was written last comes first; by the clock only what was written before its order was counted.
  const listed = () => keys().map((key) => ({ key, entry: read(key) }))
    .sort((a, b) => (b.entry?.order ?? 0) - (a.entry?.order ?? 0) || (b.entry?.at ?? 0) - (a.entry?.at ?? 0));
  let counted = 0;
  function next() {
    try {
      counted = 1 + Math.max(counted, Number(localStorage.getItem(ORDER)) || 0);
      localStorage.setItem(ORDER, counted);
    } catch { /* where the storage is full, this page goes on counting by itself */ }
    return counted;
  }

  function show(key, mark) {
    current = key;
    stamp = mark;
    try { key ? sessionStorage.setItem(CURRENT, key) : sessionStorage.removeItem(CURRENT); } catch { /* a reload begins anew */ }
  }

  // Where the browser's storage is full, the oldest conversations give way.
  function write(key, entry) {
    const text = JSON.stringify(entry);
    for (let gone = 0; ; gone++) {
      try {
        localStorage.setItem(key, text);
        if (gone) tell(`This browser’s storage was full: the oldest ${gone > 1 ? `${gone} conversations were` : "conversation was"} deleted.`);
        return;
      } catch {
        const oldest = listed().filter((other) => other.key !== key).pop();
        if (!oldest) return tell("This browser keeps no conversations: this one ends with the page.");
        localStorage.removeItem(oldest.key);
      }
    }
  }

  function keep(text) {
    if (!text) return;
    const turns = JSON.parse(text);
    const before = current && read(current);
    const same = before && before.stamp === stamp && before.turns[0].id === turns[0].id;
    const waits = at("#rw-note").textContent === WAITS;
    if (waits ? !at("#rw-box .stop-button") : before?.turns.length !== turns.length) tell("");
    if (before && !same) tell("This conversation went on in another tab; here it goes on as one of its own.");
    show(same ? current : PREFIX + fresh(), fresh());
    write(current, { name: turns[0].question.trim().slice(0, 200), at: Date.now(), order: next(), stamp, turns });
  }

  // Where all of a conversation was taken back, its entry goes.
  function undone(text) {
    if (text) return keep(text);
    if (current) localStorage.removeItem(current);
    show(null, null);
  }

  function open(key) {
    picked = key;
    document.dispatchEvent(new Event("rolewise-open"));
  }
  const chosen = () => JSON.stringify(read(picked)?.turns ?? []);
  function opened(note) {
    tell(note);
    if (!note) show(picked, read(picked)?.stamp);
    at("#rw-box textarea")?.focus();
  }
  function started() {
    show(null, null);
    tell("");
    at("#rw-box textarea")?.focus();
  }

  function save(file) {
    if (!file?.text) return tell("There is nothing to export yet.");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "text/markdown" }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    tell(`Saved as ${file.name}`);
  }

  // The drawer
  const said = (entry) => [entry.name, ...entry.turns.map((turn) => `${turn?.question} ${turn?.answer?.answer ?? ""}`)].join(" ").toLowerCase();
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  function row({ key, entry }) {
    const name = entry?.name ?? "A conversation that cannot be read";
    const count = entry?.turns.length;
    const facts = entry ? `${count} ${count > 1 ? "questions" : "question"} · ${new Date(entry.at).toLocaleDateString()}` : "Its entry in this browser is damaged";
    const title = element(entry ? "button" : "div", { className: "rw-talk-open" }, element("span", { textContent: name }), element("small", { textContent: facts }));
    if (entry) Object.assign(title, { type: "button", onclick: () => { at("#rw-drawer").close(); open(key); } });
    if (key === current) title.setAttribute("aria-current", "true");
    const away = element("button", { type: "button", className: "rw-plain", textContent: "✕", onclick: () => remove([key]) });
    away.setAttribute("aria-label", `Delete: ${name}`);
    return element("li", {}, title, away);
  }
  function draw(word) {
    const words = at("#rw-find-talk").value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = listed();
    const found = all.filter(({ entry }) => words.every((each) => (entry ? said(entry) : "").includes(each)));
    at("#rw-talks").replaceChildren(...found.map(row));
    at("#rw-talks-note span").textContent = word ?? (words.length ? `${found.length} of ${all.length} found` : all.length ? "" : "None yet: what you ask is kept here.");
    at("#rw-drawer [data-do=undo]").hidden = !word || !deleted.length;
    at("#rw-drawer [data-do=clear]").hidden = !all.length;
  }
  function remove(gone) {
    deleted = gone.map((key) => [key, localStorage.getItem(key)]);
    const place = [...at("#rw-talks").children].findIndex((item) => item.contains(document.activeElement));
    gone.forEach((key) => localStorage.removeItem(key));
    if (gone.includes(current)) at("#rw-clear").click();
    draw(gone.length > 1 ? `${gone.length} conversations deleted.` : "Deleted.");
    (at("#rw-talks").children[Math.max(place, 0)]?.querySelector("button") ?? at("#rw-drawer [data-do=undo]")).focus();
  }
  const actions = {
    close: () => at("#rw-drawer").close(),
    clear: () => remove(keys()),
    undo: () => {
      deleted.forEach(([key, text]) => localStorage.setItem(key, text));
      deleted = [];
      draw();
      at("#rw-find-talk").focus();
    },
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#rw-history")) {
      at("#rw-find-talk").value = "";
      draw();
      at("#rw-drawer").showModal();
      if (matchMedia("(hover: hover)").matches) at("#rw-find-talk").focus(); // on a phone its keyboard would cover the list
    }
    if (event.target.id === "rw-drawer") event.target.close(); // a click beside the drawer
    actions[event.target.closest?.("#rw-drawer [data-do]")?.dataset.do]?.();
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "rw-find-talk") draw();
  });
  addEventListener("storage", () => {
    if (at("#rw-drawer")?.open) draw();
  });

  const toForm = () => setTimeout(() => at("#rw-rating textarea, #rw-rating input")?.focus(), 50);
  // A reloaded page goes on with its conversation, once it can hear about it.
  function resume() {
    let key = null;
    try { key = sessionStorage.getItem(CURRENT); } catch { /* begins anew */ }
    if (key && read(key)) open(key);
  }
  window.rolewise = { keep, undone, chosen, opened, started, save, tell, wait: () => tell(WAITS), toForm, resume };
})();
