// The period page's time slider: a histogram by type, two handles, play, and shortcuts.
{
  let first = 0, last = 0, from = null, to = null, canvas = null, timer = 0, playButton = null;
  const COLOURS = 7;

  function histogram() {
    const {data} = geomap, days = last - first + 1;
    const counts = new Uint32Array(days * COLOURS);
    for (const i of geomap.inOtherDays) {
      if (data.day[i] < 0 || data.dayPrecision[i] > 1) continue;
      const until = Math.min(data.end[i], 6);
      for (let d = data.day[i]; d <= data.day[i] + until; d++) if (d >= first && d <= last) counts[(d - first) * COLOURS + data.event[i]] += 1;
    }
    return counts;
  }

  geomap.drawHistogram = () => {
    if (!canvas?.clientWidth || !geomap.visible) return;
    const ratio = Math.min(2, devicePixelRatio || 1), width = canvas.clientWidth * ratio, height = canvas.clientHeight * ratio;
    canvas.width = width; canvas.height = height;
    const context = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
    const counts = histogram(), days = last - first + 1;
    const bars = Math.min(days, Math.max(1, Math.floor(width / (3 * ratio))));
    const sums = Array.from({length: bars}, () => new Float64Array(COLOURS));
    for (let d = 0; d < days; d++) for (let e = 0; e < COLOURS; e++) sums[Math.floor(d * bars / days)][e] += counts[d * COLOURS + e];
    const most = Math.max(1, ...sums.map((bar) => bar.reduce((a, b) => a + b, 0)));
    const [low, high] = geomap.state.range || [first, last];
    sums.forEach((bar, k) => {
      let y = height;
      const day = first + k * days / bars;
      context.globalAlpha = day + days / bars > low && day < high + 1 ? 1 : 0.25;
      bar.forEach((n, e) => {
        const tall = n / most * (height - 2);
        context.fillStyle = style.getPropertyValue(`--e${e}`);
        context.fillRect(k * width / bars, y - tall, Math.max(1, width / bars - ratio), tall);
        y -= tall;
      });
    });
  };

  geomap.setRange = (low, high) => {
    low = Math.max(first, Math.min(low, last)); high = Math.max(low, Math.min(high, last));
    geomap.state.range = low === first && high === last ? null : [low, high];
    syncHandles();
    geomap.update();
  };

  function syncHandles() {
    const [low, high] = geomap.state.range || [first, last];
    from.value = low; to.value = high;
    for (const [handle, day] of [[from, low], [to, high]]) handle.setAttribute("aria-valuetext", geomap.dayText(day));
    geomap.byId("range-text").textContent = low === high ? geomap.dayText(low, true) : `${geomap.dayText(low)} – ${geomap.dayText(high)}`;
    const link = geomap.byId("range-day");
    link.hidden = low !== high || !geomap.pageDays.has(low);
    link.href = `${geomap.iso(low)}.html`;
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    playButton.textContent = geomap.t("play");
    playButton.setAttribute("aria-pressed", "false");
  }

  function play() {
    if (timer) return stop();
    const span = geomap.state.range ? geomap.state.range[1] - geomap.state.range[0] : Math.max(0, Math.round((last - first) / 30));
    let start = geomap.state.range && geomap.state.range[1] < last ? geomap.state.range[0] : first;
    playButton.textContent = geomap.t("pause");
    playButton.setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
      if (start + span > last) return stop();
      geomap.setRange(start, start + span);
      start += Math.max(1, Math.round((span + 1) / 3));
    }, geomap.calm() ? 1500 : 500);
  }

  function handle(label, moved) {
    return geomap.el("input", {type: "range", min: first, max: last, step: 1, "aria-label": geomap.t(label), oninput: moved});
  }

  geomap.makeTimebar = (node, page) => {
    const days = page.days.map(geomap.dayOf);
    geomap.pageDays = new Set(days);
    if (!days.length) return;
    first = days[0]; last = days.at(-1);
    geomap.span = [first, last];
    from = handle("from", () => geomap.setRange(Number(from.value), Math.max(Number(from.value), Number(to.value))));
    to = handle("to", () => geomap.setRange(Math.min(Number(from.value), Number(to.value)), Number(to.value)));
    canvas = geomap.el("canvas", {role: "img", "aria-label": geomap.t("histogram")});
    playButton = geomap.el("button", {type: "button", "aria-pressed": "false", onclick: play}, geomap.t("play"));
    const shortcut = (label, count) => geomap.el("button", {type: "button", onclick: () => geomap.setRange(count ? last - count + 1 : first, last)}, geomap.t(label));
    const text = geomap.el("output", {id: "range-text"});
    const link = geomap.el("a", {id: "range-day", hidden: true}, geomap.t("page_of_day"));
    node.append(geomap.el("div", {class: "track", dir: "ltr"}, canvas, from, to),
      geomap.el("div", {class: "controls"}, playButton, text, link, shortcut("last_7", 7), shortcut("last_30", 30), shortcut("all_days", 0)),
      geomap.el("p", {class: "trend", id: "trend"}, geomap.t("trend_view_low", {day: geomap.dayText(last), n: 0})));
    new ResizeObserver(geomap.drawHistogram).observe(canvas);
    syncHandles();
  };
}
