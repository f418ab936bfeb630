// The page's one global. Text goes into the document as text nodes only (see el), styles through the CSSOM.
const geomap = {shared: {}};
// before the body: the map must not be made in a hidden box
document.documentElement.classList.add("scripted");

{
  const svgSpace = "http://www.w3.org/2000/svg";

  function build(node, members, children) {
    for (const [name, value] of Object.entries(members)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  geomap.el = (tag, members = {}, ...children) => build(document.createElement(tag), members, children);
  geomap.svg = (tag, members = {}, ...children) => build(document.createElementNS(svgSpace, tag), members, children);
  geomap.byId = (id) => document.getElementById(id);

  geomap.readJson = (id) => {
    const node = geomap.byId(id);
    const value = node ? JSON.parse(node.textContent) : null;
    if (node) node.remove();
    return value;
  };

  const fillIn = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  geomap.t = (key, values) => (values ? fillIn(geomap.labels.ui[key], values) : geomap.labels.ui[key]);

  geomap.number = (value) => String(value).replace(/\d/g, (digit) => geomap.labels.digits[digit]);

  // Days are numbers since 1970-01-01, in no time zone.
  const asDate = (day) => new Date(day * 86400000);
  geomap.iso = (day) => (day < 0 ? "" : asDate(day).toISOString().slice(0, 10));
  geomap.dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);
  geomap.dayText = (day, long) => {
    if (day < 0) return geomap.t("date_unknown");
    const date = asDate(day);
    return fillIn(long ? geomap.labels.dateLong : geomap.labels.dateShort, {
      weekday: geomap.labels.weekdays[(date.getUTCDay() + 6) % 7],
      day: geomap.number(date.getUTCDate()),
      month: geomap.labels.months[date.getUTCMonth()],
      year: geomap.number(date.getUTCFullYear()),
    });
  };

  // Letters that Arabic writers use for one another become one; marks, tatweel and direction signs go.
  const same = {
    "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a",
    "\u0626": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643", "\u0624": "\u0648", "\u06c0": "\u0647",
  };
  geomap.fold = (text) => text
    .normalize("NFKC")
    .replace(/[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\u0622-\u0626\u0629\u0649\u0671\u06a9\u06c0\u06cc]/g, (letter) => same[letter] || letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

  let silence = 0;
  geomap.say = (text) => {
    const node = geomap.byId("said");
    node.textContent = text;
    node.classList.add("on");
    clearTimeout(silence);
    silence = setTimeout(() => node.classList.remove("on"), 2500);
  };

  geomap.calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
}
