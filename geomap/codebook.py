"""The vocabularies that conflict analysts use, spelled as they spell them.

ACLED: event types, time and geo precision, actor codes (inter). UCDP GED: where_prec, date_prec.
GeoNames: feature codes, grouped to the eight `feature` words of the record format.
"""

from __future__ import annotations

from typing import Final

#: ACLED event types with their sub-event types, in ACLED's order.
EVENT_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
#: Sub-event type -> event type.
EVENT_TYPE_OF: Final[dict[str, str]] = {sub: event for event, subs in EVENT_TYPES.items() for sub in subs}

#: Sub-event types that go on while they last; the others happen at one moment, however loosely dated.
LASTING: Final = frozenset({"Armed clash", "Shelling/artillery/missile attack", "Air/drone strike"})

CASUALTY_KINDS: Final = ("killed", "injured", "missing", "captured", "displaced")
CASUALTY_STATUS: Final = ("military", "civilian", "unknown")
QUALIFIERS: Final = (
    "exact",
    "at_least",
    "more_than",
    "about",
    "at_most",
    "dozens",
    "hundreds",
    "thousands",
    "several",
    "none_given",
)
EQUIPMENT: Final = (
    "tank",
    "armoured_vehicle",
    "artillery",
    "air_defence",
    "drone",
    "helicopter",
    "aircraft",
    "ship",
    "other",
)
FEATURES: Final = ("settlement", "district", "region", "country", "water", "mountain", "facility", "line")
ROLES: Final = ("location", "actor", "nationality", "background")

#: ACLED's rule for words instead of numbers (codebook: "several" 3, "dozens" 12, "hundreds" 100).
ACLED_FIGURE: Final = {"several": 3, "dozens": 12, "hundreds": 100, "thousands": 1000}

_FEATURE_BY_CODE: Final = {
    "settlement": "PPL PPLA PPLA2 PPLA3 PPLA4 PPLC PPLL PPLF PPLG PPLQ PPLR PPLS PPLW PPLH STLMT",
    "district": "ADM2 ADM3 ADM4 PPLX ADMD ZN",
    "region": "ADM1 RGN RGNE RGNH PRSH TERR CONT AREA LCTY PEN ADM1H ADM2H ISL ISLS DSRT PLN PLAT CST FRST OAS",
    "country": "PCLI PCL PCLD PCLF PCLH PCLIX PCLS",
    "water": "STM STMI LK LKS SEA OCN GULF STRT BAY RSV CHN CNL WAD HBR STMX SWMP CNLX CHNM FLLS SPNG RVN",
    "mountain": "MT MTS PASS VAL HLL HLLS PK RDGE CNYN VLC CLF GRGE",
    "line": "BDRY RD RDCUT RR TRL ST FRNT PIPE RDJCT LINE",
}
#: GeoNames feature code -> feature word; every other code is a facility.
FEATURE_OF: Final[dict[str, str]] = {code: word for word, codes in _FEATURE_BY_CODE.items() for code in codes.split()}


def feature_of(feature_code: str) -> str:
    """The record format's word for a GeoNames feature code; ``facility`` where none is wider."""
    return FEATURE_OF.get(feature_code, "facility")


#: Feature word -> UCDP where_prec of an event placed at such a place.
WHERE_PREC: Final = {
    "settlement": 1,
    "facility": 1,
    "district": 3,
    "region": 4,
    "line": 5,
    "water": 7,
    "mountain": 2,
    "country": 6,
}
#: Feature word -> ACLED geo_precision.
GEO_PRECISION: Final = {
    "settlement": 1,
    "facility": 1,
    "district": 2,
    "mountain": 2,
    "region": 3,
    "line": 3,
    "water": 3,
    "country": 3,
}
