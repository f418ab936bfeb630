"""Words of speech: which words of an article tell that somebody speaks, denies or answers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party, is_named_body
from geomap.extract.parties.partisans import Partisan
from geomap.extract.speech.tellers import teller
from geomap.lazy import lazy
from geomap.punctuation import QUOTES, SAYING, SAYING_ENDS
from geomap.tagging import Tag, Tags, mark

#: Kinds of party that speak of their own accord.
SPEAKERS = frozenset({"state", "region", "group", "organisation", "claimant"})
_TOLD = frozenset({"say", "according", "confirm", "admit", "claim", "accuse", "deny"})
_SPEECH = mark("speech")
_VERBAL = ("event", "speech")
#: Labels of words that tell or deny only in some company.
_BY_CONTEXT = ("answers", "refusals", "tellers", "raisers", "presenters", "finders")
#: Tokens behind a verb within which what it says begins.
_REACH = 9
_OFFICE_REACH = 18
_SHORT = 4
#: Words of the shortest phrase.
_PHRASE = 2


class Speech(NamedTuple):
    """A speech word at tokens ``at`` to ``stop`` with its speaker; None where it goes on with the last one."""

    at: int
    stop: int
    value: str
    speaker: Party | None
    form: str


@dataclass(frozen=True)
class Speeches:
    """All speech words of an article, in order."""

    found: Sequence[Speech]
    #: Whose side the article itself is on.
    partisan: Partisan
    #: In how many quarters of its sentences somebody speaks.
    voiced: int
    #: Whose statement the whole text is.
    masthead: Party | None = None

    @lazy
    def _starts(self) -> list[int]:
        return [s.at for s in self.found]

    @lazy
    def voices(self) -> list[tuple[Speech, str]]:
        """Those that tell, with the name of who speaks."""
        return [(s, reporter_name(s.speaker)) for s in self.found if s.speaker is not None and s.value != "deny"]

    @lazy
    def ranked(self) -> list[str]:
        """Who speaks, the most heard first."""
        return [name for name, _ in Counter(reporter_name(s.speaker) for s in self.found if s.speaker).most_common()]

    def within(self, first: int, stop: int) -> Sequence[Speech]:
        """Speech words in a token range."""
        return self.found[bisect_left(self._starts, first) : bisect_left(self._starts, stop)]


def reporter_name(party: Party) -> str:
    """A party as a claimant: a state and its leaders by the side, anybody else by name."""
    return party.side if party.kind in ("latent", "state") else party.name


def speech_words(article: Article, parties: Parties) -> Iterator[tuple[int, Tag]]:
    """Words of speech in order: told, denied, answered ("replied that"); none that is negated ("did not confirm")."""
    lexicon = article.tagged.lexicon
    answers, refusals, finders = map(lexicon.words, ("answers", "refusals", "finders"))
    cuts = lexicon.among(*_BY_CONTEXT)
    pronouns = lexicon.words("aside_ones") | lexicon.words("aside_many")
    spans = zip(article.mention_first, article.mention_stop, strict=True)
    named = {k for first, stop in spans for k in range(first, stop)}
    words, marks = article.tagged.tokens.words, article.tagged.marks
    told = [(i, cut) for i, cut in enumerate(map(cuts.__getitem__, words)) if cut is not None or marks[i] & _SPEECH]
    for i, cut in told:
        if i in named:
            continue
        word = words[i]
        tags = article.tagged.tags[i]
        # "did not confirm", "neither did they confirm"
        before = i - 2 if i > 1 and words[i - 1] in pronouns else i - 1
        if before >= 0 and article.tagged.has(before, "scope", "negation") and not any(t.form == "noun" for t in tags):
            continue
        speech = next((t for t in tags if t.tag == "speech" and t.value in _TOLD), None)
        if speech is not None:
            speech = _as_verb(speech, tags)
            if speech.form == "word" and speech.width < _PHRASE and article.tagged.has_article(i, speech):
                continue  # "the spokeswoman" is no "speaking of"
            if speech.value == "according" and _has(article, i + speech.width, "agreed", 1):
                continue
            if _speaks(article, parties, i, speech) and not _negated_too(article, i):
                yield i, speech
            continue
        if cut is None:
            continue
        stem = word[cut:]
        if stem in answers and (
            _behind_quote(article, i)
            or _in_words(article, i + 1)
            and (_quotes(article, i + 1) or _accuses(article, i + 1))
        ):
            yield i, Tag("speech", "answer", stem, "past", 1, cut)
        elif (
            stem in finders
            and any(map(is_named_body, parties.within(i + 1, i + 2)))
            or _tells_by_company(article, i, cut)
            and (
                any(p.kind in SPEAKERS for p in parties.within(i + 1, i + 3))
                or teller(article, parties, i + 1)
                or _is_body(article, i + 1)
                or not cut
                and any(p.stop == i for p in parties.within(max(0, i - _SHORT), i))
            )
        ):
            yield i, Tag("speech", "say", stem, "past", 1, cut)
        elif stem in refusals and (_has(article, i + 1, "claimed") or _of_a_claim(article, i) or _plainly(article, i)):
            yield i, Tag("speech", "deny", stem, "past", 1, cut)


def _tells_by_company(article: Article, i: int, cut: int) -> bool:
    """Whether a verb tells where it has a speaker beside it; before a verb only "and" is glued, so "after" is none."""
    lexicon, word = article.tagged.lexicon, article.tagged.tokens.words[i]
    if not all(letter in lexicon.labels["conjunction_letters"] for letter in word[:cut]):
        return False
    stem = word[cut:]
    if stem in lexicon.words("tellers"):
        return True
    if stem in lexicon.words("raisers"):
        return _tolls(article, i + 1)
    return stem in lexicon.words("presenters") and _has(article, i + 1, "accounts", _SHORT)


def _as_verb(speech: Tag, tags: Tags) -> Tag:
    """A phrase of a verb and what it says ("denied it") as the verb that it is."""
    if speech.form != "word" or speech.width < _PHRASE:
        return speech
    verb = next(
        (t for t in tags if t.tag == "speech" and t.value == speech.value and t.form in ("past", "present")), None
    )
    return speech._replace(form=verb.form) if verb else speech


def _negated_too(article: Article, at: int) -> bool:
    """Whether a verb is the second of two that are negated together: "neither confirmed the raid nor denied it"."""
    first, _ = article.clause(at)
    words, tagged = article.tagged.tokens.words, article.tagged
    return (
        words[at - 1] in tagged.lexicon.words("alternatives")
        and tagged.first("scope", "negation", first, at) is not None
    )


def _quotes(article: Article, at: int, reach: int = _REACH) -> bool:
    """Whether "that", a colon or a quotation follows, before another verb or the end of the clause."""
    _, last = article.sentence(at - 1)
    words, tags = article.tagged.tokens.words, article.tagged.tags
    for k in range(at, min(last, at + reach)):
        said = words[k] in SAYING and not _closes(article, k)
        if said or any(t.tag == "link" and t.value == "that" for t in tags[k]):
            return True
        if words[k] in SAYING_ENDS or any(t.tag in _VERBAL and t.form in ("past", "present") for t in tags[k]):
            return False
    return False


def _closes(article: Article, k: int) -> bool:
    """Whether a quotation mark ends what is quoted."""
    words = article.tagged.tokens.words
    return words[k] in QUOTES and words[article.sentence(k)[0] : k].count(words[k]) % 2 == 1


def _accuses(article: Article, at: int) -> bool:
    """Whether an answer is an accusation: "X answered by accusing Y"."""
    _, last = article.sentence(at - 1)
    near = range(at, min(last, at + _SHORT))
    return any(t.tag == "speech" and t.value == "accuse" for k in near for t in article.tagged.tags[k])


def _tolls(article: Article, at: int) -> bool:
    """Whether losses are told within reach behind a verb."""
    _, last = article.sentence(at - 1)
    return any(t.tag == "loss" for k in range(at, min(last, at + _REACH)) for t in article.tagged.tags[k])


def _in_words(article: Article, at: int) -> bool:
    """Whether who answers answers words: one that "answers an attack" strikes back."""
    words = article.tagged.tokens.words
    _, last = article.sentence(at - 1)
    near = range(at, min(last, at + _SHORT))
    on = next((k for k in near if words[k] in SAYING or article.tagged.has(k, "prep", "on")), None)
    if on is None or words[on] in SAYING:
        return True
    return any(_has(article, on, label, _SHORT) for label in ("claimed", "pointing_back"))


def _behind_quote(article: Article, at: int) -> bool:
    """Whether a quotation ends just before a verb: "We did not fire", commented X."""
    first, _ = article.sentence(at)
    return '"' in article.tagged.tokens.words[max(first, at - 3) : at]


def _has(article: Article, at: int, label: str, reach: int = _REACH) -> bool:
    """Whether one of a label's words stands behind a verb: "refused the accusations", "blamed"."""
    _, last = article.sentence(at - 1)
    known = article.tagged.lexicon.among(label)
    return any(known[word] is not None for word in article.tagged.tokens.words[at : min(last, at + reach)])


