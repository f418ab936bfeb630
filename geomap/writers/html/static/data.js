// Reads the columns that packing.py writes.
{
  const FACTS = ["sub", "day", "end", "dayPrecision", "confidence", "places", "actors", "targets", "reported", "denied"];
  geomap.EVENTS = [
    "Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians", "Strategic developments",
  ];
  geomap.DAY_PRECISIONS = ["day", "range", "month", "year", "unknown"];
  geomap.STATUSES = ["agreed", "claimed", "denied"];
  const AREAS = new Set(["district", "region", "country", "water", "line"]);

  async function inflate(node) {
    const binary = atob(node.textContent), charset = node.dataset.charset;
    node.remove();
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const buffer = await new Response(stream).arrayBuffer();
    return JSON.parse(new TextDecoder(charset).decode(buffer));
  }

  geomap.loadPage = async () => {
    const node = geomap.byId("geomap-data");
    return node.type.includes("gzip") ? inflate(node) : geomap.readJson("geomap-data");
  };

  function startsOf(counts) {
    const starts = new Int32Array(counts.length + 1);
    counts.forEach((count, i) => { starts[i + 1] = starts[i] + count; });
    return starts;
  }

  function placesOf(columns, geometries, words) {
    const [id, ar, en, others, lon, lat, feature, radius, country, origin] = columns;
    return id.map((_, n) => {
      const kind = words[feature[n]];
      return {
        n, id: id[n], ar: ar[n], en: en[n], others: others[n], lon: lon[n], lat: lat[n], feature: kind, radius: radius[n],
        country: country[n], origin: words[origin[n]], geometry: geometries[n], area: AREAS.has(kind),
      };
    });
  }

  geomap.readData = (page) => {
    const raw = page.data;
    const data = {raw, labels: page.labels, words: raw.words, size: raw.incidents[0].length, lists: raw.lists};
    [data.ids, data.eventWords] = raw.incidents;
    FACTS.forEach((name, at) => { data[name] = raw.incidents[2 + at]; });
    [data.claimCounts, data.statuses] = raw.incidents.slice(12);
    data.claimStart = startsOf(data.claimCounts);
    data.places_ = placesOf(raw.places, raw.geometries, raw.words);
    const code = raw.words.map((word) => geomap.EVENTS.indexOf(word));
    data.event = Uint8Array.from(data.eventWords, (word) => (code[word] < 0 ? 6 : code[word]));
    data.byId = (id) => data.ids.indexOf(id);
    geomap.data = data;
  };

  geomap.word = (n) => geomap.data.labels[n] || geomap.data.words[n].replaceAll("_", " ");
  geomap.names = (list) => geomap.data.lists[list].map(geomap.word);
  geomap.join = (names) => names.join(geomap.labels.separator);

  // A number of the lists of places holds the place, ACLED's precision and whether it is inferred.
  geomap.where = (code) => ({place: geomap.data.places_[code >> 3], precision: (code >> 1) & 3, inferred: (code & 1) === 1});
  geomap.placesOfIncident = (i) => geomap.data.lists[geomap.data.places[i]].map(geomap.where);

  geomap.placeName = (place) => (geomap.labels.language === "ar" && place.ar ? place.ar : place.en);
  geomap.otherName = (place) => (geomap.placeName(place) === place.en ? place.ar : place.en);

  geomap.whenText = (day, end, precision, long) => {
    if (day < 0) return geomap.t("date_unknown");
    if (end <= 0) return geomap.dayText(day, long);
    const sameMonth = !long && geomap.iso(day).slice(0, 7) === geomap.iso(day + end).slice(0, 7);
    if (sameMonth) return geomap.dayText(day + end).replace(/\d+/, (last) => `${geomap.dayText(day).match(/\d+/)[0]}–${last}`);
    return `${geomap.dayText(day, long)} – ${geomap.dayText(day + end, long)}`;
  };

  // Victims of one kind told of this event alone, as the tables have them; null for none.
  geomap.toll = (i, kind) => (geomap.data.raw.tolls[i] || [])[["killed", "injured"].indexOf(kind)] ?? null;

  geomap.claimsOf = (i) => {
    const {raw, claimStart} = geomap.data;
    const [ids, sources, texts, marks, differs] = raw.claims;
    const [docs, outlets, titles, urls, published, bases] = raw.sources;
    const claims = [];
    for (let c = claimStart[i]; c < claimStart[i + 1]; c++) {
      const own = raw.differences[c] || {};
      const fact = (name) => own[FACTS.indexOf(name)] ?? geomap.data[name][i];
      const s = sources[c];
      claims.push({
        id: ids[c] || geomap.data.ids[i], text: texts[c], marks: marks[c], differs: differs[c], guess: raw.guesses?.includes(c), fact,
        doc: docs[s], outlet: geomap.word(outlets[s]), title: titles[s], url: urls[s], published: published[s], basis: bases[s],
      });
    }
    return claims;
  };

  // Only web addresses become links.
  geomap.webAddress = (text) => {
    try {
      const url = new URL(text);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  };
}
