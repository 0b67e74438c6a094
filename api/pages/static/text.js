// The text of a policy: a fact leads to its sentence, a mention shows its card, switches hide kinds, the address follows.
// Offsets count Unicode characters; JavaScript counts halves of some, so texts are walked character by character.
(() => {
  const KEPT = { cards: null, data: null, step: -1, hidden: new Set() };
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const pane = () => document.getElementById("tx");

  function made(tag, text, className) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function data() {
    if (KEPT.cards !== pane()) {
      KEPT.cards = pane();
      KEPT.data = JSON.parse(KEPT.cards.dataset.cards);
    }
    return KEPT.data;
  }

  function remember(changes) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", url);
  }

  function view(name) {
    const panes = find(".pt-panes[data-shown]");
    if (!panes) return;
    panes.dataset.shown = name;
    all("[data-view]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === name)));
  }

  // The place in the page of a character of the text: a text node and an offset in it.
  function point(line, offset, last) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let at = Number(line.dataset.o);
    let node = null;
    let units = 0;
    while (walker.nextNode()) {
      node = walker.currentNode;
      units = 0;
      for (const character of node.data) {
        if (at >= offset && !(last && at === offset && units === 0)) return [node, units];
        at += 1;
        units += character.length;
      }
      if (at >= offset && last) return [node, units];
    }
    return [node, units];
  }

  function lines(start, end) {
    const every = all("p[data-o]", pane());
    let first = 0;
    while (first + 1 < every.length && Number(every[first + 1].dataset.o) <= start) first += 1;
    let last = first;
    while (last + 1 < every.length && Number(every[last + 1].dataset.o) < end) last += 1;
    return every.slice(first, last + 1);
  }

  function show(start, end) {
    view("text");
    const lit = lines(start, end);
    if (!lit.length) return;
    all(".tx-hit", pane()).forEach((line) => line.classList.remove("tx-hit"));
    lit.forEach((line) => line.classList.add("tx-hit"));
    const range = document.createRange();
    range.setStart(...point(lit[0], start, false));
    range.setEnd(...point(lit[lit.length - 1], end, true));
    if (window.CSS && CSS.highlights) CSS.highlights.set("tx-hit", new Highlight(range));
    reveal(range.getBoundingClientRect());
    lit[0].tabIndex = -1;
    lit[0].focus({ preventScroll: true });
  }

  // Bring a place of the text into view: in its pane, and the pane in the window.
  function reveal(place) {
    const box = pane().getBoundingClientRect();
    const own = pane().scrollHeight > pane().clientHeight + 1;
    if (own) {
      pane().scrollTop += place.top - box.top - Math.min(box.height / 3, 120);
      if (box.top < 0 || box.top > innerHeight * 0.6) pane().scrollIntoView({ block: "start" });
    } else scrollBy({ top: place.top - innerHeight / 3 });
  }

  function endOf(start) {
    const said = find(`a[data-at^="${start}-"]`);
    if (said) return Number(said.dataset.at.split("-")[1]);
    const ends = data().spans.filter((span) => span[0] === start).map((span) => span[1]);
    if (ends.length) return Math.max(...ends);
    const line = lines(start, start + 1)[0];
    const rest = line ? [...line.textContent].slice(start - Number(line.dataset.o)) : [];
    const stop = rest.findIndex((character) => "。；！？;!?".includes(character));
    return start + Math.max(1, stop < 0 ? rest.length : stop + 1);
  }

  function closeCard() {
    const card = find(".tx-card");
    if (card) card.remove();
    all("[data-m].tx-now").forEach((mark) => mark.classList.remove("tx-now"));
  }

  function card(mark, focus) {
    closeCard();
    const { spans, nodes, words } = data();
    const box = made("div", "", "tx-card");
    box.setAttribute("role", "dialog");
    box.tabIndex = -1;
    const seen = new Set();
    for (const place of mark.dataset.m.split(" ")) {
      const [, , number, role, exact] = spans[Number(place)];
      const node = nodes[number];
      if (KEPT.hidden.has(node.kind) || seen.has(`${number} ${role}`)) continue;
      seen.add(`${number} ${role}`);
      box.append(entry(node, role, exact, words));
    }
    box.setAttribute("aria-label", nodes[spans[Number(mark.dataset.m.split(" ")[0])][2]].name);
    const close = made("button", "×", "tx-close");
    close.type = "button";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", closeCard);
    box.prepend(close);
    document.body.append(box);
    mark.classList.add("tx-now");
    stand(box, mark.getBoundingClientRect());
    if (focus) box.focus({ preventScroll: true });
  }

  function entry(node, role, exact, words) {
    const part = made("div", "", "tx-entry");
    const head = made("div", "", "tx-entry-head");
    head.append(made("span", node.word, `tx-name tx-name-${node.kind}`));
    if (role) head.append(made("span", role, "tx-role"));
    part.append(head, made("div", node.name, "tx-entry-name"));
    if (node.more) part.append(made("div", node.more, "pg-quiet"));
    if (!exact) part.append(made("div", words.loose, "pg-quiet"));
    if (node.href && node.href.startsWith("/")) {
      const link = made("a", words.open);
      link.href = node.href;
      part.append(link);
    }
    return part;
  }

  function stand(box, place) {
    const width = Math.min(340, innerWidth - 16);
    box.style.width = `${width}px`;
    box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
    const below = innerHeight - place.bottom > box.offsetHeight + 12;
    box.style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - box.offsetHeight - 6)}px`;
  }

  // The card stays beside its mention while the text is scrolled, and goes when that is out of sight.
  function follow() {
    const box = find(".tx-card");
    const mark = box && find("[data-m].tx-now");
    if (!mark) return;
    const place = mark.getBoundingClientRect();
    const frame = pane().getBoundingClientRect();
    const seen = place.bottom > Math.max(0, frame.top) && place.top < Math.min(innerHeight, frame.bottom);
    if (seen) stand(box, place);
    else closeCard();
  }

  function step(by) {
    const marks = all("[data-m]", pane()).filter((mark) => !mark.classList.contains("tx-off"));
    if (!marks.length) return;
    const now = marks.findIndex((mark) => mark.classList.contains("tx-now"));
    const next = marks[(Math.max(now, by > 0 ? -1 : 0) + by + marks.length) % marks.length];
    reveal(next.getBoundingClientRect());
    card(next, false);
  }

  // Each stretch shows the narrowest of its mentions whose kinds are not hidden, and a line for the next kind.
  function recolour() {
    const { spans, nodes } = data();
    KEPT.hidden = new Set(all(".tx-switch").filter((box) => !box.checked).map((box) => box.value));
    for (const mark of all("[data-m]", pane())) {
      const over = mark.dataset.m.split(" ").map((place) => spans[Number(place)]);
      const seen = over.filter((span) => !KEPT.hidden.has(nodes[span[2]].kind));
      if (mark.tagName !== "MARK") {
        mark.classList.toggle("tx-off", !seen.length);
        continue;
      }
      const kind = seen.length && nodes[seen[0][2]].kind;
      const below = seen.map((span) => nodes[span[2]].kind).find((each) => each !== kind);
      mark.className = seen.length
        ? `tx-${kind}${seen[0][4] ? "" : " tx-loose"}${below ? ` tx-u-${below}` : ""}` : "tx-off";
    }
    pane().classList.toggle("tx-without-tasks", KEPT.hidden.has("task"));
  }

  function fold(button, open) {
    button.setAttribute("aria-expanded", String(open));
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest("a[data-at]");
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);
    if (at && plain && pane() && pane().dataset.primary !== undefined) {
      event.preventDefault();
      const [start, end] = at.dataset.at.split("-").map(Number);
      closeCard();
      show(start, end);
      remember({ at: start });
      return;
    }
    const mark = event.target.closest("#tx [data-m]");
    if (mark && !mark.classList.contains("tx-off")) return card(mark, true);
    if (!event.target.closest(".tx-card, [data-step]")) closeCard();
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.step) step(Number(button.dataset.step));
    if (button.dataset.view) {
      view(button.dataset.view);
      remember({ view: button.dataset.view === "text" ? "text" : null });
    }
    if (button.dataset.fold) all(".pe-fold").forEach((each) => fold(each, button.dataset.fold === "unfold"));
    if (button.classList.contains("pe-fold")) fold(button, button.getAttribute("aria-expanded") !== "true");
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".tx-switch")) return;
    closeCard();
    recolour();
    remember({ hide: [...KEPT.hidden].join(",") });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeCard();
  });
  document.addEventListener("scroll", follow, { capture: true, passive: true });

  function begin() {
    if (!pane()) return false;
    const params = new URLSearchParams(location.search);
    if (all(".tx-switch").some((box) => !box.checked)) recolour();
    const at = params.get("at");
    if (/^\d{1,9}$/.test(at || "") && pane().dataset.primary !== undefined) {
      requestAnimationFrame(() => requestAnimationFrame(() => show(Number(at), endOf(Number(at)))));
    }
    return true;
  }

  const watching = new MutationObserver(() => begin() && watching.disconnect());
  document.addEventListener("DOMContentLoaded", () => begin() || watching.observe(document.body, { childList: true, subtree: true }));
})();
