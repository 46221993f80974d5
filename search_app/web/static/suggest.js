/* What may be meant while it is being typed? Options under the box; the form is whole without them.

   The text in the box belongs to the reader: it changes only where an option is chosen. Nothing is done
   while an input method composes (a Telex word that is not finished), nor about any key but the arrows,
   Enter, Escape and Tab; input methods that send backspaces instead of composing are left alone as well. */

"use strict";

(() => {
  const box = document.querySelector("input[data-suggest]");
  if (!box) return;

  const PAUSE = 120; // milliseconds without typing before it is asked
  const said = box.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let chosen = -1;
  let composing = false;
  let timer = 0;
  let asked = new AbortController();

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.lang = box.lang;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", said.name);
  status.className = "unseen";
  status.setAttribute("role", "status");
  box.form.append(list, status);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  function close() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    box.setAttribute("aria-expanded", "false");
    highlight(-1);
  }

  function highlight(place) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const option = list.children[place];
    if (!option) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function option(suggestion, place) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    item.id = `suggestion-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    text.textContent = suggestion.text;
    item.append(text);
    if (suggestion.kind === "headline") {
      const note = document.createElement("small");
      note.textContent = said.headline;
      note.lang = document.documentElement.lang;
      item.append(note);
    }
    return item;
  }

  function show(suggestions) {
    const count = suggestions.length;
    if (!count) {
      close();
      return;
    }
    highlight(-1);
    list.replaceChildren(...suggestions.map(option));
    list.scrollTop = 0;
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    status.textContent = count === 1 ? said.one : said.many.replace("{count}", count);
  }

  function choose(item) {
    box.value = item.firstChild.textContent;
    close();
    box.form.requestSubmit();
  }

  /* Only what stands at the end is completed: elsewhere in the text nothing is asked. */
  function isAtEnd() {
    return box.selectionStart === box.value.length;
  }

  async function ask() {
    const typed = box.value;
    asked.abort();
    if (!typed.trim() || !isAtEnd()) {
      close();
      return;
    }
    const mine = (asked = new AbortController());
    try {
      const address = `${said.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: mine.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      const isWanted = !mine.signal.aborted && !composing && box.value === typed;
      if (isWanted && document.activeElement === box) show(found);
    } catch {
      if (!mine.signal.aborted) close(); // nobody answers: the form works as it is
    }
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  function move(step) {
    const count = list.children.length;
    const next = chosen < 0 && step < 0 ? count - 1 : chosen + step;
    highlight(next < count ? next : -1);
  }

  box.addEventListener("compositionstart", () => {
    composing = true;
    close();
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    wait();
  });
  box.addEventListener("input", (event) => {
    if (event.isComposing || composing) return;
    highlight(-1);
    wait();
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const isOpen = !list.hidden;
    if (event.key === "Tab") close();
    if (event.key === "ArrowDown" && !isOpen) ask();
    if (!isOpen) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) choose(list.children[chosen]);
    else return;
    event.preventDefault();
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) choose(item);
  });
})();
