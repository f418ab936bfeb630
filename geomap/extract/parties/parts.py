"""Who did it and who was hit: the part that each party, and each kind of people or thing named, takes in an event.

Candidates are the parties that the article names and their foes, those who hold the place, civilians, and what the
event's own words name (a hospital, protesters). A small model gives each its part: actor, target or none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from geomap.codebook import EVENT_TYPE_OF, feature_of
from geomap.extract.events.heads import Head
from geomap.extract.parties.clauses import onto, owned, pronoun_ahead, subject
from geomap.extract.parties.doers import Acting, led_to, other_than_hit
from geomap.extract.parties.named import CLAIMANTS, FIGHTING, Party
from geomap.extract.victims.scene import Scene
from geomap.linear import Features, Linear, Namer
from geomap.model import Casualty, ClaimPlace, Equipment
from geomap.punctuation import PAUSES
from geomap.tagging import mark

ACTOR: Final = "actor"
TARGET: Final = "target"
NONE: Final = "none"
CIVILIANS: Final = "civilians"
PROTESTERS: Final = "protesters"

#: As many sides are looked at.
_MOST: Final = 8
#: Who speaks for nobody takes no part.
_SOURCES: Final = frozenset(CLAIMANTS.values())
#: Sub-types in which nobody has to be under arms: the state itself is named, not its forces.
UNARMED: Final = frozenset({"Agreement", "Change to group/activity", "Non-violent transfer of territory"})
#: As many tokens away a name stands beside the word that tells the event, near it, far from it.
_NEAR: Final = (2, 5, 9, 16)
#: Tokens before a name in which what leads to it may stand.
_REACH: Final = 3
#: Probabilities at which a candidate takes a part, and at which it does where no other takes it.
_SURE: Final = 0.5
_LEAST: Final = 0.2
#: Probability at which a candidate is the other side of a fight of which one is known.
_OTHER: Final = 0.2
CLASH: Final = "Armed clash"
_TARGET, _ABOUT = mark("target"), mark("prep", "person", "body", "organ", "weapon", "class", "event", "loss", "link")


class Parts(NamedTuple):
    """Those who act in an event and those who are hit, by their usual English names."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    """An event with all that is known when its parts are given out: its victims and losses, and who acts by rule."""

    scene: Scene
    acting: Acting
    casualties: Sequence[Casualty]
    equipment: Sequence[Equipment]

    @cached_property
    def doer(self) -> Party | None:
        """The party that acts by rule: as the words say, else knowing who was hit."""
        if self.acting.told:
            return self.acting.party
        heads, parties = self.scene.event.heads, self.scene.parties
        return other_than_hit(self.acting.party, heads, self.bereaved | self.robbed, parties)

    @cached_property
    def hit(self) -> frozenset[str]:
        """Sides, by name, that have victims or lost weapons."""
        return (self.bereaved | self.robbed) - _NOBODY

    @cached_property
    def _doing(self) -> list[Head]:
        """Heads whose subject does it: not those whose subject bears it, or that both sides do."""
        heads = self.scene.event.heads
        return [h for h in heads if not any(v in _BORNE or v.startswith("loss-") for v in h.values)]

    @cached_property
    def bereaved(self) -> frozenset[str]:
        """Sides that have victims."""
        return frozenset(c.side for c in self.casualties)

    @cached_property
    def robbed(self) -> frozenset[str]:
        """Sides that lost weapons."""
        return frozenset(e.side for e in self.equipment)

    @cached_property
    def statuses(self) -> str:
        """What the victims were."""
        return "+".join(sorted({c.status for c in self.casualties}))

    @cached_property
    def led(self) -> str:
        """The side behind "by" and the like; empty for none."""
        event = self.scene.event
        found = (led_to(self.scene.article, head, self.scene.parties) for head in event.heads)
        return next((party.side for party in found if party), "")

    @cached_property
    def doers_foe(self) -> str:
        """Whom the doer fights; empty where nobody acts."""
        return self.scene.parties.against(self.doer.side) if self.doer else ""

    @cached_property
    def victims_foe(self) -> str:
        """Whom those fight who have victims or lost weapons, where they are of one side; else empty."""
        return self.scene.parties.against(next(iter(self.hit))) if len(self.hit) == 1 else ""

    @cached_property
    def subject(self) -> str:
        """The side that is the subject of a word of war: named, or who speaks behind "that it"."""
        scene, article = self.scene, self.scene.article
        for head in self._doing:
            if found := subject(article, head, scene.parties):
                return found.side
            if scene.speakers and pronoun_ahead(article, head):
                return scene.speakers[0]
        return ""

    @cached_property
    def object_(self) -> str:
        """The side that "on" leads to behind a word of war: on its positions, its men; empty for none."""
        found = (onto(self.scene.article, head, self.scene.parties) for head in self._doing)
        return next((party.side for party in found if party), "")

    @cached_property
    def own(self) -> tuple[tuple[str, str, bool], ...]:
        """What the event's words call "its" or "ours": what leads to it, what it is, whether the head is behind."""
        article, event = self.scene.article, self.scene.event
        found = owned(article, event.first, event.stop)
        return tuple(sorted({(_lead(self.scene, own.at)[0], own.noun, own.at < event.heads[0].first) for own in found}))

    @cached_property
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
        sides = ((name, frozenset(whose) - {""}) for name, whose in found.items())
        return tuple((name, whose) for name, whose in sides if whose)

    @cached_property
    def holders_foe(self) -> str:
        """Whom those fight who hold the place; empty for a place of nobody."""
        holders = self.scene.holders
        return self.scene.parties.against(holders[0]) if holders else ""

    @cached_property
    def fighters(self) -> list[str]:
        """Who fights in the country of the event, where it is not its state."""
        countries = dict.fromkeys(p.place.country or "" for p in self.scene.places)
        known = (t.fighters.get(country) for t in self.scene.parties.theatres for country in countries)
        return list(dict.fromkeys(side for side in known if side))

    @cached_property
    def towns(self) -> dict[str, ClaimPlace]:
        """Places of the event that are no more than a town or a district: what is shelled is called by them."""
        found = (p for p in self.scene.places if feature_of(p.place.feature_code) in _TOWNS)
        return {p.place.name: p for p in found} if self.scene.event.sub_event_type in _HITTING else {}

    @cached_property
    def named(self) -> dict[str, int]:
        """The places that the event's words name, with the token of each."""
        article, event = self.scene.article, self.scene.event
        found: dict[str, int] = {}
        for m in article.mentions_in(event.first, event.stop):
            place = article.mentions[m].place
            if place is not None:
                found.setdefault(place.id, article.mention_first[m])
        return found

    @cached_property
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

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What all the words that tell the event mean."""
        return tuple(sorted({value for head in self.scene.event.heads for value in head.values}))

    @cached_property
    def nouns(self) -> tuple[str, ...]:
        """What kinds of people and ground the event's words name."""
        tagged, event = self.scene.article.tagged, self.scene.event
        kinds = ("person", "body", "class")
        here = (t for k in range(event.first, event.stop) for t in tagged.tags[k] if t.tag in kinds)
        return tuple(sorted({f"{t.tag}.{t.value}" for t in here}))


