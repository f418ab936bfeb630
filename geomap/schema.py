"""One schema of every table that geomap writes: names, types and meaning of the columns.

The writers, ``docs/columns.md``, the JSON Schema and the aliases in QGIS are all made from ``TABLES``. What columns are
called for people, by language, is in ``geomap.dictionary``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from geomap.codebook import CASUALTY_KINDS, CASUALTY_STATUS, EVENT_TYPE_OF, EVENT_TYPES, FEATURES, QUALIFIERS

ColumnType = Literal["text", "integer", "real", "date", "datetime", "boolean"]
Geometry = Literal["", "point", "area", "line"]


@dataclass(frozen=True, slots=True)
class Column:
    """One output column: its name, type, meaning, unit and allowed values (empty: any).

    ``required`` columns are never empty. Columns of type date hold ``YYYY-MM-DD``, of type datetime
    ``YYYY-MM-DDTHH:MM:SSZ``, in every format that has no such types of its own.
    """

    name: str
    type: ColumnType
    about: str
    allowed: tuple[str | int, ...] = ()
    unit: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One layer or table: its name, what one row is, the geometry of a row ('' for none) and its columns."""

    name: str
    about: str
    geometry: Geometry
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


DISORDER_TYPES: Final = (
    "Political violence",
    "Demonstrations",
    "Strategic developments",
    "Political violence; Demonstrations",
)
DATE_PRECISIONS: Final = ("day", "range", "month", "year", "unknown")
STATUSES: Final = ("agreed", "claimed", "denied")


def _text(name: str, about: str, *allowed: str, required: bool = False) -> Column:
    return Column(name, "text", about, allowed, required=required)


def _integer(name: str, about: str, *allowed: int, unit: str = "") -> Column:
    return Column(name, "integer", about, allowed, unit)


def _real(name: str, about: str, unit: str = "") -> Column:
    return Column(name, "real", about, unit=unit)


def _toll(prefix: str, word: str) -> tuple[Column, ...]:
    return (
        _integer(f"{prefix}_low", f"{word}: the lowest of the rival figures.", unit="people"),
        _integer(f"{prefix}_best", f"{word}: the best estimate, parts of a total never added to it.", unit="people"),
        _integer(f"{prefix}_high", f"{word}: the highest of the rival figures.", unit="people"),
    )


_WHEN: Final = (
    Column("event_date", "date", "First day on which the event happened or may have happened; empty if unknown."),
    Column(
        "date_end", "date", "Last day on which it happened or may have happened; the same as event_date for one day."
    ),
    _text("date_precision", "How well the date is known.", *DATE_PRECISIONS, required=True),
)

