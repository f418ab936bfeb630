"""Whose dead, whose tanks: the side of a loss, and whether its people were soldiers.

Candidates are the parties that the article names, those who hold the place, "both" and "unknown"; a small model ranks
them by how they stand to the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geomap.codebook import feature_of
from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.extract.losses import Loss
from geomap.extract.parties import Parties, Party
from geomap.gazetteer import Gazetteer
from geomap.linear import Linear
from geomap.model import ClaimPlace
from geomap.theatre import Theatre

FIGHTING = frozenset({"state", "region", "group", "people"})
_MOST = 8


@dataclass(frozen=True, slots=True)
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

    def holders(self) -> list[str]:
        """Who holds the places of the event: a zone's authorities, else the country."""
        return holders_of(self.places, self.gazetteer, self.theatres, self.article.published)


def holders_of(
    places: Sequence[ClaimPlace], gazetteer: Gazetteer, theatres: Sequence[Theatre], day: date | None
) -> list[str]:
    """Names of those who hold some places on a day: authorities of a zone first, then the country."""
    found: list[str] = []
    for p in places:
        zone = next((side for t in theatres if (side := t.holder(p.place.lonlat, day))), "")
        country = gazetteer.country(p.place.country)
        for name in (zone, country.name if country else ""):
            if name and name not in found:
                found.append(name)
    return found


def candidates(scene: Scene) -> list[str]:
    """Sides that a loss of the event can have, the likeliest by mere presence first."""
    first, last = scene.article.sentence(scene.event.heads[0].first)
    near = [p.side for p in scene.parties.within(first, last) if p.kind in FIGHTING or p.kind == "latent"]
    all_sides = [p.side for p in scene.parties.found if p.kind in FIGHTING]
    ranked = sorted(dict.fromkeys(all_sides), key=lambda s: -all_sides.count(s))
    found = list(dict.fromkeys([*near, *scene.holders(), *ranked]))[:_MOST]
    return [*found, "both", "unknown"]


def side_features(scene: Scene, loss: Loss, side: str, before: str) -> list[str]:
    """How one candidate stands to the loss; ``before`` is the side of the loss told just before it."""
    kind = "things" if not loss.person else loss.status
    out = _marks(scene, loss, side)
    holders = scene.holders()
    zone = bool(holders) and holders[0] == side
    facts = {
        "beside": _beside(scene, loss, side),
        "holder": zone,
        "holder2": side in holders[1:],
        "speaker": side in scene.reported,
        "denier": side in scene.denied,
        "attacker": scene.attacker is not None and scene.attacker.side == side,
        "before": before == side,
        "against-speaker": _against(scene, side, scene.reported[0] if scene.reported else ""),
        "against-attacker": _against(scene, side, scene.attacker.side if scene.attacker else ""),
    }
    true = [name for name, holds in facts.items() if holds]
    out += [f"{name}|{kind}" for name in true] or [f"no-tie|{kind}"]
    out += true
    out.append("ties=" + "+".join(true))
    out.append("ties=" + "+".join(true) + f"|{scene.event.sub_event_type}")
    out += _where(scene, loss, side)
    kinds = {p.kind for p in scene.parties.found if p.side == side and p.kind in ("group", "state", "region")}
    what = "group" if "group" in kinds else "state" if kinds else "other"
    for k in range(loss.first, loss.stop):
        out += [f"noun={t.lemma}|{what}" for t in scene.article.tagged.tags[k] if t.tag == "person"]
    out.append(f"{what}|{kind}|{scene.event.sub_event_type}")
    out.append(f"is={'both' if side == 'both' else 'unknown' if side == 'unknown' else 'side'}|{kind}")
    sides = [p.side for p in scene.parties.found if p.kind in FIGHTING]
    ranked = sorted(dict.fromkeys(sides), key=lambda s: -sides.count(s))
    if side in ranked:
        out.append(f"rank={min(3, ranked.index(side))}")
    return out


def _against(scene: Scene, side: str, other: str) -> bool:
    """Whether the candidate is the main party that stands against another one."""
    if not other or side in (other, "both", "unknown"):
        return False
    sides = [p.side for p in scene.parties.found if p.kind in FIGHTING and p.side != other]
    return bool(sides) and side == max(dict.fromkeys(sides), key=sides.count)