#: What is told by words whose subject bears it, or that both sides do.
_BORNE: Final = frozenset({"hit", "suffer", "lose", "clash", "displace", "agree"})
_NOBODY: Final = frozenset({"both", "unknown", ""})
#: What is no more than a town or a district.
_TOWNS: Final = frozenset({"settlement", "district", "facility"})
#: Sub-types in which a place is hit.
_HITTING: Final = frozenset({"Shelling/artillery/missile attack", "Air/drone strike"})


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


def side_part(cast: Cast, side: str) -> Features:
    """How a side stands to the event."""
    scene = cast.scene
    sub = scene.event.sub_event_type
    true = tuple(name for name, sides in cast.ties if side in sides)
    others = tuple(name for name, sides in cast.ties if side not in sides)
    ahead, behind = _around(scene, side)
    head = scene.event.heads[0]
    what = scene.parties.standing.get(side, "other")
    one: list[tuple[Namer, Hashable]] = [
        (_tied, (true, sub)),
        (_placed, (ahead, behind, sub, head.values, head.form)),
        (_kept, (what, sub, scene.parties.rank.get(side, -1), side, len(scene.parties.standing))),
        (_hurt, (cast.statuses, true, sub)),
        (_told, (cast.told, true, sub)),
        (_against, (true, others, sub)),
        (_own, (cast.own, tuple(name for name in true if name in _OF_SPEAKERS), sub)),
        (_said, (head.lemma, head.form, "ahead" if ahead else "behind" if behind else "away", true)),
    ]
    return Features(one)


