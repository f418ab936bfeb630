"""What is known of an event when its losses are given their sides: who speaks, who holds the ground, who is beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from geomap.codebook import feature_of
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.losses import Loss
from geomap.extract.parties.named import FIGHTING, Parties, Party
from geomap.extract.speech.words import Speeches
from geomap.gazetteer import Gazetteer
from geomap.lazy import lazy
from geomap.model import ClaimPlace
from geomap.punctuation import PAUSES
from geomap.tagging import mark
from geomap.theatre import Theatre

if TYPE_CHECKING:
    from geomap.extract.victims.bearings import Bearings


class Number(NamedTuple):
    """What is known of a loss whosever it is.

    ``beside`` are the sides named right behind it, ``near`` those named in its sentence.
    """

    kind: str
    marks: tuple[str, ...]
    admits: bool
    beside: frozenset[str]
    lemmas: tuple[str, ...]
    fate: tuple[str, str, str]
    between: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True)
class Scene:
    """What is known of an event when its losses are given their sides."""

    article: Article
    event: Event
    parties: Parties
    places: Sequence[ClaimPlace]
    reported: Sequence[str]
    denied: Sequence[str]
    attacker: Party | None
    gazetteer: Gazetteer
    theatres: Sequence[Theatre]
    speeches: Speeches | None = None
    _numbers: dict[Loss, Number] = field(default_factory=dict, init=False, repr=False, compare=False)
    #: What ``bearings`` has found of each loss.
    found: dict[Loss, Bearings] = field(default_factory=dict, init=False, repr=False, compare=False)

    @lazy
    def holders(self) -> list[str]:
        """Who holds the places of the event: a zone's authorities, else the country."""
        return holders_of(self.places, self.gazetteer, self.theatres, self.article.published)

    @lazy
    def speakers(self) -> list[str]:
        """Sides of those who report the event: a ministry of health speaks for its side."""
        sides = self.parties.side_of
        return list(dict.fromkeys([sides.get(name, name) for name in self.reported]))

    @lazy
    def foe(self) -> str:
        """Whom the speaker means by "the enemy"; empty where nobody who fights speaks."""
        speaker = self.speakers[0] if self.speakers else ""
        fights = speaker in self.parties.rank or any(t.opponents(speaker) for t in self.parties.theatres)
        return self.parties.against(speaker) if speaker and fights else ""

    @lazy
    def loses(self) -> bool:
        """Whether the event is told as somebody's loss."""
        return any("lose" in head.values for head in self.event.heads)

    @lazy
    def attackers_foe(self) -> str:
        """Whom the attacker fights; empty where nobody attacks."""
        return self.parties.against(self.attacker.side) if self.attacker else ""

    @lazy
    def lands(self) -> frozenset[str]:
        """Countries of the theatres that the article plays in."""
        return frozenset(country for theatre in self.theatres for country in theatre.countries)

    def number(self, loss: Loss) -> Number:
        """What is known of a loss whosever it is."""
        found = self._numbers.get(loss)
        if found is None:
            found = self._numbers[loss] = _number(self, loss)
        return found


def holders_of(
    places: Sequence[ClaimPlace], gazetteer: Gazetteer, theatres: Sequence[Theatre], day: date | None
) -> list[str]:
    """Names of those who hold some places on a day: authorities of a zone first, then the country.

    A front or a border is nobody's.
    """
    found: list[str] = []
    for p in places:
        if feature_of(p.place.feature_code) == "line":
            continue
        zone = next((side for t in theatres if (side := t.holder(p.place.lonlat, day))), "")
        country = gazetteer.country(p.place.country)
        for name in (zone, country.name if country else ""):
            if name and name not in found:
                found.append(name)
    return found


_PARTY, _PERSON, _NUMBER = mark("party"), mark("person"), mark("number")


def is_number(article: Article, k: int) -> bool:
    """Whether a token is a number, in words or figures."""
    return bool(article.tagged.marks[k] & _NUMBER) or article.tagged.tokens.words[k][-1:].isdigit()


def has_owner_letter(article: Article, k: int) -> bool:
    """Whether the letter for "of" is glued before a word: "of the enemy"."""
    tagged = article.tagged
    letters = tagged.lexicon.labels.get("owner_letters", "")
    return tagged.tokens.words[k][:1] in letters and any(t.cut for t in tagged.tags[k])


