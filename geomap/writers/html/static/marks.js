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
  const MOST_MARKS = 64, MOST_EXTENTS = 40, MOST_LEADERS = 6;

  // The sign of one incident, also used in the list, the legend and the card.
  geomap.sign = (event, status, size = 20, inferred = false) => {
    const parts = [geomap.svg("path", {d: SHAPES[event], class: status})];
    if (status === "denied") parts.push(geomap.svg("path", {d: "M-10,10L10,-10", class: "strike"}));
    if (inferred) parts.push(geomap.svg("circle", {r: 13.5, class: "inferred"}));
    return geomap.svg("svg", {class: `sign e${event}`, viewBox: "-15 -15 30 30", width: size, height: size, "aria-hidden": "true"}, ...parts);
  };

  const pileSize = (count) => Math.round(Math.min(54, 34 + 4 * Math.log2(count)));

  // A ring of the types' shares, on a canvas: a document of a thousand rings would be slow. What is only claimed or
  // denied is hollow.
  function pileSign(pile, colour) {
    const {data} = geomap, count = pile.incidents.length, shares = new Float64Array(14);
    for (const i of pile.incidents) shares[2 * data.event[i] + (data.statuses[i] ? 1 : 0)] += 1 / count;
    const size = pileSize(count), ratio = Math.min(2, devicePixelRatio || 1);
    const canvas = geomap.el("canvas", {class: "pile", width: size * ratio, height: size * ratio});
    canvas.style.width = canvas.style.height = `${size}px`;
    const context = canvas.getContext("2d");
    context.scale(size * ratio / 36, size * ratio / 36);
    context.translate(18, 18);
    const ring = (from, to, radius, width, name) => {
      context.beginPath();
      context.arc(0, 0, radius, (from - 0.25) * 2 * Math.PI, (to - 0.25) * 2 * Math.PI);
      context.lineWidth = width;
      context.strokeStyle = colour(name);
      context.stroke();
    };
    context.fillStyle = colour("--surface");
    context.arc(0, 0, 15.4, 0, 2 * Math.PI);
    context.fill();
    let from = 0;
    shares.forEach((share, key) => {
      if (!share) return;
      ring(from, from + share, 12.5, 5, `--e${key >> 1}`);
      if (key & 1) ring(from, from + share, 12.5, 2, "--surface");
      from += share;
    });
    if (pile.inferred) {
      context.setLineDash([3.4, 3]);
      ring(0, 1, 16.6, 1.4, "--ink");
    }
    context.fillStyle = colour("--ink");
    context.font = `700 ${count < 1000 ? 11.5 : count < 10000 ? 8.6 : 7}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.fillText(geomap.number(count), 0, count < 1000 ? 4.1 : 3.1);
    return {node: canvas, size};
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
      // areas stay apart from towns, and from one another unless the map would be full of them
      const apart = (p) => Math.max(reach, (pileSize(p.count) + pileSize(group.incidents.length)) / 2 - 6);
      const near = place.area && reach < 40 ? null
        : piles.find((p) => p.area === place.area && Math.hypot(p.point.x - point.x, p.point.y - point.y) < apart(p));
      if (near) {
        near.groups.push(group);
        near.count += group.incidents.length;
        near.inferred &&= group.inferred;
      } else piles.push({point, area: place.area, groups: [group], inferred: group.inferred, count: group.incidents.length});
    }
    return piles;
  }

  function pilesOf(map, visible) {
    const groups = groupByPlace(visible);
    geomap.groups = groups;
    let piles = [];
    for (const reach of [30, 44, 56, 70, 100, 140]) {
      piles = gather(map, groups, reach);
      if (piles.length > MOST_MARKS) continue;
      for (const pile of piles) {
        pile.incidents = [...new Set(pile.groups.flatMap((group) => group.incidents))];
        pile.size = pile.incidents.length === 1 ? 32 : pileSize(pile.incidents.length);
      }
      if (geomap.settle(map, piles) <= MOST_LEADERS) break;
    }
    return piles;
  }

  const nameOfPile = (pile) => {
    const names = pile.groups.slice(0, 3).map((group) => geomap.placeName(group.place));
    return geomap.join(names) + (pile.groups.length > 3 ? " …" : "");
  };

  function markOf(map, pile, colour) {
    const {data} = geomap, first = pile.incidents[0];
    const single = pile.incidents.length === 1;
    const {node, size} = single
      ? {node: geomap.sign(data.event[first], geomap.STATUSES[data.statuses[first]], 32, pile.inferred), size: 32} : pileSign(pile, colour);
    const icon = L.divIcon({html: node, className: `mark${pile.area ? " area" : ""}`, iconSize: [size, size]});
    const what = single ? geomap.word(data.sub[first]) : geomap.t("n_events", {n: geomap.number(pile.incidents.length)});
    const title = `${what} · ${nameOfPile(pile)}`;
    const mark = L.marker(map.containerPointToLatLng(pile.point), {icon, title, riseOnHover: true, zIndexOffset: pile.area ? -500 : 0});
    mark.on("click", () => geomap.openPile(pile));
    mark.on("keypress", ({originalEvent}) => { if (originalEvent.key === "Enter" || originalEvent.key === " ") geomap.openPile(pile); });
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
    const style = getComputedStyle(document.documentElement), colours = {};
    const colour = (name) => (colours[name] ??= style.getPropertyValue(name));
    for (const pile of piles) markOf(map, pile, colour).addTo(geomap.markLayer);
    const bounds = map.getBounds().pad(0.5);
    const areas = geomap.groups.filter(({place}) => place.area && (place.feature === "country" || bounds.contains([place.lat, place.lon])));
    for (const group of areas.slice(0, MOST_EXTENTS)) extentOf(group).addTo(geomap.extentLayer);
    for (const {leader} of piles) if (leader) L.polyline(leader, {className: "leader", interactive: false, weight: 1.5}).addTo(geomap.extentLayer);
    if (focused) document.querySelector(`.mark[data-places="${CSS.escape(focused)}"]`)?.focus();
    return piles.map(({point: {x, y}, size}) => [x, y, size / 2 + 1]).map(([x, y, half]) => ({left: x - half, right: x + half, top: y - half, bottom: y + half}));
  };
}
