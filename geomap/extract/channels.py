"""Media that pass on what another said: "X said that …, according to the agency" is said by X."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.heads import Article
from geomap.extract.parties import CLAIMANTS
from geomap.extract.speech import Speech

#: Tokens behind "according to" within which a medium stands: "according to what was carried by the agency".
_NEAR = 3


def passed_on(article: Article, speech: Speech, found: Sequence[Speech]) -> bool:
    """Whether a medium only passes on what another, named before it in its sentence, said by a verb."""
    if speech.value != "according" or not _medium(article, speech):
        return False
    first, _ = article.sentence(speech.at)
    return any(
        first <= s.at < speech.at
        and s.form in ("past", "present")
        and s.speaker is not None
        and s.speaker.name != CLAIMANTS["media"]
        for s in found
    )


def _medium(article: Article, speech: Speech) -> bool:
    """Whether a medium stands behind "according to"."""
    if speech.speaker is not None and speech.speaker.name == CLAIMANTS["media"]:
        return True
    near = range(speech.stop, min(len(article.tagged.tags), speech.stop + _NEAR))
    return any(article.tagged.has(k, "organ", "media") for k in near)