def _number(scene: Scene, loss: Loss) -> Number:
    tags, words, marks = scene.article.tagged.tags, scene.article.tagged.tokens.words, scene.article.tagged.marks
    pointing: list[str] = []
    ahead = max(scene.event.first, loss.first - 3)
    # "31 of its men and 65 rebels": what belongs to another number tells nothing of this one
    counted = range(max(scene.event.first, loss.first - _COUNTED), loss.first)
    if loss.person and any(is_number(scene.article, k) for k in counted):
        ahead = loss.first
    ahead = next((k + 1 for k in range(loss.first - 1, ahead - 1, -1) if is_number(scene.article, k)), ahead)
    for k in range(ahead, min(scene.event.stop, loss.stop + 5)):
        if k > loss.stop and words[k] in PAUSES:
            break
        if marks[k] & _PARTY:
            pointing += [t.value for t in tags[k] if t.tag == "party"]
    first, _ = scene.article.sentence(scene.event.heads[0].first)
    admits = scene.article.tagged.first("speech", "admit", first, loss.first) is not None
    lemmas = [t.lemma for k in range(loss.first, loss.stop) if marks[k] & _PERSON for t in tags[k] if t.tag == "person"]
    kind = loss.status if loss.person else "things"
    between = frozenset(p.side for p in scene.parties.within(loss.head, loss.first) if p.kind in FIGHTING)
    near = frozenset([p.side for p in scene.parties.within(*scene.article.sentence(loss.first))])
    return Number(kind, tuple(pointing), admits, _beside(scene, loss), tuple(lemmas), _word(scene, loss), between, near)


#: Tokens from a number to what belongs to it, and to the next number.
_COUNTED = 4


def _word(scene: Scene, loss: Loss) -> tuple[str, str, str]:
    """The word that tells the fate: its lemma, what it means, and whether it is a verb."""
    tags = scene.article.tagged.tags
    here = tags[loss.head] if 0 <= loss.head < len(tags) else ()
    found = next((t for t in here if t.tag in ("loss", "event")), None)
    if found is None:
        return "", "", ""
    return found.lemma, found.value, "verb" if found.form in ("past", "present") else "noun"


def _beside(scene: Scene, loss: Loss) -> frozenset[str]:
    """An adjective or party right behind the noun, before a comma: "32 Armenian soldiers".

    Where the noun itself is that of a people, it alone tells: "two Georgians and a Turk".
    """
    own = {
        place.name
        for m in scene.article.mentions_in(loss.first, loss.stop)
        if (place := scene.article.mentions[m].place) and feature_of(place.feature_code) == "country"
    }
    if len(own) == 1:
        return frozenset(own)
    reach = reach_of(scene, loss)
    named = {
        p.side
        for p in scene.parties.within(loss.first, reach)
        if p.kind in FIGHTING or p.kind == "latent" and not _is_where(scene, loss.stop, p.first)
    }
    words = scene.article.tagged.tokens.words
    made = scene.article.tagged.lexicon.labels.get("made", ())
    for m in scene.article.mentions_in(loss.first, reach):
        place, stop = scene.article.mentions[m].place, scene.article.mention_stop[m]
        if place and feature_of(place.feature_code) == "country":
            if stop < len(words) and words[stop] in made:
                named.discard(place.name)
            else:
                named.add(place.name)
    return frozenset(named)


def _is_where(scene: Scene, first: int, stop: int) -> bool:
    """Whether words of place lead to a name: "in the outskirts of the capital" is where, not whose."""
    tags = scene.article.tagged.tags
    return any(t.tag == "prep" and t.value in ("in", "near", "on") for k in range(first, stop) for t in tags[k])


def reach_of(scene: Scene, loss: Loss) -> int:
    """Token at which what belongs to the number ends: a comma, a link, who did it, or the next thing told."""
    words, tags = scene.article.tagged.tokens.words, scene.article.tagged.tags
    led = scene.article.tagged.lexicon.among("doer_words")
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 5)):
        if (
            words[k] in PAUSES
            or led[words[k]] is not None
            or is_number(scene.article, k)
            or any(
                t.tag in ("link", "loss", "event", "speech") and t.value != "owner" or t.cut and t.tag == "person"
                for t in tags[k]
            )
        ):
            return k
    return min(scene.event.stop, loss.stop + 5)


def is_outsider(scene: Scene, side: str) -> bool:
    """Whether a side is of no country of the theatres that the article plays in."""
    countries = scene.parties.homes.get(side)
    return countries is not None and bool(scene.theatres) and scene.lands.isdisjoint(countries)
