"""Victims and equipment: which number belongs to whom, and to what fate."""

from __future__ import annotations

from typing import NamedTuple

from geomap.extract.heads import Article
from geomap.extract.things import ITEMS, acts, is_force, last_named, past_make
from geomap.lexicon import Lexicon
from geomap.numbers import digits, number_at, number_openers
from geomap.punctuation import COMMAS, PAUSES, PERCENT
from geomap.tagging import Tag, mark


class Loss(NamedTuple):
    """A counted or uncounted group of victims or things in tokens ``first`` to ``stop``.

    ``kind`` is ``killed``, ``injured`` or an equipment item; ``head`` the token that gives the fate.
    """

    first: int
    stop: int
    kind: str
    count: int | None  # type: ignore[assignment]  # hides tuple.count, which nobody calls
    qualifier: str
    status: str
    cumulative: bool
    person: bool
    head: int


_FATES = frozenset({"killed", "injured"})
_OTHER_FATES = frozenset({"missing", "captured"})
_VAGUE = frozenset({"dozens", "hundreds", "thousands", "several"})
_NEUTRAL = frozenset(
    "shelling airstrike clash capture arrest abduct displace protest attack exchange deploy agree blockade".split()
)
_TARGETS = frozenset({"tank", "armoured_vehicle", "artillery", "air_defence"})
_STATUS = {"military": "military", "civilian": "civilian", "police": "unknown", "any": "unknown"}


class _Quantity(NamedTuple):
    first: int
    stop: int
    count: int | None  # type: ignore[assignment]
    qualifier: str


def find_losses(article: Article, first: int, stop: int) -> list[Loss]:
    """Victims and equipment lost in an event's tokens."""
    scan = _Scan(article, first, stop)
    scan.run()
    return _without_parts(article, _joined(article, scan.found))


#: Marks of tokens that a walk looks at; the others only go by.
_WEAPON, _PLACE = mark("weapon"), mark("class")
_LOSS, _HEADS, _NUMBER, _BOUND = mark("loss"), mark("loss", "event"), mark("number", "count"), mark("bound")
_LINK, _SCOPE, _NOUN = mark("link"), mark("scope"), mark("person", "weapon")
_TELLING = mark("link", "scope", "bound", "number", "count", "loss", "event", "person", "weapon")


