"""An event with all that is known when its parts are given out, and the sides that may take one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from geomap.codebook import feature_of
from geomap.extract.events.heads import Head
from geomap.extract.parties.clauses import lead_to, onto, owned, pronoun_ahead, subject
from geomap.extract.parties.doers import Acting, led_to, other_than_hit
from geomap.extract.parties.named import CLAIMANTS, FIGHTING, Party
from geomap.extract.victims.scene import Scene
from geomap.lazy import lazy
from geomap.linear import Features
from geomap.model import Casualty, ClaimPlace, Equipment
from geomap.tagging import mark

_TARGET = mark("target")
_NOUN_TAGS: Final = frozenset({"person", "body", "class"})
_NOUNS: Final = mark(*_NOUN_TAGS)
#: As many sides are looked at.
_MOST: Final = 8
#: Who speaks for nobody takes no part.
_SOURCES: Final = frozenset(CLAIMANTS.values())
#: What is told by words whose subject bears it, or that both sides do.
_BORNE: Final = frozenset({"hit", "suffer", "lose", "clash", "displace", "agree"})
_NOBODY: Final = frozenset({"both", "unknown", ""})
#: What is no more than a town or a district.
_TOWNS: Final = frozenset({"settlement", "district", "facility"})
#: Sub-types in which a place is hit.
_HITTING: Final = frozenset({"Shelling/artillery/missile attack", "Air/drone strike"})


#: How a party stands to a word: its kind, how far away, what leads to it, the noun that it is of, whether no other is
#: between.
Spot = tuple[str, int, str, str, bool]


@dataclass(frozen=True)
class Cast:
    """An event with all that is known when its parts are given out: its victims and losses, and who acts by rule."""

    scene: Scene
    acting: Acting
    casualties: Sequence[Casualty]
    equipment: Sequence[Equipment]
    #: What tells how a side stands to the event, by its ties and by where it is named before and behind the first head.
    stances: dict[tuple[tuple[str, ...], Spot | None, Spot | None], Features] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @lazy
    def doer(self) -> Party | None:
        """The party that acts by rule: as the words say, else knowing who was hit."""
        if self.acting.told:
            return self.acting.party
        heads, parties = self.scene.event.heads, self.scene.parties
        return other_than_hit(self.acting.party, heads, self.bereaved | self.robbed, parties)

    @lazy
    def hit(self) -> frozenset[str]:
        """Sides, by name, that have victims or lost weapons."""
        return (self.bereaved | self.robbed) - _NOBODY

    @lazy
    def _doing(self) -> list[Head]:
        """Heads whose subject does it: not those whose subject bears it, or that both sides do."""
        heads = self.scene.event.heads
        return [h for h in heads if not any(v in _BORNE or v.startswith("loss-") for v in h.values)]

    @lazy
    def bereaved(self) -> frozenset[str]:
        """Sides that have victims."""
        return frozenset(c.side for c in self.casualties)

    @lazy
    def robbed(self) -> frozenset[str]:
        """Sides that lost weapons."""
        return frozenset(e.side for e in self.equipment)

    @lazy
    def statuses(self) -> str:
        """What the victims were."""
        return "+".join(sorted({c.status for c in self.casualties}))

    @lazy
    def led(self) -> str:
        """The side behind "by" and the like; empty for none."""
        event = self.scene.event
        found = (led_to(self.scene.article, head, self.scene.parties) for head in event.heads)
        return next((party.side for party in found if party), "")

    @lazy
    def doers_foe(self) -> str:
        """Whom the doer fights; empty where nobody acts."""
        return self.scene.parties.against(self.doer.side) if self.doer else ""

    @lazy
    def victims_foe(self) -> str:
        """Whom those fight who have victims or lost weapons, where they are of one side; else empty."""
        return self.scene.parties.against(next(iter(self.hit))) if len(self.hit) == 1 else ""

    @lazy
    def subject(self) -> str:
        """The side that is the subject of a word of war: named, or who speaks behind "that it"."""
        scene, article = self.scene, self.scene.article
        for head in self._doing:
            if found := subject(article, head, scene.parties):
                return found.side
            if scene.speakers and pronoun_ahead(article, head):
                return scene.speakers[0]
        return ""

    @lazy
    def object_(self) -> str:
        """The side that "on" leads to behind a word of war: on its positions, its men; empty for none."""
        found = (onto(self.scene.article, head, self.scene.parties) for head in self._doing)
        return next((party.side for party in found if party), "")

    @lazy
    def own(self) -> tuple[tuple[str, str, bool], ...]:
        """What the event's words call "its" or "ours": what leads to it, what it is, whether the head is behind."""
        article, parties, event = self.scene.article, self.scene.parties, self.scene.event
        first = event.heads[0].first
        found = owned(article, event.first, event.stop)
        return tuple(sorted({(lead_to(article, parties, k)[0], noun, k < first) for k, noun in found}))

    @lazy
    def ties(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Which sides each tie to the event holds of; without the ties that hold of none."""
        scene, acting = self.scene, self.acting
        actor = acting.party.side if acting.party else ""
        found: dict[str, Iterable[str]] = {
            "subject": (self.subject,),
            "object": (self.object_,),
            "told": (actor,) if acting.told else (),
            "acting": (actor,),
            "doer": (self.doer.side,) if self.doer else (),
            "led": (self.led,),
            "bereaved": self.bereaved,
            "robbed": self.robbed,
            "speaker": scene.speakers,
            "denier": scene.denied,
            "holder": scene.holders[:1],
            "holder2": scene.holders[1:],
            "speakers-foe": (scene.foe,),
            "doers-foe": (self.doers_foe,),
            "victims-foe": (self.victims_foe,),
            "holders-foe": (self.holders_foe,),
            "fighter": self.fighters,
        }
        sides = [(name, frozenset([side for side in whose if side])) for name, whose in found.items()]
        return tuple([(name, whose) for name, whose in sides if whose])

    @lazy
    def tied(self) -> dict[str, tuple[str, ...]]:
        """The ties that hold of each side that has any."""
        found: dict[str, tuple[str, ...]] = {}
        for name, whose in self.ties:
            for side in whose:
                found[side] = (*found.get(side, ()), name)
        return found

    @lazy
    def around(self) -> dict[str, tuple[Party | None, Party | None]]:
        """The last naming of each side before the event's first head and the first behind it, in its sentence."""
        head = self.scene.event.heads[0]
        found: dict[str, tuple[Party | None, Party | None]] = {}
        for party in self.scene.parties.within(*self.scene.article.sentence(head.first)):
            ahead, behind = found.get(party.side, (None, None))
            if party.first < head.stop:
                found[party.side] = party, behind
            elif behind is None:
                found[party.side] = ahead, party
        return found

    @lazy
    def holders_foe(self) -> str:
        """Whom those fight who hold the place; empty for a place of nobody."""
        holders = self.scene.holders
        return self.scene.parties.against(holders[0]) if holders else ""

    @lazy
    def fighters(self) -> list[str]:
        """Who fights in the country of the event, where it is not its state."""
        countries = dict.fromkeys(p.place.country or "" for p in self.scene.places)
        known = (t.fighters.get(country) for t in self.scene.parties.theatres for country in countries)
        return list(dict.fromkeys(side for side in known if side))

    @lazy
    def towns(self) -> dict[str, ClaimPlace]:
        """Places of the event that are no more than a town or a district: what is shelled is called by them."""
        found = (p for p in self.scene.places if feature_of(p.place.feature_code) in _TOWNS)
        return {p.place.name: p for p in found} if self.scene.event.sub_event_type in _HITTING else {}

    @lazy
    def named(self) -> dict[str, int]:
        """The places that the event's words name, with the token of each."""
        article, event = self.scene.article, self.scene.event
        found: dict[str, int] = {}
        for m in article.mentions_in(event.first, event.stop):
            place = article.mentions[m].place
            if place is not None:
                found.setdefault(place.id, article.mention_first[m])
        return found

    @lazy
    def things(self) -> dict[str, int]:
        """Kinds of people and things that the event's words name, with the token of each."""
        tagged, event = self.scene.article.tagged, self.scene.event
        found: dict[str, int] = {}
        for k in range(event.first, event.stop):
            if tagged.marks[k] & _TARGET:
                for t in tagged.tags[k]:
                    if t.tag == "target":
                        found.setdefault(t.value.replace("_", " "), k)
        return found

    @lazy
    def told(self) -> tuple[str, ...]:
        """What all the words that tell the event mean."""
        return tuple(sorted({value for head in self.scene.event.heads for value in head.values}))

    @lazy
    def nouns(self) -> tuple[str, ...]:
        """What kinds of people and ground the event's words name."""
        tagged, event = self.scene.article.tagged, self.scene.event
        marked = [k for k in range(event.first, event.stop) if tagged.marks[k] & _NOUNS]
        return tuple(sorted({f"{t.tag}.{t.value}" for k in marked for t in tagged.tags[k] if t.tag in _NOUN_TAGS}))


def sides_of(cast: Cast) -> list[str]:
    """Sides that may take part, those of the sentence first."""
    scene = cast.scene
    first, last = scene.article.sentence(scene.event.heads[0].first)
    near = [p.side for p in scene.parties.within(first, last) if p.kind in FIGHTING or p.kind == "latent"]
    own = [cast.doer.side] if cast.doer else []
    named = dict.fromkeys([*near, *own, *sorted(cast.hit), *scene.holders, *scene.parties.ranked])
    foes = dict.fromkeys((scene.foe, cast.doers_foe, cast.victims_foe, cast.holders_foe, *cast.fighters))
    found = [side for side in named if side not in _SOURCES][:_MOST]
    return list(dict.fromkeys([*found, *(side for side in foes if side)]))
