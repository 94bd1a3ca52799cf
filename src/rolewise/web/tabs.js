// The Sources tab's search: shows the documents, and in them the passages, that say every word. The Market tab's contents.
(() => {
  const said = (element) => (element.textContent || "").toLowerCase();

  function filter(box) {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = (text) => words.every((word) => text.includes(word));
    let shown = 0;
    const documents = document.querySelectorAll(".rw-document");
    for (const doc of documents) {
      const head = all(said(doc.querySelector("summary")) + said(doc.querySelector("dl")));
      let hits = 0;
      for (const list of doc.querySelectorAll(".rw-passages ul")) {
        let here = 0;
        for (const passage of list.children) {
          const hit = head || all(said(passage));
          passage.hidden = !hit;
          here += hit;
        }
        list.hidden = list.previousElementSibling.hidden = !here;
        hits += here;
      }
      doc.hidden = !head && !hits;
      if (words.length && !head) doc.open = hits > 0;
      if (!words.length) doc.open = false;
      shown += !doc.hidden;
    }
    const count = document.getElementById("rw-found");
    count.textContent = words.length ? `${shown} of ${documents.length} sources` : count.dataset.all;
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "rw-find") filter(event.target);
  });

  document.addEventListener("click", (event) => {
    const heading = document.getElementById(event.target.closest?.("[data-go]")?.dataset.go);
    heading?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    heading?.focus({ preventScroll: true });
  });
})();
