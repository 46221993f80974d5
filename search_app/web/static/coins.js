/* What is listed here, for Zotero and its kin? A span for each result that holds what cites it (COinS).

   They are made here and not sent, for they would add a seventh to the page. Whoever reads such spans runs in
   the browser too, after this. The same keys as in search_app/formats/citations/coins.py. */

"use strict";

(() => {
  for (const hit of document.querySelectorAll(".hits > .hit")) {
    const title = hit.querySelector("a.title");
    const byline = hit.querySelector(".byline");
    const paper = byline.firstElementChild; // one line behind the beginning; further behind it is the section
    const values = {
      ctx_ver: "Z39.88-2004",
      rft_val_fmt: "info:ofi/fmt:kev:mtx:dc",
      "rft.type": "newspaperArticle",
      "rft.title": title.textContent.replace(/\s+/g, " ").trim(),
      "rft.source": byline.firstChild.data === "\n" && paper.matches("[lang]") ? paper.textContent : "",
      "rft.date": byline.querySelector("time")?.dateTime.slice(0, 10),
      "rft.identifier": title.href.split("?")[0],
      "rft.language": "vi",
    };
    const span = document.createElement("span");
    span.className = "Z3988";
    span.hidden = true;
    span.title = Object.entries(values).filter(([, value]) => value)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
    hit.append(span);
  }
})();