def thing_part(cast: Cast, name: str) -> Features:
    """How a kind of people or things stands to the event."""
    scene = cast.scene
    sub = scene.event.sub_event_type
    k = cast.things.get(name, -1)
    side = "side" if cast.hit else ""
    one: list[tuple[Namer, Hashable]] = [
        (_kind, (name, sub, cast.statuses, side, cast.told)),
        (_ground, (name, cast.nouns, tuple(cast.things))),
    ]
    if k >= 0:
        one.append((_at, (name, sub, *_lead(scene, k), k > scene.event.heads[0].first)))
    return Features(one)


def town_part(cast: Cast, name: str) -> Features:
    """How a place stands to the event that hits it."""
    scene = cast.scene
    sub, town = scene.event.sub_event_type, cast.towns[name]
    k = cast.named.get(town.place.id, -1)
    side = "side" if cast.hit else ""
    lead, noun = _lead(scene, k) if k >= 0 else ("", "")
    kind = feature_of(town.place.feature_code)
    one: list[tuple[Namer, Hashable]] = [
        (_town, (sub, kind, cast.statuses, side, town.inferred, min(3, len(cast.towns)))),
        (_town_at, (sub, lead, noun, k > scene.event.heads[0].first, cast.statuses)),
        (_town_with, (cast.nouns, tuple(cast.things), cast.told)),
    ]
    return Features(one)


def _town(at: tuple[str, str, str, str, bool, int]) -> list[str]:
    sub, kind, statuses, side, inferred, many = at
    out = [f"p|{sub}", f"p|{kind}|{sub}", f"p|{statuses}|{sub}", f"p|{statuses}|{side}", f"p|{inferred}|{sub}"]
    return ["p", *out, f"p={many}", f"p={many}|{statuses}", f"p|{inferred}|{statuses}", f"p|{kind}|{statuses}"]


def _town_at(at: tuple[str, str, str, bool, str]) -> list[str]:
    sub, lead, noun, behind, statuses = at
    return [f"p@{lead}", f"p@{noun}", f"p@{lead}|{noun}", f"p@{behind}", f"p@{lead}|{statuses}", f"p@{lead}|{sub}"]


