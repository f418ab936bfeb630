"""Which heads tell events, which of them one and the same, and of what type: three models decide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geomap.codebook import EVENT_TYPE_OF, feature_of
from geomap.extract.article import Article
from geomap.extract.denials.rumours import told_by_denial
from geomap.extract.events.accords import comes_into_force, handed_over
from geomap.extract.events.event import Event, event_range
from geomap.extract.events.head_features import head_features
from geomap.extract.events.heads import Head
from geomap.extract.events.links import group_heads, link_features
from geomap.extract.events.sequels import adds_losses
from geomap.extract.events.types import certain_type, goes_on, type_features
from geomap.extract.models import Models
from geomap.extract.parties.doers import acting_party
from geomap.extract.parties.named import Parties, Party
from geomap.punctuation import COMMAS
from geomap.tagging import DIGIT, mark

#: A head is kept where the model gives it at least this probability.
KEEP = 0.5
#: One that adds losses to what was just told, a truce with its hour, a fight that goes on, or a strike that is all that
#: a text tells, at least this.
KEEP_ON = 0.2
#: One of destroying or downing, right before arms, at least this: they make it likelier news than its words alone.
KEEP_ARMS = 0.37
TOGETHER = 0.6
#: A group of heads tells no event where the type model gives that more than this probability,
DOUBT = 0.05
#: and so much more for what the head model's probability is over ``KEEP``.
TRUST = 0.5
#: and this much more for a fight that is told of as going on: to say so is the news.
STILL = 0.35
#: Losses that are added to what was just told need less trust.
DOUBT_ON = 0.35
#: What says little of a sentence that is all there is: that it is short, the last, and tells no time.
_OF_A_TEXT = frozenset({"s:last", "s:len0", "s:t=none"})
_NON_STATE = frozenset({"group"})
#: Sub-types that only crowds have.
CROWDS = frozenset(name for name, event_type in EVENT_TYPE_OF.items() if event_type in ("Protests", "Riots")) | {
    "Excessive force against protesters"
}
_GROUND_TAKEN = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
_CROWD = frozenset({"protest", "riot", "disperse", "arrest", "fire", "displace"})
_TELLING = mark("number", "bound", "count", "organ", "party", "weapon", "class", "event") | DIGIT
_OWN = mark("number", "bound", "count", "weapon", "loss", "class") | DIGIT
_ANSWERS = frozenset({"repel", "violate"})
_WAR = frozenset({"shelling", "airstrike", "attack", "shootdown", "mine", "explosion"})


def keep_heads(article: Article, heads: Sequence[Head], models: Models) -> list[tuple[Head, float]]:
    """Heads that tell an event, each with its probability; none beside a drill, a quake or a sentence of a court."""
    kept: list[tuple[Head, float]] = []
    sentence_of = article.tagged.tokens.sentence_of
    at = models.heads.classes.index("event")
    apart = {sentence_of[i] for i in article.scoped if article.tagged.has(i, "scope", "apart")}
    for j, head in enumerate(heads):
        if sentence_of[head.first] in apart:
            continue
        view = article.view(sentence_of[head.first])
        if len(article.tagged.tokens.sentences) == 1:
            view = tuple([feature for feature in view if feature not in _OF_A_TEXT])
        share = models.heads.probabilities(head_features(article, heads, j, view))[at]
        before = kept[-1][0] if kept else None
        if told_by_denial(article, head):
            # nothing else tells it, however little a denial looks like news
            kept.append((head, max(share, KEEP)))
        elif (
            share >= KEEP
            or share >= KEEP_ON
            and _needs_less(article, head, before)
            or share >= KEEP_ARMS
            and _wrecks_arms(article, head)
        ):
            kept.append((head, share))
    return kept


def _needs_less(article: Article, head: Head, before: Head | None) -> bool:
    """Whether a head needs less trust: it adds losses, begins a truce, says a fight goes on, or is all there is."""
    return (
        adds_losses(article, head, before)
        or comes_into_force(article, head)
        or goes_on(article, [head])
        or _is_flash(article, head)
    )


def _wrecks_arms(article: Article, head: Head) -> bool:
    """Whether arms stand right behind a word of destroying or downing."""
    if not _WRECKING.intersection(head.values):
        return False
    for k in range(head.stop, min(len(article.tagged.tags), head.stop + _ARMS_NEAR)):
        if article.tagged.marks[k] & _OTHER_NEWS or article.tagged.tokens.words[k] in COMMAS:
            return False
        if any(t.tag == "weapon" and t.value in _LOST and not t.cut for t in article.tagged.tags[k]):
            return True
    return False


_WRECKING = frozenset({"shootdown", "destroy"})
_LOST = frozenset({"tank", "armoured_vehicle", "artillery", "air_defence", "drone", "helicopter", "aircraft"})
_OTHER_NEWS = mark("speech", "event", "loss")
#: Tokens behind the word within which the arms stand.
_ARMS_NEAR = 5


def _is_flash(article: Article, head: Head) -> bool:
    """Whether a text is one sentence that says where somebody fires: no doubt, no demand, no time gone by."""
    if len(article.tagged.tokens.sentences) > 1 or not _FIRED.intersection(head.values):
        return False
    if any(f.startswith(_NOT_NEWS) or f.endswith(":past") for f in article.view(0)):
        return False
    return any(article.mentions[m].role == "location" for m in article.mentions_in(*article.clause(head.first)))


_FIRED = frozenset({"shelling", "airstrike", "shootdown", "clash"})
_NOT_NEWS = ("s:scope", "s:old-year", "s:speech")


def find_events(
    article: Article, heads: list[Head], shares: list[float], models: Models, parties: Parties
) -> list[Event]:
    """Events of the kept heads: those put together that tell one, typed; none where the type model doubts it."""
    one = models.links.classes.index("one")
    sentence_of = article.tagged.tokens.sentence_of
    together = [1.0]
    for a, b in pairwise(heads):
        near = sentence_of[a.first] == sentence_of[b.first]
        together.append(models.links.probabilities(link_features(article, a, b))[one] if near else 0.0)
    groups = group_heads(article, heads, together, TOGETHER)
    classes = models.types.classes
    known = [k for k, name in enumerate(classes) if name in EVENT_TYPE_OF]
    unknown = [k for k, name in enumerate(classes) if name not in EVENT_TYPE_OF]
    events: list[Event] = []
    for g, group in enumerate(groups):
        mine = [heads[k] for k in group]
        before = heads[groups[g - 1][-1]].stop if g else None
        after = heads[groups[g + 1][0]].first if g + 1 < len(groups) else None
        first, stop = event_range(article, mine, before, after)
        chances = models.types.probabilities(type_features(article, mine, first, stop))
        doubt = sum([chances[k] for k in unknown])
        share = max(shares[k] for k in group)
        trusted = DOUBT + TRUST * (share - KEEP) if share >= KEEP else DOUBT_ON
        still = goes_on(article, mine)
        denied = any(told_by_denial(article, head) for head in mine)
        if not denied and (doubt > trusted + (STILL if still else 0.0) or _says_nothing(article, mine, first, stop)):
            continue
        if before is not None and _only_answers(article, mine, before, first, stop):
            continue
        best = max(known, key=chances.__getitem__)
        if EVENT_TYPE_OF[classes[best]] == "Protests" and _violent(mine):
            best = max((k for k in known if classes[k] not in CROWDS), key=chances.__getitem__)
        if classes[best] == "Agreement" and any("violate" in head.values for head in mine):
            # what is broken is no accord
            best = max((k for k in known if classes[k] != "Agreement"), key=chances.__getitem__)
        settled = certain_type(article, mine, first, stop)
        if not settled and classes[best] == "Armed clash" and events and _goes_back(article, mine, events[-1]):
            settled = events[-1].sub_event_type
        if not settled and classes[best] in _GROUND_TAKEN and handed_over(article, mine):
            settled = "Non-violent transfer of territory"
        if settled in classes:
            best = classes.index(settled)
        events.append(
            Event(
                tuple(mine),
                first,
                stop,
                _by_actor(classes[best], article, mine, parties),
                share,
                chances[best],
            )
        )
    return events


def _goes_back(article: Article, heads: Sequence[Head], last: Event) -> bool:
    """Whether "the strikes", with the article, are those told just before: "the strikes also hit a power station"."""
    sentence_of, tags = article.tagged.tokens.sentence_of, article.tagged.tags
    near = sentence_of[heads[0].first] - sentence_of[last.heads[0].first] <= 1
    if last.sub_event_type not in _FROM_AFAR or not near or any(set(head.values) & _ON_GROUND for head in heads):
        return False
    return any(
        t.tag == "event" and t.value in _STRIKES and t.form == "noun" and article.tagged.has_article(k, t)
        for k in range(heads[0].first, min(heads[-1].stop + _SUBJECT, len(tags)))
        for t in tags[k]
    )


#: Attacks from afar, the words for them, and what is done on the ground.
_FROM_AFAR = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
_STRIKES = frozenset({"attack", "airstrike", "shelling"})
_ON_GROUND = frozenset({"clash", "capture", "raid", "repel", "withdraw", "fire"})
#: Tokens behind a verb within which its subject stands.
_SUBJECT = 2


def _says_nothing(article: Article, heads: Sequence[Head], first: int, stop: int) -> bool:
    """Whether heads tell only that there were victims: no number, nobody, no place, no day, by nobody's hand."""
    if not all(value.startswith("loss-") for head in heads for value in head.values):
        return False
    if _keeps_silent(article, heads[0], stop):
        return True
    if any(article.tagged.marks[k] & _TELLING for k in range(first, stop)):
        return False
    return not article.mentions_in(first, stop) and not article.whens_in(first, stop)


