"""Words by which somebody contradicts: denials, answers, and sayings whose clause is negated or disbelieves."""

from __future__ import annotations

from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party
from geomap.extract.speech.words import Speech, Speeches, reporter_name
from geomap.punctuation import QUOTES

#: Tokens behind a quotation within which a verb of saying belongs to it.
_BEHIND_QUOTE = 4
#: Tokens behind the colon of a line within which a word of denying is its speaker's.
_BEHIND_COLON = 3
#: The same where the word says what a thing is ("untrue"): it may end the line.
_FAR_BEHIND_COLON = 12
#: Tokens before a word of denying within which "and this is" makes it the text's own.
_APPOSED = 3
#: Tokens from a verb back to the "and this is" before its "what".
_APPOSING = 2
#: Tokens before a noun of denying within which the subject of its verb stands.
_SUBJECT = 4
#: Tokens beside a word of denying within which "each side" stands.
_EACH = 3
#: Tokens from a word of denying within which "that … be" stands.
_BEING_WITHIN = 6

#: Kinds of party that can deny a deed as theirs.
_SIDES = frozenset({"state", "region", "group", "latent"})


class Denial(NamedTuple):
    """A word of denying with who denies by it, and the tokens ``start`` to ``end`` that say what is denied."""

    speech: Speech
    name: str
    start: int
    end: int
    #: Who denies it with him: "X and Y denied that".
    joined: str = ""


def find_denials(article: Article, parties: Parties, speeches: Speeches) -> list[Denial]:
    """Words of denying and answering, and those of saying whose clause is negated or disbelieves, with who speaks."""
    found: list[Denial] = []
    untrue = _called_untrue(article, speeches)
    calling = set(untrue.values())
    called_at = {s.at for s in calling}
    covered = 0
    for s in speeches.found:
        if s.value == "deny":
            if s.at < covered:
                continue  # "a sheer lie" is one word of denying, not two
            covered = s.stop
        if s in untrue or _strengthens(article, s, speeches):
            continue
        if not called_at.isdisjoint(range(s.at + 1, s.stop)) or s.value == "claim" and _apposed(article, s):
            # "what X called" is a claim of X, unless what he called it is a lie, or "and this is" what he called it
            continue
        if _is_quoted(article, s):
            # "what X tells is a lie": the text judges it, or whoever says so in a verb of his own
            if ours := _own(speeches):
                end = _clause_end(article, s, speeches)
                if says(article, s.stop, end, "disbelief") and not _said_by(article, speeches, s):
                    found.append(Denial(s._replace(value="deny"), ours, s.stop, end))
            continue
        if s in calling and s.speaker is not None:
            denying = s._replace(value="deny")
            found.append(Denial(denying, reporter_name(s.speaker), s.stop, _clause_end(article, s, speeches)))
            continue
        denier = _denier(article, parties, speeches, s)
        if not denier or s.value == "according":
            continue
        if (claim := _claim_before(article, speeches, s)) is not None:
            found.append(Denial(s, denier, claim.stop, s.at))
            continue
        if s.value != "deny" and s.speaker is not None and s.speaker.kind == "claimant":
            continue  # witnesses tell what was not; they deny nothing
        end = _clause_end(article, s, speeches)
        if s.value != "deny":
            end = _before_apposed(article, s.stop, end)
        if s.value == "deny" and (_only_doubts(article, s, end) or _of_the_dead(article, s.stop, end)):
            continue
        quoted = _quote_before(article, s)
        if quoted and _contradicts(article, *quoted):
            found.append(Denial(s, denier, *quoted))
        elif s.value in ("deny", "answer") or s.form != "noun" and _contradicts(article, s.stop, end):
            start = _said_from(article, parties, s)
            topic = _topic(article, s, end) if start == s.stop else None
            said = (topic, s.at) if topic is not None else (start, end)
            found.append(Denial(s, denier, *said, _joined(article, parties, s)))
    found = [each for denial in found for each in _of_both_sides(article, parties, speeches, denial)]
    found += _lines(article, parties, speeches)
    return sorted(found, key=lambda d: d.speech.at)


def _topic(article: Article, s: Speech, end: int) -> int | None:
    """Where the talk begins that a word behind it calls untrue: "as for the reports of …, they are a lie"."""
    words = article.tagged.tokens.words
    if s.value != "deny" or not _is_predicate(article, s) or any(words[k][0].isalpha() for k in range(s.stop, end)):
        return None
    known = article.tagged.lexicon.among("talk")
    first, _ = article.sentence(s.at)
    return next((k + 1 for k in range(first, s.at) if known[words[k]] is not None), None)


