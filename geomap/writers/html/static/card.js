// The card of an incident: what is said, by whom, and how sure it is.
{
  const {el} = geomap;
  const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
  const copyable = (text) => el("button", {
    type: "button", class: "copy", title: geomap.t("copy_id"), onclick: () => geomap.copy(text),
  }, el("code", {dir: "ltr"}, text));
  const bdi = (text) => el("bdi", {}, text);
  const people = (names) => names.map((name) => el("span", {class: "who"}, bdi(name)));

  function where(i) {
    const items = geomap.placesOfIncident(i).map(({place, precision, inferred}) => {
      const facts = [geomap.wordOf(place.feature)];
      // a town is exact and a region is not by what they are; "near it" must be said
      if (precision === 2) facts.push(geomap.t("precision_2"));
      if (place.area || precision > 1) facts.push(geomap.t("radius", {km: geomap.number(Math.round(place.radius))}));
      if (inferred) facts.push(geomap.t("inferred"));
      const point = `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}`;
      return el("li", {},
        el("button", {type: "button", class: "goto", onclick: () => geomap.goTo([place])},
          el("b", {}, bdi(geomap.placeName(place))), geomap.otherName(place) ? el("small", {}, " ", bdi(geomap.otherName(place))) : null),
        el("span", {class: "facts"}, geomap.join([...new Set(facts)])),
        el("span", {class: "facts"}, `${geomap.t("resolved_by")}: ${geomap.wordOf(place.origin)} `, copyable(place.id), " ", copyable(point)));
    });
    return items.length ? el("ul", {class: "places"}, ...items) : el("p", {class: "none"}, geomap.t("unplaced"));
  }

  function amount([claimant, count, qualifier, cumulative, asOf]) {
    const word = geomap.data.words[qualifier];
    const n = count === null ? "" : geomap.number(count);
    const value = (count === null && word === "exact" ? geomap.t("figures") : geomap.word(qualifier)).replace("{n}", n);
    const who = geomap.data.words[claimant] ? geomap.word(claimant) : geomap.t("no_claimant");
    const notes = [asOf >= 0 ? `${geomap.t("as_of")} ${geomap.dayText(asOf)}` : "", cumulative ? geomap.t("cumulative") : ""].filter(Boolean);
    return el("li", {}, bdi(geomap.t("says_figure", {who, value})), notes.length ? el("small", {}, ` (${geomap.join(notes)})`) : null);
  }

  function figures(i) {
    const found = geomap.data.raw.figures[i];
    if (!found) return null;
    const cell = (value) => el("td", {}, value === null ? "–" : geomap.number(value));
    const rows = found.flatMap(([kind, side, status, low, best, high, cumulative, rivals]) => {
      const who = geomap.join([side, status].map(geomap.word).filter((w, at) => geomap.data.words[[side, status][at]] !== "unknown"));
      const head = el("th", {scope: "row"}, el("b", {}, geomap.word(kind)), who ? el("span", {}, " ", bdi(who)) : null,
        cumulative ? el("small", {}, ` ${geomap.t("cumulative")}`) : null);
      return [el("tr", {}, head, cell(low), el("td", {class: "best"}, best === null ? "–" : geomap.number(best)), cell(high)),
        el("tr", {class: "rivals"}, el("td", {colspan: 4}, el("ul", {}, ...rivals.map(amount))))];
    });
    const heads = ["low", "best", "high"].map((key) => el("th", {scope: "col"}, geomap.t(key)));
    return section(geomap.t("figures"), el("table", {class: "figures"},
      el("thead", {}, el("tr", {}, el("td", {}), ...heads)), el("tbody", {}, ...rows)));
  }

  function equipment(i) {
    const found = geomap.data.raw.equipment[i];
    if (!found) return null;
    return section(geomap.t("equipment"), el("ul", {class: "equipment"}, ...found.map(([item, count, side, claimant]) => {
      const who = geomap.data.words[claimant] ? geomap.word(claimant) : geomap.t("no_claimant");
      const what = `${count === null ? "" : `${geomap.number(count)} × `}${geomap.word(item)}`;
      const owner = geomap.data.words[side] === "unknown" ? null : el("span", {}, " · ", bdi(geomap.word(side)));
      return el("li", {}, el("b", {}, what), owner, el("small", {}, " (", bdi(who), ")"));
    })));
  }

  function quote(claim) {
    const parts = [];
    let from = 0;
    for (let k = 0; k < claim.marks.length; k += 3) {
      const [start, end, kind] = claim.marks.slice(k, k + 3);
      parts.push(claim.text.slice(from, start), el("mark", {class: kind ? "count" : "spot"}, claim.text.slice(start, end)));
      from = end;
    }
    return el("blockquote", {dir: "auto"}, ...parts, claim.text.slice(from));
  }

  function account(claim) {
    const url = geomap.webAddress(claim.url);
    const basis = geomap.data.words[claim.basis];
    const published = claim.published < 0 ? null
      : el("span", {class: "facts"}, `${geomap.t("published")} ${geomap.dayText(claim.published)}${basis ? ` (${geomap.word(claim.basis)})` : ""}`);
    const says = geomap.names(claim.fact("reported")), denies = geomap.names(claim.fact("denied"));
    const differs = claim.differs.map(geomap.word);
    return el("li", {class: "account"}, quote(claim),
      el("p", {class: "source"}, el("b", {}, bdi(claim.outlet)), " ", published,
        url ? el("a", {href: url, rel: "noopener noreferrer", target: "_blank"}, geomap.t("open_article")) : null),
      claim.title && claim.title !== claim.outlet ? el("p", {class: "facts", dir: "auto"}, claim.title) : null,
      says.length ? el("p", {class: "facts"}, `${geomap.t(claim.guess ? "says_guess" : "says")}: `, ...people(says)) : null,
      denies.length ? el("p", {class: "facts denied"}, `${geomap.t("denies")}: `, ...people(denies)) : null,
      differs.length ? el("p", {class: "facts differs"}, `${geomap.t("differs")}: ${geomap.join(differs)}`) : null,
      el("p", {class: "facts"}, copyable(claim.doc), " ", copyable(claim.id)));
  }

  const row = (title, ...children) => el("div", {class: "fact"}, el("dt", {}, title), el("dd", {}, ...children));

  geomap.card = (i) => {
    const {data} = geomap, status = geomap.STATUSES[data.statuses[i]];
    const actors = geomap.names(data.actors[i]), targets = geomap.names(data.targets[i]);
    const says = geomap.names(data.reported[i]), denies = geomap.names(data.denied[i]);
    const when = geomap.whenText(data.day[i], data.end[i], 0, true);
    const kind = geomap.t(`date_${geomap.DAY_PRECISIONS[data.dayPrecision[i]]}`);
    const claims = geomap.claimsOf(i);
    return el("article", {class: `card e${data.event[i]}`, "aria-labelledby": "card-title"},
      el("header", {}, geomap.sign(data.event[i], status, 40),
        el("div", {}, el("h2", {id: "card-title", tabindex: -1}, geomap.word(data.sub[i])), el("p", {class: "facts"}, geomap.word(data.eventWords[i]))),
        el("em", {class: status}, geomap.t(`status_${status}`))),
      el("dl", {},
        row(geomap.t("when"), when, el("span", {class: "facts"}, kind)),
        row(geomap.t("where"), where(i)),
        actors.length ? row(geomap.t("actors"), ...people(actors)) : null,
        targets.length ? row(geomap.t("targets"), ...people(targets)) : null,
        row(geomap.t(claims.every((c) => c.guess) ? "says_guess" : "says"), ...(says.length ? people(says) : [el("span", {class: "none"}, geomap.t("no_claimant"))])),
        denies.length ? row(geomap.t("denies"), ...people(denies)) : null,
        row(geomap.t("confidence"), el("meter", {min: 0, max: 100, value: data.confidence[i], "aria-label": geomap.t("confidence")}), ` ${geomap.number(data.confidence[i])} %`)),
      section(`${geomap.t("claims")} (${geomap.number(claims.length)})`, el("ol", {class: "accounts"}, ...claims.map(account))),
      figures(i), equipment(i),
      el("p", {class: "facts"}, `${geomap.t("id")}: `, copyable(data.ids[i])));
  };

  // A word of the vocabularies that comes as text, not as a number.
  geomap.wordOf = (text) => {
    const at = geomap.data.words.indexOf(text);
    return at < 0 ? text : geomap.word(at);
  };
}
