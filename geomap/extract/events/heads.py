"""Words that may tell an event: the heads, and the features by which a model keeps or drops them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geomap.codebook import feature_of
from geomap.dates import When
from geomap.extract.denials.rumours import rumoured
from geomap.extract.events.setting import of_text, setting_of
from geomap.geoparse.roles import sentence_view, time_label
from geomap.lazy import lazy
from geomap.lexicon import Lexicon
from geomap.linear import Features, Namer
from geomap.memo import Memo, PerObject
from geomap.model import Mention
from geomap.punctuation import CLAUSE_CUTS
from geomap.tagging import SIGN, Tag, Tagged, Tags, mark

if TYPE_CHECKING:
    from geomap.extract.losses.loss import Loss


class Head(NamedTuple):
    """A word or phrase that can tell an event: tokens ``first`` to ``stop`` and what it may mean."""

    first: int
    stop: int
    values: tuple[str, ...]
    lemma: str
    form: str


@dataclass(frozen=True)
class Article:
    """One document as the extraction sees it: tagged tokens, placed mentions, times, all by token."""

    tagged: Tagged
    mentions: Sequence[Mention]
    mention_first: list[int]
    mention_stop: list[int]
    whens: list[When]
    published: date | None
    clause_of: list[int]
    clauses: list[tuple[int, int]]
    views: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    #: What was lost in the token ranges asked for so far; ``find_losses`` fills it.
    losses: dict[tuple[int, int], tuple[Loss, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    #: Mentions, by number, of the places where it happened that the token ranges asked for so far tell of: not those
    #: where only the guns stand, or where the war began; ``places_of`` fills it.
    struck: dict[tuple[int, int], list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _telling: dict[int, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _settings: dict[int, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def setting(self, number: int, heads: Sequence[Head]) -> tuple[str, ...]:
        """What a sentence stands in, as features; ``heads`` are all of the article."""
        found = self._settings.get(number)
        if found is None:
            found = self._settings[number] = setting_of(self, number, heads)
        return found

    def view(self, number: int) -> tuple[str, ...]:
        """What a sentence tells as a whole, as features."""
        found = self.views.get(number)
        if found is None:
            found = sentence_view(self.tagged, number, self.whens, self.published).features
            self.views[number] = found
        return found

    @lazy
    def stems(self) -> list[str]:
        """Each word without its clitics; nothing for words of one or two letters and marks."""
        plain = _stems(self.tagged.lexicon)
        return [
            (word[tags[0].cut :] if tags else plain[word]) if len(word) > 2 else ""
            for word, tags in zip(self.tagged.tokens.words, self.tagged.tags, strict=True)
        ]

    @lazy
    def scoped(self) -> list[int]:
        """Tokens that have a word of scope or speech."""
        return self.tagged.marked(_SCOPED)

    @lazy
    def denying(self) -> list[int]:
        """Tokens that may deny something."""
        return [k for k in self.tagged.marked(_SPEECH) if self.tagged.has(k, "speech", "deny")]

    @lazy
    def contradicted(self) -> frozenset[int]:
        """Sentences in which somebody may deny something."""
        sentence_of = self.tagged.tokens.sentence_of
        return frozenset([sentence_of[k] for k in self.denying])

    @lazy
    def named(self) -> list[tuple[str, str]]:
        """Role of each mention, and kind of place."""
        places = (m.place for m in self.mentions)
        kinds = (feature_of(place.feature_code) if place else "?" for place in places)
        return [(m.role, kind) for m, kind in zip(self.mentions, kinds, strict=True)]

    @lazy
    def times(self) -> list[tuple[int, str]]:
        """First token of each time expression, and what it is as a feature."""
        return [(when.first, time_label(when, self.published)) for when in self.whens]

    @lazy
    def timed(self) -> frozenset[int]:
        """Tokens that are part of a time expression."""
        return frozenset([k for when in self.whens for k in range(when.first, when.stop)])

    @lazy
    def last_times(self) -> dict[int, str]:
        """The last time expression of each sentence that has one, as a feature."""
        sentence_of = self.tagged.tokens.sentence_of
        return {sentence_of[first]: label for first, label in self.times}

    @lazy
    def of_text(self) -> list[str]:
        """How new the text's times are and how long it is, as features."""
        return of_text(self)

    @lazy
    def told(self) -> tuple[Counter[str], Counter[str]]:
        """How often the text tells of each kind of event and names each kind of weapon."""
        told = [(t.tag, t.value) for k in self.tagged.marked(_EVENT | _WEAPON) for t in self.tagged.tags[k]]
        events, weapons = (Counter([v for tag, v in told if tag == wanted]) for wanted in ("event", "weapon"))
        return events, weapons

    def telling(self, number: int) -> frozenset[str]:
        """Which of the events that colour what is told beside them a sentence tells."""
        found = self._telling.get(number)
        if found is None:
            tags, marks = self.tagged.tags, self.tagged.marks
            first, stop = self.tagged.tokens.sentences[number]
            here = (t for k in range(first, stop) if marks[k] & _EVENT for t in tags[k])
            found = frozenset(t.value for t in here if t.tag == "event" and t.value in TELLING)
            self._telling[number] = found
        return found

    def mentions_in(self, first: int, stop: int) -> range:
        """Indices of mentions that begin in a token range."""
        return range(bisect_left(self.mention_first, first), bisect_left(self.mention_first, stop))

    def whens_in(self, first: int, stop: int) -> list[When]:
        """Time expressions that begin in a token range."""
        return [w for w in self.whens if first <= w.first < stop]

    def sentence(self, i: int) -> tuple[int, int]:
        """Token range of the sentence of token ``i``."""
        return self.tagged.tokens.sentences[self.tagged.tokens.sentence_of[i]]

    def clause(self, i: int) -> tuple[int, int]:
        """Token range of the clause of token ``i``."""
        return self.clauses[self.clause_of[i]]