class _Scan:
    """One walk over the event's tokens with the fate of people and things that the last head gave."""

    def __init__(self, article: Article, first: int, stop: int) -> None:
        self.article, self.first, self.stop = article, first, stop
        self.tags, self.words, self.marks = article.tagged.tags, article.tagged.tokens.words, article.tagged.marks
        self.fate: str | None = None
        self.fate_at = -99
        self.wreck = False
        self.wreck_at = -99
        self.reach = 3
        self.phrase: tuple[int, int, str] | None = None
        self.negated_until = -1
        self.found: list[Loss] = []
        self.waiting: list[Loss] = []
        self.openers = frozenset(self.article.tagged.lexicon.labels.get("toll_openers", ()))
        self.conjunctions = frozenset(self.article.tagged.lexicon.labels.get("conjunction_letters", ""))
        self.number_openers = number_openers(self.article.tagged.lexicon)
        self.open_toll = False
        self.plain_age = frozenset({"unit_year", "unit_month", "unit_day", "unit_week"})

    def run(self) -> None:
        i = self.first
        while i < self.stop:
            i = self.step(i)
        self._uncounted()

    def step(self, i: int) -> int:
        marks = self.marks[i]
        if not marks & _TELLING and not self.number_openers[self.words[i]]:
            people = self._bare_people(i) if self.fate else None
            return self._bare_noun(i, people) if people else i + 1
        if marks & _LINK:
            if self._says(i, "link", "subset") or self._says(i, "link", "before"):
                return self._past_subset(i)
            if self._says(i, "link", "model"):
                return self._past_model(i)
            if self._says(i, "link", "rank"):
                return self._past_rank(i)
        if marks & _SCOPE and self._says(i, "scope", "negation"):
            self.negated_until = i + 6
        if self._counts(i):
            return i + 1
        if marks & _BOUND and marks & _HEADS:
            self._set_state(i)  # "neutralised 309": the bound is what was done
        if (marks & _BOUND or self.number_openers[self.words[i]]) and (quantity := self._quantity(i)):
            return self._take(quantity)
        self._set_state(i)
        if self._ordinal(i):
            return i + 1
        noun = marks & _NOUN and self._noun(i) or self._bare_people(i)
        return self._bare_noun(i, noun) if noun else i + 1

    def _counts(self, i: int) -> bool:
        """Whether "the number of" opens here: its victims have their number further on, or just had it."""
        victims = self._victim_word(i + 1) if self.words[i] in self.openers and i + 1 < self.stop else None
        if not victims:
            return False
        self.fate, self.fate_at, self.wreck = victims.value, i + 1, False
        self.open_toll = True
        return True

    def _bare_people(self, i: int) -> Tag | None:
        """People named by their country or office alone, right behind the fate or joined to a victim before."""
        behind, joined = i - self.fate_at == 1, bool(self.found) and 0 <= i - self.found[-1].stop <= 1
        if not self.fate or not (behind or joined and self._conjoined(i)):
            return None
        return self._people(i) or self._officer(i, behind)

    def _officer(self, i: int, behind: bool) -> Tag | None:
        """A holder of an office: "the mayor was killed", "and an official"."""
        held = next((t for t in self.tags[i] if t.tag == "organ" and t.value == "office"), None)
        told = behind and any(t.tag == "loss" and t.form in ("past", "present") for t in self.tags[self.fate_at])
        if held is None or not (told or held.cut and self.found and self.found[-1].person):
            return None
        return Tag("person", "any", held.lemma, held.form, held.width, held.cut)

    @property
    def _lexicon(self) -> Lexicon:
        return self.article.tagged.lexicon

    def _says(self, i: int, tag: str, value: str) -> bool:
        return self.article.tagged.has(i, tag, value)

    # ── what the heads say ──

    def _set_state(self, i: int) -> None:
        if i < self.negated_until or not self.marks[i] & _HEADS:
            return
        victims = self._victim_word(i)
        readings = self._widest(i)
        losing = any(t.tag == "event" and t.value == "lose" for t in readings)
        if any(t.tag == "event" and t.value == "attack" and self._hits_platform(i, t) for t in readings):
            self.wreck, self.wreck_at, self.fate, self.reach = True, i, None, 8
            return
        for t in readings:
            if t.tag == "loss" and not losing and t.value in _FATES | _OTHER_FATES and not victims:
                self._set_fate(i, t)
                return
        for t in readings:
            if t.tag != "event":
                continue
            self.reach = 3
            if t.value == "lose":
                self.fate, self.fate_at, self.wreck, self.wreck_at = "killed", i, True, i
                return
            if t.value in ("shootdown", "destroy"):
                self._wrecked_before(i, t)
                self.wreck, self.wreck_at, self.fate = True, i, None
                return
            if t.value in _NEUTRAL and t.form in ("past", "present") and not self._has_article(i, t):
                self.fate, self.wreck = None, False

    def _hits_platform(self, i: int, t: Tag) -> bool:
        """Whether an attack is told by the thing it hit: "we targeted two tanks"."""
        for k in range(i + 1, min(self.stop, i + 7)):
            if self.words[k] in PAUSES or self.marks[k] & _PLACE:
                return False
            hit = next((x for x in self.tags[k] if x.tag == "weapon"), None)
            if hit and not self._is_means(k, hit) and (k > i + 1 or hit.value in _TARGETS):
                return hit.value in _TARGETS and t.form in ("past", "present")
        return False

    def _widest(self, i: int) -> list[Tag]:
        """Readings as event or loss; a phrase hides those of its first word."""
        told = [t for t in self.tags[i] if t.tag in ("event", "loss")]
        width = max((t.width for t in told), default=1)
        return [t for t in told if t.width == width]

    def _has_article(self, i: int, t: Tag) -> bool:
        article = self.article.tagged.lexicon.labels.get("article", "")
        return bool(article) and self.words[i][: t.cut].endswith(article)

    def _victim_word(self, i: int) -> Tag | None:
        """A noun that names the victims themselves: the dead, the wounded, martyrs."""
        if not self.marks[i] & _LOSS:
            return None
        lemmas = _VICTIM_NOUNS(self.article)
        return next(
            (
                t
                for t in self.tags[i]
                if t.tag == "loss" and t.value in _FATES and t.form == "noun" and t.lemma in lemmas
            ),
            None,
        )

    def _uncounted(self) -> None:
        """Victims told by a phrase that nothing counted: "there were casualties"."""
        at = self.phrase
        if at and not any(loss.person and loss.kind == at[2] and loss.stop > at[0] for loss in self.found):
            self._add(_Quantity(at[0], at[1], None, "none_given"), at[1], at[2], None, at[0])
        self.phrase = None

    def _set_fate(self, i: int, t: Tag) -> None:
        self._uncounted()
        if t.width > 1 and t.form in ("noun", "word") and t.value in _FATES:
            self.phrase = (i, i + t.width, t.value)
        self.fate, self.fate_at, self.wreck = (t.value if t.value in _FATES else None), i, False
        if self.fate and t.form in ("past", "present"):
            self.found += [w._replace(kind=self.fate, head=i) for w in self.waiting if w.person and i - w.stop <= 8]
        self.waiting = []

    def _wrecked_before(self, i: int, t: Tag) -> None:
        """Take the thing before a verb that has none behind it: "the helicopter was shot down"."""
        if t.form == "noun" or any(
            x.tag == "weapon" for k in range(i + 1, min(self.stop, i + 5)) for x in self.tags[k]
        ):
            self.waiting = []
            return
        things = [w for w in self.waiting if not w.person and i - w.stop <= 14]
        self.found += [w._replace(head=i) for w in things[-1:]]
        self.waiting = []

    # ── quantities ──

    def _quantity(self, i: int) -> _Quantity | None:
        """Bound and number at ``i``; clock times, dates, ages, percentages and money are none."""
        bound = next((t for t in self.tags[i] if t.tag == "bound"), None)
        at, qualifier = i, "exact"
        if bound:
            at, qualifier = i + bound.width, bound.value
            if qualifier in _VAGUE:
                return _Quantity(i, at, None, qualifier)
            if at >= self.stop:
                return None
            again = next((t for t in self.tags[at] if t.tag == "bound"), None)
            if again and self.words[at] not in self.openers and again.value in _VAGUE:
                return _Quantity(i, at + again.width, None, again.value)
            if any(t.tag == "prep" and t.value == "from" for t in self.tags[at]) and at + 1 < self.stop:
                at += 1
        if self.words[at] in self.openers and not self._says(at, "prep", "from"):
            return None
        got = number_at(self.words, at, self.article.tagged.lexicon)
        if got is None or got[0] == 0:
            return None
        if (
            self._is_time(at)
            or self._says(at, "time", "early")
            or at > self.first
            and self._says(at - 1, "time", "early")
        ):
            return None
        value, stop = got
        if stop < self.stop and self.words[stop] in PERCENT:
            return None
        stop, low = self._range(value, stop)
        if low:
            qualifier = low
        return _Quantity(i, stop, value, self._bound_behind(stop) if qualifier == "exact" else qualifier)

    def _bound_behind(self, stop: int) -> str:
        for k in range(stop, min(self.stop, stop + 4)):
            for t in self.tags[k]:
                if t.tag == "bound" and (t.value == "about" and k == stop or t.value == "at_least" and t.width > 1):
                    return t.value
            if self.words[k] in PAUSES:
                break
        return "exact"

    def _range(self, value: int, stop: int) -> tuple[int, str]:
        """``64 to 80``, ``between thirty and forty``: the lower one, at least."""
        at = stop
        if at < self.stop and (
            self.words[at] == "-" or any(t.tag == "prep" and t.value == "to" for t in self.tags[at])
        ):
            at += 1
        elif not (at < self.stop and any(t.tag == "number" and t.cut == 1 for t in self.tags[at])):
            return self._glued_range(value, stop)
        second = number_at(self.words, at, self.article.tagged.lexicon) if at < self.stop else None
        return (second[1], "at_least") if second and value < second[0] <= value * 3 else (stop, "")

    def _glued_range(self, value: int, stop: int) -> tuple[int, str]:
        """``between 60 and 70`` with the conjunction a token of its own before the digits."""
        if stop + 1 < self.stop and len(self.words[stop]) == 1 and self.words[stop].isalpha():
            second = digits(self.words[stop + 1])
            if (
                second
                and value < second <= value * 3
                and stop >= 2
                and any(t.tag == "bound" for t in self.tags[stop - 2])
            ):
                return stop + 2, "at_least"
        return stop, ""

    def _is_time(self, at: int) -> bool:
        return any(w.first <= at < w.stop for w in self.article.whens)

    def _take(self, q: _Quantity) -> int:
        if q.stop < self.stop and self._says(q.stop, "link", "outof"):
            return self._out_of(q)
        at = q.stop
        if at < self.stop and any(t.tag == "time" and t.value in self.plain_age for t in self.tags[at]):
            return at + 1
        if at < self.stop and any(t.tag == "prep" and t.value == "from" for t in self.tags[at]):
            at += 1
        nouns = self._nouns(at)
        item = next((t for t in nouns if t.tag == "weapon" and self._item(t) and not self._is_means(at, t)), None)
        person = next((t for t in nouns if t.tag == "person"), None)
        if item and (self.wreck or not person):
            return self._take_item(q, at, item)
        if q.stop < self.stop and self._counts(q.stop):
            self.open_toll = False
            self._add(q, q.stop, self.fate or "killed", None, self.fate_at)
            return q.stop + 2
        # A noun may look like a verb with a pronoun; right behind a number, with no "and", both tell the number's fate.
        fate = next(
            (t for t in nouns if t.tag == "loss" and t.value in _FATES and (t.form == "noun" or not t.cut)), None
        )
        if fate:
            self.fate, self.fate_at = fate.value, at
            self._add(q, at + 1, fate.value, person, at)
            return self._past_adjectives(at + 1)
        if person:
            return self._take_people(q, at, person)
        if self.wreck and q.stop < self.stop and self._says(q.stop, "link", "subset"):
            kind = last_named(self.article, q.first)
            if kind:
                self._add_item(q, q.stop, kind)
                return q.stop + 1
        if self.fate and self._stands_for_people(q):
            self._add(q, q.stop, self.fate, None, self.fate_at)
        return q.stop

    def _is_means(self, at: int, t: Tag) -> bool:
        """Whether a preposition is glued to a weapon: "nine by drones"."""
        return bool(t.cut) and not self._conjoined(at) and not self._has_article(at, t)

    def _item(self, t: Tag) -> str | None:
        """Equipment that a weapon word names; missiles count where they are intercepted."""
        if is_force(self.article, t):
            return None
        return ITEMS.get(t.value) or ("other" if t.value == "shell" and t.lemma in self._missiles() else None)

    def _missiles(self) -> tuple[str, ...]:
        return tuple(self._lexicon.labels.get("missiles", ()))

    def _intercepts(self, t: Tag) -> bool:
        """Whether what is told can befall this thing: missiles are shot down, not destroyed."""
        near = range(max(self.first, self.wreck_at - 3), self.wreck_at + 1) if self.wreck_at >= 0 else ()
        return t.value != "shell" or any(self._says(k, "event", "shootdown") for k in near)

    def _out_of(self, q: _Quantity) -> int:
        width = next(t.width for t in self.tags[q.stop] if t.tag == "link" and t.value == "outof")
        second = (
            number_at(self.words, q.stop + width, self.article.tagged.lexicon) if q.stop + width < self.stop else None
        )
        return self._take(q._replace(stop=second[1] if second else q.stop + width))

    def _take_item(self, q: _Quantity, at: int, item: Tag) -> int:
        stop, kind = past_make(self.article, at + item.width, self.stop, self._item(item) or "other")
        if not self.wreck:
            self.waiting.append(Loss(q.first, stop, kind, q.count, q.qualifier, "unknown", False, False, q.first))
        elif at - self.wreck_at <= 60 and self._intercepts(item) and not self._subject(at, item, counted=True):
            self._add_item(q, stop, kind)
        return stop

    def _subject(self, i: int, item: Tag, *, counted: bool) -> bool:
        return i - self.wreck_at <= 3 and acts(self.article, i, item, counted, self.wreck_at, self.stop)

    def _take_people(self, q: _Quantity, at: int, person: Tag) -> int:
        stop = self._past_adjectives(at + 1)
        follows = self._verb_behind(stop)
        if follows:
            fate, k = follows
            self.found.append(self._made(q, at + 1, fate.value, person, stop))
            return k + 1 if self._victim_word(k) else stop
        if self.fate and q.first - self.fate_at <= 16:
            self._add(q, at + 1, self.fate, person, self.fate_at)
        else:
            self.waiting.append(self._made(q, at + 1, "", person, q.first))
        return stop

    def _verb_behind(self, stop: int) -> tuple[Tag, int] | None:
        """Find a fate that is a verb right behind its subject: "138 others were wounded"."""
        for k in range(stop, min(self.stop, stop + 2)):
            for t in self._widest(k):
                if t.tag == "loss" and t.value in _FATES and not t.cut and self._befalls(k, t):
                    return t, k
            if self.words[k] in PAUSES or any(t.tag == "link" for t in self.tags[k]):
                return None
        return None

    def _befalls(self, k: int, t: Tag) -> bool:
        """Whether a word behind people tells their fate: "were wounded", "wounded" as their adjective."""
        victims = self._victim_word(k)
        return t.form in ("past", "present") and not victims or bool(victims) and t.form == "noun"

    def _past_adjectives(self, at: int) -> int:
        """Behind a counted noun: adjectives (civilian, killed), "one", "two", the noun of its genitive."""
        while at < self.stop:
            here = self.tags[at]
            adjective = any(t.tag == "person" for t in here) and not any(
                t.cut and t.tag == "person" and self._conjoined(at) or t.tag == "loss" and t.value in _FATES
                for t in here
            )
            if self._says(at, "prep", "from") and self._of_people(at + 1):
                at += 1
                adjective = True
            small = any(t.tag == "number" and t.value in ("1", "2", "others2") and not t.cut for t in here)
            if not (adjective or small):
                return at
            at += 1
        return at

    def _of_people(self, at: int) -> bool:
        """Whether a counted noun's "of" names their kind: "five members of one family"."""
        return at < self.stop and not self.marks[at] & _NUMBER and self._says(at, "person", "civilian")

    def _conjoined(self, at: int) -> bool:
        return self.words[at][:1] in self.article.tagged.lexicon.labels.get("conjunction_letters", "")

    def _stands_for_people(self, q: _Quantity) -> bool:
        """A bare number right behind the fate ("wounded more than 400"), joined to a victim, or of a toll."""
        behind = self.tags[q.stop] if q.stop < self.stop else ()
        if any(self._is_measured(t) for t in behind):
            return False
        if q.first - self.fate_at <= 2 or self.open_toll:
            self.open_toll = False
            return True
        if self._goes_on(q):
            return True
        toll = any(
            t.tag == "loss" and t.value == "toll"
            for k in range(max(self.first, q.first - 16), q.first)
            for t in self.tags[k]
        )
        to = any(t.tag == "prep" and t.value == "to" for t in self.tags[q.first - 1]) if q.first > self.first else False
        return toll and (to or q.first - self.fate_at <= 4)

    def _is_measured(self, t: Tag) -> bool:
        """Whether a number before this counts it: hours, villages, tanks; not "by a rocket", "at dawn"."""
        if t.tag == "time":
            return t.value.startswith("unit_")
        return t.tag in ("class", "weapon") and not t.cut

    def _goes_on(self, q: _Quantity) -> bool:
        """More victims of one fate: "84 fighters and 45 of the police"."""
        last = self.found[-1] if self.found else None
        if last is None or not last.person or last.kind != self.fate or q.first - last.stop > 8:
            return False
        glued = any(t.cut and self._conjoined(q.first) for t in self.tags[q.first])
        joined = glued or q.first > self.first and self.words[q.first - 1] in self.conjunctions
        partly = q.stop < self.stop and any(t.tag == "prep" and t.value == "from" for t in self.tags[q.stop])
        return joined and partly

    def _nouns(self, at: int) -> tuple[Tag, ...]:
        if at >= self.stop:
            return ()
        found = tuple(t for t in self.tags[at] if t.tag in ("person", "weapon", "loss"))
        people = None if found else self._people(at)
        return (people,) if people else found

    def _people(self, at: int) -> Tag | None:
        """An adjective of a country that stands for people: "two Indians and a Pakistani"."""
        for m in self.article.mentions_in(at, at + 1):
            if self.article.mentions[m].role == "nationality":
                word = self.words[at]
                cut = 1 if self._conjoined(at) else 0
                return Tag("person", "any", word[cut:], "people", 1, cut)
        return None

    # ── nouns without a number ──

    def _ordinal(self, i: int) -> bool:
        """Count one more: "and wounded a third"."""
        if not self.marks[i] & _NUMBER:
            return False
        one = any(
            t.tag == "number" and t.value in ("ordinal", "others2") or t.tag == "count" and i - self.fate_at == 1
            for t in self.tags[i]
        )
        if not (one and self.fate and 0 < i - self.fate_at <= 2) or self._says(self.fate_at, "event", "hit"):
            return False
        two = any(t.tag == "number" and t.value == "others2" for t in self.tags[i])
        self._add(_Quantity(i, i + 1, 2 if two else 1, "exact"), i + 1, self.fate, None, self.fate_at)
        return True

    def _noun(self, i: int) -> Tag | None:
        return next((t for t in self.tags[i] if t.tag == "person" or t.tag == "weapon" and self._item(t)), None)

    def _bare_noun(self, i: int, noun: Tag) -> int:
        """A dual is two, a singular one, a plural no number."""
        if noun.tag == "weapon":
            return self._bare_item(i, noun)
        count = grammatical_number(self.article, i, noun)
        victims = self._victim_word(i)
        if self._parts_of_last(i):
            return self._past_subset(i)
        stop = self._past_adjectives(i + 1)
        if count is None:
            count, stop = self._numbered_behind(stop) or (None, stop)
        q = _Quantity(i, i + 1, count, "exact" if count else "none_given")
        if i < self.negated_until:
            return stop
        if self.open_toll and not victims:
            return stop
        if victims:
            self.fate, self.fate_at, self.wreck = victims.value, i, False
            if count or not self._counted_later(i):
                self.open_toll = False
                self._add(q, i + 1, victims.value, noun, i)
        elif self.fate and (
            0 < i - self.fate_at <= 3 and not self._by_agent(i) and not self._taken() or self._coordinated(i)
        ):
            self._add(q, i + 1, self.fate, noun, self.fate_at)
        elif count and not self.fate:
            self.waiting.append(self._made(q, i + 1, "", noun, i))
        return stop

    def _parts_of_last(self, i: int) -> bool:
        """Whether people behind a comma are those just counted: "three people, two soldiers and a boy"."""
        last = self.found[-1] if self.found else None
        if last is None or not last.person or (last.count or 0) < 2 or self._conjoined(i):
            return False
        return last.stop == i - 1 and self.words[i - 1] in COMMAS | {":"} and not self._victim_word(i)

    def _numbered_behind(self, at: int) -> tuple[int, int] | None:
        """A number with the article behind its noun: "her three children"; with the token behind it."""
        article = self.article.tagged.lexicon.labels.get("article", "")
        if at >= self.stop or not article or not self.words[at].startswith(article) or self._is_time(at):
            return None
        got = number_at(self.words, at, self.article.tagged.lexicon)
        return got if got and 2 < got[0] < 100 else None

    def _taken(self) -> bool:
        """Whether the fate that rules here has its people already."""
        return bool(self.found) and self.found[-1].person and self.found[-1].head == self.fate_at

    def _bare_item(self, i: int, noun: Tag) -> int:
        stop, kind = past_make(self.article, i + noun.width, self.stop, self._item(noun) or "other")
        if self._is_means(i, noun):
            return stop
        count = grammatical_number(self.article, i, noun)
        q = _Quantity(i, stop, count, "exact" if count else "none_given")
        joined = self._conjoined(i) and bool(self.found) and i - self.found[-1].stop <= 8
        if self.wreck and (self._wrecked_here(i) or joined) and self._intercepts(noun):
            if joined or not self._subject(i, noun, counted=count is not None):
                self._add_item(q, stop, kind)
        elif not self.wreck and count:
            self.waiting.append(Loss(i, stop, kind, count, "exact", "unknown", False, False, i))
        return stop

    def _wrecked_here(self, i: int) -> bool:
        """Whether a thing stands close behind what destroys it: within three words, asides left out."""
        between = range(self.wreck_at + 1, i)
        commas = [k for k in between if self.words[k] in COMMAS]
        aside = commas[-1] - commas[0] + 1 if len(commas) > 1 else 0
        return 0 < i - self.wreck_at - aside <= self.reach

    def _by_agent(self, i: int) -> bool:
        """Not the victim but the killer: a word of cause, place or agency stands between."""
        for k in range(self.fate_at + 1, i):
            if any(
                t.tag in ("link", "prep") and t.value in ("cause", "with", "in", "on", "near", "to")
                for t in self.tags[k]
            ) or self.words[k] in COMMAS | {"("}:
                return True
        return False

    def _coordinated(self, i: int) -> bool:
        if not self.found or not self.found[-1].person:
            return False
        last = self.found[-1]
        return (
            i - last.stop <= 3
            and last.kind == self.fate
            and any(self._conjoined(i) for t in self.tags[i] if t.tag == "person" and t.cut)
        )

    def _counted_later(self, i: int) -> bool:
        """Tell whether the number follows the noun: "the number of dead rose to 45", "and the wounded 60"."""
        at = i + 1
        if at < self.stop and any(t.tag == "bound" for t in self.tags[at]):
            at += 1
        if at < self.stop and (digits(self.words[at]) or at > i + 1 and number_at(self.words, at, self._lexicon)):
            self.open_toll = True
            return True
        if not self.open_toll and not any(
            t.tag == "loss" and t.value == "toll" for k in range(max(self.first, i - 6), i) for t in self.tags[k]
        ):
            return False
        for k in range(i + 1, min(self.stop, i + 16)):
            if self._says(k, "link", "subset"):
                return False
            if not self._is_time(k) and number_at(self.words, k, self.article.tagged.lexicon):
                return True
        return False

    # ── results ──

    def _add(self, q: _Quantity, stop: int, kind: str, person: Tag | None, head: int) -> None:
        if q.first >= self.negated_until:
            self.found.append(self._made(q, stop, kind, person, head))

    def _made(self, q: _Quantity, stop: int, kind: str, person: Tag | None, head: int) -> Loss:
        status = _STATUS.get(person.value, "unknown") if person else "unknown"
        return Loss(q.first, stop, kind, q.count, q.qualifier, self._adjective_status(stop, status), False, True, head)

    def _adjective_status(self, stop: int, status: str) -> str:
        """What the words behind the noun say: civilian, of its soldiers, in its ranks."""
        for k in range(stop, min(self.stop, stop + 4)):
            if self.words[k] in PAUSES:
                break
            for t in self.tags[k]:
                conjoined = t.cut and self._conjoined(k)
                if t.tag == "person" and t.value in ("military", "civilian") and not conjoined and status == "unknown":
                    return t.value
                if t.tag == "party" and t.value == "own" and status == "unknown":
                    return "military"
        return status

    def _add_item(self, q: _Quantity, stop: int, kind: str) -> None:
        self.found.append(Loss(q.first, stop, kind, q.count, q.qualifier, "unknown", False, False, self.wreck_at))

    def _past_subset(self, i: int) -> int:
        """Skip "among them 21 children": up to a new fate that is joined on, or the clause's end."""
        _, c_stop = self.article.clause(i)
        for k in range(i + 1, min(self.stop, c_stop)):
            if any(t.tag in ("loss", "event") and t.cut and self._conjoined(k) for t in self.tags[k]):
                return k
            if self._conjoined(k) and self._counts_victims(k):
                return k
        return max(i + 1, min(self.stop, c_stop))

    def _counts_victims(self, k: int) -> bool:
        """Whether "and eleven wounded" begins here: a number of its own, no part of the one before."""
        at = k + 1 if self.words[k] in self.conjunctions else k
        got = number_at(self.words, at, self.article.tagged.lexicon) if at < self.stop else None
        return bool(got and got[1] < self.stop and self._victim_word(got[1]))

    def _past_rank(self, i: int) -> int:
        """Skip an officer's rank: "an officer with the rank of captain"."""
        at = i + next(t.width for t in self.tags[i] if t.tag == "link" and t.value == "rank")
        return at + 1 if at < self.stop and self._noun(at) else at

    def _past_model(self, i: int) -> int:
        """Skip the make of a weapon: up to three tokens behind "of the type"."""
        at = i + next(t.width for t in self.tags[i] if t.tag == "link" and t.value == "model")
        if at + 1 < self.stop and not self.tags[at] and self.words[at + 1].isdecimal():
            at += 1
        while at < self.stop and (
            self.words[at] in "\"'-()"
            or any(t.tag == "weapon" and not t.cut for t in self.tags[at])
            or self.words[at][:1].isdecimal()
        ):
            at += 1
        return max(at, i + 1)


