// One mark a place: a shape for one incident, a ring with a number for several; areas and lines drawn as what they are.
{
  const star = (points, inner) => Array.from({length: 2 * points}, (_, k) => {
    const r = k % 2 ? inner : 11, a = Math.PI * k / points - Math.PI / 2;
    return `${(r * Math.cos(a)).toFixed(1)},${(r * Math.sin(a)).toFixed(1)}`;
  }).join("L");
  const regular = (sides, r) => Array.from({length: sides}, (_, k) => {
    const a = 2 * Math.PI * k / sides - Math.PI / 2;
    return `${(r * Math.cos(a)).toFixed(1)},${(r * Math.sin(a)).toFixed(1)}`;
  }).join("L");
  const SHAPES = [
    "M0,-11L11,0L0,11L-11,0Z", "M-9,0A9,9 0 1,0 9,0A9,9 0 1,0 -9,0Z", `M${regular(5, 10.5)}Z`, `M${star(8, 6.2)}Z`,
    "M0,-10L10.5,8.5L-10.5,8.5Z", "M-8.5,-8.5H8.5V8.5H-8.5Z", `M${regular(6, 10)}Z`,
  ];
  const MOST_MARKS = 90;

  // The sign of one incident, also used in the list, the legend and the card.
  geomap.sign = (event, status, size = 20, inferred = false) => {
    const parts = [geomap.svg("path", {d: SHAPES[event], class: status})];
    if (status === "denied") parts.push(geomap.svg("path", {d: "M-10,10L10,-10", class: "strike"}));
    if (inferred) parts.push(geomap.svg("circle", {r: 13.5, class: "inferred"}));
    return geomap.svg("svg", {class: `sign e${event}`, viewBox: "-15 -15 30 30", width: size, height: size, "aria-hidden": "true"}, ...parts);
  };

  const arc = (from, to, r) => {
    const at = (turn) => `${(r * Math.sin(turn * 2 * Math.PI)).toFixed(2)},${(-r * Math.cos(turn * 2 * Math.PI)).toFixed(2)}`;
    return `M${at(from)}A${r},${r} 0 ${to - from > 0.5 ? 1 : 0},1 ${at(Math.min(to, from + 0.9999))}`;
  };

  function pileSign(pile) {
    const {data} = geomap, count = pile.incidents.length;
    const parts = new Map();
    for (const i of pile.incidents) {
      const key = data.event[i] * 2 + (data.statuses[i] ? 1 : 0);
      parts.set(key, (parts.get(key) || 0) + 1);
    }
    const size = Math.min(56, 34 + 4 * Math.log2(count));
    const nodes = [geomap.svg("circle", {r: 15, class: "disc"})];
    let from = 0;
    for (const [key, n] of [...parts].sort((a, b) => a[0] - b[0])) {
      const to = from + n / count, event = key >> 1;
      nodes.push(geomap.svg("path", {d: arc(from, to, 12.5), class: `slice e${event}`}));
      if (key & 1) nodes.push(geomap.svg("path", {d: arc(from, to, 12.5), class: "hollow"}));
      from = to;
    }
    if (pile.inferred) nodes.push(geomap.svg("circle", {r: 16.4, class: "inferred"}));
    nodes.push(geomap.svg("text", {y: 4, class: "number"}, geomap.number(count)));
    return geomap.svg("svg", {class: "pile", viewBox: "-18 -18 36 36", width: size, height: size, "aria-hidden": "true"}, ...nodes);
  }

  function groupByPlace(visible) {
    const {data} = geomap, groups = new Map();
    for (const i of visible) {
      for (const code of data.lists[data.places[i]]) {
        const n = code >> 3;
        let group = groups.get(n);
        if (!group) groups.set(n, group = {place: data.places_[n], incidents: [], inferred: true});
        if (group.incidents.at(-1) !== i) group.incidents.push(i);
        if (!(code & 1)) group.inferred = false;
      }
    }
    return [...groups.values()].sort((a, b) => b.incidents.length - a.incidents.length || a.place.n - b.place.n);
  }

  function gather(map, groups, reach) {
    const bounds = map.getBounds().pad(0.15), piles = [];
    for (const group of groups) {
      const {place} = group;
      if (!bounds.contains([place.lat, place.lon])) continue;
      const point = map.latLngToContainerPoint([place.lat, place.lon]);
      const near = place.area ? null : piles.find((p) => !p.area && Math.hypot(p.point.x - point.x, p.point.y - point.y) < reach);
      if (near) {
        near.groups.push(group);
        near.inferred &&= group.inferred;
      } else piles.push({point, area: place.area, groups: [group], inferred: group.inferred});
    }
    return piles;
  }

  // An area's mark stands somewhere in the area: it gives way to the marks of exact places.
  function settle(piles) {
    const placed = piles.filter((pile) => !pile.area).map((pile) => pile.point);
    for (const pile of piles.filter((one) => one.area)) {
      const {x, y} = pile.point;
      const turns = [[0, 0], [0, -1], [0, 1], [1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1], [0, -2], [0, 2], [2, 0], [-2, 0]];
      const free = turns.map(([dx, dy]) => L.point(x + 40 * dx, y + 40 * dy))
        .find((spot) => placed.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) > 38));
      pile.point = free || pile.point;
      placed.push(pile.point);
    }
  }

  function pilesOf(map, visible) {
    const groups = groupByPlace(visible);
    geomap.groups = groups;
    let piles = [];
    for (const reach of [30, 44, 64, 96]) {
      piles = gather(map, groups, reach);
      if (piles.length <= MOST_MARKS) break;
    }
    settle(piles);
    for (const pile of piles) pile.incidents = [...new Set(pile.groups.flatMap((group) => group.incidents))];
    return piles;
  }

  const nameOfPile = (pile) => {
    const names = pile.groups.slice(0, 3).map((group) => geomap.placeName(group.place));
    return geomap.join(names) + (pile.groups.length > 3 ? " …" : "");
  };

  function markOf(map, pile) {
    const {data} = geomap, first = pile.incidents[0];
    const single = pile.incidents.length === 1;
    const sign = single ? geomap.sign(data.event[first], geomap.STATUSES[data.statuses[first]], 32, pile.inferred) : pileSign(pile);
    const size = Number(sign.getAttribute("width"));
    const icon = L.divIcon({html: sign, className: `mark${pile.area ? " area" : ""}`, iconSize: [size, size]});
    const what = single ? geomap.word(data.sub[first]) : geomap.t("n_events", {n: geomap.number(pile.incidents.length)});
    const title = `${what} · ${nameOfPile(pile)}`;
    const mark = L.marker(map.containerPointToLatLng(pile.point), {icon, title, riseOnHover: true, zIndexOffset: pile.area ? -500 : 0});
    mark.on("click", () => geomap.openPile(pile));
    mark.on("add", () => {
      const node = mark.getElement();
      node.setAttribute("aria-label", title);
      node.dataset.count = pile.incidents.length;
      node.dataset.places = pile.groups.map((group) => group.place.id).join(" ");
      if (pile.incidents.includes(geomap.state.incident)) node.classList.add("on");
    });
    return mark;
  }

  const styleOf = (group, line) => ({
    className: `extent${line ? " along" : ""} e${geomap.data.event[group.incidents[0]]}`, interactive: false, weight: line ? 4 : 1.5, opacity: line ? 0.75 : 0.55,
    fillOpacity: line ? 0 : 0.09, dashArray: group.inferred ? "5 6" : null, fill: !line,
  });

  // What the place is: its own geometry, the country's outline, or a soft circle as far as the name reaches.
  function extentOf(group) {
    const {place} = group;
    if (place.geometry && place.geometry.type !== "Point") {
      return L.geoJSON(place.geometry, {style: styleOf(group, place.geometry.type.includes("Line"))});
    }
    const rings = place.feature === "country" ? geomap.countryRings(place.country) : [];
    if (rings.length) return L.polygon(rings, {...styleOf(group, false), fillOpacity: 0.05, smoothFactor: 1.5});
    return L.circle([place.lat, place.lon], {...styleOf(group, false), radius: 1000 * place.radius});
  }

  geomap.drawMarks = (map, visible) => {
    geomap.markLayer ??= L.layerGroup().addTo(map);
    geomap.extentLayer ??= L.layerGroup().addTo(map);
    const focused = document.activeElement?.closest?.(".mark")?.dataset.places;
    const piles = pilesOf(map, visible);
    geomap.markLayer.clearLayers();
    geomap.extentLayer.clearLayers();
    geomap.piles = piles;
    for (const pile of piles) markOf(map, pile).addTo(geomap.markLayer);
    const bounds = map.getBounds().pad(0.5);
    const areas = geomap.groups.filter(({place}) => place.area && (place.feature === "country" || bounds.contains([place.lat, place.lon])));
    for (const group of areas.slice(0, 60)) extentOf(group).addTo(geomap.extentLayer);
    if (focused) document.querySelector(`.mark[data-places="${CSS.escape(focused)}"]`)?.focus();
    return piles.map(({point: {x, y}}) => ({left: x - 19, right: x + 19, top: y - 19, bottom: y + 19}));
  };
}
