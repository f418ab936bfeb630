// What leaves the page: links, files, print. Nothing goes to a server.
{
  geomap.copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = geomap.el("textarea", {"aria-hidden": "true"}, text);
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    geomap.say(geomap.t("copied"));
  };

  function save(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], {type}));
    const link = geomap.el("a", {href: url, download: name});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  // One row of plain values an incident, in English terms, as the tables of geomap have them.
  function properties(i) {
    const {data} = geomap, word = (n) => data.words[n], names = (list) => data.lists[list].map(word).join("; ");
    const places = geomap.placesOfIncident(i), claims = geomap.claimsOf(i);
    const end = data.day[i] < 0 ? -1 : data.day[i] + data.end[i];
    return {
      id: data.ids[i], event_type: word(data.eventWords[i]), sub_event_type: word(data.sub[i]), event_date: geomap.iso(data.day[i]),
      date_end: geomap.iso(end), date_precision: geomap.DAY_PRECISIONS[data.dayPrecision[i]],
      location: places.map(({place}) => place.en).join("; "), location_ar: places.map(({place}) => place.ar).join("; "),
      geo_precision: places.length ? Math.min(...places.map((where) => where.precision)) : null,
      inferred: places.length ? places.every((where) => where.inferred) : null,
      actors: names(data.actors[i]), targets: names(data.targets[i]), reported_by: names(data.reported[i]), denied_by: names(data.denied[i]),
      status: geomap.STATUSES[data.statuses[i]], fatalities: geomap.toll(i, "killed"),
      confidence: data.confidence[i] / 100, n_claims: claims.length, source: claims.map((claim) => claim.outlet).join("; "),
      source_url: claims.map((claim) => geomap.webAddress(claim.url) || "").filter(Boolean).join(" "), notes: claims[0]?.text ?? "",
    };
  }

  function feature(i) {
    const points = geomap.placesOfIncident(i).map(({place}) => [place.lon, place.lat]);
    const geometry = points.length > 1 ? {type: "MultiPoint", coordinates: points} : points.length ? {type: "Point", coordinates: points[0]} : null;
    return {type: "Feature", id: geomap.data.ids[i], geometry, properties: properties(i)};
  }

  const fileName = (suffix) => `geomap-${geomap.page.day || "all"}.${suffix}`;

  geomap.saveGeoJson = () => {
    const lines = geomap.visible.map((i) => JSON.stringify(feature(i)));
    save(fileName("geojson"), "application/geo+json", `{"type":"FeatureCollection","features":[\n${lines.join(",\n")}\n]}\n`);
  };

  // A cell that a spreadsheet would take for a formula gets an apostrophe.
  const cell = (value) => {
    const text = value === null ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  geomap.saveCsv = () => {
    const rows = geomap.visible.map(properties);
    const columns = [...Object.keys(rows[0] || {id: ""}), "latitude", "longitude"];
    const point = (i) => {
      const [first] = geomap.placesOfIncident(i);
      return first ? {latitude: first.place.lat, longitude: first.place.lon} : {latitude: null, longitude: null};
    };
    const lines = rows.map((row, k) => columns.map((name) => cell({...row, ...point(geomap.visible[k])}[name])).join(","));
    save(fileName("csv"), "text/csv", `\ufeff${[columns.join(","), ...lines].join("\r\n")}\r\n`);
  };

  const MOST_PRINTED = 24, PAGE_PIXELS = (297 - 2 * 11 - 5) * 96 / 25.4;

  function printedRow(i) {
    const [claim] = geomap.claimsOf(i);
    const where = geomap.join(geomap.placesOfIncident(i).map(({place}) => geomap.placeName(place))) || geomap.t("unplaced");
    return geomap.el("li", {}, geomap.sign(geomap.data.event[i], geomap.STATUSES[geomap.data.statuses[i]], 16),
      geomap.el("div", {}, geomap.el("b", {}, geomap.word(geomap.data.sub[i])), " · ", geomap.el("bdi", {}, where), " · ",
        geomap.whenText(geomap.data.day[i], geomap.data.end[i]), geomap.el("p", {dir: "auto"}, claim?.text ?? ""),
        geomap.el("small", {}, geomap.el("bdi", {}, claim?.outlet ?? ""))));
  }

  // As many rows as the page has room for, and how many more there are.
  function printRows() {
    const rows = geomap.rows(), list = geomap.el("ol", {class: "printed", id: "printed"});
    const rest = geomap.el("li", {class: "rest"}), items = rows.slice(0, MOST_PRINTED).map(printedRow);
    list.append(...items);
    document.querySelector("main").append(list);
    for (let left = rows.length - items.length; ; left += 1) {
      if (left) {
        rest.textContent = geomap.t("more_rows", {n: geomap.number(left)});
        list.append(rest);
      }
      if (document.body.scrollHeight <= PAGE_PIXELS || !items.length) return;
      items.pop().remove();
    }
  }

  geomap.preparePrint = (map) => {
    let before = null;
    addEventListener("beforeprint", () => {
      const key = geomap.byId("legend").querySelector("details");
      before = {center: map.getCenter(), zoom: map.getZoom(), key: key.open};
      key.open = true;
      document.documentElement.classList.add("printing");
      printRows();
      map.invalidateSize({animate: false, pan: false});
      geomap.fitAll(false);
      geomap.redrawBasemap();
    });
    addEventListener("afterprint", () => {
      document.documentElement.classList.remove("printing");
      geomap.byId("printed")?.remove();
      map.invalidateSize({animate: false, pan: false});
      if (before) geomap.byId("legend").querySelector("details").open = before.key;
      if (before) map.setView(before.center, before.zoom, {animate: false});
      geomap.redrawBasemap();
    });
  };
}