def _VICTIM_NOUNS(article: Article) -> frozenset[str]:  # noqa: N802
    """Lemmas of loss nouns that name the victims themselves (they are tagged as persons too)."""
    known = _VICTIMS.get(id(article.tagged.lexicon))
    if known is None:
        lexicon = article.tagged.lexicon
        people = {
            e.lemma for entries in lexicon.forms.values() for e in entries if e.tag == "person" and e.value == "any"
        }
        known = _VICTIMS[id(lexicon)] = frozenset(people)
    return known


_VICTIMS: dict[int, frozenset[str]] = {}


def grammatical_number(article: Article, i: int, noun: Tag) -> int | None:
    """Number that the noun's form gives: 2 for a dual, 1 for a singular, None for a plural."""
    word = article.tagged.tokens.words[i][noun.cut :]
    lexicon = article.tagged.lexicon
    duals = lexicon.labels.get("dual_endings", ())
    lemma = noun.lemma.split(" ")[0]
    from geomap.text import fold_name

    base = fold_name(lemma)
    stem = base[:-1] if base[-1:] in lexicon.labels.get("feminine_letter", "") else base
    if noun.form == "people":
        return _people_number(article, word)
    if lemma in lexicon.sound_plurals and any(word == stem + e for e in lexicon.labels.get("plural_endings", ())):
        return 2 if _two_follows(article, i) else None
    if word == base or word in (base + s for s in lexicon.labels.get("singular_endings", ())):
        return 1
    for ending in duals:
        if word == stem + ending:
            return 2
    if word.startswith(stem) and word[len(stem) :] in lexicon.labels.get("possessive_singular", ()):
        return 1
    return None