def _of_a_claim(article: Article, at: int) -> bool:
    """Whether a verb of refusing has a claim before it: "an allegation that X refused", "a story X refused"."""
    first, _ = article.sentence(at)
    known = article.tagged.lexicon.among("claimed")
    return any(known[word] is not None for word in article.tagged.tokens.words[max(first, at - 2) : at])


def _plainly(article: Article, at: int) -> bool:
    """Whether what is refused is "that" and nothing more: "X refused that"."""
    _, last = article.sentence(at)
    words, bare = article.tagged.tokens.words, article.tagged.lexicon.words("bare_pointers")
    near = range(at + 1, min(last, at + _SHORT))
    return any(words[k] in bare and (k + 1 >= last or not words[k + 1][0].isalnum()) for k in near)


def _is_body(article: Article, at: int) -> bool:
    """Whether a state's body stands at a token, with no name: "the ministry", "ministry of defence"."""
    if at >= len(article.tagged.tags):
        return False
    bodies = [t for t in article.tagged.tags[at] if t.tag == "organ" and t.value == "state"]
    return any(t.width > 1 or article.tagged.has_article(at, t) for t in bodies)


def _office(article: Article, at: int) -> bool:
    """Whether an office stands at a token: titles and names are long."""
    return at < len(article.tagged.tags) and article.tagged.has(at, "organ", "office")


