/* Which place in the article is next? Buttons and the keys N and P; without them the map's links lead there. */

"use strict";

(() => {
  const bar = document.querySelector(".hit-bar");
  if (!bar) return;

  const label = bar.querySelector(".first-hit");
  const ticks = bar.querySelectorAll(".map a");
  const total = ticks.length;
  const asked = document.getElementById("at")?.closest("mark")?.id; // the hit that a concordance led to
  const number = () => Number(/^#hit-(\d+)$/.exec(location.hash === "#at" ? `#${asked}` : location.hash)?.[1] ?? 0);

  function show() {
    const here = number();
    ticks.forEach((tick, place) => tick.classList.toggle("here", place + 1 === here));
    if (here) label.textContent = label.dataset.of.replace("{number}", here);
  }

  function step(by) {
    const next = number() + by;
    const id = `hit-${next < 1 ? total : next > total ? 1 : next}`;
    location.replace(`#${id}`);
    document.getElementById(id).scrollIntoView({ block: "center" });
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const by = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (by) step(by);
  });
  addEventListener("hashchange", show);
  show();
})();
