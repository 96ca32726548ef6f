"use strict";
// Makes the page clickable. Without it the page holds the same: diagram, table and sources.
// All text from the data goes into the page as text, never as markup.
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const svg = byId("drawing"), canvas = byId("canvas"), panel = byId("panel");
  const nodeParts = data.nodes.map((_, ix) => byId(`n${ix}`));
  const arrowParts = data.arrows.map((_, ix) => byId(`a${ix}`));
  const wordParts = data.arrows.map((_, ix) => byId(`w${ix}`));
  const firstLines = nodeParts.map((part) => part.querySelector(".name")?.textContent);
  const whole = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const LEAST = 0.1, MOST = 5, READABLE = 0.5, DRAG = 4;

  // What the reader has chosen. Everything on the page follows from it, and the address of the page holds it.
  const blank = () => ({
    node: null, arrow: null, from: null, to: null, date: "",
    kind: new Set(), status: new Set(), document: new Set(), // what is hidden
    view: null, // x and y of the middle, and pixels for each unit; null as at first
  });
  let state = blank();
  let hitParts = [];
  let shown = null; // which facts, arrows, nodes and rows the filter leaves, and which of them without their chain

  // --- Small helpers -------------------------------------------------------------------------------------------------------

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "click") made.addEventListener("click", value);
      else if (value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  const button = (text, click, attributes = {}) => element("button", { type: "button", click, ...attributes }, text);
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const unique = (list) => [...new Set(list)];
  const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
  const say = (text) => { byId("said").textContent = text; };
  // As the reader types it, whatever the width of letters and their case.
  const plain = (text) => text.normalize("NFKC").toLowerCase().trim();

  const nodeName = (ix) => data.nodes[ix].name;
  const nodeLabel = (ix) => `${nodeName(ix)}, ${data.nodes[ix].kind}`;
  const arrowName = (ix) => {
    const { from, to, verb } = data.arrows[ix];
    return verb ? `${nodeName(from)} ${verb} ${nodeName(to)}` : `${nodeName(from)} – ${nodeName(to)}`;
  };
  const numbers = (text) => (text ?? "").split(" ").filter(Boolean).map(Number);
  // The rows of the table: what each cannot do without, the boxes that its chain runs through, and the box that it is about.
  const rows = [...document.querySelectorAll("#rows tr[data-needs]")].map((part) => ({
    part, kind: part.dataset.kind, needs: numbers(part.dataset.needs), figures: numbers(part.dataset.figures), through: numbers(part.dataset.through),
    node: part.dataset.node === undefined ? null : Number(part.dataset.node), member: part.dataset.member === undefined ? null : Number(part.dataset.member),
    items: [...part.querySelectorAll("li[data-fact]")],
  }));
  const rowsAbout = data.nodes.map((_, ix) => rows.map((_, at) => at).filter((at) => rows[at].node === ix && rows[at].needs.length));
  const rowsThrough = data.nodes.map((_, ix) => rows.map((_, at) => at).filter((at) => rows[at].through.includes(ix)));
  const arrowsAt = (end, node) => data.arrows.map((_, ix) => ix).filter((ix) => data.arrows[ix][end] === node);

  // --- The address of the page ----------------------------------------------------------------------------------------------

  const HIDDEN = ["kind", "status", "document"];
  const known = {
    kind: new Set(data.nodes.map((node) => node.kind)),
    status: new Set(data.facts.flatMap((fact) => fact.evidence.map((evidence) => evidence.status))),
    document: new Set(Object.keys(data.documents)),
  };

  function encode() {
    const words = new URLSearchParams();
    for (const end of ["node", "from", "to"]) if (state[end] !== null) words.set(end, data.nodes[state[end]].key);
    if (state.arrow !== null) words.set("arrow", data.arrows[state.arrow].key);
    for (const what of HIDDEN) for (const word of [...state[what]].sort()) words.append(`no-${what}`, word);
    if (state.date) words.set("date", state.date);
    if (state.view) words.set("view", state.view.map((part) => Math.round(part * 1000) / 1000).join(","));
    return words.toString();
  }

  // Reads an address. Whatever in it is not understood is passed over.
  function decode(text) {
    const words = new URLSearchParams(text), read = blank();
    const find = (list, key) => { const ix = list.findIndex((item) => item.key === key); return ix < 0 ? null : ix; };
    for (const end of ["node", "from", "to"]) read[end] = find(data.nodes, words.get(end));
    read.arrow = read.node === null ? find(data.arrows, words.get("arrow")) : null;
    for (const what of HIDDEN) read[what] = new Set(words.getAll(`no-${what}`).filter((word) => known[what].has(word)));
    if (/^\d{4}-\d{2}-\d{2}$/.test(words.get("date") ?? "")) read.date = words.get("date");
    read.view = decodeView(words.get("view"));
    return read;
  }

  function decodeView(text) {
    const [x, y, scale, ...rest] = (text ?? "").split(",").map((part) => (part.trim() ? Number(part) : NaN));
    if (rest.length || ![x, y, scale].every(Number.isFinite)) return null;
    return [clamp(x, 0, whole.width), clamp(y, 0, whole.height), clamp(scale, LEAST, MOST)];
  }

  const address = () => { const words = encode(); return words ? `#${words}` : location.pathname + location.search; };

  // Takes a step that the reader can go back from.
  function step(change) {
    Object.assign(state, { view: held() }, change);
    if (encode() !== location.hash.slice(1)) history.pushState(null, "", address());
    show();
  }

  let waiting = 0;
  // A view is no step of its own; the address follows when the reader holds still, since browsers limit how often it may change.
  function noteView() {
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState(null, "", address()), 150);
  }

  // Links to places on the page are no states: they have no “=”.
  function restore() {
    const text = location.hash.slice(1);
    if (text && !text.includes("=")) return;
    clearTimeout(waiting);
    state = decode(text);
    show();
  }

  // --- Filter ---------------------------------------------------------------------------------------------------------------

  function isDated(fact) {
    if (!state.date) return true;
    return !fact.undated && !(fact.begins && fact.begins > state.date) && !(fact.ends && fact.ends < state.date);
  }

  function isFactShown(fact) {
    const counts = (evidence) => !state.status.has(evidence.status) && !state.document.has(evidence.document);
    return isDated(fact) && fact.evidence.some(counts);
  }

  // An arrow stands while one set of facts that makes it is shown whole; one that holds by meaning, while its boxes are there. What is
  // asked about is always there.
  function filtered() {
    const facts = data.facts.map(isFactShown);
    const kind = data.nodes.map((node) => node.asked || !state.kind.has(node.kind));
    const stands = data.arrows.map((arrow) =>
      kind[arrow.from] && kind[arrow.to] && (!arrow.facts.length || arrow.proofs.some((proof) => proof.every((fact) => facts[fact]))));
    const nodes = data.nodes.map((node, ix) => kind[ix] && (node.asked || isHeld(ix, stands)));
    const arrows = data.arrows.map((arrow, ix) => stands[ix] && nodes[arrow.from] && nodes[arrow.to]);
    const joined = joinedTo(arrows);
    const left = rows.map((row) => standsRow(row, facts, kind) && (!row.needs.length || row.node === null || joined.has(row.node)));
    const losses = rows.map((row, at) => left[at] && row.figures.every((fact) => facts[fact]));
    return { facts, nodes, arrows, rows: left, losses, backed: data.nodes.map((node, ix) => node.asked || isBacked(ix, left)) };
  }

  // The boxes that visible arrows lead to from what is asked about, or from which they lead there; where nothing is asked about, all.
  function joinedTo(arrows) {
    const asked = data.nodes.map((_, ix) => ix).filter((ix) => data.nodes[ix].asked);
    if (!asked.length) return new Set(data.nodes.keys());
    return new Set([["from", "to"], ["to", "from"]].flatMap(([near, far]) => {
      const reached = new Set(asked);
      for (let size = -1; size !== reached.size;) {
        size = reached.size;
        data.arrows.forEach((arrow, ix) => { if (arrows[ix] && reached.has(arrow[near])) reached.add(arrow[far]); });
      }
      return [...reached];
    }));
  }

  // A row whose chain lacks a fact or a box no longer stands; a list of facts does while one of them is left.
  function standsRow(row, facts, kind) {
    if (state.kind.has(row.kind)) return false;
    if (row.needs.length) return row.needs.every((fact) => facts[fact]) && row.through.every((ix) => kind[ix]);
    return !row.items.length || row.items.some((item) => facts[Number(item.dataset.fact)]);
  }

  // A box has a chain left while the row about it stands; one that no row is about, while a row stands whose chain runs through it.
  function isBacked(ix, left) {
    const backing = rowsAbout[ix].length ? rowsAbout[ix] : rowsThrough[ix];
    return !backing.length || backing.some((at) => left[at]);
  }

  const isOff = (ix) => !shown.backed[ix];
  const hasLoss = (ix) => shown.backed[ix] && rowsAbout[ix].every((at) => shown.losses[at]);
  // Of several in one box those whose own row no longer stands.
  const without = (ix) => new Set(rowsAbout[ix].filter((at) => !shown.rows[at] && rows[at].member !== null).map((at) => rows[at].member));

  // A box stays as long as one of the arrows that rest on facts does; if it has none such, it stays.
  function isHeld(node, stands) {
    const touching = data.arrows.map((_, ix) => ix).filter((ix) => data.arrows[ix].from === node || data.arrows[ix].to === node);
    const resting = touching.filter((ix) => data.arrows[ix].facts.length);
    return !resting.length || resting.some((ix) => stands[ix]);
  }

  const isFiltering = () => state.date !== "" || HIDDEN.some((what) => state[what].size > 0);

  // --- Chains ---------------------------------------------------------------------------------------------------------------

  // How far every node is from one, in facts: an arrow that holds by meaning costs nothing.
  function distances(start, end, other) {
    const far = data.nodes.map(() => Infinity);
    far[start] = 0;
    for (let changed = true; changed;) {
      changed = false;
      data.arrows.forEach((arrow, ix) => {
        const next = far[arrow[end]] + (arrow.facts.length ? 1 : 0);
        if (shown.arrows[ix] && next < far[arrow[other]]) { far[arrow[other]] = next; changed = true; }
      });
    }
    return far;
  }

  // The arrows on all shortest chains, in the order in which they are walked.
  function chain(from, to) {
    const there = distances(from, "from", "to"), back = distances(to, "to", "from");
    if (!Number.isFinite(there[to])) return { length: Infinity, arrows: [] };
    const isOn = (arrow, ix) => shown.arrows[ix] && there[arrow.from] + (arrow.facts.length ? 1 : 0) + back[arrow.to] === there[to];
    const arrows = data.arrows.map((_, ix) => ix).filter((ix) => isOn(data.arrows[ix], ix));
    arrows.sort((one, other) => there[data.arrows[one].from] - there[data.arrows[other].from] || one - other);
    return { length: there[to], arrows };
  }

  const isChain = () => state.from !== null && state.to !== null && state.from !== state.to;

  // --- Showing --------------------------------------------------------------------------------------------------------------

  function show() {
    shown = filtered();
    const found = isChain() ? chain(state.from, state.to) : null;
    paint(found);
    showFilter();
    showTable();
    showPanel(found);
    showControls();
    showView();
    announce(found);
  }

  function paint(found) {
    const lit = new Set(found?.arrows ?? []);
    const ends = new Set([...lit].flatMap((ix) => [data.arrows[ix].from, data.arrows[ix].to]));
    if (found) ends.add(state.from).add(state.to);
    data.nodes.forEach((_, ix) => {
      mark(nodeParts[ix], shown.nodes[ix], found && ends.has(ix), found, state.node === ix);
      markBacking(ix);
    });
    data.arrows.forEach((arrow, ix) => {
      const isLit = found && lit.has(ix);
      mark(arrowParts[ix], shown.arrows[ix], isLit, found, state.arrow === ix);
      for (const part of [arrowParts[ix], wordParts[ix]]) part?.classList.toggle("off", isOff(arrow.from) || isOff(arrow.to));
      arrowParts[ix].classList.toggle("near", state.node !== null && (arrow.from === state.node || arrow.to === state.node));
      hitParts[ix].classList.toggle("gone", !shown.arrows[ix]);
      if (wordParts[ix]) mark(wordParts[ix], shown.arrows[ix], isLit, found, false);
    });
  }

  function mark(part, isShown, isLit, hasChain, isChosen) {
    part.classList.toggle("gone", !isShown);
    part.classList.toggle("lit", Boolean(isLit));
    part.classList.toggle("dim", Boolean(hasChain) && !isLit && !isChosen);
    part.classList.toggle("chosen", isChosen);
    if (part.hasAttribute("role")) part.setAttribute("aria-pressed", String(isChosen));
  }

  const UNBACKED = "not supported under this filter";

  // A box without its chain says so, a loss that lacks a fact counts no more, and of several it tells how many are left.
  function markBacking(ix) {
    const part = nodeParts[ix], left = data.nodes[ix].folded.length - without(ix).size, isPart = !isOff(ix) && left < data.nodes[ix].folded.length;
    part.classList.toggle("off", isOff(ix));
    part.classList.toggle("no-loss", !hasLoss(ix));
    part.setAttribute("aria-label", isOff(ix) ? `${nodeLabel(ix)}, ${UNBACKED}` : nodeLabel(ix));
    if (data.nodes[ix].folded.length) part.querySelector(".name").textContent = isPart ? `${left} of ${firstLines[ix]}` : firstLines[ix];
  }

  // Of a list of facts those that are left stay.
  function showTable() {
    rows.forEach((row, at) => {
      for (const item of row.items) item.hidden = !shown.facts[Number(item.dataset.fact)];
      row.part.hidden = !shown.rows[at];
      row.part.classList.toggle("no-loss", !shown.losses[at]);
    });
    byId("left-out").hidden = !isFiltering();
    byId("left-out").textContent = `The filter hides ${hiddenRows()} of this table.`;
  }

  const hiddenRows = () => `${shown.rows.filter((stands) => !stands).length} of ${count(rows.length, "row", "rows")}`;
  const offBoxes = () => data.nodes.filter((_, ix) => shown.nodes[ix] && isOff(ix)).length;

  // Stands above all, on paper too.
  function showFilter() {
    const named = { kind: "of kind", status: "evidence that is", document: "document" };
    const word = (what, one) => (what === "document" ? `[${data.documents[one].number}]` : one);
    const parts = HIDDEN.filter((what) => state[what].size).map((what) => `${named[what]} ${[...state[what]].sort().map((one) => word(what, one)).join(", ")}`);
    const left = [parts.length ? `without ${parts.join("; without ")}` : null, state.date ? `as of ${state.date}` : null].filter(Boolean).join("; ");
    const gone = data.nodes.length - shown.nodes.filter(Boolean).length;
    const grey = offBoxes() ? `; ${count(offBoxes(), "box is", "boxes are")} grey, since it hides what supports them` : "";
    byId("filter-set").hidden = !isFiltering();
    byId("filter-set").textContent = !isFiltering() ? "" : `A filter is set: ${left}. It hides ${gone} of ${count(data.nodes.length, "box", "boxes")} and ${hiddenRows()}${grey}. ` +
      "Numbers above are those of the whole answer, and losses are not worked out again.";
  }

  function announce(found) {
    const words = [];
    if (isFiltering()) {
      const left = shown.arrows.filter(Boolean).length;
      words.push(`${left} of ${count(data.arrows.length, "arrow", "arrows")} shown.`);
      if (offBoxes()) words.push(`${count(offBoxes(), "box is", "boxes are")} ${UNBACKED}.`);
    }
    if (found) words.push(chainWords(found));
    if (state.node !== null) words.push(`Selected: ${nodeName(state.node)}.`);
    if (state.arrow !== null) words.push(`Selected: ${arrowName(state.arrow)}.`);
    say(words.join(" "));
  }

  function chainWords({ length, arrows }) {
    const ends = `from ${nodeName(state.from)} to ${nodeName(state.to)}`;
    return Number.isFinite(length) ? `Chain ${ends}: ${count(length, "arrow", "arrows")} long, ${count(arrows.filter((ix) => data.arrows[ix].facts.length).length, "arrow", "arrows")} in all.`
      : `No chain runs along the arrows ${ends}.`;
  }

  // --- The panel ------------------------------------------------------------------------------------------------------------

  function showPanel(found) {
    panel.hidden = false;
    panel.scrollTop = 0;
    if (state.node !== null) panel.replaceChildren(...profile(state.node));
    else if (state.arrow !== null) panel.replaceChildren(...source(state.arrow));
    else if (found) panel.replaceChildren(...chainPanel(found));
    else panel.replaceChildren(element("p", { class: "hint" }, "Click a box for its profile, an arrow for the facts behind it and where they are from."));
  }

  const close = (text) => [button("×", () => step({ node: null, arrow: null }), { class: "close", "aria-label": "Close" }), element("h2", {}, element("bdi", {}, text))];

  // Terms and what they stand for; what is empty is left out.
  function terms(pairs) {
    const list = element("dl");
    for (const [term, ...values] of pairs) {
      const full = values.flat().filter((value) => value !== null && value !== undefined && value !== "");
      if (full.length) list.append(element("dt", {}, term), ...full.map((value) => element("dd", {}, value)));
    }
    return list;
  }

  const inLanguage = (lang, text) => (text ? element("bdi", { lang }, text) : null);

  function profile(ix) {
    const node = data.nodes[ix], names = node.names ?? {};
    return [
      ...close(node.name),
      terms([
        ["Kind", node.folded.length ? `several of kind ${node.kind}` : node.kind], ["Country", node.country ?? "no document says"],
        ["Under this filter", isOff(ix) ? "not supported: the filter hides its chain" : null], ["Loss", node.loss && !hasLoss(ix) ? UNBACKED : node.loss],
        ["English", names.en === node.name ? null : names.en], ["Korean", inLanguage("ko", names.ko)], ["Chinese", inLanguage("zh", names.zh)],
        ["Also", (names.aliases ?? []).join("; ")], ["Stands for", node.folded.map((name, at) => element("bdi", { class: without(ix).has(at) ? "without" : null }, name))],
      ]),
      element("div", { class: "buttons" },
        button("Chain from here", () => startChain("from", ix)), button("Chain to here", () => startChain("to", ix))),
      ...arrowList("What it depends on", arrowsAt("to", ix), "from"),
      ...arrowList("What depends on it", arrowsAt("from", ix), "to"),
    ];
  }

  // With both ends chosen the chain itself is what the reader wants to see.
  function startChain(end, ix) {
    const other = end === "from" ? "to" : "from";
    step(state[other] !== null && state[other] !== ix ? { [end]: ix, node: null, arrow: null, view: null } : { [end]: ix, [other]: null });
    if (!isChain()) {
      say(`Chain ${end} ${nodeName(ix)}: now choose where it ${end === "from" ? "ends" : "begins"}.`);
      byId("chain").open = true;
      byId(other).focus();
    }
  }

  function arrowList(heading, arrows, end) {
    const left = arrows.filter((ix) => shown.arrows[ix]);
    if (!left.length) return [];
    const name = (ix) => `${arrowName(ix)}, ${count(data.arrows[ix].facts.length, "fact", "facts")}`;
    const item = (ix) => element("li", {}, button("", () => choose("arrow", ix), { "data-arrow": ix, "aria-label": name(ix) }));
    const list = element("ul", { class: "arrows" }, left.map(item));
    left.forEach((ix, at) => list.children[at].firstChild.append(...arrowWords(ix, end)));
    return [element("h3", {}, heading), list];
  }

  // That there is more to know of an arrow than its words say.
  const caveat = (ix) => (data.arrows[ix].facts.some(([fact]) => shown.facts[fact] && data.facts[fact].caveat) ? "with a caveat" : null);

  function arrowWords(ix, end) {
    const { verb, part } = data.arrows[ix];
    const words = [verb || "by meaning", part, caveat(ix)].filter(Boolean).join(", ");
    return [element("bdi", {}, nodeName(data.arrows[ix][end])), " ", element("span", { class: "tag" }, words)];
  }

  function source(ix) {
    const arrow = data.arrows[ix];
    const left = arrow.facts.filter(([fact]) => shown.facts[fact]), gone = arrow.facts.length - left.length;
    const ends = element("div", { class: "buttons" },
      button(nodeName(arrow.from), () => choose("node", arrow.from)), button(nodeName(arrow.to), () => choose("node", arrow.to)));
    return [
      ...close(arrowName(ix)),
      terms([["Drawn as", arrow.look], ["Covers", arrow.part]]),
      ends,
      arrow.facts.length ? null : element("p", {}, "It holds by the meaning of the two, not by a document."),
      ...left.map(factWords),
      gone ? element("p", { class: "hint" }, `The filter hides ${count(gone, "further fact", "further facts")}.`) : null,
    ].filter(Boolean);
  }

  // That a fact rests on undated documents only, which may be younger than the date that is looked at.
  const perhaps = (fact) => (state.date && fact.surely > state.date ? `perhaps by ${state.date}` : null);

  // A fact with all that is known of where it is from.
  function factWords([number, text]) {
    const fact = data.facts[number];
    return element("article", { "data-fact": number },
      element("p", { class: "sentence" }, element("bdi", {}, text)),
      fact.caveat ? element("p", { class: "conflict" }, element("strong", {}, "Caveat: "), fact.caveat) : null,
      terms([["Claim", fact.claim], ["Status", fact.evidence.length > 1 ? `${fact.status} at best` : null], ["Dates", fact.dates], ["Known", perhaps(fact)], ["Note", fact.note]]),
      fact.conflict ? element("p", { class: "conflict" }, element("strong", {}, "Contradicted: "), fact.conflict) : null,
      fact.evidence.map(evidenceWords),
      terms([["Record", element("code", {}, fact.at)]]));
  }

  function evidenceWords(evidence) {
    const source = data.documents[evidence.document];
    const link = source ? [source.text.replace(/\.+$/, ""), ". ", element("a", { href: `#source-${source.number}` }, `[${source.number}]`)] : null;
    return terms([
      ["Document", link ? element("span", {}, link) : null], ["Passage", evidence.passage], ["Status", evidence.status], ["Said by", evidence.by],
      ["Reading", evidence.note], ["Caution", source?.care],
    ]);
  }

  function chainPanel(found) {
    const arrows = found.arrows.filter((ix) => data.arrows[ix].facts.length);
    return [
      button("×", () => step({ from: null, to: null }), { class: "close", "aria-label": "Close" }),
      element("h2", {}, `From ${nodeName(state.from)} to ${nodeName(state.to)}`),
      element("p", {}, chainWords(found)),
      element("ol", { class: "arrows" }, arrows.map((ix) => element("li", {},
        button(element("bdi", {}, `${arrowName(ix)} `, element("span", { class: "tag" }, [data.arrows[ix].look, caveat(ix)].filter(Boolean).join(", "))), () => choose("arrow", ix), { "data-arrow": ix })))),
    ];
  }

  // --- Choosing -------------------------------------------------------------------------------------------------------------

  function choose(what, ix, moves = true) {
    const other = what === "node" ? "arrow" : "node";
    rove(items.find((item) => item.what === what && item.ix === ix));
    const view = moves ? viewWith(what === "node" ? nodeParts[ix] : arrowParts[ix]) : held();
    step({ [what]: ix, [other]: null, view });
    revealPanel();
  }

  // On a narrow screen the panel is below the diagram.
  function revealPanel() {
    const box = panel.getBoundingClientRect();
    if (box.top > innerHeight - 80) panel.scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
  }

  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // --- The view -------------------------------------------------------------------------------------------------------------

  const scaleOfAll = () => Math.min(canvas.clientWidth / whole.width, canvas.clientHeight / whole.height, 1.25);
  const viewOfAll = () => [whole.width / 2, whole.height / 2, scaleOfAll()];

  // All of it; where that would be too small to read, the chain that is lit, or what is selected or asked for.
  function firstView() {
    const lit = [...svg.querySelectorAll(".lit")];
    if (scaleOfAll() >= READABLE) return viewOfAll();
    if (lit.length) return viewOf(lit);
    const part = state.arrow !== null ? arrowParts[state.arrow] : nodeParts[state.node ?? Math.max(data.nodes.findIndex((node) => node.asked), 0)];
    const [x, y] = middle(part), scale = 0.75;
    const keep = (at, size, room) => (size * scale < room ? size / 2 : clamp(at, room / 2 / scale, size - room / 2 / scale));
    return [keep(x, whole.width, canvas.clientWidth), keep(y, whole.height, canvas.clientHeight), scale];
  }

  // The view that holds some parts, with a little room around them.
  function viewOf(parts) {
    const boxes = parts.map(boxOf);
    const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
    const scale = Math.min(canvas.clientWidth / (right - left + 40), canvas.clientHeight / (bottom - top + 40), 1.25);
    return [(left + right) / 2, (top + bottom) / 2, clamp(scale, LEAST, MOST)];
  }

  const view = () => state.view ?? firstView();

  // The view to keep when something is selected: the first view, where it shows only a part, would move.
  const held = () => state.view ?? (scaleOfAll() >= READABLE ? null : view());

  function showView() {
    const [x, y, scale] = view();
    const width = canvas.clientWidth / scale, height = canvas.clientHeight / scale;
    if (width > 0 && height > 0) svg.setAttribute("viewBox", [x - width / 2, y - height / 2, width, height].join(" "));
  }

  function look([x, y, scale]) {
    state.view = [clamp(x, 0, whole.width), clamp(y, 0, whole.height), clamp(scale, LEAST, MOST)];
    showView();
    noteView();
  }

  // Zooms so that what is at a point of the canvas, in pixels from its middle, stays there.
  function zoom(by, dx = 0, dy = 0) {
    const [x, y, scale] = view(), next = clamp(scale * by, LEAST, MOST);
    look([x + dx / scale - dx / next, y + dy / scale - dy / next, next]);
  }

  function pan(dx, dy) {
    const [x, y, scale] = view();
    look([x + dx / scale, y + dy / scale, scale]);
  }

  // Where a part is, in units of the drawing.
  function boxOf(part) {
    const { x, y, width, height } = part.getBBox(), { e, f } = part.parentNode.transform.baseVal.consolidate().matrix;
    return { left: x + e, top: y + f, right: x + e + width, bottom: y + f + height };
  }

  function middle(part) {
    const { left, top, right, bottom } = boxOf(part);
    return [(left + right) / 2, (top + bottom) / 2];
  }

  // The view as it is, or moved so that a part comes into it.
  function viewWith(part) {
    const box = part.getBoundingClientRect(), room = canvas.getBoundingClientRect();
    const isIn = box.right > room.left + 20 && box.left < room.right - 20 && box.bottom > room.top + 20 && box.top < room.bottom - 20;
    return isIn ? held() : [...middle(part), Math.max(view()[2], READABLE)];
  }

  function sizeCanvas() {
    const scale = Math.min(canvas.clientWidth / whole.width, 1.25);
    canvas.style.height = `${clamp(whole.height * Math.max(scale, READABLE), 220, Math.max(innerHeight * 0.74, 320))}px`;
    showView();
  }

  const pointers = new Map();
  let wasDragged = false;

  function fromMiddle(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
  }

  function pointerDown(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if (!pointers.size) wasDragged = false;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, start: [event.clientX, event.clientY] });
  }

  function pointerMove(event) {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const isFar = Math.hypot(event.clientX - last.start[0], event.clientY - last.start[1]) > DRAG;
    if (!wasDragged && !isFar) return;
    wasDragged = true;
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("moving");
    if (pointers.size === 2) pinch(event, last);
    else pan(last.x - event.clientX, last.y - event.clientY);
    Object.assign(last, { x: event.clientX, y: event.clientY });
  }

  // Two fingers: what is between them grows by as much as they part, and moves half as far as the one.
  function pinch(event, last) {
    const [, other] = [...pointers].find(([id]) => id !== event.pointerId);
    const before = Math.hypot(last.x - other.x, last.y - other.y), now = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const [dx, dy] = fromMiddle({ clientX: (event.clientX + other.x) / 2, clientY: (event.clientY + other.y) / 2 });
    pan((last.x - event.clientX) / 2, (last.y - event.clientY) / 2);
    if (before > 0) zoom(now / before, dx, dy);
  }

  function pointerUp(event) {
    pointers.delete(event.pointerId);
    if (!pointers.size) canvas.classList.remove("moving");
  }

  // The wheel scrolls the page until the reader has gone into the diagram.
  function wheel(event) {
    if (!event.ctrlKey && !event.metaKey && !canvas.contains(document.activeElement)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 30 : 1;
    zoom(Math.exp(-clamp(event.deltaY * unit, -240, 240) / 400), ...fromMiddle(event));
  }

  const PAN = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };

  function canvasKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === canvas && PAN[event.key]) pan(...PAN[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-" || event.key === "_") zoom(0.8);
    else if (event.key === "0") look(viewOfAll());
    else return;
    event.preventDefault();
  }

  // --- Boxes and arrows by keyboard -----------------------------------------------------------------------------------------

  // Boxes in reading order, each followed by the arrows that leave it. One of them is in the tab order; arrow keys go to the others.
  const items = readingOrder().flatMap((ix) => [{ what: "node", ix }, ...arrowsAt("from", ix).map((arrow) => ({ what: "arrow", ix: arrow }))]);
  const partOf = ({ what, ix }) => (what === "node" ? nodeParts[ix] : arrowParts[ix]);
  const isShownItem = ({ what, ix }) => (what === "node" ? shown.nodes[ix] : shown.arrows[ix]);

  function readingOrder() {
    const at = nodeParts.map((part) => middle(part));
    const byColumn = (one, other) => Math.round((at[one][0] - at[other][0]) / 60) || at[one][1] - at[other][1];
    return data.nodes.map((_, ix) => ix).sort(byColumn);
  }

  function rove(item) {
    for (const other of items) partOf(other).setAttribute("tabindex", other === item ? "0" : "-1");
  }

  function goTo(item) {
    if (!item) return;
    rove(item);
    const next = viewWith(partOf(item));
    if (next) look(next);
    partOf(item).focus({ preventScroll: true });
  }

  // Right: along an arrow, from a box to its first arrow, from an arrow to its end. Left: the other way.
  function along(item, isForward) {
    const [end, near] = isForward ? ["to", "from"] : ["from", "to"];
    if (item.what === "arrow") return items.find((other) => other.what === "node" && other.ix === data.arrows[item.ix][end]);
    const next = arrowsAt(near, item.ix).find((ix) => shown.arrows[ix]);
    return items.find((other) => other.what === "arrow" && other.ix === next);
  }

  function neighbour(item, by) {
    const left = items.filter((other) => isShownItem(other) || other === item);
    return left[clamp(left.indexOf(item) + by, 0, left.length - 1)];
  }

  function itemKey(item, event) {
    const moves = {
      ArrowRight: () => along(item, true), ArrowLeft: () => along(item, false), ArrowDown: () => neighbour(item, 1), ArrowUp: () => neighbour(item, -1),
      Home: () => neighbour(item, -items.length), End: () => neighbour(item, items.length),
    };
    if (event.key === "Enter" || event.key === " ") choose(item.what, item.ix);
    else if (moves[event.key]) goTo(moves[event.key]());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // --- Making the parts clickable -------------------------------------------------------------------------------------------

  // A copy of an outline, to be seen around a part or to be hit beside a thin line.
  function copyOf(path, name) {
    const copy = path.cloneNode(false);
    copy.setAttribute("class", name);
    copy.removeAttribute("id");
    return copy;
  }

  function prepare(item) {
    const part = partOf(item), path = part.querySelector("path.ground, path.line");
    if (item.what === "node") path.before(copyOf(path, "halo"));
    else part.querySelector("path").before(copyOf(path, "halo"));
    const name = item.what === "node" ? nodeLabel(item.ix) : `${arrowName(item.ix)}, ${count(data.arrows[item.ix].facts.length, "fact", "facts")}`;
    part.setAttribute("role", "button");
    part.setAttribute("aria-label", name);
    part.addEventListener("click", () => { if (!wasDragged) choose(item.what, item.ix, false); });
    part.addEventListener("keydown", (event) => itemKey(item, event));
  }

  // Beside a thin line it can be hit, too. All these lie below all lines, so that what is pointed at exactly comes first.
  function prepareHits() {
    const hits = document.createElementNS(svg.namespaceURI, "g");
    arrowParts.forEach((part, ix) => {
      const hit = copyOf(part.querySelector("path.line"), "hit");
      hit.addEventListener("click", () => { if (!wasDragged) choose("arrow", ix, false); });
      for (const [name, isOver] of [["pointerenter", true], ["pointerleave", false]]) hit.addEventListener(name, () => part.classList.toggle("over", isOver));
      hits.append(hit);
    });
    arrowParts[0]?.before(hits);
    return [...hits.children];
  }

  function prepareCanvas() {
    svg.setAttribute("role", "group");
    canvas.setAttribute("tabindex", "0");
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", "Diagram: arrow keys move it, plus and minus zoom, zero shows all, Tab goes to its boxes and arrows");
    items.forEach(prepare);
    hitParts = prepareHits();
    rove(items[0]);
    wordParts.forEach((part, ix) => part?.addEventListener("click", () => { if (!wasDragged) choose("arrow", ix, false); }));
    canvas.addEventListener("pointerdown", pointerDown);
    canvas.addEventListener("pointermove", pointerMove);
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, pointerUp);
    canvas.addEventListener("wheel", wheel, { passive: false });
    canvas.addEventListener("keydown", canvasKey);
  }

  // The names in the table lead to the boxes.
  function prepareTable() {
    for (const row of document.querySelectorAll("#rows tr[data-node]")) {
      const name = row.querySelector(".of"), ix = Number(row.dataset.node);
      name.replaceChildren(button(name.textContent, () => { choose("node", ix); byId("diagram").scrollIntoView({ behavior: isStill() ? "auto" : "smooth" }); }));
    }
  }

  // --- Search ---------------------------------------------------------------------------------------------------------------

  const searched = data.nodes.map((node) => {
    const names = [node.names, node.maker].filter(Boolean).flatMap(({ en, ko, zh, aliases }) => [en, ko, zh, ...(aliases ?? [])]);
    return unique([node.name, ...names, ...node.folded].filter(Boolean));
  });

  // The boxes with a name that holds the words, those that begin with them first, with the name that was found.
  function find(text) {
    const wanted = plain(text);
    if (!wanted) return [];
    const hit = (ix) => searched[ix].find((name) => plain(name).includes(wanted));
    const found = data.nodes.map((_, ix) => ({ ix, name: hit(ix) })).filter(({ ix, name }) => name && shown.nodes[ix]);
    const rank = ({ name }) => (plain(name).startsWith(wanted) ? 0 : 1);
    return found.sort((one, other) => rank(one) - rank(other) || one.ix - other.ix);
  }

  function showFound() {
    const text = byId("find").value, found = find(text), list = byId("found");
    const item = ({ ix, name }) => {
      const words = name === nodeName(ix) ? nodeName(ix) : `${nodeName(ix)} (${name})`;
      return element("li", {}, button(element("bdi", {}, words), () => pick(ix), { "data-node": ix }));
    };
    list.replaceChildren(...found.map(item));
    list.hidden = !found.length;
    say(plain(text) ? `${found.length || "Nothing"} found.` : "");
  }

  function pick(ix) {
    byId("found").hidden = true;
    choose("node", ix);
    partOf({ what: "node", ix }).focus({ preventScroll: true });
  }

  function searchKey(event) {
    const buttons = [...byId("found").querySelectorAll("button")], at = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && at < 0 && buttons.length && !byId("found").hidden) buttons[0].click();
    else if (event.key === "ArrowDown" && buttons.length) buttons[Math.min(at + 1, buttons.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (buttons[at - 1] ?? byId("find")).focus();
    else return;
    event.preventDefault();
  }

  // --- Controls -------------------------------------------------------------------------------------------------------------

  const documentName = (id) => `[${data.documents[id].number}] ${data.documents[id].text}`;

  function prepareFilter(what, holder, name) {
    for (const word of [...known[what]].sort((one, other) => (name(one) < name(other) ? -1 : 1))) {
      const box = element("input", { type: "checkbox", name: what, value: word });
      box.addEventListener("change", () => step({ [what]: new Set(unchecked(what)) }));
      byId(holder).append(element("label", {}, box, name(word)), " ");
    }
  }

  const boxes = (what) => [...document.querySelectorAll(`#filter input[name="${what}"]`)];
  const unchecked = (what) => boxes(what).filter((box) => !box.checked).map((box) => box.value);

  // By id, behind what it stands for: the same in every language.
  const byKey = (ix) => data.nodes[ix].key.split("/").slice(1).join("/");

  function prepareChain(end) {
    const order = data.nodes.map((_, ix) => ix).sort((one, other) => (byKey(one) < byKey(other) ? -1 : 1));
    byId(end).append(element("option", { value: "" }, "choose"), ...order.map((ix) => element("option", { value: ix }, nodeName(ix))));
    byId(end).addEventListener("change", (event) => step({ [end]: event.target.value === "" ? null : Number(event.target.value), node: null, arrow: null, view: null }));
  }

  function showControls() {
    for (const what of HIDDEN) for (const box of boxes(what)) box.checked = !state[what].has(box.value);
    for (const end of ["from", "to"]) byId(end).value = state[end] === null ? "" : String(state[end]);
    if (byId("date").value !== state.date) byId("date").value = state.date;
    const filters = HIDDEN.reduce((sum, what) => sum + state[what].size, 0) + (state.date ? 1 : 0);
    byId("filter-count").textContent = filters ? `(${filters})` : "";
  }

  function reset() {
    byId("find").value = "";
    showFound();
    step(blank());
    say("Everything is shown again.");
  }

  // Closes what is open: the list that was found, a sheet, or what is selected. The focus goes back to what opened it.
  function escape() {
    const sheet = [...document.querySelectorAll(".controls details[open]")].pop();
    if (!byId("found").hidden) { byId("found").hidden = true; byId("find").focus(); }
    else if (sheet) { sheet.open = false; sheet.querySelector("summary").focus(); }
    else if (state.node !== null || state.arrow !== null) closePanel();
    else if (isChain()) step({ from: null, to: null });
  }

  function closePanel() {
    const wasInside = panel.contains(document.activeElement);
    const part = state.node !== null ? nodeParts[state.node] : arrowParts[state.arrow];
    step({ node: null, arrow: null });
    if (wasInside) part.focus({ preventScroll: true });
  }

  // A click elsewhere closes what lies over the page.
  function clickElsewhere(event) {
    for (const sheet of document.querySelectorAll(".controls details[open]")) if (!sheet.contains(event.target)) sheet.open = false;
    if (!event.target.closest(".search")) byId("found").hidden = true;
  }

  function prepareControls() {
    prepareFilter("kind", "kinds", (word) => word);
    prepareFilter("status", "statuses", (word) => word);
    prepareFilter("document", "documents", documentName);
    ["from", "to"].forEach(prepareChain);
    byId("date").addEventListener("change", (event) => step({ date: event.target.value }));
    byId("find").addEventListener("input", showFound);
    document.querySelector(".search").addEventListener("keydown", searchKey);
    byId("zoom-in").addEventListener("click", () => zoom(1.25));
    byId("zoom-out").addEventListener("click", () => zoom(0.8));
    byId("zoom-all").addEventListener("click", () => look(viewOfAll()));
    byId("reset").addEventListener("click", reset);
    for (const id of ["controls", "help"]) byId(id).hidden = false;
  }

  function preparePrint() {
    addEventListener("beforeprint", () => svg.setAttribute("viewBox", `0 0 ${whole.width} ${whole.height}`));
    addEventListener("afterprint", showView);
  }

  document.body.classList.add("live");
  prepareControls();
  prepareCanvas();
  prepareTable();
  preparePrint();
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") escape(); });
  document.addEventListener("pointerdown", clickElsewhere);
  addEventListener("popstate", restore);
  addEventListener("resize", sizeCanvas);
  sizeCanvas();
  state = location.hash.includes("=") ? decode(location.hash.slice(1)) : blank();
  show();
  sizeCanvas();
  document.body.dataset.ready = "true";
})();