def _of_both_sides(article: Article, parties: Parties, speeches: Speeches, denial: Denial) -> list[Denial]:
    """A denial for each of the two who deny what the other tells: "each side denied the other's account"."""
    s = denial.speech
    first, last = article.sentence(s.at)
    near = range(max(first, s.at - _EACH), min(last, s.stop + _EACH))
    if s.value != "deny" or not any(article.tagged.phrase_at(k, "each_side") for k in near):
        return [denial]
    spoke = [v.speaker for v in reversed(speeches.within(0, s.at)) if v.speaker is not None]
    names = [reporter_name(p) for p in spoke if p.kind in _SIDES]
    two = list(dict.fromkeys([*names, *parties.ranked]))[:2]
    return [denial._replace(name=name, joined="") for name in two]


def _own(speeches: Speeches) -> str:
    """Whose word the text itself is: of the side that it takes, or of the body whose statement it is."""
    return speeches.partisan.ours or (reporter_name(speeches.masthead) if speeches.masthead else "")


def _said_from(article: Article, parties: Parties, s: Speech) -> int:
    """Where what is denied begins: behind the word, or behind the colon of a line that it ends: "X: …, a lie"."""
    if s.value != "deny" or not _is_predicate(article, s) or _before_colon(article, parties, s) is None:
        return s.stop
    words = article.tagged.tokens.words
    return next(k for k in range(s.at - 1, -1, -1) if words[k] == ":") + 1


def _is_quoted(article: Article, s: Speech) -> bool:
    """Whether a verb of telling only says what others tell: "what X publishes of …"; not "and this is what X calls"."""
    if s.value in ("deny", "answer") or s.form not in ("past", "present"):
        return False
    if not article.tagged.is_one(s.at - 1, "what"):
        return False
    return s.at < _APPOSING or not article.tagged.is_one(s.at - _APPOSING, "apposing")


def _said_by(article: Article, speeches: Speeches, s: Speech) -> bool:
    """Whether somebody speaks before a verb in its sentence."""
    first, _ = article.sentence(s.at)
    return any(v.form != "noun" and v.value != "according" for v in speeches.within(first, s.at))


def _called_untrue(article: Article, speeches: Speeches) -> dict[Speech, Speech]:
    """Words of denying in what somebody says, with the verb that says it: "called the report an invention"."""
    found = {}
    for s in speeches.found:
        if s.value != "deny" or not _is_predicate(article, s):
            continue
        first, _ = article.sentence(s.at)
        saying = [v for v in speeches.within(first, s.at) if v.value != "deny" and v.form != "noun"]
        if _apposed(article, s) and saying and saying[-1].at < s.at - _APPOSED:
            continue
        if saying and saying[-1].speaker is not None and s.at < _clause_end(article, saying[-1], speeches):
            found[s] = saying[-1]
    return found


def _apposed(article: Article, s: Speech) -> bool:
    """Whether "and this is" leads to a word of denying: "X claimed …, which is untrue" is no word of X."""
    return says(article, max(0, s.at - _APPOSED), s.at, "apposing")


def _before_apposed(article: Article, start: int, end: int) -> int:
    """Where a claim ends: at "and this is", by which the text itself judges it."""
    known, words = article.tagged.lexicon.among("apposing"), article.tagged.tokens.words
    return next((k for k in range(start, end) if known[words[k]] is not None), end)


def _claim_before(article: Article, speeches: Speeches, s: Speech) -> Speech | None:
    """The claim that the text itself calls untrue: "their allegations are a lie", "X claims …, which is untrue"."""
    if s.value != "deny" or not _is_predicate(article, s):
        return None
    first, _ = article.sentence(s.at)
    before = [v for v in speeches.within(first, s.at) if v.value != "deny"]
    if not before or before[-1].value != "claim" or not (before[-1].form == "noun" or _apposed(article, s)):
        return None
    # of "X claims …, a baseless allegation" the verb tells what
    return next((v for v in before if v.value == "claim" and v.form != "noun"), before[-1])


def _strengthens(article: Article, s: Speech, speeches: Speeches) -> bool:
    """Whether a noun of denying only strengthens the verb before it in its clause: "denied it with a flat denial"."""
    if s.value != "deny" or s.form != "noun":
        return False
    first, _ = article.clause(s.at)
    return any(v.value == "deny" and v.form in ("past", "present") for v in speeches.within(first, s.at))