#: Events that colour what is told beside them.
TELLING = frozenset(
    "shelling airstrike attack clash fire explosion mine capture shootdown destroy raid "
    "protest mobilise agree displace arrest abduct deploy".split()
)
_HEAD_TAGS = frozenset({"event", "loss"})
_WEAPON = mark("weapon")
_EVENT, _HEAD, _SCOPED, _LINK = mark("event"), mark("event", "loss"), mark("scope", "speech"), mark("link")
_SPEECH = mark("speech")


def find_heads(article: Article) -> list[Head]:
    """Heads in order; a phrase hides the words inside it, the name of a weapon or of a place too."""
    tagged = article.tagged
    found: list[Head] = []
    rains: list[Head] = []
    behind = 0
    names = {
        k for first, stop in zip(article.mention_first, article.mention_stop, strict=True) for k in range(first, stop)
    }
    for i in tagged.marked(_HEAD | _WEAPON):
        if i < behind or i in names:
            continue
        if not tagged.marks[i] & _HEAD:
            behind = i + max(t.width for t in tagged.tags[i] if t.tag == "weapon")
            if (rain := _rain(article, i, behind)) is not None:
                rains.append(rain)
        else:
            width, values, lemma, form = _HEAD_OF[tagged.tags[i]]
            behind = i + width
            found.append(Head(i, behind, values, _with_far_object(tagged, i, lemma), form))
    if rains:
        told = {article.clause_of[head.first] for head in found}
        found = sorted([*found, *(rain for rain in rains if article.clause_of[rain.first] not in told)])
    return found


def _rain(article: Article, i: int, behind: int) -> Head | None:
    """The strike that shells at a place tell where no word of the clause does: "twelve rockets on the town"."""
    tags = article.tagged.tags
    shells = next((t for t in tags[i] if t.tag == "weapon" and t.value in _FALLING), None)
    if shells is None:
        return None
    _, stop = article.clause(i)
    at = next((k for k in range(behind, min(behind + _ADJECTIVE, stop)) if article.tagged.has(k, "prep", "on")), None)
    if at is None:
        return None
    hit = range(at, min(at + _NEAR_HIT, stop))
    named = any(article.mentions[m].role == "location" for m in article.mentions_in(hit.start, hit.stop))
    if not named and not any(article.tagged.has(k, "class", "settlement") for k in hit):
        return None
    return Head(i, behind, ("shelling",), shells.lemma, "noun")


