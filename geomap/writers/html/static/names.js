// Names on the map, drawn where they cover neither marks, controls nor one another, the most important first.
{
  const MOST_NAMES = 34, MOST_REGIONS = 12, LINE_WIDE = 150;
  let covered = [];
  const overlaps = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

  // What stands over the map: no name under it. Measured before marks are drawn, as measuring lays the page out.
  geomap.measureControls = (map) => {
    const frame = map.getContainer().getBoundingClientRect();
    covered = ["#legend", ".leaflet-control-zoom"].map((what) => document.querySelector(what)?.getBoundingClientRect()).filter(Boolean)
      .map((box) => ({left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top}));
  };

  function place(sheet, at, candidates, node) {
    const {boxes, size} = sheet;
    const free = candidates.find((one) => one.left >= 2 && one.right <= size.x - 2 && one.top >= 0 && one.bottom <= size.y
      && !boxes.some((other) => overlaps(one, other)));
    if (!free) return false;
    boxes.push(free);
    if (free.shift) node.classList.add("moved");
    const icon = L.divIcon({html: node, className: "name-anchor", iconSize: [0, 0], iconAnchor: [0, -(free.shift || 0)]});
    L.marker(free.at || at, {icon, interactive: false, keyboard: false, pane: "names"}).addTo(geomap.nameLayer);
    return true;
  }

  const pileOf = (en) => geomap.piles.find(({groups}) => groups.some(({place}) => place.en === en));

  function drawName(sheet, [ar, en, lon, lat, feature, capital]) {
    const {map, size, zoom} = sheet, pile = pileOf(en), half = pile ? pile.size / 2 + 2 : 20;
    // an area's name goes with its mark where that had to give way
    const point = pile?.area && pile.groups.length === 1 ? pile.point : map.latLngToContainerPoint([lat, lon]);
    const small = feature === "settlement" && !capital;
    if (point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) return;
    if ((small && zoom < 6) || (feature === "region" && sheet.regions >= MOST_REGIONS) || (feature === "district" && zoom < 8)
      || (feature === "country" && zoom > 9)) return;
    const [first, second] = geomap.labels.language === "ar" && ar ? [ar, en] : [en, ar];
    const both = second && second !== first && (feature === "country" || zoom >= 8);
    const wide = 3 + 7 * Math.max(first.length, both ? second.length * 0.85 : 0), tall = both ? 30 : 17;
    const dot = feature === "settlement";
    // a name may give way: that of a town to the mark on it, that of an area to anything
    const candidates = (dot ? [0, half - 2, -half - tall - 3] : [0, half + tall / 2, -half - tall / 2]).map((shift) => {
      const top = shift + (dot ? point.y + 3 : point.y - tall / 2);
      return {shift, left: point.x - wide / 2, right: point.x + wide / 2, top, bottom: top + tall};
    });
    const label = geomap.el("div", {class: `name ${feature}${capital ? " capital" : ""}`}, first);
    if (both) label.append(geomap.el("small", {}, second));
    if (!place(sheet, map.containerPointToLatLng(point), candidates, label)) return;
    sheet.drawn += 1;
    sheet.regions += feature === "region" ? 1 : 0;
  }

  // A line's name stands beside its middle, or wherever else along it there is room.
  function drawCaption(sheet, {caption, flats}) {
    if (!caption || sheet.zoom < 6) return;
    const {map, size} = sheet, spots = [];
    for (const flat of flats) {
      for (let i = 0; i + 3 < flat.length; i += 2) {
        const lon = (flat[i] + flat[i + 2]) / 2, lat = (flat[i + 1] + flat[i + 3]) / 2, point = map.latLngToContainerPoint([lat, lon]);
        if (point.x > 0 && point.y > 0 && point.x < size.x && point.y < size.y) spots.push({lon, lat, point});
      }
    }
    if (!spots.length) return;
    const middle = (spots.length - 1) / 2, from = spots.map((spot, k) => [Math.abs(k - middle), spot]).sort((a, b) => a[0] - b[0]);
    const whole = 6.2 * caption.length, wide = Math.min(LINE_WIDE, whole), tall = 14 * Math.ceil(whole / LINE_WIDE);
    const step = Math.max(1, Math.floor(from.length / 24));
    const candidates = from.filter((_, k) => k % step === 0).flatMap(([, {lon, lat, point: {x, y}}]) =>
      [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([across, down]) => {
        const cx = x + across * (wide / 2 + 9), cy = y + down * (tall / 2 + 9);
        return {at: map.containerPointToLatLng([cx, cy]), left: cx - wide / 2, right: cx + wide / 2, top: cy - tall / 2, bottom: cy + tall / 2};
      }));
    place(sheet, null, candidates, geomap.el("div", {class: "name line"}, caption));
  }

  geomap.drawNames = (map, page, taken) => {
    geomap.nameLayer ??= L.layerGroup().addTo(map);
    geomap.nameLayer.clearLayers();
    const sheet = {map, zoom: map.getZoom(), size: map.getSize(), boxes: [...taken, ...covered], drawn: 0, regions: 0};
    page.names.slice(0, page.own).forEach((row) => drawName(sheet, row));
    geomap.basemap.dated.forEach((line) => drawCaption(sheet, line));
    for (const row of page.names.slice(page.own)) {
      if (sheet.drawn >= MOST_NAMES) break;
      drawName(sheet, row);
    }
  };

  // The legend's rows on the kinds of lines that the page has.
  geomap.lineKey = () => [["", "key_line"], ["past", "key_past"]]
    .filter(([kind]) => geomap.basemap.dated.some(({caption, past}) => caption && Boolean(past) === (kind === "past")))
    .map(([kind, key]) => geomap.el("li", {}, geomap.el("i", {class: `stroke ${kind}`}), geomap.t(key)));
}