def _marks(scene: Scene, loss: Loss, side: str) -> list[str]:
    """Words round the number that point to somebody: own, enemy, both; admitting and losing verbs."""
    tags, words = scene.article.tagged.tags, scene.article.tagged.tokens.words
    speaker = side in scene.reported
    out = []
    for k in range(max(scene.event.first, loss.first - 3), min(scene.event.stop, loss.stop + 5)):
        if k > loss.stop and words[k] in ",،.":
            break
        for t in tags[k]:
            if t.tag == "party":
                out.append(
                    f"mark={t.value}|{'speaker' if speaker else side if side in ('both', 'unknown') else 'other'}"
                )
    first, _ = scene.article.sentence(scene.event.heads[0].first)
    admits = any(t.tag == "speech" and t.value == "admit" for k in range(first, loss.first) for t in tags[k])
    loses = any(v == "lose" for h in scene.event.heads for v in h.values)
    if admits:
        out.append(f"admits|{'speaker' if speaker else 'other'}")
    if loses:
        attacks = scene.attacker is not None and scene.attacker.side == side
        out.append(f"loses|{'speaker' if speaker else 'attacker' if attacks else 'other'}")
    return out


def _beside(scene: Scene, loss: Loss, side: str) -> bool:
    """An adjective or party right behind the noun, before a comma: "32 Armenian soldiers"."""
    reach = _reach(scene, loss)
    if any(p.side == side for p in scene.parties.within(loss.first, reach) if p.kind in FIGHTING or p.kind == "latent"):
        return True
    for m in scene.article.mentions_in(loss.first, reach):
        mention = scene.article.mentions[m]
        if mention.place and mention.place.name == side and feature_of(mention.place.feature_code) == "country":
            return True
    return False


def _reach(scene: Scene, loss: Loss) -> int:
    """Token at which what belongs to the number ends: a comma, a link, or the next thing told."""
    words, tags = scene.article.tagged.tokens.words, scene.article.tagged.tags
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 5)):
        if words[k] in ",،.:؛" or any(
            t.tag in ("link", "loss", "event") or t.cut and t.tag in ("person", "number") for t in tags[k]
        ):
            return k
    return min(scene.event.stop, loss.stop + 5)


def _where(scene: Scene, loss: Loss, side: str) -> list[str]:
    """The nearest naming of the candidate before and behind the number."""
    first, last = scene.article.sentence(loss.first)
    mine = [p for p in scene.parties.found if p.side == side]
    ahead = [p for p in mine if first <= p.first < loss.first]
    behind = [p for p in mine if loss.first <= p.first < last]
    out = []
    if ahead:
        others = [p for p in scene.parties.within(ahead[-1].stop, loss.first) if p.kind in FIGHTING and p.side != side]
        out += [
            f"ahead={ahead[-1].kind}",
            f"ahead={min(4, (loss.first - ahead[-1].stop) // 4)}",
            f"ahead-last={not others}",
        ]
    if behind:
        out += [f"behind={behind[0].kind}", f"behind={min(4, (behind[0].first - loss.stop) // 4)}"]
    if not ahead and not behind:
        out.append("elsewhere" if mine else "unnamed")
    return out


def choose_side(model: Linear, scene: Scene, loss: Loss, before: str) -> tuple[str, float]:
    """The likeliest side of a loss and its probability."""
    yes = model.classes.index("yes")
    beside = [side for side in candidates(scene) if _beside(scene, loss, side)]
    if loss.person and len(beside) == 1:
        return beside[0], 1.0
    scored = [
        (model.probabilities(side_features(scene, loss, side, before))[yes], -k, side)
        for k, side in enumerate(candidates(scene))
    ]
    share, _, side = max(scored)
    return side, share


def status_features(scene: Scene, loss: Loss, before: str) -> list[str]:
    """What speaks for soldiers, civilians or neither; ``before`` is the status of the loss told just before."""
    tags, words = scene.article.tagged.tags, scene.article.tagged.tokens.words
    out = [
        "b",
        f"rule={loss.status}",
        f"type={scene.event.sub_event_type}",
        f"rule={loss.status}|{scene.event.sub_event_type}",
        f"kind={loss.kind}",
        f"before={before}",
        f"before={before}|{loss.status}|{loss.kind}",
    ]
    for k in range(loss.first, loss.stop):
        out += [f"n={t.tag}.{t.lemma}" for t in tags[k] if t.tag in ("person", "loss", "number", "bound")]
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 4)):
        if words[k] in ",،.":
            break
        out.append(f"w={words[k]}")
        out += [f"a={t.tag}.{t.value}" for t in tags[k] if t.tag in ("person", "organ", "party", "link")]
    if 0 <= loss.head < len(tags):
        out += [f"f={t.lemma}" for t in tags[loss.head] if t.tag == "loss"]
    people = sorted({t.value for k in range(scene.event.first, scene.event.stop) for t in tags[k] if t.tag == "person"})
    out.append("people=" + "+".join(people))
    out += [f"value={v}" for h in scene.event.heads for v in h.values]
    if scene.places:
        out.append(f"place={feature_of(scene.places[0].place.feature_code)}|{scene.event.sub_event_type}")
    return out
