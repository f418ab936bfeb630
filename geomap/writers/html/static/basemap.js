// The offline basemap: a pack of data/basemap drawn on canvas tiles, and lines with dates over it.
{
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Int8Array(128);
  for (let i = 0; i < 64; i++) VALUE[ALPHABET.charCodeAt(i)] = i;

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

  // Lines with dates: those of the page, by the pack's arcs or their own points, and the pack's others without a caption.
  function datedLines(pack, arcs, page) {
    const rows = page.dated.map(([caption, past, where]) => ({
      caption, past, flats: typeof where === "string" ? (pack.disputed[where] || []).map((n) => arcs[n]) : where.map((part) => part.flat()),
    }));
    const told = new Set(page.dated.map(([, , where]) => where));
    for (const [id, numbers] of Object.entries(page.disputed ? pack.disputed : {})) {
      if (!told.has(id)) rows.push({caption: "", past: 0, flats: numbers.map((n) => arcs[n])});
    }
    return rows.map((row) => ({...row, shapes: row.flats.map(projected)}));
  }

  geomap.readBasemap = (pack, page) => {
    const arcs = pack.arcs.map((text) => decode(text, pack.scale));
    const lines = (texts) => texts.map((text) => projected(decode(text, pack.scale)));
    const inland = new Set([...pack.borders, ...Object.values(pack.disputed).flat()]);
    const drawn = {
      land: [], countries: pack.countries, arcs, lakes: lines(pack.lakes), rivers: lines(pack.rivers), admin1: lines(pack.admin1),
      borders: pack.borders.map((n) => projected(arcs[n])), coast: arcs.filter((_, n) => !inland.has(n)).map(projected),
      dated: datedLines(pack, arcs, page),
    };
    for (const polygons of Object.values(pack.countries)) {
      for (const rings of polygons) for (const ring of rings) drawn.land.push(projected(ringOf(arcs, ring)));
    }
    for (const part of page.rivers) drawn.rivers.push(projected(part.flat()));
    drawn.now = drawn.dated.filter(({past}) => !past).flatMap(({shapes}) => shapes);
    drawn.past = drawn.dated.filter(({past}) => past).flatMap(({shapes}) => shapes);
    geomap.basemap = drawn;
  };

  // A country's rings as Leaflet wants them, for incidents known only by the country.
  geomap.countryRings = (code) => (geomap.basemap.countries[code] || []).map((rings) => rings.map((ring) => {
    const flat = ringOf(geomap.basemap.arcs, ring), out = [];
    for (let i = 0; i < flat.length; i += 2) out.push([flat[i + 1], flat[i]]);
    return out;
  }));

  // In pixels, not by a transform to the world's units: dashes of so small units are lost when a page becomes a PDF.
  function layer(context, shapes, {west, north, east, south, scale}, close) {
    context.beginPath();
    for (const shape of shapes) {
      if (!(shape.west < east && shape.east > west && shape.north < south && shape.south > north)) continue;
      const {points} = shape;
      context.moveTo((points[0] - west) * scale, (points[1] - north) * scale);
      for (let i = 2; i < points.length; i += 2) context.lineTo((points[i] - west) * scale, (points[i + 1] - north) * scale);
      if (close) context.closePath();
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
      this.draw(tile.getContext("2d"), {...box, scale: size * ratio * world}, coords.z);
      return tile;
    },
    draw(context, box, zoom) {
      const colour = (name) => this.colours.getPropertyValue(name);
      const pixel = Math.min(2, devicePixelRatio || 1);
      const stroke = (name, width, dash = []) => {
        context.strokeStyle = colour(name);
        context.lineWidth = width * pixel;
        context.setLineDash(dash.map((part) => part * pixel));
        context.stroke();
      };
      context.fillStyle = colour("--sea");
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
      context.lineJoin = "round";
      const map = geomap.basemap;
      layer(context, map.land, box, true);
      context.fillStyle = colour("--land");
      context.fill();
      layer(context, map.coast, box, false); stroke("--coast", 0.8);
      if (zoom >= 6) { layer(context, map.admin1, box, false); stroke("--admin1", 0.8, [2, 2]); }
      layer(context, map.rivers, box, false); stroke("--river", 1);
      layer(context, map.lakes, box, true); context.fillStyle = colour("--sea"); context.fill(); stroke("--coast", 0.6);
      layer(context, map.borders, box, false); stroke("--border", 3.5); stroke("--border-line", 1.2);
      layer(context, map.now, box, false); stroke("--front", 1.5, [6, 4]);
      layer(context, map.past, box, false); stroke("--front", 1.5, [1.5, 4.5]);
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
}
