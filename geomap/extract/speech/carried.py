"""Who speaks on where a word of speech names nobody, or only a person named before."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party
from geomap.extract.speech.channels import passed_on
from geomap.extract.speech.words import SPEAKERS, Speech
from geomap.tagging import Tag

#: Tokens behind a word of speech within which an officer's name ends: titles are long.
_NAMED = 24
#: Tokens between who denies and a verb that goes on at once.
_AT_ONCE = 1
#: Sentences back within which a verb that agrees may have its speaker.
_FAR = 2
#: Letters of a name that can be told from a common word.
_NAME = 4
#: Tokens of a sentence's head within which a subject and its verb stand.
_HEAD = 5


def going_on(article: Article, parties: Parties, found: Sequence[Speech], i: int, speech: Tag) -> Party | None:
    """Who speaks where a speech word has no subject of its own.

    The last speaker of its sentence, else the party that the sentence begins with, else the last speaker of the
    sentences just before: in the same paragraph, or for a verb that begins the next one.
    """
    first, _ = article.sentence(i)
    if speech.value == "deny" and (hasty := _hasty(article, parties, first, i)):
        return hasty
    verb = speech.form in ("past", "present")
    spoke = [s for s in found if s.speaker and (s.value != "deny" or _goes_on(article, s, i, speech, first))]
    if verb and _adds(article, i, speech):
        spoke = [s for s in spoke if s.form not in ("past", "present") or not _inside(article, s.at)]
    last = next((s for s in reversed(spoke) if not (verb and passed_on(article, s, spoke))), None)
    if verb and speech.value == "accuse" and last and last.speaker:
        accused = {p.side for p in parties.within(i + 1, i + 2)}
        if last.speaker.side in accused:
            # nobody accuses himself: who spoke before him does, if only to deny
            last = next((s for s in reversed(found) if s.speaker and s.speaker.side not in accused), None)
    if verb and last and (same := _of_her(article, spoke, last, i, speech)):
        last = same
    if last and last.at >= first:
        if speech.value == "deny" and not verb and (other := _other(article, parties, last, i)):
            return other
        return last.speaker
    lead = next((p for p in parties.within(first, min(i, first + 5)) if p.kind in SPEAKERS), None)
    if verb and lead and lead.kind != "claimant" and lead.stop < i:
        return lead
    if last is None or last.at < first:
        silent = _silent(article, parties, first, i) if not verb else None
        if silent:
            return silent
    if verb and _begins(article, i) and (told := _told_of(article, parties, first, last)):
        return told
    if last is None or speech.value == "deny" and not verb:
        return None
    gap = article.tagged.tokens.sentence_of[i] - article.tagged.tokens.sentence_of[last.at]
    apart = "\n" in article.tagged.tokens.words[last.at : i]
    return None if apart and not (verb and _begins(article, i)) or gap > 2 else last.speaker


def _other(article: Article, parties: Parties, last: Speech, i: int) -> Party | None:
    """Who denies behind "while" what another said before it: the party named between."""
    while_ = article.tagged.first("link", "contrast", last.stop, i)
    if while_ is None:
        return None
    named = [p for p in parties.within(while_, i) if p.kind in SPEAKERS or p.kind in ("people", "latent")]
    return named[0] if named and last.speaker and named[0].side != last.speaker.side else None


def _of_her(article: Article, spoke: Sequence[Speech], last: Speech, i: int, speech: Tag) -> Speech | None:
    """Who spoke last by a verb that agrees with one that goes on, where the last of all does not: "he added"."""
    told = next((s for s in reversed(spoke) if s.form in ("past", "present")), None)
    if speech.form != "past" or told is None or told.form != "past" or told.speaker != last.speaker:
        return None
    hers = _feminine(article, i)
    if _feminine(article, told.at) == hers:
        return None
    here = article.tagged.tokens.sentence_of[i]
    near = (s for s in reversed(spoke) if here - article.tagged.tokens.sentence_of[s.at] <= _FAR)
    return next((s for s in near if s.form == "past" and _feminine(article, s.at) == hers), None)


def _feminine(article: Article, at: int) -> bool:
    """Whether a verb of the past has a "she" as its subject."""
    return article.tagged.tokens.words[at].endswith(article.tagged.lexicon.labels["she"])


def _adds(article: Article, i: int, speech: Tag) -> bool:
    """Whether a verb tells something more, "and said", and takes nothing up, "and called it"."""
    ends = article.tagged.tokens.words[i].endswith(tuple(article.tagged.lexicon.labels["possessives"]))
    return speech.value in ("say", "confirm") and article.tagged.has_conjunction(i) and not ends


def _inside(article: Article, at: int) -> bool:
    """Whether a verb of speech only tells what is spoken of: "what X told of", "reports that speak of"."""
    known = article.tagged.lexicon.among("relative_words", "what", "hearsay")
    return at > 0 and known[article.tagged.tokens.words[at - 1]] is not None


def _goes_on(article: Article, denial: Speech, i: int, speech: Tag, first: int) -> bool:
    """Whether who denied speaks on: the denial opens a sentence, or "and called it …", "adding that …" follows."""
    if speech.form == "noun" or speech.value == "deny":
        return False
    if speech.form in ("past", "present"):
        if speech.lemma in article.tagged.lexicon.labels["adders"] and _begins(article, i):
            return (
                denial.form in ("past", "present") and article.sentence(first - 1)[0] <= denial.at if first else False
            )
        at_once = denial.speaker is not None and 0 <= i - denial.speaker.stop <= _AT_ONCE
        joined = denial.form == "past" and article.tagged.has_conjunction(denial.at)
        # "X denied it …, and said that": one subject for both
        both = denial.form == "past" and speech.form == "past" and article.tagged.has_conjunction(i)
        return denial.at >= first and (at_once or joined or both) or _opens(article, denial)
    return denial.at >= first and denial.form in ("past", "present")


def _opens(article: Article, speech: Speech) -> bool:
    """Whether a sentence begins with a verb of speech, so that its subject may go on in the next one."""
    return speech.form in ("past", "present") and speech.at == article.sentence(speech.at)[0]


def _hasty(article: Article, parties: Parties, first: int, i: int) -> Party | None:
    """Who "hastened to deny": the party before "to" and the infinitive."""
    if not any(t.tag == "prep" and t.value == "to" for t in article.tagged.tags[i - 1]):
        return None
    ahead = [p for p in parties.within(max(first, i - 8), i) if p.kind in SPEAKERS or p.kind == "latent"]
    return ahead[-1] if ahead else None


def _begins(article: Article, i: int) -> bool:
    """Whether a verb stands at the head of its sentence, with no more than a link before it."""
    first, _ = article.sentence(i)
    while first < i and not article.tagged.tokens.words[first][0].isalnum():
        first += 1
    return i == first or i == first + 1 and any(t.tag == "link" for t in article.tagged.tags[first])


def _told_of(article: Article, parties: Parties, first: int, last: Speech | None) -> Party | None:
    """Whom the sentence before told of as its subject: "X did not comment. It said …", "X threatened. It added …"."""
    if not first or article.tagged.tokens.words[first - 1] == "\n":
        return None
    start, stop = article.sentence(first - 1)
    if last is not None and last.at >= start:
        return None
    stop = min(stop, start + _HEAD)
    warners = article.tagged.lexicon.among("warners")
    near = range(start, min(stop, start + 2))
    opens = next(
        (
            k
            for k in near
            if article.tagged.has(k, "scope", "negation") or warners[article.tagged.tokens.words[k]] is not None
        ),
        None,
    )
    if opens is None:
        return None
    named = [p for p in parties.within(opens, stop) if p.kind in SPEAKERS or p.kind == "latent"]
    return named[0] if named else None


def _silent(article: Article, parties: Parties, first: int, i: int) -> Party | None:
    """Who "did not comment, contenting itself with announcing": the subject of a negated verb that opens a sentence."""
    opens = article.tagged.first("scope", "negation", first, min(i, first + 2))
    if opens is None:
        return None
    named = [p for p in parties.within(opens, min(i, opens + _HEAD)) if p.kind in SPEAKERS or p.kind == "latent"]
    return named[0] if named else None


def met_before(article: Article, found: Sequence[Speech], at: int) -> Party | None:
    """For whom a person speaks whose name alone stands behind a verb: the party by whose office it was given before."""
    words, first = article.tagged.tokens.words, article.sentence(at)[0]
    word = words[at]
    if len(word) < _NAME or article.tagged.tags[at]:
        return None
    for s in reversed(found):
        if s.speaker is None or s.at >= first:
            continue
        _, last = article.sentence(s.at)
        if word in words[s.stop : min(last, s.stop + _NAMED)]:
            return s.speaker
    return None