def _is_predicate(article: Article, s: Speech) -> bool:
    """Whether a word of denying says what a thing is ("a lie"), not that somebody denies it."""
    if s.form in ("past", "present"):
        return article.tagged.tokens.words[s.at - 1] in QUOTES
    known = article.tagged.lexicon.among("denying_participles")
    return known[article.tagged.tokens.words[s.at]] is None


def _denier(article: Article, parties: Parties, speeches: Speeches, s: Speech) -> str:
    """Who denies or says something by a speech word; a text that takes a side denies for its own; empty if unknown."""
    if s.value != "deny":
        return reporter_name(s.speaker) if s.speaker else ""
    line = _before_colon(article, parties, s)
    if line is None and _claim_before(article, speeches, s) is not None:
        return _own(speeches)
    party = line or _of_noun(article, parties, s) or s.speaker or _before(article, parties, s)
    if party is None and s.form not in ("past", "present"):
        party = _according_to(article, speeches, s)
    if party is None:
        return _own(speeches) if s.form not in ("past", "present") else ""
    return reporter_name(party)


def _of_noun(article: Article, parties: Parties, s: Speech) -> Party | None:
    """Whose verb leads to a noun of denying: "X hastened to its denial", "which X repeated its denial of"."""
    first, _ = article.clause(s.at)
    if s.form == "word" and _is_predicate(article, s):
        # "X named it ridiculous", "X took it for a lie"
        return next((p for p in parties.within(first + 1, first + 2) if p.kind in _SIDES), None)
    if s.form != "noun":
        return None
    named = parties.within(max(first, s.at - _SUBJECT), s.at)
    here = [p for p in named if p.kind in _SIDES and not _led_to(article, p)]
    return here[-1] if here else None


def _led_to(article: Article, party: Party) -> bool:
    """Whether a preposition stands before a party: it is no subject."""
    at = party.first
    return any(t.tag == "prep" for t in article.tagged.tags[at]) or any(
        t.tag == "prep" for t in article.tagged.tags[max(0, at - 1)]
    )


def _according_to(article: Article, speeches: Speeches, s: Speech) -> Party | None:
    """Who is named behind what the text calls untrue: "there is no truth to …, according to a statement of X"."""
    _, last = article.sentence(s.at)
    return next((v.speaker for v in speeches.within(s.stop, last) if v.value == "according"), None)


def _joined(article: Article, parties: Parties, s: Speech) -> str:
    """Who denies with the subject behind a verb of denying: "X and Y denied it"; empty where he is alone."""
    if s.value != "deny" or s.form not in ("past", "present") or s.speaker is None or s.speaker.first < s.stop:
        return ""
    at = s.speaker.stop
    joining = tuple(article.tagged.lexicon.labels["joining_letters"])
    with_him = [p for p in parties.within(at, at + 1) if p.kind in ("state", "group", "latent")]
    if not with_him or not article.tagged.tokens.words[at].startswith(joining):
        return ""
    name = reporter_name(with_him[0])
    return "" if name == reporter_name(s.speaker) else name


def _before_colon(article: Article, parties: Parties, s: Speech) -> Party | None:
    """The party that opens a line of a live report, where it denies in its own words: "X: we deny this"."""
    first, _ = article.sentence(s.at)
    words = article.tagged.tokens.words
    untrue = _is_predicate(article, s)
    reach = _FAR_BEHIND_COLON if untrue else _BEHIND_COLON
    colon = next((k for k in range(s.at - 1, max(first, s.at - reach) - 1, -1) if words[k] == ":"), None)
    if colon is None or not untrue and parties.within(colon, s.at):
        return None
    return _opening(parties, first, colon)


def _opening(parties: Parties, first: int, colon: int) -> Party | None:
    """The party named last before a colon."""
    named = [p for p in parties.within(first, colon) if p.kind in ("state", "region", "group", "latent")]
    return named[-1] if named else None


def _lines(article: Article, parties: Parties, speeches: Speeches) -> list[Denial]:
    """Lines of a live report in which a party before a colon says that something is not so."""
    found = []
    for first, last in article.tagged.tokens.sentences:
        words = article.tagged.tokens.words[first : min(last, first + 10)]
        if ":" not in words or any(s.value == "deny" for s in speeches.within(first, last)):
            continue
        colon = first + len(words) - 1 - words[::-1].index(":")
        party = _opening(parties, first, colon)
        if party and _contradicts(article, colon + 1, last):
            said = Speech(colon, colon + 1, "answer", party, "past")
            found.append(Denial(said, reporter_name(party), colon + 1, last))
    return found