#: What falls on a place; how far behind it "on" stands, and how far behind that the place.
_FALLING = frozenset({"shell", "munition"})
_ADJECTIVE, _NEAR_HIT = 2, 4


def _with_far_object(tagged: Tagged, i: int, lemma: str) -> str:
    """The phrase that a verb makes with an object behind its subject: "opened the units at A fire"; else its lemma."""
    phrase = tagged.lexicon.labels.get("split_verbs", {}).get(lemma)
    if phrase is None:
        return lemma
    objects, words = tagged.lexicon.words("split_objects"), tagged.tokens.words
    last = tagged.tokens.sentences[tagged.tokens.sentence_of[i]][1]
    return str(phrase) if any(words[k] in objects for k in range(i + 1, min(last, i + _FAR_OBJECT))) else lemma


#: Tokens from a verb to its object: its subject, and where that stands, may be between.
_FAR_OBJECT = 16


def _head_of(tags: Tags) -> tuple[int, tuple[str, ...], str, str]:
    """Width, meanings, lemma and form of the head that these tags make."""
    mine = [t for t in tags if t.tag in _HEAD_TAGS]
    width = max(t.width for t in mine)
    mine = [t for t in mine if t.width == width] if width > 1 else mine
    return width, tuple(sorted({_value(t) for t in mine})), mine[0].lemma, mine[0].form


_HEAD_OF: Memo[Tags, tuple[int, tuple[str, ...], str, str]] = Memo(_head_of)


def _value(t: Tag) -> str:
    return t.value if t.tag == "event" else f"loss-{t.value}"


def cut_clauses(tagged: Tagged) -> tuple[list[int], list[tuple[int, int]]]:
    """Cut sentences into clauses at commas, colons, brackets and words of contrast or addition."""
    words, marks = tagged.tokens.words, tagged.marks
    signs = tagged.marked(SIGN)
    opens = {i + 1 for i in signs if words[i] in CLAUSE_CUTS}
    opens.update([i for i in signs if words[i] == "(" and not _counts(words, i)])
    opens.update([i for i in tagged.marked(_LINK) if tagged.has(i, "link", "contrast")])
    opens.discard(len(words))
    cuts = sorted(opens | {first for first, _ in tagged.tokens.sentences})
    clauses = list(pairwise([*cuts, len(marks)])) if marks else []
    clause_of: list[int] = []
    for number, (first, stop) in enumerate(clauses):
        clause_of += [number] * (stop - first)
    return clause_of, clauses


def _counts(words: Sequence[str], i: int) -> bool:
    """Whether brackets hold nothing but a number, which counts what stands behind: "(6) drones"."""
    return i + 2 < len(words) and words[i + 1].isdecimal() and words[i + 2] == ")"


_LOOK = frozenset(
    "scope speech weapon person organ time state link class prep number bound party event loss hint".split()
)
_LOOKED = mark(*_LOOK)
_TIED = mark("scope", "speech", "state")