INCIDENTS: Final = Table(
    "incidents",
    "One row is one incident: what all articles say of one event, with their disagreements kept.",
    "point",
    (
        _text("id", "Stable id of the incident: a hash of its earliest claim.", required=True),
        *_WHEN,
        _integer(
            "time_precision", "ACLED: 1 the actual day, 2 within a week, 3 within a month; empty beyond.", 1, 2, 3
        ),
        _integer("date_prec", "UCDP: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer.", 1, 2, 3, 4, 5),
        Column("start_utc", "datetime", "Start of event_date in UTC, for time sliders."),
        Column("end_utc", "datetime", "End of date_end in UTC, for time sliders."),
        _text("event_type", "ACLED event type.", *EVENT_TYPES, required=True),
        _text("sub_event_type", "ACLED sub-event type.", *EVENT_TYPE_OF, required=True),
        _text("disorder_type", "ACLED disorder type.", *DISORDER_TYPES, required=True),
        _text("actor1", "First actor."),
        _text("actor2", "Second actor, or else the first target that is a party."),
        _text("actors", "All actors, parted by '; '."),
        _text("targets", "All targets, parted by '; '."),
        _text(
            "status",
            "Agreed by several outlets or uncontested; claimed by a party only; denied.",
            *STATUSES,
            required=True,
        ),
        _text("reported_by", "Who says so, parted by '; '; empty where the articles speak for themselves."),
        _text("denied_by", "Who denies it, parted by '; '."),
        *_toll("fatalities", "Killed"),
        _integer("fatalities_military", "Killed soldiers and fighters, best estimate.", unit="people"),
        _integer("fatalities_civilian", "Killed civilians, best estimate.", unit="people"),
        _text("killed", "Killed by side and status, as 'side status best [low-high]', parted by '; '."),
        *_toll("injured", "Injured"),
        _integer("missing_best", "Missing, best estimate.", unit="people"),
        _integer("captured_best", "Captured, best estimate.", unit="people"),
        _integer("displaced_best", "Displaced, best estimate.", unit="people"),
        Column(
            "cumulative",
            "boolean",
            "Whether a figure is a running total over more than this event: never add such rows up.",
        ),
        _text("equipment", "Equipment lost, as 'side item count', parted by '; '; rival claims side by side."),
        _text("country", "ISO 3166-1 alpha-2 code of the country; empty where the place lies in several."),
        _text("admin1", "First-level division of the place."),
        _text("admin2", "Second-level division of the place."),
        _text("location", "English name of the most precise place."),
        _text("location_ar", "Arabic name of the most precise place."),
        _real("latitude", "Latitude of the place, WGS 84; for an area or a line its rough middle.", "degrees"),
        _real("longitude", "Longitude of the place, WGS 84; for an area or a line its rough middle.", "degrees"),
        _text("feature", "What the place is.", *FEATURES),
        _integer(
            "geo_precision", "ACLED: 1 a town or site, 2 near it or part of a region, 3 a larger region.", 1, 2, 3
        ),
        _integer(
            "where_prec",
            "UCDP: 1 exact, 2 near a place, 3 second-level division, 4 first-level, 5 line, 6 country, 7 water.",
            *range(1, 8),
        ),
        _real("radius_km", "How far the place reaches from its point.", "km"),
        Column(
            "place_inferred", "boolean", "Whether the place is inferred from the context and not named in the sentence."
        ),
        _text("place_id", "Id of the place in the gazetteer (table places)."),
        _integer("n_places", "Number of places named for the event (table incident_places).", unit="places"),
        _text("places", "English names of all places, parted by '; '."),
        _integer("n_claims", "Number of claims that make up the incident.", unit="claims"),
        _integer("n_sources", "Number of articles that tell it.", unit="articles"),
        _text("source", "Outlets, parted by '; '."),
        _text("source_url", "Web address of the earliest article that has one."),
        _text("source_urls", "Web addresses of all articles, parted by ' '."),
        _text("source_titles", "Titles of the articles, parted by ' | '."),
        Column("source_date", "date", "Earliest publication date of the articles."),
        _text("source_dates", "Publication dates of the articles, parted by '; '."),
        _text("quote", "The sentence of the earliest claim, word for word.", required=True),
        _text("language", "Language code of the quote."),
        _real("confidence", "How sure geomap is of its reading, 0 to 1; says nothing of the truth of the claim."),
        _real(
            "reported_confidence",
            "How sure geomap is of who says so, 0 to 1, by the surest claim; below one half it is a guess.",
        ),
        _text("differs", "Fields on which the claims differ, parted by '; '."),
        _text("claim_ids", "Ids of the claims (table claims), parted by '; '.", required=True),
    ),
)

