// Keeps the board page new. It asks this server and nobody else, and writes nothing anywhere: when the
// stream says that the canvas has changed, it fetches this very page again and puts its new parts in
// the place of the old ones, so that scroll, focus and open fold-outs stay where they were. A new date alone
// comes without a word.
(() => {
  "use strict";
  const PARTS = ["header.head", "nav.contents", "main"];
  const DATED = "header.head .meta";
  const SOON = 5_000;
  const LATER = 60_000;
  const SAID_FOR = 15_000;
  const status = document.getElementById("live");
  if (!status || !window.EventSource) return;
  const here = location.pathname.replace(/\/+$/, "");
  let mark = document.documentElement.dataset.mark;
  let busy = false;
  let wanted = null;
  let hush;

  // A fold-out or a link is known by its section, its card, and how many of that card came before it.
  const named = (root) => {
    const count = new Map();
    const names = new Map();
    for (const one of root.querySelectorAll("details, summary, a[href]")) {
      const section = one.closest("[data-section]")?.dataset.section ?? "";
      const card = one.closest("[data-card]")?.dataset.card ?? one.getAttribute("href") ?? "";
      const name = `${one.tagName} ${section} ${card}`;
      const nth = count.get(name) ?? 0;
      count.set(name, nth + 1);
      names.set(`${name} ${nth}`, one);
    }
    return names;
  };

  const nameOf = (names, one) => [...names].find(([, other]) => other === one)?.[0];

  // What a card says where it stands, without its fold-out.
  const said = (root) => {
    const lines = new Map();
    for (const line of root.querySelectorAll("[data-line]")) {
      const section = line.closest("[data-section]")?.dataset.section ?? "";
      const bare = line.cloneNode(true);
      bare.querySelectorAll("details, .fresh-mark, [data-line]").forEach((part) => part.remove());
      lines.set(`${section} ${line.dataset.line}`, { line, text: bare.textContent.replace(/\s+/g, " ").trim() });
    }
    return lines;
  };

  // Marks what is new or says something else, and returns the titles of the sections it stands in.
  const markNew = (before, after) => {
    const titles = new Set();
    for (const [name, { line, text }] of after) {
      if (before.get(name)?.text === text) continue;
      const word = document.createElement("span");
      word.className = "tag fresh-mark";
      word.textContent = status.dataset.fresh;
      line.classList.add("fresh");
      line.prepend(word);
      titles.add(line.closest("[data-section]")?.dataset.title);
    }
    titles.delete(undefined);
    return [...titles];
  };

  // What stands at the top of the window, and how far from it: there it shall stand again.
  const anchor = () => {
    for (const section of document.querySelectorAll("main [data-section]")) {
      const box = section.getBoundingClientRect();
      if (box.bottom > 0) return { key: section.dataset.section, top: box.top };
    }
    return null;
  };

  // A mark says what can be seen, then the day.
  const seen = (mark) => mark?.split("-")[0];

  const put = (part, page) => {
    const [old, young] = [document.querySelector(part), page.querySelector(part)];
    if (old && young) old.replaceWith(document.adoptNode(young));
  };

  const swap = (page) => {
    const before = said(document);
    const names = named(document);
    const open = [...names].filter(([, one]) => one.open).map(([name]) => name);
    const focus = nameOf(names, document.activeElement);
    const at = window.scrollY > 0 ? anchor() : null;
    for (const part of PARTS) put(part, page);
    document.title = page.title;
    const now = named(document);
    for (const name of open) if (now.has(name)) now.get(name).open = true;
    if (focus && now.has(focus)) now.get(focus).focus({ preventScroll: true });
    const titles = markNew(before, said(document));
    if (at) {
      const section = [...document.querySelectorAll("main [data-section]")].find((one) => one.dataset.section === at.key);
      if (section) window.scrollBy({ top: section.getBoundingClientRect().top - at.top, behavior: "instant" });
    }
    const news = titles.length ? ` ${status.dataset.news.replace("{sections}", titles.join(", "))}` : "";
    status.textContent = status.dataset.updated + news;
    clearTimeout(hush);
    hush = setTimeout(() => (status.textContent = ""), SAID_FOR);
  };

  const renew = async (to) => {
    wanted = to;
    if (busy) return;
    busy = true;
    let later = SOON;
    try {
      while (wanted !== mark) {
        const answer = await fetch(location.href, { cache: "no-store", credentials: "omit" });
        // Only what is surely gone is left; whoever is told to wait keeps what they have.
        if (answer.status === 404) return location.reload();
        if (!answer.ok) {
          later = Math.max(SOON, 1000 * Number(answer.headers.get("retry-after")) || 0);
          throw new Error("not now");
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const young = page.documentElement.dataset.mark;
        if (seen(young) !== seen(mark)) swap(page);
        else if (young !== mark) put(DATED, page);
        // A page that is newer than the word of it is as good; the next word follows.
        mark = young;
        if (wanted !== mark) break;
      }
    } catch {
      setTimeout(() => renew(wanted), later);
    } finally {
      busy = false;
    }
  };

  const listen = () => {
    const stream = new EventSource(`${here}/live`);
    stream.addEventListener("state", (event) => renew(event.data));
    stream.addEventListener("gone", () => {
      stream.close();
      location.reload();
    });
    // A break mends itself; a refusal ends the stream, and is asked about later.
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, LATER);
    });
  };
  listen();
})();