def _keeps_silent(article: Article, head: Head, stop: int) -> bool:
    """Whether somebody is said not to tell of losses: ``A has not admitted any losses``; no number is given."""
    tagged = article.tagged
    first = max(article.sentence(head.first)[0], head.first - _SILENT)
    silent = next((k for k in range(first, head.first) if tagged.has(k, "scope", "negation")), None)
    if silent is None or tagged.tokens.words[silent + 1] in COMMAS:
        return False
    between = range(silent + 1, head.first)
    says = any(tagged.find(k, "speech") for k in range(silent + 1, min(silent + 3, head.first + 1)))
    cut = any(tagged.tokens.words[k] in COMMAS for k in between)
    return says and not cut and not any(tagged.marks[k] & _FIGURE for k in range(silent, stop))


#: How far before the word of loss the negation may stand.
_SILENT = 9
_FIGURE = mark("number", "count") | DIGIT


def _only_answers(article: Article, heads: Sequence[Head], before: int, first: int, stop: int) -> bool:
    """Whether heads tell only that somebody answered a provocation, in the sentence that tells of the fight itself.

    A place, a day, a number, a weapon or anything else that was done makes it an event of its own.
    """
    if not all(value in _ANSWERS for head in heads for value in head.values):
        return False
    if article.sentence(before - 1) != article.sentence(heads[0].first):
        return False
    if any(article.tagged.marks[k] & _OWN for k in range(first, stop)) or article.whens_in(first, stop):
        return False
    named = (article.mentions[k] for k in article.mentions_in(first, stop) if article.mentions[k].role == "location")
    # a state is who provoked, wherever it is named
    return all(m.place is not None and feature_of(m.place.feature_code) == "country" for m in named)