_SHAPE: Final = _text(
    "shape", "Drawn as the place's own geometry, or as a circle of its radius.", "geometry", "circle", required=True
)
_AREA_COLUMNS: Final = (
    _text("incident_id", "Id of the incident.", required=True),
    _text("place_id", "Id of the place.", required=True),
    INCIDENTS.column("event_date"),
    INCIDENTS.column("start_utc"),
    INCIDENTS.column("end_utc"),
    INCIDENTS.column("event_type"),
    INCIDENTS.column("sub_event_type"),
    INCIDENTS.column("status"),
    INCIDENTS.column("fatalities_best"),
    _text("location", "English name of the place.", required=True),
    _text("location_ar", "Arabic name of the place."),
    _text("feature", "What the place is.", *FEATURES),
    INCIDENTS.column("geo_precision"),
    INCIDENTS.column("where_prec"),
    _real("radius_km", "How far the place reaches from its point.", "km"),
    _SHAPE,
)
INCIDENT_AREAS: Final = Table(
    "incident_areas",
    "One row is one imprecise place of one incident, as the area within which the event happened (outline or radius).",
    "area",
    _AREA_COLUMNS,
)
INCIDENT_LINES: Final = Table(
    "incident_lines",
    "One row is one border, front or river that is the place of one incident, as the line along which it happened.",
    "line",
    _AREA_COLUMNS,
)
CLAIMS: Final = Table(
    "claims",
    "One row is one article's account of one event.",
    "",
    (
        _text("id", "Id of the claim: a hash of its article, span and type.", required=True),
        _text("incident_id", "Id of the incident it belongs to.", required=True),
        _text("source_id", "Id of the article.", required=True),
        _integer("quote_start", "First letter of the sentence in the article.", unit="code points"),
        _integer("quote_end", "Letter after the last one of the sentence.", unit="code points"),
        _text("quote", "The sentence or clause, word for word.", required=True),
        INCIDENTS.column("event_type"),
        INCIDENTS.column("sub_event_type"),
        *_WHEN,
        _text("actors", "Actors, parted by '; '."),
        _text("targets", "Targets, parted by '; '."),
        _text("reported_by", "Who says so, parted by '; '."),
        _text("denied_by", "Who denies it, parted by '; '."),
        _text("places", "English names of the places, parted by '; '."),
        INCIDENTS.column("confidence"),
        _real("reported_confidence", "How sure geomap is of who says so, 0 to 1; below one half it is a guess."),
    ),
)
SOURCES: Final = Table(
    "sources",
    "One row is one article.",
    "",
    (
        _text("id", "Id of the article: the name of its file, or the record's own.", required=True),
        _text("outlet", "Who published it."),
        _text("title", "Its title."),
        _text("url", "Its web address."),
        Column("published", "date", "Day of publication."),
        _text("published_basis", "How the day of publication is known."),
        _text("language", "Language code."),
    ),
)
CASUALTIES: Final = Table(
    "casualties",
    "One row is one claimant's figure for one kind of victim on one side of one incident.",
    "",
    (
        _text("incident_id", "Id of the incident.", required=True),
        _text("claim_id", "Id of the claim that gives the figure.", required=True),
        _text("kind", "What happened to them.", *CASUALTY_KINDS, required=True),
        _text("side", "Whose people they were.", required=True),
        _text("status", "Soldiers and fighters, or civilians.", *CASUALTY_STATUS, required=True),
        _integer("count", "The number given; empty where there is none.", unit="people"),
        _text("qualifier", "How the number is worded.", *QUALIFIERS, required=True),
        _integer("low", "The least that the wording allows.", unit="people"),
        _integer("high", "The most that it allows; empty where it is open.", unit="people"),
        Column("cumulative", "boolean", "Whether it is a running total over more than this event."),
        _text("claimant", "Who gives the figure."),
        Column("as_of", "date", "Day for which it is given."),
    ),
)
EQUIPMENT: Final = Table(
    "equipment",
    "One row is one claimant's figure for one kind of equipment lost in one incident.",
    "",
    (
        _text("incident_id", "Id of the incident.", required=True),
        _text("item", "Kind of equipment.", required=True),
        _integer("count", "The number given; empty where there is none.", unit="pieces"),
        _text("side", "Whose it was.", required=True),
        _text("claimant", "Who says so."),
        _text("claim_ids", "Ids of the claims, parted by '; '."),
    ),
)
PLACES: Final = Table(
    "places",
    "One row is one place that an incident names, as the gazetteer has it.",
    "point",
    (
        _text("id", "Id of the place.", required=True),
        _text("name", "English name.", required=True),
        _text("name_ar", "Arabic name."),
        _text("feature", "What the place is.", *FEATURES),
        _text("feature_code", "GeoNames feature code."),
        INCIDENTS.column("country"),
        INCIDENTS.column("admin1"),
        INCIDENTS.column("admin2"),
        _real("latitude", "Latitude, WGS 84.", "degrees"),
        _real("longitude", "Longitude, WGS 84.", "degrees"),
        _real("radius_km", "How far the place reaches from its point.", "km"),
        _integer("population", "Inhabitants; 0 where unknown.", unit="people"),
        _text("origin", "Who says so: curated, geonames, nominatim."),
        _text("evidence", "Where the point comes from."),
        _integer("n_incidents", "Number of incidents that name it.", unit="incidents"),
    ),
)
INCIDENT_PLACES: Final = Table(
    "incident_places",
    "One row joins an incident to one of its places.",
    "",
    (
        _text("incident_id", "Id of the incident.", required=True),
        _text("place_id", "Id of the place.", required=True),
        _integer("rank", "Order by precision: 1 is the place whose point the incident has."),
        INCIDENTS.column("geo_precision"),
        Column("inferred", "boolean", "Whether the place is inferred from the context."),
    ),
)
UNLOCATED: Final = Table(
    "unlocated", "One row is one incident without a place; the columns are those of incidents.", "", INCIDENTS.columns
)
#: Every table by its name, in the order in which they are written.
TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        INCIDENTS,
        INCIDENT_AREAS,
        INCIDENT_LINES,
        UNLOCATED,
        CLAIMS,
        SOURCES,
        CASUALTIES,
        EQUIPMENT,
        PLACES,
        INCIDENT_PLACES,
    )
}

_JSON_TYPE: Final[Mapping[ColumnType, str]] = {
    "text": "string",
    "integer": "integer",
    "real": "number",
    "date": "string",
    "datetime": "string",
    "boolean": "boolean",
}


def _property(column: Column) -> dict[str, Any]:
    kind = _JSON_TYPE[column.type]
    found: dict[str, Any] = {"description": column.about, "type": kind if column.required else [kind, "null"]}
    if column.type in ("date", "datetime"):
        found["format"] = "date" if column.type == "date" else "date-time"
    if column.allowed:
        found["enum"] = [*column.allowed] if column.required else [*column.allowed, None]
    return found


def json_schema(table: Table = INCIDENTS) -> dict[str, Any]:
    """A JSON Schema (2020-12) of one row of the table, such as the properties of a GeoJSON feature with its id."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.about,
        "type": "object",
        "properties": {column.name: _property(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }
