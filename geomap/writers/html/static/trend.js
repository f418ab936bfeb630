// How much the last week of the range differs from the four before it, of what passes the filters and is on the map.
{
  const WEEKS_BEFORE = 4, LEAST_A_WEEK = 3, NOTABLE = 10;

  geomap.trend = (days, first, last) => {
    const weeks = new Array(WEEKS_BEFORE + 1).fill(0);
    for (const day of days) {
      const week = Math.floor((last - day) / 7);
      if (week >= 0 && week <= WEEKS_BEFORE) weeks[week] += 1;
    }
    const [now, ...others] = weeks, before = others.reduce((a, b) => a + b, 0);
    const known = last - first + 1 >= 7 * (WEEKS_BEFORE + 1) && before >= LEAST_A_WEEK * WEEKS_BEFORE;
    return {count: now, change: known ? Math.round(100 * (now * WEEKS_BEFORE - before) / before) : null};
  };

  function inView() {
    const {data} = geomap, bounds = geomap.map.getBounds();
    const seen = data.places_.map((place) => bounds.contains([place.lat, place.lon]));
    const lists = data.lists.map((codes) => codes.some((code) => seen[code >> 3]));
    return geomap.inOtherDays.filter((i) => data.day[i] >= 0 && data.dayPrecision[i] < 2 && lists[data.places[i]]).map((i) => data.day[i]);
  }

  geomap.drawTrend = () => {
    const node = geomap.byId("trend");
    if (!node) return;
    const [first, last] = geomap.span, end = geomap.state.range ? geomap.state.range[1] : last;
    const {count, change} = geomap.trend(inView(), first, end);
    const values = {day: geomap.dayText(end), n: geomap.number(count)};
    if (change === null) node.textContent = geomap.t("trend_view_low", values);
    else {
      const kind = Math.abs(change) < NOTABLE ? "same" : change > 0 ? "up" : "down";
      node.textContent = geomap.t("trend_view", {...values, change: geomap.t(`change_${kind}`, {n: geomap.number(Math.abs(change))})});
    }
  };
}