def _town_with(at: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> list[str]:
    nouns, things, told = at
    out = [f"p+{noun}" for noun in nouns] + [f"p+thing={thing}" for thing in things] + [f"p+{value}" for value in told]
    return [*out, f"p+things={min(2, len(things))}", "p+told=" + "+".join(told)]


def _against(at: tuple[tuple[str, ...], tuple[str, ...], str]) -> list[str]:
    true, others, sub = at
    out = [f"other={name}" for name in others] + [f"other={name}|{sub}" for name in others]
    return [*out, *(f"{mine}-not-{name}" for mine in (true or ("none",)) for name in others)]


_OF_SPEAKERS: Final = frozenset({"speaker", "denier", "speakers-foe"})


def _own(at: tuple[tuple[tuple[str, str, bool], ...], tuple[str, ...], str]) -> list[str]:
    own, true, sub = at
    who = "+".join(true) or "other"
    out: list[str] = []
    for lead, noun, ahead in own:
        out += (
            f"own|{who}|{noun}",
            f"own|{who}|{lead}",
            f"own|{who}|{noun}|{lead}|{ahead}",
            f"own|{who}|{ahead}|{sub}",
        )
    return out


def _tied(at: tuple[tuple[str, ...], str]) -> list[str]:
    true, sub = at
    together = "+".join(true)
    return ["s", f"s|{sub}", *true, *(f"{name}|{sub}" for name in true), f"ties={together}", f"ties={together}|{sub}"]


#: How a party stands to a word: its kind, how far away, what leads to it, the noun that it is of, whether no other is
#: between.
_Place = tuple[str, int, str, str, bool]


def _placed(at: tuple[_Place | None, _Place | None, str, tuple[str, ...], str]) -> list[str]:
    ahead, behind, sub, values, form = at
    out: list[str] = []
    for name, place in (("ahead", ahead), ("behind", behind)):
        if place is None:
            out += (f"no-{name}", f"no-{name}|{sub}")
            continue
        kind, far, lead, noun, last = place
        out += (f"{name}={kind}", f"{name}={far}", f"{name}|{sub}", f"{name}|{lead}", f"{name}|{lead}|{noun}")
        out += (f"{name}|{form}|{last}", f"{name}|{noun}|{sub}", f"{name}|{lead}|{sub}", f"{name}={far}|{last}|{form}")
        out += (f"{name}|{lead}|{value}|{form}" for value in values)
        out += (f"{name}|{value}|{form}|{far}" for value in values)
    return out


def _kept(at: tuple[str, str, int, str, int]) -> list[str]:
    what, sub, rank, side, many = at
    return [f"{what}|{sub}", f"rank={min(3, rank)}|{min(3, many)}", f"many={min(4, many)}|{sub}", f"is={side}"]


def _told(at: tuple[tuple[str, ...], tuple[str, ...], str]) -> list[str]:
    values, true, sub = at
    out = [f"told={value}|{name}" for value in values for name in (*true, sub)]
    return [*out, "all=" + "+".join(values) + "|" + "+".join(true)]


def _hurt(at: tuple[str, tuple[str, ...], str]) -> list[str]:
    statuses, true, sub = at
    return [f"hurt={statuses}|{name}" for name in true] + [f"hurt={statuses}|{sub}|{'bereaved' in true}"]


def _said(at: tuple[str, str, str, tuple[str, ...]]) -> list[str]:
    lemma, form, where, true = at
    return [f"word={lemma}.{form}|{where}", *(f"word={lemma}.{form}|{name}" for name in true)]


def _kind(at: tuple[str, str, str, str, tuple[str, ...]]) -> list[str]:
    name, sub, statuses, side, values = at
    out = [f"k={name}", *(f"k={name}|{other}" for other in (sub, statuses, f"{statuses}|{sub}", f"{side}|{sub}"))]
    return [*out, *(f"k={name}|{told}" for value in values for told in (value, f"{value}|{sub}"))]


def _ground(at: tuple[str, tuple[str, ...], tuple[str, ...]]) -> list[str]:
    name, nouns, things = at
    which = name if name == CIVILIANS else "thing"
    return [f"k={which}|{noun}" for noun in nouns] + [f"k={which}|with={other}" for other in things if other != name]


def _at(at: tuple[str, str, str, str, bool]) -> list[str]:
    name, sub, lead, noun, behind = at
    out = [f"t|{lead}", f"t|{noun}", f"t|{lead}|{noun}", f"t|{behind}|{sub}", f"t|{lead}|{sub}"]
    return [*out, f"t={name}|{lead}", f"t={name}|{behind}"]


def _around(scene: Scene, side: str) -> tuple[_Place | None, _Place | None]:
    """The nearest naming of a side before the event's first head and the first behind it, in its sentence."""
    article, head = scene.article, scene.event.heads[0]
    first, last = article.sentence(head.first)
    ahead = behind = None
    for p in scene.parties.by_side.get(side, ()):
        if p.first >= last:
            break
        if p.first >= head.stop:
            behind = p
            break
        if p.first >= first:
            ahead = p
    return (
        _place(scene, ahead, ahead.stop, head.first) if ahead else None,
        _place(scene, behind, head.stop, behind.first) if behind else None,
    )


def _place(scene: Scene, party: Party, first: int, stop: int) -> _Place:
    others = any(p.kind in FIGHTING and p.side != party.side for p in scene.parties.within(first, stop))
    far = sum(stop - first > reach for reach in _NEAR)
    return (party.kind, far, *_lead(scene, party.first), not others)


def _lead(scene: Scene, k: int) -> tuple[str, str]:
    """What leads to a name: the preposition just before it or the letter it hangs on, and the noun that it is of."""
    tagged = scene.article.tagged
    first, _ = scene.article.sentence(k)
    if tagged.tokens.words[k][:1] in tagged.lexicon.labels.get("conjunction_letters", ""):
        # what leads to "X and Y" leads to both
        ahead = next((p for p in scene.parties.within(max(first, k - _REACH), k) if p.stop == k), None)
        if ahead is not None:
            return _lead(scene, ahead.first)
    lead = noun = ""
    for j in range(k - 1, max(first, k - _REACH) - 1, -1):
        if tagged.tokens.words[j] in PAUSES:
            break
        if not tagged.marks[j] & _ABOUT:
            continue
        for t in tagged.tags[j]:
            if t.tag == "prep" and not lead:
                lead = t.lemma
            elif t.tag in ("person", "body", "organ", "weapon", "class") and not noun:
                noun = f"{t.tag}.{t.value}"
                if t.cut and not lead:
                    lead = tagged.tokens.words[j][: t.cut]
            elif t.tag in ("event", "loss") and not noun:
                noun = t.tag
        if lead:
            break
    if not lead:
        lead = tagged.tokens.words[k][:2]
    return lead, noun


def parts(model: Linear, cast: Cast) -> Parts:
    """Who acts and who is hit, the surest first; parties and people before things."""
    scene = cast.scene
    act, hit = model.classes.index(ACTOR), model.classes.index(TARGET)
    chances = [Chance(name, p[act], p[hit]) for name, p in _chances(model, cast)]
    given = give(chances, fought=scene.event.sub_event_type == CLASH)
    targets = sorted(
        _with_the_others(given.targets, cast.towns), key=lambda name: name in cast.things or name in cast.towns
    )
    return Parts(_named(cast, _without_friends(cast, given.actors)), _named(cast, targets))


def _with_the_others(targets: Sequence[str], towns: Iterable[str]) -> list[str]:
    """What is hit: where one of the towns that the event is at is, all of them are ("the shelling of X and Y")."""
    hit = not set(targets).isdisjoint(towns)
    return list(dict.fromkeys([*targets, *(towns if hit else ())]))


def _without_friends(cast: Cast, sides: Sequence[str]) -> list[str]:
    """The sides without those that the article does not name, where a surer one is of their camp."""
    parties = cast.scene.parties
    kept: list[str] = []
    for side in sides:
        friends = {friend for theatre in parties.theatres for friend in theatre.friends(side)}
        if any(p.kind in FIGHTING for p in parties.by_side.get(side, ())) or friends.isdisjoint(kept):
            kept.append(side)
    return kept


def _chances(model: Linear, cast: Cast) -> Iterable[tuple[str, list[float]]]:
    return ((name, model.probabilities(features)) for name, features in options(cast))


class Chance(NamedTuple):
    """How likely a candidate acts, and is hit."""

    name: str
    acts: float
    hit: float


def give(chances: Sequence[Chance], *, fought: bool) -> Parts:
    """The parts by their likelihood; a fight (``fought``) has two sides."""
    actors = _chosen((c.name, c.acts) for c in chances if c.acts >= c.hit)
    targets = _chosen((c.name, c.hit) for c in chances if c.hit > c.acts)
    if fought and len(actors) == 1 and not targets:
        other = max((c for c in chances if c.name not in actors), key=lambda c: c.acts + c.hit, default=None)
        if other is not None and other.acts + other.hit >= _OTHER:
            (actors if other.acts >= other.hit else targets).append(other.name)
    return Parts(tuple(actors), tuple(targets))


def _chosen(chances: Iterable[tuple[str, float]]) -> list[str]:
    """Names that are likelier than not, the surest first; where none is, the likeliest of those that may be."""
    ranked = sorted(chances, key=lambda x: (-x[1], x[0]))
    sure = [name for name, chance in ranked if chance >= _SURE]
    return sure or [name for name, chance in ranked[:1] if chance >= _LEAST]


def options(cast: Cast) -> Iterable[tuple[str, Features]]:
    """All that may take part, with how it stands to the event."""
    for side in sides_of(cast):
        yield side, side_part(cast, side)
    unrest = EVENT_TYPE_OF[cast.scene.event.sub_event_type] in ("Protests", "Riots")
    for name in dict.fromkeys([CIVILIANS, *([PROTESTERS] if unrest else []), *cast.things]):
        yield name, thing_part(cast, name)
    for name in cast.towns:
        yield name, town_part(cast, name)


def _named(cast: Cast, sides: Iterable[str]) -> tuple[str, ...]:
    """Sides by what their people under arms are called, where it is they who act."""
    scene = cast.scene
    if scene.event.sub_event_type in UNARMED:
        return tuple(sides)
    theatres = scene.parties.theatres
    return tuple(next((name for t in theatres if (name := t.forces(side))), side) for side in sides)
