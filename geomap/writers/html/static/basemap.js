// The offline basemap: a pack of data/basemap drawn on canvas tiles, and names beside it.
{
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Int8Array(128);
  for (let i = 0; i < 64; i++) VALUE[ALPHABET.charCodeAt(i)] = i;
  const MOST_NAMES = 34, MOST_REGIONS = 12;

  // Spherical Mercator with the world from 0 to 1.
  const mercator = (lon, lat, out, at) => {
    const sine = Math.sin(Math.max(-85.05, Math.min(85.05, lat)) * Math.PI / 180);
    out[at] = lon / 360 + 0.5;
    out[at + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  };

  function decode(text, scale) {
    const flat = [];
    let at = 0, lon = 0, lat = 0;
    const next = () => {
      let shift = 0, value = 0, digit = 0;
      do {
        digit = VALUE[text.charCodeAt(at++)];
        value |= (digit & 31) << shift;
        shift += 5;
      } while (digit & 32);
      return value & 1 ? ~(value >> 1) : value >> 1;
    };
    while (at < text.length) {
      lon += next();
      lat += next();
      flat.push(lon / scale, lat / scale);
    }
    return flat;
  }

  function projected(flat) {
    const points = new Float64Array(flat.length);
    for (let i = 0; i < flat.length; i += 2) mercator(flat[i], flat[i + 1], points, i);
    return withBox(points);
  }

  function withBox(points) {
    let west = 2, north = 2, east = -1, south = -1;
    for (let i = 0; i < points.length; i += 2) {
      west = Math.min(west, points[i]); east = Math.max(east, points[i]);
      north = Math.min(north, points[i + 1]); south = Math.max(south, points[i + 1]);
    }
    return {points, west, north, east, south};
  }

  function ringOf(arcs, ids) {
    const points = [];
    for (const id of ids) {
      const arc = arcs[id < 0 ? ~id : id];
      const n = arc.length / 2;
      for (let k = points.length ? 1 : 0; k < n; k++) {
        const at = 2 * (id < 0 ? n - 1 - k : k);
        points.push(arc[at], arc[at + 1]);
      }
    }
    return points;
  }

  geomap.readBasemap = (pack, ownLines) => {
    const arcs = pack.arcs.map((text) => decode(text, pack.scale));
    const lines = (texts) => texts.map((text) => projected(decode(text, pack.scale)));
    const drawn = {
      land: [], countries: pack.countries, arcs, lakes: lines(pack.lakes), rivers: lines(pack.rivers), admin1: lines(pack.admin1),
      borders: pack.borders.map((n) => projected(arcs[n])), disputed: pack.disputed.map((n) => projected(arcs[n])), own: [],
    };
    for (const polygons of Object.values(pack.countries)) {
      for (const rings of polygons) for (const ring of rings) drawn.land.push(projected(ringOf(arcs, ring)));
    }
    for (const [kind, parts] of ownLines) {
      for (const part of parts) (kind === "water" ? drawn.rivers : drawn.own).push(projected(part.flat()));
    }
    geomap.basemap = drawn;
  };

  // A country's rings as Leaflet wants them, for incidents known only by the country.
  geomap.countryRings = (code) => (geomap.basemap.countries[code] || []).map((rings) => rings.map((ring) => {
    const flat = ringOf(geomap.basemap.arcs, ring), out = [];
    for (let i = 0; i < flat.length; i += 2) out.push([flat[i + 1], flat[i]]);
    return out;
  }));

  function trace(context, shape, close) {
    const {points} = shape;
    context.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
    if (close) context.closePath();
  }

  function layer(context, shapes, box, close) {
    context.beginPath();
    for (const shape of shapes) {
      if (shape.west < box.east && shape.east > box.west && shape.north < box.south && shape.south > box.north) trace(context, shape, close);
    }
  }

  const Layer = L.GridLayer.extend({
    createTile(coords) {
      const size = this.getTileSize().x, ratio = Math.min(2, devicePixelRatio || 1);
      const tile = document.createElement("canvas");
      tile.width = tile.height = size * ratio;
      const world = Math.pow(2, coords.z) * 256 / size;
      const copy = Math.floor(coords.x / world);
      const box = {west: coords.x / world - copy, north: coords.y / world};
      box.east = box.west + 1 / world; box.south = box.north + 1 / world;
      this.draw(tile.getContext("2d"), box, size * ratio * world, coords.z);
      return tile;
    },
    draw(context, box, scale, zoom) {
      const colour = (name) => this.colours.getPropertyValue(name);
      const pixel = Math.min(2, devicePixelRatio || 1) / scale;
      const stroke = (name, width, dash = []) => {
        context.strokeStyle = colour(name);
        context.lineWidth = width * pixel;
        context.setLineDash(dash.map((part) => part * pixel));
        context.stroke();
      };
      context.fillStyle = colour("--sea");
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
      context.setTransform(scale, 0, 0, scale, -box.west * scale, -box.north * scale);
      context.lineJoin = "round";
      const map = geomap.basemap;
      layer(context, map.land, box, true);
      context.fillStyle = colour("--land");
      context.fill();
      stroke("--coast", 0.8);
      if (zoom >= 6) { layer(context, map.admin1, box, false); stroke("--admin1", 0.8, [2, 2]); }
      layer(context, map.rivers, box, false); stroke("--river", 1);
      layer(context, map.lakes, box, true); context.fillStyle = colour("--sea"); context.fill(); stroke("--coast", 0.6);
      layer(context, map.borders, box, false); stroke("--border", 3.5); stroke("--border-line", 1.2);
      layer(context, map.disputed, box, false); stroke("--border-line", 1.2, [5, 4]);
      layer(context, map.own, box, false); stroke("--border-line", 1, [1, 4]);
    },
  });

  geomap.addBasemap = (map) => {
    const grid = new Layer({tileSize: 512, minZoom: 0, maxZoom: 22, updateWhenZooming: false, keepBuffer: 1});
    grid.colours = getComputedStyle(document.documentElement);
    grid.addTo(map);
    const redraw = () => {
      grid.redraw();
      if (geomap.visible) geomap.redraw();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    geomap.redrawBasemap = redraw;
  };

  const overlaps = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

  // Names that fit beside the marks and one another, the most important first.
  geomap.drawNames = (map, names, taken) => {
    geomap.nameLayer ??= L.layerGroup().addTo(map);
    geomap.nameLayer.clearLayers();
    const zoom = map.getZoom(), size = map.getSize(), arabic = geomap.labels.language === "ar";
    const boxes = [...taken];
    let drawn = 0, regions = 0;
    for (const [ar, en, lon, lat, feature, capital] of names) {
      const point = map.latLngToContainerPoint([lat, lon]);
      const small = feature === "settlement" && !capital;
      if (drawn >= MOST_NAMES || point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) continue;
      if ((small && zoom < 6) || (feature === "region" && regions >= MOST_REGIONS) || (feature === "district" && zoom < 8) || (feature === "country" && zoom > 9)) continue;
      const [first, second] = arabic && ar ? [ar, en] : [en, ar];
      const both = second && second !== first && (feature === "country" || zoom >= 8);
      const wide = 3 + 7 * Math.max(first.length, both ? second.length * 0.85 : 0), tall = both ? 30 : 17;
      const dot = feature === "settlement";
      // a name may give way: that of a town to the mark on it, that of an area to anything
      const free = (dot ? [0, 18, -37] : [0, 34, -34, 68]).map((shift) => {
        const top = shift + (dot ? point.y + 3 : point.y - tall / 2);
        return {shift, left: point.x - wide / 2, right: point.x + wide / 2, top, bottom: top + tall};
      }).find((one) => !boxes.some((other) => overlaps(one, other)));
      if (!free) continue;
      boxes.push(free);
      drawn += 1;
      regions += feature === "region" ? 1 : 0;
      const label = geomap.el("div", {class: `name ${feature}${capital ? " capital" : ""}${free.shift ? " moved" : ""}`}, first);
      if (both) label.append(geomap.el("small", {}, second));
      const icon = L.divIcon({html: label, className: "name-anchor", iconSize: [0, 0], iconAnchor: [0, -free.shift]});
      L.marker([lat, lon], {icon, interactive: false, keyboard: false, pane: "names"}).addTo(geomap.nameLayer);
    }
  };
}