def _two_follows(article: Article, i: int) -> bool:
    tags = article.tagged.tags
    return i + 1 < len(tags) and any(t.tag == "number" and t.value == "2" for t in tags[i + 1])


def _people_number(article: Article, word: str) -> int | None:
    """Number of a people's name by its ending."""
    labels = article.tagged.lexicon.labels
    if any(word.endswith(e) for e in labels.get("people_dual", ())):
        return 2
    return None if any(word.endswith(e) for e in labels.get("people_plural", ())) else 1


def _joined(article: Article, found: list[Loss]) -> list[Loss]:
    """Add up uncounted neighbours of one fate and status: "a mother and her two children" are three."""
    out: list[Loss] = []
    for loss in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.person
            and loss.person
            and loss.kind == last.kind
            and loss.count
            and last.count
            and max(loss.count, last.count) <= 12
            and loss.first - last.stop <= 2
            and not any(word in COMMAS for word in article.tagged.tokens.words[last.stop : loss.first])
            and _glued(article, loss.first)
            and (loss.status == last.status or "unknown" in (loss.status, last.status))
            and not _named_people(article, last, loss)
        ):
            status = last.status if last.status != "unknown" else loss.status
            out[-1] = last._replace(stop=loss.stop, count=last.count + loss.count, status=status)
        else:
            out.append(loss)
    return out


