// Where the mark of an area or a line stands: inside the area or on the line, beside the marks of exact places. Where
// there is no room it stands next to it, and a thin line leads to it.
{
  const OVERLAP = 2, TOO_CLOSE = 8, STEP = 20, MOST_SPOTS = 400;
  const RING = [[0, -1], [0.7, -0.7], [-0.7, -0.7], [1, 0], [-1, 0], [0.7, 0.7], [-0.7, 0.7], [0, 1]];

  function inside(rings, x, y) {
    let odd = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i], b = ring[j];
        if ((a.y > y) !== (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) odd = !odd;
      }
    }
    return odd;
  }

  // Points every few pixels along a line.
  function along(parts) {
    const spots = [];
    for (const part of parts) {
      for (let i = 0; i + 1 < part.length; i++) {
        const steps = Math.max(1, Math.ceil(part[i].distanceTo(part[i + 1]) / STEP));
        for (let k = 0; k < steps; k++) spots.push(part[i].add(part[i + 1].subtract(part[i]).multiplyBy(k / steps)));
      }
    }
    return spots;
  }

  function within({x, y}, reach, holds) {
    const spots = [];
    for (let dx = -reach; dx <= reach; dx += STEP) {
      for (let dy = -reach; dy <= reach; dy += STEP) if (holds(x + dx, y + dy)) spots.push(L.point(x + dx, y + dy));
    }
    return spots;
  }

  // Spots of the place itself, the nearest to its middle first.
  function spotsOf(map, place, point) {
    const project = ([lon, lat]) => map.latLngToContainerPoint([lat, lon]);
    const {geometry} = place, size = map.getSize(), reach = Math.min(160, Math.max(size.x, size.y) / 4);
    let spots;
    if (geometry?.type.endsWith("LineString")) {
      spots = along((geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates).map((part) => part.map(project)));
    } else if (geometry?.type.endsWith("Polygon")) {
      const rings = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flat().map((ring) => ring.map(project));
      spots = within(point, reach, (x, y) => inside(rings, x, y));
    } else if (place.feature === "country") {
      const rings = geomap.countryRings(place.country).flat().map((ring) => ring.map((at) => map.latLngToContainerPoint(at)));
      spots = within(point, reach, (x, y) => inside(rings, x, y));
    } else {
      const east = map.latLngToContainerPoint([place.lat, place.lon + place.radius / 111 / Math.cos(place.lat * Math.PI / 180)]);
      const far = Math.min(reach, Math.abs(east.x - point.x));
      spots = within(point, far, (x, y) => Math.hypot(x - point.x, y - point.y) <= far);
    }
    const seen = spots.filter(({x, y}) => x > 20 && y > 20 && x < size.x - 20 && y < size.y - 20);
    return seen.map((spot) => [spot.distanceTo(point), spot]).sort((a, b) => a[0] - b[0]).slice(0, MOST_SPOTS).map(([, spot]) => spot);
  }

  const crowded = (piles) => piles.some((a, n) => piles.slice(0, n).some((b) => a.point.distanceTo(b.point) < (a.size + b.size) / 2 - TOO_CLOSE));

  // Gives each its place; returns how many found none in their own area, Infinity where marks must cover one another.
  geomap.settle = (map, piles) => {
    let led = 0;
    const placed = piles.filter((pile) => !pile.area), size = map.getSize();
    if (crowded(placed)) led = Infinity;
    for (const pile of piles.filter((one) => one.area)) {
      const middle = pile.point, {place} = pile.groups[0];
      const free = (spot) => placed.every(({point, size}) => Math.hypot(point.x - spot.x, point.y - spot.y) > (size + pile.size) / 2 - OVERLAP);
      if (!free(middle)) {
        const own = spotsOf(map, place, middle).find(free);
        const beside = own || [40, 56, 72].flatMap((r) => RING.map(([dx, dy]) => L.point(middle.x + r * dx, middle.y + r * dy)))
          .find((spot) => spot.x > 20 && spot.y > 20 && spot.x < size.x - 20 && spot.y < size.y - 20 && free(spot));
        pile.point = beside || middle;
        led += own ? 0 : beside ? 1 : Infinity;
        if (!own && beside) pile.leader = [map.containerPointToLatLng(middle), map.containerPointToLatLng(beside)];
      }
      placed.push(pile);
    }
    return led;
  };
}