def _only_doubts(article: Article, s: Speech, end: int) -> bool:
    """Whether a word of denying only rules out what may come, or doubts what is no claim."""
    weak = article.tagged.lexicon.labels.get("weak_denials", ())
    lemmas = {t.lemma.split(" /")[0] for t in article.tagged.tags[s.at] if t.tag == "speech"}
    return bool(lemmas & set(weak)) and not any(says(article, s.stop, end, x) for x in ("disbelief", "pointing_back"))


def _of_the_dead(article: Article, start: int, end: int) -> bool:
    """Whether what is denied is only who the dead are ("that the two killed were soldiers"): a detail."""
    tagged = article.tagged
    being, words = tagged.lexicon.among("being"), tagged.tokens.words
    at = next((k for k in range(start, min(end, start + _BEING_WITHIN)) if being[words[k]] is not None), None)
    if at is None or at + 1 >= end:
        return False
    people = any(t.tag in ("person", "loss") and t.form != "past" for t in tagged.tags[at + 1])
    the = tuple(tagged.lexicon.labels["article"])
    told = any(t.tag in ("event", "loss") for k in range(at + 2, end) for t in tagged.tags[k])
    return people and words[at + 1].startswith(the) and not told


def _quote_before(article: Article, s: Speech) -> tuple[int, int] | None:
    """The quotation that a verb of saying follows: "We did not fire", said X."""
    first, _ = article.sentence(s.at)
    words = article.tagged.tokens.words
    close = next((k for k in range(s.at - 1, max(first, s.at - _BEHIND_QUOTE) - 1, -1) if words[k] == '"'), None)
    if close is None or s.form not in ("past", "present"):
        return None
    opening = next((k for k in range(close - 1, first - 1, -1) if words[k] == '"'), None)
    return None if opening is None or opening > first + 1 else (opening + 1, close)


def _before(article: Article, parties: Parties, s: Speech) -> Party | None:
    """The party named last before a denial in its sentence."""
    first, _ = article.sentence(s.at)
    here = [p for p in parties.within(first, s.at) if p.kind in ("state", "region", "group", "organisation")]
    return here[-1] if here else None


def _contradicts(article: Article, first: int, stop: int) -> bool:
    """Whether what is said is negated ("that its men did not fire") or says that something is not true."""
    tagged = article.tagged
    negated = tagged.first("scope", "negation", first, stop) is not None
    return (
        negated or tagged.first("state", "continue", first, stop) is not None or says(article, first, stop, "disbelief")
    )


def in_relative_clause(article: Article, s: Speech) -> bool:
    """Whether a verb stands in a relative clause: "which it denied", "what channels have told"."""
    lexicon = article.tagged.lexicon
    relative = lexicon.words("relative_words") | lexicon.words("what")
    return s.form in ("past", "present") and any(
        article.tagged.tokens.words[k] in relative for k in range(max(0, s.at - 2), s.at)
    )


def says(article: Article, first: int, stop: int, label: str) -> bool:
    """Whether any word of a token range is one of a label's."""
    known = article.tagged.lexicon.among(label)
    for word in article.tagged.tokens.words[first:stop]:  # noqa: SIM110  # quicker so
        if known[word] is not None:
            return True
    return False


def _of_another(article: Article, s: Speech, other: Speech) -> bool:
    """Whether "and Y denied" goes on behind what X says: no more of his words."""
    if other.value != "deny" or other.speaker is None or s.speaker is None:
        return False
    return reporter_name(other.speaker) != reporter_name(s.speaker) and article.tagged.has_conjunction(other.at)


def _clause_end(article: Article, s: Speech, speeches: Speeches) -> int:
    """Where what is denied ends: at a contrast, at the next word of saying, or with the sentence."""
    _, last = article.sentence(s.at)
    later = speeches.within(s.stop, last)
    saying = [
        x.at
        for x in later
        if (x.value not in ("deny", "claim") or s.value != "deny" and _of_another(article, s, x))
        and x.form != "noun"
        and not in_relative_clause(article, x)
        and not article.tagged.has(x.at, "organ", "office")
    ]
    stop = min([last, *saying])
    # a contrast before "that" belongs to who speaks: "X for its part said that …"
    start = article.tagged.first("link", "that", s.stop, stop)
    contrast = article.tagged.first("link", "contrast", s.stop if start is None else start, stop)
    return stop if contrast is None else contrast
