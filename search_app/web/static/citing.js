/* Which words are selected? A link cites them; without this each paragraph has a link of its own.

   Characters are counted as the archive counts them: code points, from the first of the title on. */

"use strict";

(() => {
  const link = document.querySelector(".cite-selection");
  if (!link) return;

  const count = (text) => [...text].length; // a string's length would count some letters twice
  const holder = (node) => (node instanceof Element ? node : node.parentElement)?.closest("[data-at]");
  const begin = (text) => Number(text.dataset.at);
  const part = (text) => (text.id.startsWith("p") ? "body" : text.dataset.at); // paragraphs may be cited together

  function offset(text, node, place) {
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(node, place);
    return begin(text) + count(before.toString());
  }

  /* Where the selection begins and ends; of what reaches into another part of the article, its first text. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || !selection.toString().trim()) return null;
    const range = selection.getRangeAt(0);
    const first = holder(range.startContainer);
    if (!first) return null;
    const start = offset(first, range.startContainer, range.startOffset);
    const last = holder(range.endContainer);
    const stop = last ? offset(last, range.endContainer, range.endOffset) : 0;
    const isWhole = last && part(first) === part(last) && (last === first || stop > begin(last));
    return [start, isWhole ? stop : begin(first) + count(first.textContent)];
  }

  document.addEventListener("selectionchange", () => {
    const found = selected();
    link.hidden = !found || found[0] >= found[1];
    if (link.hidden) return;
    const address = new URL(link.href);
    address.searchParams.set("at", found[0]);
    address.searchParams.set("to", found[1]);
    link.href = address;
  });
  link.addEventListener("mousedown", (event) => event.preventDefault()); // else it is no longer selected
})();
