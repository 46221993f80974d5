/* What do keys do, and what did the reader keep? The page is whole without this: it only adds.

   Keys are left alone while something is typed, and with Ctrl, Alt or Meta. What is kept are ids and nothing
   else, in this browser; the basket is an address that holds them, so it works and can be sent as any page. */

"use strict";

(() => {
  const KEPT = "khobao.kept";
  const link = document.getElementById("basket");
  const box = document.getElementById("q");
  const keys = document.getElementById("keys");

  function kept() {
    try {
      const ids = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
    } catch {
      return []; // no storage, or another's: nothing is kept
    }
  }

  function show(ids = kept()) {
    const query = new URLSearchParams(ids.map((id) => ["id", id]));
    link.href = link.href.split("?")[0] + (ids.length ? `?${query}` : "");
    link.querySelector(".count").textContent = ids.length;
    for (const button of document.querySelectorAll(".keep")) {
      const isKept = ids.includes(button.dataset.id);
      button.setAttribute("aria-pressed", isKept);
      button.textContent = isKept ? link.dataset.drop : link.dataset.kept;
    }
  }

  function toggle(id) {
    const ids = kept();
    const left = ids.filter((one) => one !== id);
    if (left.length >= Number(link.dataset.most) && left.length === ids.length) {
      alert(link.dataset.full);
      return;
    }
    const now = left.length < ids.length ? left : [...ids, id];
    try {
      localStorage.setItem(KEPT, JSON.stringify(now));
    } catch {
      return; // the browser keeps nothing: the button stays as it was
    }
    show(now);
  }

  function step(by) {
    const titles = [...document.querySelectorAll(".hit a.title")];
    const here = titles.findIndex((one) => one.closest(".hit").contains(document.activeElement));
    const next = titles[here < 0 ? (by > 0 ? 0 : titles.length - 1) : here + by];
    next?.focus();
    next?.closest(".hit").scrollIntoView({ block: "nearest" });
  }

  const doing = {
    "/": () => { box?.focus(); box?.select(); },
    "?": () => keys.showModal(),
    j: () => step(1),
    k: () => step(-1),
    s: () => {
      const hit = document.activeElement.closest(".hit") ?? document.querySelector("article");
      const button = hit?.querySelector(".keep");
      if (button) toggle(button.dataset.id);
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const act = doing[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".keep");
    if (button) toggle(button.dataset.id);
    const forget = event.target.closest("[data-forget]");
    if (forget) {
      localStorage.removeItem(KEPT);
      location.assign(location.pathname);
    }
  });

  addEventListener("storage", () => show()); // kept in another window
  addEventListener("pageshow", () => show()); // gone back to
  show();
  document.documentElement.classList.add("js");
})();
