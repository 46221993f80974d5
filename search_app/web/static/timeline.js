/* How are several bars chosen at once? By dragging over them, or by the arrow keys with Shift.

   Each bar is a link that says its dates; a choice is the link from the first bar's beginning to the last
   one's end. One bar is in the order of Tab, the arrows lead to the others. */

"use strict";

(() => {
  const chart = document.querySelector(".bars");
  const bars = chart ? [...chart.querySelectorAll("a")] : [];
  if (bars.length < 2) return;

  const status = document.querySelector(".picking");
  const rest = status.textContent;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  let anchor = -1; // where the choice began; -1: nothing is chosen
  let end = -1;
  let pointer = null;

  const picked = () => bars.slice(Math.min(anchor, end), Math.max(anchor, end) + 1);
  const name = (bar) => bar.querySelector("title").textContent.split(": ")[0];
  const parameters = (bar) => new URL(bar.href.baseVal, location.href).searchParams;

  function show() {
    const chosen = anchor < 0 ? [] : picked();
    for (const bar of bars) bar.classList.toggle("picked", chosen.length > 1 && chosen.includes(bar));
    if (chosen.length < 2) {
      status.textContent = rest;
      return;
    }
    const count = chosen.reduce((sum, bar) => sum + Number(bar.dataset.n), 0);
    const values = { first: name(chosen[0]), last: name(chosen.at(-1)), count: numbers.format(count) };
    status.textContent = chart.dataset.range.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  function choose(from, to) {
    anchor = from;
    end = to;
    show();
  }

  function go() {
    const chosen = picked();
    const address = new URL(chosen[0].href.baseVal, location.href);
    address.searchParams.set("to", parameters(chosen.at(-1)).get("to"));
    location.assign(address);
  }

  function focus(place) {
    bars.forEach((bar, number) => bar.setAttribute("tabindex", number === place ? 0 : -1));
    bars[place].focus();
  }

  chart.addEventListener("keydown", (event) => {
    const here = bars.indexOf(event.target.closest("a"));
    if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const steps = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: bars.length - 1 };
    if (event.key in steps) {
      const next = Math.max(0, Math.min(bars.length - 1, steps[event.key]));
      if (event.shiftKey) choose(anchor < 0 ? here : anchor, next);
      else choose(-1, -1);
      focus(next);
    } else if (event.key === "Escape") choose(-1, -1);
    else if (event.key === "Enter" && anchor >= 0 && anchor !== end) go();
    else return;
    event.preventDefault();
  });

  /* The bar at a place: the nearest one, for where nothing was published there is none. */
  function at(x) {
    const distance = (bar) => {
      const shape = bar.firstElementChild.nextElementSibling.getBoundingClientRect();
      return Math.abs((shape.left + shape.right) / 2 - x);
    };
    return bars.reduce((best, bar, number) => (distance(bar) < distance(bars[best]) ? number : best), 0);
  }

  chart.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    pointer = event.pointerId;
    choose(at(event.clientX), at(event.clientX));
  });
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) choose(anchor, at(event.clientX));
  });
  addEventListener("pointerup", (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    if (anchor !== end) go();
  });
  chart.addEventListener("click", (event) => {
    if (anchor >= 0 && anchor !== end) event.preventDefault(); // the end of a drag, not a click
  });

  bars.forEach((bar, number) => bar.setAttribute("tabindex", number ? -1 : 0));
})();
