"""Day pages, the period page and the index, from incidents grouped by day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import Any

from geomap.model import Incident, Issue, Mention, Place
from geomap.writers.html.basemap import Names, Pack, choose_pack, located, own_names, view_box
from geomap.writers.html.files import write_text
from geomap.writers.html.index import index_page
from geomap.writers.html.labels import Labels, load_labels
from geomap.writers.html.lines import Line, near, placed, read_lines
from geomap.writers.html.packing import json_script, pack_incidents
from geomap.writers.html.shell import Assets, Shell, find_tiles, shared_assets, template

Days = Mapping[date, Sequence[Incident]]
#: A year of days is linked from the period page where scripts are off; more would outweigh the page.
_FALLBACK_DAYS = 400
_FALLBACK_QUOTE = 140
#: Days with more incidents than this have no quotes in the fallback table, to stay small enough for mail.
_QUOTED = 24


def write_pages(
    days: Days,
    undated: Sequence[Incident],
    out: Path,
    *,
    issues: Sequence[Issue] = (),
    unresolved: Sequence[Mention] = (),
    language: str = "ar",
    assets: Assets = "inline",
    tiles: str | None = None,
    only: Collection[date] | None = None,
    labels: Mapping[str, str] | None = None,
    gazetteer_labels: Sequence[Place] = (),
    lines: Sequence[Line] | None = None,
    pack: bool = True,
) -> list[Path]:
    """Write a page for each day, ``all.html`` for the period and ``index.html``.

    Parameters
    ----------
    days : mapping of date to incidents
        Each day's incidents; one that lasted stands under each of its days.
    undated : sequence of incidents
        What is of no single day: on the period page and the index.
    out : Path
        The folder; made where it is missing. A file whose bytes would be the same is left alone.
    issues, unresolved : sequences
        What the run could not settle, for the index.
    language : str
        Of the interface: a file of ``data/labels``.
    assets : {'inline', 'shared'}
        Whether each page carries its scripts, or all share the folder ``assets``.
    tiles : str, optional
        An xyzservices provider to load map images from; without it no page loads anything.
    only : collection of dates, optional
        Write these day pages and nothing else.
    labels : mapping, optional
        Names in the interface's language (actors, claimants), or own wording of the interface by key.
    gazetteer_labels : sequence of Place
        Places whose names, rivers and lines the basemap shows.
    lines : sequence of Line, optional
        Lines with dates to draw in place of the disputed borders and former fronts that geomap knows; ``()`` for none.
    pack : bool
        Whether large pages carry their data gzipped (browsers of 2023 and later).

    Returns
    -------
    list of Path
        Every page of this call, whether or not its bytes changed.
    """
    words = load_labels(language, labels)
    writer = PageWriter(days, undated, Path(out), words, assets, tiles, gazetteer_labels, lines, pack)
    if only is not None:
        return [writer.day(day) for day in sorted(only) if day in days]
    paths = [writer.day(day) for day in sorted(days)]
    paths.append(writer.period())
    index = writer.out / "index.html"
    write_text(index, index_page(days, undated, words, issues=issues, unresolved=unresolved))
    return [*paths, index]


class PageWriter:
    """What the pages of one call share."""

    def __init__(
        self,
        days: Days,
        undated: Sequence[Incident],
        out: Path,
        labels: Labels,
        assets: Assets,
        tiles: str | None,
        places: Sequence[Place],
        lines: Sequence[Line] | None,
        pack: bool,
    ) -> None:
        self.days, self.undated, self.out, self.labels = days, undated, out, labels
        self.order = sorted(days)
        self.assets, self.tiles, self.pack = assets, find_tiles(tiles), pack
        self.names = Names(places) if places else None
        self.own_lines = lines
        self.lines = placed(read_lines() if lines is None else lines, {p.id: p for p in places})
        self.shells: dict[str, Shell] = {}
        self.written: set[str] = set()

    def day(self, day: date) -> Path:
        """Write one day's page."""
        at = self.order.index(day)
        before = self.order[at - 1] if at else None
        after = self.order[at + 1] if at + 1 < len(self.order) else None
        incidents = self.days[day]
        page: dict[str, Any] = {"kind": "day", "day": day.isoformat()}
        page |= {"previous": before and f"{before}.html", "next": after and f"{after}.html"}
        values = {
            "title": escape(f"{self.labels.ui['title']} · {self.labels.day(day, long=True)}"),
            "heading": f'<time datetime="{day}">{escape(self.labels.day(day, long=True))}</time>',
            "previous": self._neighbour(before, "previous_day", "prev"),
            "next": self._neighbour(after, "next_day", "next"),
            "fallback": self._table(incidents),
        }
        return self._write(f"{day}.html", "day", page, values, incidents, [day])

    def period(self) -> Path:
        """Write the page of the whole period."""
        seen = {i.id: i for day in self.order for i in self.days[day]} | {i.id: i for i in self.undated}
        page = {"kind": "period", "days": [day.isoformat() for day in self.order]}
        heading = escape(self.labels.ui["title_all"])
        title = escape(self.labels.ui["title"]) + " · " + heading
        values = {"title": title, "heading": heading, "previous": "", "next": "", "fallback": self._links()}
        return self._write("all.html", "period", page, values, list(seen.values()), self.order)

    def _write(
        self,
        name: str,
        kind: str,
        page: dict[str, Any],
        values: dict[str, str],
        incidents: Sequence[Incident],
        days: Sequence[date],
    ) -> Path:
        shell = self.shells.get(kind) or self.shells.setdefault(kind, Shell(self.labels, kind, self.assets, self.tiles))
        places = located(incidents)
        pack = choose_pack([p.lonlat for p in places])
        payload = page | self._payload(incidents, places, pack, days)
        values |= {"payload": json_script("geomap-data", payload, pack=self.pack), "basemap": shell.basemap(pack)}
        path = self.out / name
        write_text(path, shell.fill(values))
        if self.assets == "shared":
            self._share(pack)
        return path

    def _payload(
        self, incidents: Sequence[Incident], places: Sequence[Place], pack: Pack, days: Sequence[date]
    ) -> dict[str, Any]:
        data = pack_incidents(incidents)
        # a town that is hit goes by its name
        towns = {p.place.name: p.place.label(self.labels.language) for i in incidents for p in i.places}
        view = view_box(places)
        own = own_names(places)
        # without a gazetteer the incidents' own places are all the names there are
        names = self.names or Names(p.place for i in incidents for p in i.places)
        return {
            "data": data,
            "labels": [self.labels.words.get(word) or towns.get(word, "") for word in data["words"]],
            "names": own + names.near(view, places),
            "own": len(own),
            "rivers": names.rivers(view) if self.names else [],
            "dated": near(self.lines, view, days, self.labels),
            "disputed": self.own_lines is None,
            "ownLines": bool(self.own_lines),
            "box": pack.bbox if view is None else view,
            "tiles": self.tiles and self.tiles.for_script(),
        }

    def _share(self, pack: Pack) -> None:
        for name, text in shared_assets(self.labels, [pack]).items():
            if name not in self.written:
                self.written.add(name)
                write_text(self.out / "assets" / name, text)

    def _neighbour(self, day: date | None, label: str, relation: str) -> str:
        text = escape(self.labels.ui[label])
        if day is None:
            return f'<span class="step {relation} off" aria-hidden="true"></span>'
        name = escape(f"{self.labels.ui[label]}: {self.labels.day(day)}")
        target = f'rel="{relation}" href="{day}.html"'
        return f'<a class="step {relation}" {target} aria-label="{name}" title="{name}">{text}</a>'

    def _links(self) -> str:
        days = [{"href": f"{day}.html", "name": self.labels.day(day)} for day in self.order[-_FALLBACK_DAYS:]]
        return str(template("fallback.html").render(ui=self.labels.ui, rows=(), days=days))

    def _table(self, incidents: Sequence[Incident]) -> str:
        rows = [self._row(incident, quote=len(incidents) <= _QUOTED) for incident in incidents]
        return str(template("fallback.html").render(ui=self.labels.ui, rows=rows, days=()))

    def _row(self, incident: Incident, *, quote: bool) -> dict[str, str]:
        labels = self.labels
        ends = [labels.day(day) for day in (incident.date, incident.date_end) if day]
        claim = incident.claims[0] if incident.claims else None
        names = [p.place.label(labels.language) for p in incident.places]
        return {
            "when": " – ".join(dict.fromkeys(ends)),
            "what": labels.word(incident.sub_event_type),
            "where": labels.list_separator.join(names) or labels.ui["unplaced"],
            "says": labels.list_separator.join(map(labels.word, incident.reported_by)),
            "denies": labels.list_separator.join(map(labels.word, incident.denied_by)),
            "quote": shorten(claim.text, _FALLBACK_QUOTE, placeholder=" …") if claim and quote else "",
            "outlet": (claim.source.outlet or claim.document_id) if claim else "",
        }
