// Shows the next build of this page where the reader was, and why there is none.
(() => {
  "use strict";
  const page = JSON.parse(document.currentScript.dataset.state);
  const key = `annex-preview ${location.pathname}`;
  // Not in a list of contents, which may stay in view while the page moves.
  const blocks = ":is(main, header, footer) :is(h1, h2, h3, h4, p, li, figure, tr, summary, pre):not(nav *)";

  // --- what is told, in a panel apart from the page's own style
  const panel = document.createElement("div");
  const root = panel.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0 0; z-index: 9; max-height: 60vh; overflow: auto;
      box-sizing: border-box; padding: .6rem 1rem; font: 15px/1.45 system-ui, sans-serif;
      color: #1b1f24; background: #fff; border-top: 3px solid #52606d; }
    section.failed { border-top-color: #b3261e; }
    section[hidden] { display: none; }
    h2 { font-size: 1em; margin: 0 0 .3rem; }
    pre { font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
      margin: 0 0 .6rem; }
    a { color: #0b57d0; }
    button { float: right; font: inherit; padding: .1rem .6rem; }
    @media (prefers-color-scheme: dark) {
      section { color: #e6e9ec; background: #1b1f24; } a { color: #a8c7fa; } }
    @media print { section { display: none; } }`);
  root.adoptedStyleSheets = [style];

  function tell(title, { texts = [], links = [], failed = false } = {}) {
    const box = document.createElement("section");
    box.className = failed ? "failed" : "";
    box.setAttribute("role", failed ? "alert" : "status");
    box.tabIndex = failed ? 0 : -1;
    const close = document.createElement("button");
    close.textContent = "Close";
    close.onclick = () => {
      sessionStorage.setItem("annex-preview closed", texts.join());
      root.replaceChildren();
    };
    const head = document.createElement("h2");
    head.textContent = title;
    box.append(close, head);
    for (const text of texts) {
      const block = document.createElement("pre");
      block.textContent = text;
      box.append(block);
    }
    for (const path of links) {
      const line = document.createElement("p"), link = document.createElement("a");
      link.href = link.textContent = `/${path}`;
      line.append(link);
      box.append(line);
    }
    root.replaceChildren(box);
  }

  // --- the reader's place: the first block in view, known by its text or that of the next ones
  const named = (block) => block.textContent.slice(0, 200);
  const inside = (details) => [...details.children].slice(1).map(named).join();

  // The element with a text; of several the nearest to a number.
  function nearest(all, name, text, number) {
    const found = [...all.keys()].filter((n) => name(all[n]) === text);
    return found.sort((a, b) => Math.abs(a - number) - Math.abs(b - number))[0];
  }

  function keepPlace() {
    const all = [...document.querySelectorAll(blocks)];
    const number = all.findIndex((block) => block.getBoundingClientRect().bottom > 0);
    const open = [...document.querySelectorAll("details")]
      .map((each, n) => [each.open, inside(each), n]).filter(([is]) => is);
    const texts = all.slice(number, number + 4).map(named);
    const place = number >= 0 && { number, texts, top: all[number].getBoundingClientRect().top };
    const sideways = [...document.querySelectorAll(".table")].map((each) => each.scrollLeft);
    sessionStorage.setItem(key, JSON.stringify({ place, open, sideways, y: scrollY }));
    history.scrollRestoration = "manual";
  }

  function findPlace() {
    const kept = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    if (!kept) return;
    const folded = [...document.querySelectorAll("details")];
    for (const [, text, n] of kept.open) {
      const each = folded[nearest(folded, inside, text, n) ?? n];
      if (each) each.open = true;
    }
    document.querySelectorAll(".table").forEach((each, n) => {
      each.scrollLeft = kept.sideways[n] || 0;
    });
    if (!kept.y || !kept.place) return scrollTo({ top: kept.y, behavior: "instant" });
    const all = [...document.querySelectorAll(blocks)], { number, texts, top } = kept.place;
    const found = texts.map((text, n) => nearest(all, named, text, number + n) - n);
    const block = all[found.find((n) => n >= 0) ?? number];
    if (block) scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
  }

  function renew() {
    keepPlace();
    location.reload();
  }

  // --- what this page shows, by path in the annex
  function shown() {
    const found = [decodeURIComponent(location.pathname)];
    for (const each of document.querySelectorAll("img[src], source[srcset], link[rel=stylesheet]"))
      found.push(decodeURIComponent(new URL(each.src || each.srcset || each.href, location).pathname));
    return found.map((path) => path.slice(1) || "index.html");
  }

  // The server tells its state at the start and after each build: `run`, `version`, `changed` (the
  // version in which each file changed last), `latest` (pages changed by the last build),
  // `ran` (its notebooks), `building`, `problems` and `warnings`.
  function take(state) {
    const stale = state.version > 0
      && (state.run !== page.run || shown().some((path) => state.changed[path] > page.version));
    if (stale) return renew();
    const found = state.problems.length;
    if (found)
      return tell(`Not built: ${found === 1 ? "a problem" : `${found} problems`}`,
        { texts: state.problems, failed: true });
    if (state.building || !state.version)
      return tell(`Building … ${state.ran.map((name) => `${name} has run`).join(", ")}`);
    const own = shown(), folder = own[0].includes("/") ? own[0].split("/")[0] : "";
    const others = state.latest.filter((path) => path.startsWith(folder));
    const elsewhere = others.some((path) => own.includes(path)) ? [] : others;
    const closed = sessionStorage.getItem("annex-preview closed") === state.warnings.join();
    if ((state.warnings.length && !closed) || elsewhere.length)
      return tell(elsewhere.length ? "Changed on other pages" : "Built, with a warning",
        { texts: state.warnings, links: elsewhere.slice(0, 8) });
    root.replaceChildren();
  }

  function connect() {
    const socket = new WebSocket(`ws://${location.host}/preview`);
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = () => {
      tell("The preview has ended; start it again with annex preview");
      setTimeout(connect, 500);
    };
  }

  // So that the browser finds the place of who comes back to a page that was renewed.
  addEventListener("load", () => setTimeout(() => { history.scrollRestoration = "auto"; }));
  document.body.append(panel);
  findPlace();
  connect();
})();
