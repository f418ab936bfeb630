"""Texts that no format may stumble over, for property tests, and an incident that is full of one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from geomap.model import Incident
from tests.support.sample import sample_incidents

HOSTILE = (
    st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                [
                    "]]>",
                    "<![CDATA[",
                    "_x000D_",
                    "</Placemark>",
                    "${x}",
                    "{{x}}",
                    "%s",
                    "=cmd|' /C calc'!A0",
                    "\r\n",
                    "\r",
                    "\t",
                    "'=",
                ]
            ),
            st.sampled_from(list("\x00\x1f\x7f\x85\ud800\udfff\ufffe\u200f\u202e\u2066\u2028ا،٣😀\"'<&;,|`\\")),
        ),
        min_size=1,
        max_size=12,
    )
    .map("".join)
    .filter(bool)
)


def hostile(text: str) -> Incident:
    """An incident with this text wherever an article, a lexicon or a gazetteer could bring it."""
    model = next(i for i in sample_incidents() if i.figures and i.denied_by == ())
    claim = model.claims[0]
    source = replace(claim.source, outlet=text, title=text, url=text)
    where = model.places[0]
    place = replace(where.place, name=text, admin1=text, names={"ar": (text,), "en": (text,)})
    return replace(
        model,
        claims=(replace(claim, text=text, source=source), *model.claims[1:]),
        places=(replace(where, place=place),),
        actors=(text,),
        targets=(text,),
        reported_by=(text,),
        denied_by=(text,),
    )