def head_features(article: Article, heads: Sequence[Head], j: int, view: tuple[str, ...]) -> Features:
    """The features that hold for head ``j``."""
    i, stop, values, lemma, form = heads[j]
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    first, last = article.sentence(i)
    main = "+".join(values)
    p1 = words[i - 1] if i > first else "^"
    p2 = words[i - 2] if i - 1 > first else "^"
    n1 = words[stop] if stop < last else "$"
    n2 = words[stop + 1] if stop + 1 < last else "$"
    middle, right = max(first, i - 3), min(last, stop + 3)
    one: list[tuple[Namer, Hashable]] = [
        (_itself, (lemma, main, form)),
        (_before, (p1, main)),
        (_behind, (n1, main)),
        (_sentence, min(5, article.tagged.tokens.sentence_of[i])),
        (_opening, (words[first], tags[first])),
    ]
    for k in range(max(first, i - 7), i):
        if marks[k] & _TIED:
            one.append((_left_form, (tags[k], "L" if k >= i - 3 else "LL", form)))
    for k in range(stop, right):
        if marks[k] & _LOOKED:
            one.append((_right, (tags[k], main)))
    each: list[tuple[Namer, Iterable[Hashable]]] = [
        (_VIEW_AND[form], view[:12]),
        (_stem_left, article.stems[max(first, i - 10) : i]),
        (_stem_right, article.stems[stop : min(last, stop + 8)]),
        (_left, tags[middle:i]),
        (_far_left, tags[max(first, i - 7) : middle]),
        (_far_right, tags[right : min(last, stop + 7)]),
    ]
    c_first, c_last = article.clause(i)
    _scopes(each, article, c_first, i, first, last)
    one.append((_times, tuple([(label, c_first <= k < c_last) for k, label in article.times if first <= k < last])))
    one += _places(article, first, last, c_first, c_last, main)
    near = article.stems[max(first, i - _WIDE) : min(last, stop + _WIDE)]
    each.append((_start, {stem[:START] for stem in near if len(stem) > START}))
    setting = article.setting(article.tagged.tokens.sentence_of[i], heads)
    beside = [*_neighbours(article, heads, j), *_denied(article, heads[j], main)]
    return Features(one, each, [*view[12:], *setting, *beside, f"p21={p2} {p1}", f"n12={n1} {n2}"])


def _denied(article: Article, head: Head, main: str) -> list[str]:
    """Whether a head stands in the denial of what others tell, and whether that is the first to name its place."""
    found = rumoured(article, head)
    return [f"rumour={found}", f"rumour={found}|{main}"] if found else []


#: How far around a head the beginnings of words are features, and how many letters they have: words of one root
#: mostly share them, so that what one was seen with counts for the others.
_WIDE, START = 12, 4


def _start(letters: str) -> list[str]:
    return [f"w4={letters}"]


def _neighbours(article: Article, heads: Sequence[Head], j: int) -> list[str]:
    """The heads before and behind in the same sentence, by what they tell and by their form."""
    sentence_of, head = article.tagged.tokens.sentence_of, heads[j]
    found = []
    for where, k in (("hb", j - 1), ("ha", j + 1)):
        if not 0 <= k < len(heads) or sentence_of[heads[k].first] != sentence_of[head.first]:
            found.append(f"{where}=none")
            continue
        other = heads[k]
        found.append(f"{where}={'+'.join(other.values)}|{'+'.join(head.values)}")
        found.append(f"{where}f={other.form}|{head.form}")
    return found


def _itself(at: tuple[str, str, str]) -> list[str]:
    lemma, main, form = at
    return ["b", f"h={lemma}", f"v={main}", f"v={main}|{form}", f"form={form}"]


def _before(at: tuple[str, str]) -> list[str]:
    return [f"p1={at[0]}", f"p1={at[0]}|{at[1]}"]


def _behind(at: tuple[str, str]) -> list[str]:
    return [f"n1={at[0]}", f"n1={at[0]}|{at[1]}"]


def _view_and(form: str) -> Namer:
    """Names a feature of the sentence, and the same with the form of the head."""
    return lambda feature: (feature, f"{feature}|{form}")


#: One namer for each form, as hardly two sentences tell the same as a whole.
_VIEW_AND: Memo[str, Namer] = Memo(_view_and)


def _sentence(number: int) -> list[str]:
    return [f"sent={number}"]


def _opening(at: tuple[str, Tags]) -> list[str]:
    return [*(f"S1={t.tag}.{t.value}" for t in at[1]), f"S1w={at[0]}"]


def _stem_left(stem: str) -> list[str]:
    return [f"xl={stem}"] if stem else []


def _stem_right(stem: str) -> list[str]:
    return [f"xr={stem}"] if stem else []


def _left(tags: Tags) -> list[str]:
    return [f"L={t.tag}.{t.value}" for t in tags if t.tag in _LOOK]


def _far_left(tags: Tags) -> list[str]:
    return [f"LL={t.tag}.{t.value}" for t in tags if t.tag in _LOOK]


