// Puts the page together: state, its hash, panels, keys.
{
  const {el} = geomap;
  let map = null, filtersNode = null, listNode = null, cardNode = null, headNode = null, settling = 0;

  geomap.state = {query: "", facets: {}, range: null, incident: null, places: null};

  // ---- state in the address
  function writeHash() {
    const {state, data} = geomap, parts = new URLSearchParams();
    const centre = map.getCenter();
    parts.set("z", [map.getZoom(), centre.lat.toFixed(3), centre.lng.toFixed(3)].join("/"));
    if (state.query) parts.set("q", state.query);
    if (state.range) parts.set("d", state.range.map(geomap.iso).join(".."));
    if (state.incident !== null) parts.set("i", data.ids[state.incident]);
    if (state.places) parts.set("at", state.places.map((n) => data.places_[n].id).join("~"));
    for (const facet of geomap.FACETS) {
      const chosen = [...state.facets[facet]].map((value) => keyOf(facet, value));
      if (chosen.length) parts.set(facet, chosen.join("~"));
    }
    history.replaceState(null, "", `#${parts}`);
  }
  const byWord = new Set(["side", "claimant", "source"]);
  const keyOf = (facet, value) => (byWord.has(facet) && value >= 0 ? geomap.data.words[value] : String(value));
  const valueOf = (facet, key) => (byWord.has(facet) && key !== "-1" ? geomap.data.words.indexOf(key) : Number(key));

  function readHash() {
    const {state, data} = geomap, parts = new URLSearchParams(location.hash.slice(1));
    state.query = parts.get("q") || "";
    const days = (parts.get("d") || "").split("..").map(geomap.dayOf);
    state.range = days.length === 2 && days.every(Number.isFinite) ? days : null;
    const chosen = parts.has("i") ? data.byId(parts.get("i")) : -1;
    state.incident = chosen < 0 ? null : chosen;
    const at = (parts.get("at") || "").split("~").map((id) => data.places_.findIndex((place) => place.id === id)).filter((n) => n >= 0);
    state.places = at.length ? at : null;
    for (const facet of geomap.FACETS) {
      const keys = (parts.get(facet) || "").split("~").filter(Boolean);
      state.facets[facet] = new Set(keys.map((key) => valueOf(facet, key)).filter((value) => Number.isInteger(value)));
    }
    const view = (parts.get("z") || "").split("/").map(Number);
    return view.length === 3 && view.every(Number.isFinite) ? view : null;
  }

  // ---- drawing
  geomap.redraw = () => {
    geomap.measureControls(map);
    const taken = geomap.drawMarks(map, geomap.visible);
    geomap.drawNames(map, geomap.page, taken);
  };

  geomap.update = () => {
    const {state} = geomap;
    geomap.applyFilters();
    if (geomap.inOtherDays) geomap.drawHistogram();
    drawLegend();
    geomap.redraw();
    geomap.drawTrend();
    if (!filtersNode.hidden) geomap.drawFilters(filtersNode);
    drawPanel();
    writeHash();
  };

  function drawLegend() {
    const legend = geomap.byId("legend"), open = legend.querySelector("details")?.open ?? false;
    const without = geomap.visible.filter((i) => geomap.data.lists[geomap.data.places[i]].length === 0).length;
    const key = ["agreed", "claimed", "denied"].map((status) => el("li", {}, geomap.sign(1, status, 20), geomap.t(`key_${status}`)));
    key.push(el("li", {}, geomap.sign(1, "agreed", 22, true), geomap.t("key_inferred")), el("li", {}, el("i", {class: "swatch"}), geomap.t("key_area")),
      el("li", {}, el("i", {class: "ring"}, geomap.number(3)), geomap.t("key_pile")), ...geomap.lineKey());
    legend.replaceChildren(el("div", {class: "chips", role: "group", "aria-label": geomap.t("legend")}, ...geomap.chips("type"),
      without ? el("button", {type: "button", class: "chip unplaced", "aria-pressed": String(geomap.state.facets.precision.has(0)),
        onclick: () => geomap.toggleFacet("precision", 0)}, geomap.t("unplaced"), el("b", {}, geomap.number(without))) : null),
    el("details", {class: "key", ...(open ? {open: true} : {})}, el("summary", {}, geomap.t("how_to_read")), el("ul", {}, ...key)));
  }

  function inPlaces(i) {
    const wanted = geomap.state.places;
    return !wanted || geomap.data.lists[geomap.data.places[i]].some((code) => wanted.includes(code >> 3));
  }

  function drawPanel() {
    const {state, visible} = geomap, rows = visible.filter(inPlaces);
    const count = geomap.t("shown", {n: geomap.number(visible.length), total: geomap.number(geomap.data.size)});
    const reset = geomap.isFiltered() ? el("button", {type: "button", class: "plain", onclick: geomap.resetFilters}, geomap.t("reset")) : null;
    const placed = state.places && el("p", {class: "at"},
      el("b", {}, el("bdi", {}, geomap.join(state.places.slice(0, 3).map((n) => geomap.placeName(geomap.data.places_[n]))))),
      ` · ${geomap.number(rows.length)} `, el("button", {type: "button", class: "plain", onclick: () => geomap.openPlaces(null)}, geomap.t("back")));
    headNode.replaceChildren(el("p", {class: "count", id: "count"}, count, " ", reset), ...(placed ? [placed] : []));
    geomap.showRows(rows);
    const open = state.incident !== null;
    listNode.hidden = headNode.hidden = open;
    cardNode.hidden = !open;
    cardNode.replaceChildren();
    if (open) cardNode.append(cardBar(rows), geomap.card(state.incident));
  }

  function cardBar(rows) {
    const at = rows.indexOf(geomap.state.incident);
    const step = (offset, label, shape) => el("button", {
      type: "button", class: `icon ${shape}`, "aria-label": geomap.t(label), title: geomap.t(label), disabled: rows[at + offset] === undefined,
      onclick: () => geomap.openIncident(rows[at + offset]),
    });
    return el("div", {class: "cardbar"}, el("button", {type: "button", class: "plain back", onclick: closeCard}, geomap.t("back")),
      el("span", {class: "steps"}, step(-1, "previous_incident", "up"), step(1, "next_incident", "down")));
  }

  // ---- what a person does
  geomap.goTo = (places, animate = true) => {
    const spots = places.filter((place) => place.feature !== "country");
    if (!spots.length) return;
    const bounds = L.latLngBounds(spots.map((place) => [place.lat, place.lon]));
    if (spots.length === 1 && map.getBounds().pad(-0.15).contains(bounds) && map.getZoom() >= 7) return;
    map.fitBounds(bounds, {maxZoom: Math.max(8, Math.min(map.getZoom(), 10)), padding: [60, 60], animate: animate && !geomap.calm()});
  };

  geomap.openIncident = (i) => {
    geomap.state.incident = i;
    drawPanel();
    geomap.goTo(geomap.placesOfIncident(i).map(({place}) => place));
    geomap.redraw();
    writeHash();
    cardNode.scrollTop = 0;
    geomap.byId("card-title").focus({preventScroll: true});
  };

  function closeCard() {
    const was = geomap.state.incident;
    geomap.state.incident = null;
    drawPanel();
    geomap.redraw();
    writeHash();
    geomap.focusIncident(was);
  }

  geomap.openPlaces = (numbers) => {
    Object.assign(geomap.state, {places: numbers, incident: null});
    drawPanel();
    geomap.redraw();
    writeHash();
    listNode.scrollTop = 0;
    listNode.querySelector(".row")?.focus();
  };

  geomap.openPile = (pile) => {
    if (pile.incidents.length === 1) return geomap.openIncident(pile.incidents[0]);
    const bounds = L.latLngBounds(pile.groups.map(({place}) => [place.lat, place.lon]));
    const apart = pile.groups.length > 1 && map.getBoundsZoom(bounds, false, L.point(80, 80)) > map.getZoom() && map.getZoom() < 11;
    if (apart) return map.fitBounds(bounds, {padding: [60, 60], maxZoom: 11, animate: !geomap.calm()});
    return geomap.openPlaces(pile.groups.map(({place}) => place.n));
  };

  geomap.fitAll = (animate) => {
    const exact = geomap.data.places_.filter((place) => place.feature !== "country");
    const spots = exact.length ? exact : geomap.data.places_;
    const bounds = L.latLngBounds([]);
    for (const place of spots) {
      const reach = place.area ? Math.min(place.radius, 80) / 111 : 0.15;
      bounds.extend([place.lat - reach, place.lon - reach]).extend([place.lat + reach, place.lon + reach]);
    }
    // a country known only as such joins the view where its middle is not far off
    for (const place of geomap.data.places_) {
      if (place.feature === "country" && bounds.isValid() && bounds.pad(0.6).contains([place.lat, place.lon])) bounds.extend([place.lat, place.lon]);
    }
    const [west, south, east, north] = geomap.page.box;
    fitBesideLegend(bounds.isValid() ? bounds : L.latLngBounds([south, west], [north, east]), spots, animate);
  };

  // The view that shows most of the box with no place under the legend.
  function fitBesideLegend(bounds, spots, animate) {
    const options = {maxZoom: 9, padding: [30, 30], animate};
    const frame = map.getContainer().getBoundingClientRect(), legend = geomap.byId("legend").getBoundingClientRect();
    map.fitBounds(bounds, {...options, animate: false});
    const left = legend.left - frame.left - 16, right = legend.right - frame.left + 16, top = legend.top - frame.top - 16;
    const hidden = (place) => {
      const {x, y} = map.latLngToContainerPoint([place.lat, place.lon]);
      return x > left && x < right && y > top;
    };
    if (legend.top >= frame.bottom || !spots.some(hidden)) return;
    const above = {...options, paddingTopLeft: [30, 30], paddingBottomRight: [30, legend.height + 30]};
    const beside = legend.left - frame.left < frame.width / 2
      ? {...options, paddingTopLeft: [legend.width + 30, 30], paddingBottomRight: [30, 30]}
      : {...options, paddingTopLeft: [30, 30], paddingBottomRight: [legend.width + 30, 30]};
    const zoomOf = ({paddingTopLeft: a, paddingBottomRight: b}) => map.getBoundsZoom(bounds, false, L.point(a).add(b));
    map.fitBounds(bounds, zoomOf(beside) >= zoomOf(above) ? beside : above);
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (geomap.state.incident !== null) closeCard();
      else if (geomap.state.places) geomap.openPlaces(null);
      return;
    }
    if (event.target.closest("input, textarea, select, .leaflet-container")) return;
    const rows = geomap.rows(), at = rows.indexOf(geomap.state.incident);
    const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "n" || event.key === "p") {
      const forth = event.key === onward || event.key === "n";
      const target = forth ? geomap.page.next : geomap.page.previous;
      if (target) location.href = target;
    } else if (event.key === "j" && at + 1 < rows.length) geomap.openIncident(rows[at + 1]);
    else if (event.key === "k" && at > 0) geomap.openIncident(rows[at - 1]);
    else if (event.key === "/") { event.preventDefault(); geomap.byId("search").focus(); }
  }

  // ---- the parts of the page
  function makeTools() {
    const search = el("input", {type: "search", id: "search", placeholder: geomap.t("search"), "aria-label": geomap.t("search"), autocomplete: "off",
      oninput: () => {
        clearTimeout(settling);
        settling = setTimeout(() => { geomap.state.query = search.value.trim(); geomap.update(); }, 120);
      }});
    search.value = geomap.state.query;
    const filters = el("button", {type: "button", class: "tool", "aria-expanded": "false", "aria-controls": "filters", onclick: () => {
      filtersNode.hidden = !filtersNode.hidden;
      filters.setAttribute("aria-expanded", String(!filtersNode.hidden));
      if (!filtersNode.hidden) geomap.drawFilters(filtersNode);
    }}, geomap.t("filters"));
    const item = (key, action) => el("button", {type: "button", onclick: () => { menu.open = false; action(); }}, geomap.t(key));
    const menu = el("details", {class: "menu"}, el("summary", {class: "tool"}, geomap.t("more")), el("div", {class: "sheet"},
      item("copy_link", () => geomap.copy(location.href)), item("download_geojson", geomap.saveGeoJson),
      item("download_csv", geomap.saveCsv), item("print", () => print()), el("p", {class: "keys"}, geomap.t("keys"))));
    geomap.byId("tools").append(search, filters, menu);
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  }

  function makePanel() {
    const panel = geomap.byId("panel");
    filtersNode = el("div", {class: "filters", id: "filters", hidden: true});
    headNode = el("div", {class: "head"});
    listNode = el("div", {class: "scroll", role: "group", "aria-label": geomap.t("list"), tabindex: 0});
    cardNode = el("div", {class: "cardbox", hidden: true, role: "group", "aria-label": geomap.t("what"), tabindex: 0});
    panel.append(filtersNode, headNode, listNode, cardNode);
    geomap.makeList(listNode);
    if (geomap.page.kind === "period") {
      geomap.inOtherDays = [];
      const bar = el("div", {class: "timebar"});
      document.querySelector(".stage").append(bar);
      geomap.makeTimebar(bar, geomap.page);
    }
  }

  function makeMap(pack, view) {
    map.attributionControl?.remove();
    map.createPane("names").style.zIndex = 450;
    map.getPane("names").setAttribute("aria-hidden", "true");
    map.zoomControl?.getContainer().querySelectorAll("a").forEach((link) => link.setAttribute("dir", "ltr"));
    map.invalidateSize({animate: false});
    if (view) map.setView([view[1], view[2]], view[0], {animate: false});
    else geomap.fitAll(false);
    geomap.addBasemap(map);
    const note = geomap.page.disputed ? "basemap_note" : geomap.page.ownLines ? "basemap_note_own" : "basemap_note_none";
    const credit = [`${geomap.t("basemap")}: ${pack.credit}. ${geomap.t(note, {vintage: pack.vintage})}`];
    const {tiles} = geomap.page;
    if (tiles) {
      L.tileLayer(tiles.url, {maxNativeZoom: tiles.maxZoom, maxZoom: 22}).addTo(map);
      credit.push(`${tiles.credit}. ${geomap.t("tiles_note", {host: tiles.host})}`);
    }
    geomap.byId("basemap-credit").textContent = credit.join(" ");
  }

  async function open() {
    geomap.labels = geomap.shared.labels || geomap.readJson("geomap-labels");
    const pack = geomap.shared.basemap || geomap.readJson("geomap-basemap");
    geomap.page = await geomap.loadPage();
    geomap.readData(geomap.page);
    geomap.prepareFilters();
    geomap.readBasemap(pack, geomap.page);
    const view = readHash();
    makeTools();
    makePanel();
    geomap.applyFilters();
    drawLegend();
    makeMap(pack, view);
    geomap.update();
    map.on("moveend", () => { geomap.redraw(); geomap.drawTrend(); writeHash(); });
    // At once and not after Leaflet's pause: a picture taken of a window that just grew would lack its new tiles.
    map.on("resize", () => map.fire("moveend"));
    addEventListener("hashchange", () => {
      const next = readHash();
      if (next) map.setView([next[1], next[2]], next[0], {animate: false});
      geomap.update();
    });
    document.addEventListener("keydown", keys);
    geomap.preparePrint(map);
    document.documentElement.classList.add("ready");
  }

  geomap.start = (foliumMap) => {
    map = geomap.map = foliumMap;
    open().catch((error) => { geomap.say(String(error)); throw error; });
  };
}
