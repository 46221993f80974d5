/* How far is a long file, and does it go on where it broke off? It is fetched in parts, each with a cursor.

   Without this the same links give the whole file to the browser's own download. The parts that are there are
   kept until the page is left. */

"use strict";

(() => {
  const panel = document.getElementById("parts");
  if (!panel) return;

  const PER_MB = 1e6;
  const rows = Number(panel.dataset.rows);
  const bar = panel.querySelector("progress");
  const status = panel.querySelector("[role='status']");
  const stop = panel.querySelector("[data-stop]");
  const go = panel.querySelector("[data-go]");
  const written = (number) => number.toLocaleString(document.documentElement.lang);
  let file = null; // what is being taken: its name, the parts that are here, where it goes on
  let leaving = null; // ends what is being fetched

  function say(template, why = "") {
    const size = written(Math.round((file.bytes / PER_MB) * 10) / 10);
    const said = { done: written(file.done), rows: written(rows), size, why };
    status.textContent = template.replace(/\{(\w+)\}/g, (_, name) => said[name]);
  }

  function show(running) {
    stop.hidden = !running;
    go.hidden = running || !file.next;
    bar.value = file.done;
  }

  async function fetchPart() {
    const answer = await fetch(file.next, { signal: leaving.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = await answer.blob();
    const cursor = answer.headers.get("X-Cursor");
    const next = /<([^>]*)>; rel="next"/.exec(answer.headers.get("Link") ?? "")?.[1];
    file.kind = answer.headers.get("Content-Type");
    file.parts.push(part);
    file.bytes += part.size;
    file.done = cursor ? Number(cursor.split("-")[1]) : rows;
    file.next = cursor ? next ?? withCursor(cursor) : "";
  }

  function withCursor(cursor) {
    const address = new URL(file.next, location.href);
    address.searchParams.set("cursor", cursor);
    return address.href;
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(file.parts, { type: file.kind }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000); // the browser has begun to read it by then
    file.parts = [];
  }

  async function run() {
    leaving = new AbortController();
    show(true);
    try {
      while (file.next) {
        await fetchPart();
        show(true);
        say(panel.dataset.done);
      }
      save();
      say(panel.dataset.whole);
    } catch (error) {
      const stopped = error.name === "AbortError";
      say(stopped ? panel.dataset.stopped : panel.dataset.failed, stopped ? "" : error.message);
    }
    show(false);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-parts]");
    if (!button) return;
    leaving?.abort();
    const next = `${button.dataset.parts}&rows=${panel.dataset.size}`;
    file = { name: button.dataset.file, next, parts: [], bytes: 0, done: 0 };
    panel.querySelector(".of").textContent = file.name;
    panel.hidden = false;
    say(panel.dataset.done);
    run();
  });
  stop.addEventListener("click", () => leaving.abort());
  go.addEventListener("click", run);
})();