def _left_form(at: tuple[Tags, str, str]) -> list[str]:
    return [f"{at[1]}={t.tag}.{t.value}|{at[2]}" for t in at[0] if t.tag in ("scope", "speech", "state")]


def _right(at: tuple[Tags, str]) -> list[str]:
    found = [f"R={t.tag}.{t.value}" for t in at[0] if t.tag in _LOOK]
    return found + [f"{f}|{at[1]}" for f in found]


def _far_right(tags: Tags) -> list[str]:
    return [f"RR={t.tag}.{t.value}" for t in tags if t.tag in _LOOK]


def _scopes(
    each: list[tuple[Namer, Iterable[Hashable]]], article: Article, c_first: int, i: int, first: int, last: int
) -> None:
    """What opens the clause and the sentence before the head, and what stands behind it."""
    scoped, tags = article.scoped, article.tagged.tags
    begin, end = bisect_left(scoped, first), bisect_left(scoped, last)
    if begin == end:
        return
    here = bisect_left(scoped, i, begin, end)
    each.append((_scope_before, [tags[k] for k in scoped[begin:here]]))
    each.append((_scope_in_clause, [tags[k] for k in scoped[begin:here] if k >= c_first]))
    each.append((_scope_behind, [tags[k] for k in scoped[here:end] if k > i]))


def _scope_before(tags: Tags) -> list[str]:
    return [f"B={t.tag}.{t.value}" for t in tags if _is_scope(t)]


def _scope_in_clause(tags: Tags) -> list[str]:
    return [f"C={t.tag}.{t.value}" for t in tags if _is_scope(t)]


def _scope_behind(tags: Tags) -> list[str]:
    return [f"A={t.tag}.{t.value}" for t in tags if _is_scope(t)]


def _is_scope(t: Tag) -> bool:
    return t.tag in ("scope", "speech") and t.value != "say"


def _times(labels: tuple[tuple[str, bool], ...]) -> list[str]:
    if not labels:
        return ["t=none"]
    return [f"t={label}" for label, _ in labels] + [f"tc={label}" for label, inside in labels if inside]


def _places(
    article: Article, first: int, last: int, c_first: int, c_last: int, main: str
) -> list[tuple[Namer, Hashable]]:
    """Roles and kinds of the places named in the clause (c) and in the rest of the sentence (s)."""
    mentions, at = article.named, article.mention_first
    named = frozenset(
        [("c" if c_first <= at[m] < c_last else "s", *mentions[m]) for m in article.mentions_in(first, last)]
    )
    return [(_roles, named), (_clause_roles, (_of_clause(named), main))]


def _roles(named: frozenset[tuple[str, str, str]]) -> list[str]:
    roles = {f"m{near}={role}" for near, role, _ in named} | {f"m{near}={role}.{kind}" for near, role, kind in named}
    return [*sorted(roles), *([] if "location" in _of_clause(named) else ["mc=no-location"])]


def _clause_roles(at: tuple[frozenset[str], str]) -> list[str]:
    roles, main = at
    return [f"mc={role}|{main}" for role in sorted(roles | (set() if "location" in roles else {"no-location"}))]


def _of_clause(named: frozenset[tuple[str, str, str]]) -> frozenset[str]:
    return frozenset([role for near, role, _ in named if near == "c"])


def _stems_of(lexicon: Lexicon) -> Memo[str, str]:
    clitics = lexicon.labels.get("light_clitics", ())

    def stem(word: str) -> str:
        cuts = [len(c) for c in clitics if word.startswith(c) and len(word) - len(c) >= 3]
        return word[max(cuts, default=0) :]

    return Memo(stem)


#: Words that a lexicon does not know, without their clitics.
_stems = PerObject(_stems_of)


def cuts_between(article: Article, a: Head, b: Head) -> tuple[int, int]:
    """Number of clause borders and of mentions between two heads."""
    clauses = article.clause_of[b.first] - article.clause_of[a.stop - 1]
    inside = bisect_right(article.mention_first, b.first) - bisect_right(article.mention_first, a.first)
    return clauses, inside