def _without_parts(article: Article, found: list[Loss]) -> list[Loss]:
    """Without the parts of a total that stand right behind it: "three people, two soldiers and a boy"."""
    out: list[Loss] = []
    k = 0
    while k < len(found):
        total = found[k]
        out.append(total)
        k += 1
        parts = _parts(found, k - 1)
        if len(parts) > 1:
            if any(
                article.mentions[m].role == "nationality"
                for m in article.mentions_in(parts[0].first, parts[-1].stop + 2)
            ):
                out[-1:] = parts
            k += len(parts)
    return out


def _parts(found: list[Loss], k: int) -> list[Loss]:
    """Losses behind ``found[k]`` that add up to it, of the same fate and close together."""
    total, parts, last = found[k], [], found[k]
    if not total.person or not total.count or total.status != "unknown":
        return []
    for part in found[k + 1 :]:
        if part.kind != total.kind or not part.count or part.first - last.stop > 3:
            break
        parts.append(part)
        last = part
        if sum(p.count or 0 for p in parts) == total.count:
            return parts
    return []


def _glued(article: Article, i: int) -> bool:
    return any(t.cut for t in article.tagged.tags[i])


def _named_people(article: Article, a: Loss, b: Loss) -> bool:
    """Whether adjectives of two countries stand with them, or one with the second: then they are of two sides."""
    named = [
        (article.mention_first[m], article.mentions[m].place)
        for m in article.mentions_in(a.first, b.stop + 2)
        if article.mentions[m].role == "nationality"
    ]
    return any(at >= b.first for at, _ in named) or len({place and place.country for _, place in named}) > 1
