// Which incidents show: facets with counts, words searched for, days.
{
  const NONE = -1;
  const confidenceClass = (percent) => (percent >= 80 ? 0 : percent >= 50 ? 1 : 2);
  const CONFIDENCE = ["confidence_high", "confidence_medium", "confidence_low"];

  function columns() {
    const {data} = geomap, {lists} = data, {raw} = data;
    const pairs = new Map();
    const union = (a, b) => {
      const key = a * lists.length + b;
      if (!pairs.has(key)) pairs.set(key, [...new Set([...lists[a], ...lists[b]])]);
      return pairs.get(key);
    };
    const singles = Array.from({length: 8}, (_, n) => [n]), none = [NONE];
    const finest = lists.map((codes) => singles[codes.length ? Math.min(...codes.map((code) => (code >> 1) & 3)) : 0]);
    const outlet = raw.sources[1] || [], source = raw.claims[1] || [], byOutlet = new Map();
    const outletsOf = (i) => {
      const found = new Set();
      for (let c = data.claimStart[i]; c < data.claimStart[i + 1]; c++) found.add(outlet[source[c]]);
      const key = [...found].join();
      if (!byOutlet.has(key)) byOutlet.set(key, [...found]);
      return byOutlet.get(key);
    };
    return {
      type: (i) => singles[data.event[i]],
      side: (i) => union(data.actors[i], data.targets[i]),
      claimant: (i) => (lists[data.reported[i]].length ? lists[data.reported[i]] : none),
      status: (i) => singles[data.statuses[i]],
      precision: (i) => finest[data.places[i]],
      confidence: (i) => singles[confidenceClass(data.confidence[i])],
      source: outletsOf,
    };
  }

  const eventName = (n) => {
    const at = geomap.data.words.indexOf(geomap.EVENTS[n]);
    return at < 0 ? geomap.EVENTS[n] || "?" : geomap.word(at);
  };
  const NAMES = {
    type: eventName,
    side: (n) => geomap.word(n),
    claimant: (n) => (n === NONE ? geomap.t("no_claimant") : geomap.word(n)),
    status: (n) => geomap.t(`status_${geomap.STATUSES[n]}`),
    precision: (n) => geomap.t(`precision_${n}`),
    confidence: (n) => geomap.t(CONFIDENCE[n]),
    source: (n) => geomap.word(n),
  };
  geomap.FACETS = Object.keys(NAMES);
  geomap.facetTitle = (facet) => geomap.t(facet === "type" ? "event_type" : facet);
  geomap.facetName = (facet, value) => NAMES[facet](value);

  let table = null;
  geomap.prepareFilters = () => {
    const of = columns();
    table = geomap.FACETS.map((facet) => Array.from({length: geomap.data.size}, (_, i) => of[facet](i)));
  };

  // Folded text of an incident: places in every spelling, actors, quotes. Made at the first search.
  let hay = null;
  function hayOf() {
    if (hay) return hay;
    const {data} = geomap, {lists} = data, texts = data.raw.claims[2];
    const words = data.words.map((word, n) => geomap.fold(`${word} ${data.labels[n]}`));
    const places = data.places_.map((p) => geomap.fold(`${p.ar} ${p.en} ${p.others}`));
    hay = Array.from({length: data.size}, (_, i) => {
      const parts = lists[data.places[i]].map((code) => places[code >> 3]);
      for (const name of ["actors", "targets", "reported", "denied"]) parts.push(...lists[data[name][i]].map((n) => words[n]));
      parts.push(words[data.sub[i]]);
      for (let c = data.claimStart[i]; c < data.claimStart[i + 1]; c++) parts.push(geomap.fold(texts[c]));
      return parts.join("\n");
    });
    return hay;
  }

  function inDays(i, from, to) {
    const {day, end} = geomap.data;
    return day[i] < 0 ? false : day[i] <= to && day[i] + end[i] >= from;
  }

  geomap.applyFilters = () => {
    const {state, data} = geomap, facets = geomap.FACETS;
    const chosen = facets.map((facet) => state.facets[facet]);
    const words = geomap.fold(state.query).split(/\s+/).filter(Boolean);
    const text = words.length ? hayOf() : null;
    const counts = facets.map(() => new Map());
    const visible = [], anyDay = [];
    for (let i = 0; i < data.size; i++) {
      const now = !state.range || inDays(i, state.range[0], state.range[1]);
      if (!now && !geomap.inOtherDays) continue;
      if (text && !words.every((word) => text[i].includes(word))) continue;
      let failed = -1, failures = 0;
      for (let f = 0; f < facets.length && failures < 2; f++) {
        if (chosen[f].size && !table[f][i].some((value) => chosen[f].has(value))) { failed = f; failures += 1; }
      }
      if (!failures) anyDay.push(i);
      if (failures > 1 || !now) continue;
      // a facet's counts are of what the other facets let through
      for (let f = 0; f < facets.length; f++) {
        if (failures && f !== failed) continue;
        for (const value of table[f][i]) counts[f].set(value, (counts[f].get(value) || 0) + 1);
      }
      if (!failures) visible.push(i);
    }
    geomap.visible = visible;
    if (geomap.inOtherDays) geomap.inOtherDays = anyDay;
    geomap.counts = Object.fromEntries(facets.map((facet, f) => [facet, counts[f]]));
  };

  const MOST_VALUES = 14;

  function chip(facet, value, count) {
    const on = geomap.state.facets[facet].has(value);
    const sign = facet === "type" ? geomap.sign(value, "agreed", 18)
      : facet === "status" ? geomap.sign(1, geomap.STATUSES[value], 18) : null;
    const button = geomap.el("button", {
      type: "button", class: "chip", "aria-pressed": String(on), "data-facet": facet, "data-value": value,
      onclick: () => {
        geomap.toggleFacet(facet, value);
        document.querySelector(`.chip[data-facet="${facet}"][data-value="${value}"]`)?.focus();
      },
    }, sign, geomap.el("bdi", {}, geomap.facetName(facet, value)), geomap.el("b", {}, geomap.number(count)));
    return button;
  }

  geomap.chips = (facet, most = MOST_VALUES) => {
    const counts = geomap.counts[facet], chosen = geomap.state.facets[facet];
    const ordered = [...new Set([...counts.keys(), ...chosen])];
    if (["status", "precision", "confidence"].includes(facet)) ordered.sort((a, b) => a - b);
    else ordered.sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || a - b);
    return ordered.slice(0, most).map((value) => chip(facet, value, counts.get(value) || 0));
  };

  geomap.toggleFacet = (facet, value) => {
    const chosen = geomap.state.facets[facet];
    if (!chosen.delete(value)) chosen.add(value);
    geomap.update();
  };

  geomap.drawFilters = (node) => {
    const groups = geomap.FACETS.filter((facet) => facet !== "type").map((facet) => geomap.el(
      "fieldset", {}, geomap.el("legend", {}, geomap.facetTitle(facet)), geomap.el("div", {class: "chips"}, ...geomap.chips(facet)),
    ));
    node.replaceChildren(...groups);
  };

  geomap.isFiltered = () => geomap.state.query !== "" || geomap.FACETS.some((facet) => geomap.state.facets[facet].size > 0);

  geomap.resetFilters = () => {
    geomap.state.query = "";
    geomap.byId("search").value = "";
    for (const facet of geomap.FACETS) geomap.state.facets[facet].clear();
    geomap.update();
  };
}