def _speaks(article: Article, parties: Parties, i: int, speech: Tag) -> bool:
    """Whether a verb that can mean another thing is one of speech: what is said follows, or a body that only speaks."""
    if speech.form not in ("past", "present") or speech.lemma not in article.tagged.lexicon.labels["loose_speech"]:
        return True
    _, last = article.sentence(i)
    tags = article.tagged.tags
    stop = i + speech.width
    if stop < last and article.tagged.has(stop, "prep", "to"):
        return False  # brought to a place, not told
    if _relative(article, i) and any(p.kind in SPEAKERS for p in parties.within(stop, min(last, stop + 4))):
        return True
    if _quotes(article, stop, _OFFICE_REACH if _office(article, stop) else _REACH):
        return True
    if speech.value == "accuse" and _has(article, stop, "blame"):
        return True
    if _has(article, stop, "shown", _SHORT):
        return True  # a list of the fallen, footage
    if any(t.tag == "speech" and t.form == "noun" for k in range(stop, min(last, stop + _REACH)) for t in tags[k]):
        return True
    near = [p for p in parties.within(stop, min(last, stop + 3)) if not article.tagged.has(p.first - 1, "prep", "to")]
    if speech.lemma in article.tagged.lexicon.labels["observing"] and (
        any(_noted(article, p, last) for p in near) or _is_body(article, stop)
    ):
        return True
    if speech.lemma in article.tagged.lexicon.labels["attributing"] and _ascribed(article, stop, last):
        return True
    return any(p.kind in ("claimant", "organisation") or _tolls(article, stop) and p.kind in SPEAKERS for p in near)


def _noted(article: Article, party: Party, last: int) -> bool:
    """Whether a body tells what it noted: an event stands right behind its name."""
    behind = range(party.stop, min(last, party.stop + 2))
    return party.kind in SPEAKERS and any(t.tag == "event" for k in behind for t in article.tagged.tags[k])


def _ascribed(article: Article, at: int, last: int) -> bool:
    """Whether "to" stands behind whoever ascribes a deed: "which X ascribed to Y"."""
    to = article.tagged.first("prep", "to", at, min(last, at + _REACH))
    return to is not None and to > at


def _relative(article: Article, i: int) -> bool:
    """Whether a verb has a statement or a toll just before it that it takes up: "a toll that X published"."""
    words, labels = article.tagged.tokens.words, article.tagged.lexicon.labels
    if not i or not words[i].endswith(tuple(labels["possessives"])):
        return False
    stated = article.tagged.is_one(i - 1, "statements")
    return stated or any(t.tag == "speech" and t.form == "noun" for t in article.tagged.tags[i - 1])


def own_subject(article: Article, parties: Parties, at: int, speech: Tag) -> bool:
    """Whether a subject that is no known party stands behind a verb of speech."""
    if speech.form not in ("past", "present") or at >= len(article.tagged.tags) or parties.within(at, at + 1):
        return False
    word, tags = article.tagged.tokens.words[at], article.tagged.tags[at]
    if article.tagged.lexicon.among("adverbs", "things_told")[word] is not None:
        return False
    return word[0].isalpha() and (not tags or any(t.tag in ("organ", "person") for t in tags)) and len(word) > 2
