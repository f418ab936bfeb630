// The list beside the map: only the rows in view are in the document.
{
  const ROW = 95, SPARE = 4;
  let rows = [], scroller = null, list = null, shown = new Map();

  function toll(i) {
    const out = [];
    for (const kind of ["killed", "injured"]) {
      const count = geomap.toll(i, kind);
      if (count) out.push(geomap.el("span", {class: `toll ${kind}`}, geomap.t(`${kind}_n`, {n: geomap.number(count)})));
    }
    return out;
  }

  // The page's own date need not stand in every row.
  const ofThisDay = (i) => geomap.page.kind === "day" && geomap.iso(geomap.data.day[i]) === geomap.page.day && geomap.data.end[i] === 0;

  // Who did what to whom and who says so, as far as it is told: a row has no room for it, its tooltip has.
  function parties(i) {
    const {data} = geomap, told = [["", data.actors], [`${geomap.t("targets")}:`, data.targets], [`${geomap.t("says")}:`, data.reported]];
    const lines = told.map(([title, of]) => [title, geomap.join(geomap.names(of[i]))]).filter(([, names]) => names);
    return lines.map((line) => line.join(" ").trim()).join("\n");
  }

  function row(i, at) {
    const {data} = geomap, places = geomap.placesOfIncident(i);
    const status = geomap.STATUSES[data.statuses[i]];
    const where = places.length ? geomap.join(places.map(({place}) => geomap.placeName(place))) : geomap.t("unplaced");
    const button = geomap.el("button", {type: "button", class: "row", "data-id": data.ids[i], onclick: () => geomap.openIncident(i)},
      geomap.sign(data.event[i], status, 26, places.length > 0 && places.every((where) => where.inferred)),
      geomap.el("span", {class: "text"},
        geomap.el("span", {class: "line"}, geomap.el("strong", {}, geomap.word(data.sub[i])),
          status === "agreed" ? null : geomap.el("em", {class: status}, geomap.t(`status_${status}`)), ...toll(i)),
        geomap.el("span", {class: `line place${places.length ? "" : " none"}`}, geomap.el("bdi", {}, where),
          ofThisDay(i) ? null : geomap.el("span", {class: "when"}, geomap.whenText(data.day[i], data.end[i]))),
        geomap.el("span", {class: "line quote", dir: "auto"}, data.raw.claims[2][data.claimStart[i]] || "")));
    if (i === geomap.state.incident) button.setAttribute("aria-current", "true");
    button.title = parties(i);
    const item = geomap.el("li", {"aria-setsize": rows.length, "aria-posinset": at + 1}, button);
    item.style.top = `${at * ROW}px`;
    return item;
  }

  function draw() {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - SPARE);
    const last = Math.min(rows.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / ROW) + SPARE);
    for (const [at, node] of shown) if (at < first || at >= last) { node.remove(); shown.delete(at); }
    for (let at = first; at < last; at++) {
      if (shown.has(at)) continue;
      const node = row(rows[at], at);
      const after = [...shown.keys()].filter((other) => other > at).sort((a, b) => a - b)[0];
      list.insertBefore(node, after === undefined ? null : shown.get(after));
      shown.set(at, node);
    }
  }

  geomap.makeList = (node) => {
    list = geomap.el("ul", {class: "rows"});
    scroller = node;
    scroller.append(list);
    scroller.addEventListener("scroll", draw, {passive: true});
    new ResizeObserver(draw).observe(scroller);
    list.addEventListener("keydown", (event) => {
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (!step) return;
      event.preventDefault();
      const at = rows.findIndex((i) => geomap.data.ids[i] === event.target.dataset.id) + step;
      if (at >= 0 && at < rows.length) focusRow(at);
    });
  };

  function focusRow(at) {
    const top = at * ROW;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + ROW - scroller.clientHeight;
    draw();
    shown.get(at)?.firstChild.focus();
  }

  geomap.focusIncident = (i) => {
    const at = rows.indexOf(i);
    if (at >= 0) focusRow(at);
  };

  geomap.showRows = (incidents) => {
    rows = incidents;
    shown = new Map();
    list.replaceChildren();
    list.style.height = `${rows.length * ROW}px`;
    if (!rows.length) list.append(geomap.el("li", {class: "empty"}, geomap.t(geomap.data.size ? "none" : "none_day")));
    draw();
  };

  geomap.rows = () => rows;
}