def _violent(heads: Sequence[Head]) -> bool:
    """Whether heads tell of war, and of no crowd."""
    told = {value for head in heads for value in head.values}
    return bool(told & _WAR) and not told & _CROWD


def _by_actor(sub: str, article: Article, heads: Sequence[Head], parties: Parties) -> str:
    """Ground taken is the government's or the other side's, by who takes it."""
    if sub not in CROWDS and sub not in _GROUND_TAKEN:
        return sub
    acting = acting_party(article, heads, parties)
    if acting is None:
        return sub
    only = all("raid" in head.values for head in heads)
    if (only or sub not in CROWDS) and _raids_abroad(article, heads, acting):
        return "Arrests" if any("arrest" in head.values for head in heads) else "Armed clash"
    if sub in CROWDS:
        return sub
    return "Non-state actor overtakes territory" if acting.kind in _NON_STATE else "Government regains territory"


def _raids_abroad(article: Article, heads: Sequence[Head], acting: Party) -> bool:
    """Whether a state's force only storms in, on ground that is not its state's, and does not stay."""
    storms = [head for head in heads if "capture" in head.values]
    if acting.kind != "state" or not storms or any("raid" not in head.values for head in storms):
        return False
    first, stop = article.sentence(heads[0].first)
    here = [
        m.place.country
        for k in article.mentions_in(first, stop)
        if (m := article.mentions[k]).place and m.role == "location"
    ]
    return bool(here) and acting.country not in here
