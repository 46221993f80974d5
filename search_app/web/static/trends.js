/* How are the points of a chart reached by keys? One is in the order of Tab; the arrows lead to the others.

   Left and right go to the period before and after in the same series, up and down to the series above and below. */

"use strict";

(() => {
  const chart = document.querySelector(".trend[role='group']");
  const points = chart ? [...chart.querySelectorAll("a")] : [];
  if (points.length < 2) return;

  const series = (point) => Number(point.dataset.s);
  const period = (point) => Number(point.dataset.p);

  function focus(point) {
    for (const one of points) one.setAttribute("tabindex", one === point ? 0 : -1);
    point.focus();
  }

  /* The point of a series that is nearest to a period. */
  function nearest(number, place) {
    const own = points.filter((point) => series(point) === number);
    const away = (point) => Math.abs(period(point) - place);
    return own.reduce((best, point) => (best && away(best) <= away(point) ? best : point), null);
  }

  function beside(here, step) {
    const numbers = [...new Set(points.map(series))].sort((a, b) => a - b);
    const number = numbers[numbers.indexOf(series(here)) + step];
    return number === undefined ? null : nearest(number, period(here));
  }

  chart.addEventListener("keydown", (event) => {
    const here = event.target.closest("a");
    if (!here || event.ctrlKey || event.altKey || event.metaKey) return;
    const own = points.filter((point) => series(point) === series(here));
    const place = own.indexOf(here);
    const next = {
      ArrowLeft: () => own[place - 1],
      ArrowRight: () => own[place + 1],
      Home: () => own[0],
      End: () => own.at(-1),
      ArrowUp: () => beside(here, -1),
      ArrowDown: () => beside(here, 1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    const point = next();
    if (point) focus(point);
  });

  points.forEach((point, number) => point.setAttribute("tabindex", number ? -1 : 0));
})();
