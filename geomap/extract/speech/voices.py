"""Who speaks by each word of speech: the party beside it, or the one that spoke before."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import CLAIMANTS, Parties, Party
from geomap.extract.parties.partisans import Partisan, leaning, partisan
from geomap.extract.speech.asides import is_aside, stated_by
from geomap.extract.speech.bodies import by_its_noun, of_a_government, state_here, unnamed_state
from geomap.extract.speech.carried import going_on, met_before
from geomap.extract.speech.channels import of_a_medium, official, passed_on, weightiest
from geomap.extract.speech.mastheads import Masthead, masthead
from geomap.extract.speech.neighbours import (
    OF,
    accused,
    addressed,
    bare_body,
    has_object,
    may_precede,
    may_speak,
    next_to,
    reported_from,
    sided,
    statement_end,
    topic,
)
from geomap.extract.speech.pointed import has_ending, its_own, latter
from geomap.extract.speech.tellers import teller
from geomap.extract.speech.words import SPEAKERS, Speech, Speeches, own_subject, speech_words
from geomap.punctuation import COMMAS
from geomap.tagging import Tag, mark

#: Tokens before a verb within which a body that is its subject begins.
_SUBJECT = 7
_COMPLEMENT = mark("link", "prep")
_TELLING = frozenset({"event", "loss", "speech"})


def find_speeches(article: Article, parties: Parties) -> Speeches:
    """Speech words and who speaks by them: the party just behind a verb, else the one just before it.

    A verb with no subject goes on with the speaker before it.
    """
    found: list[Speech] = []
    head = masthead(article, parties)
    own = head.party.side if head.party and head.party.kind != "organisation" else ""
    taken = partisan(article, parties, own)
    for i, speech in speech_words(article, parties):
        stop = i + speech.width
        if is_aside(article, found, i, speech) or speech.form == "noun" and of_a_medium(article, i):
            continue
        if found and i - found[-1].stop <= 1 and passed_on(article, found[-1], found):
            continue
        speaker = None
        if speech.form == "noun":
            # "according to the reports" is said once
            cited = found[-1] if found and found[-1].value == "according" and found[-1].stop == i else None
            speaker = (cited.speaker if cited else None) or stated_by(article, found, i)
        if speech.value == "according" or speech.form in ("past", "present"):
            speaker = teller(article, parties, stop)
        if speaker is None:
            speaker = _speaker(article, parties, found, i, stop, speech, taken.ours)
        if speaker is None and own_subject(article, parties, stop, speech):
            speaker = met_before(article, found, stop)
        elif speaker is None:
            speaker = going_on(article, parties, found, i, speech) or _in_office(article, parties, found, i, speech)
        if speaker is not None and speaker.kind == "claimant" and official(article, speaker, "state_media"):
            speaker = state_here(article, parties, found, i) or speaker
        found.append(Speech(i, stop, speech.value, speaker, speech.form))
    found = sorted([*found, *_left_out(article, parties, found)], key=lambda s: s.at)
    sentences = article.tagged.tokens.sentences
    voiced = {article.tagged.tokens.sentence_of[s.at] for s in found}
    if side := taken.ours or leaning(article, parties):
        found = [_for_the_army(s, side) for s in found]
    return Speeches(found, taken, 4 * len(voiced) // max(1, len(sentences)), _behind(parties, head, taken))


def _in_office(article: Article, parties: Parties, found: Sequence[Speech], i: int, speech: Tag) -> Party | None:
    """For whom an office without a name speaks that its sentence told of: "the president went …, then said"."""
    if speech.form == "noun" or speech.value in ("according", "deny", "accuse"):
        return None
    first, _ = article.sentence(i)
    for k in range(i - 1, first - 1, -1):
        offices = [t for t in article.tagged.tags[k] if t.tag == "organ" and t.value == "office"]
        if any(article.tagged.has_article(k, t) and _plain(article, k, t) for t in offices):
            return unnamed_state(article, parties, found, k, k + 1)
    return None


def _left_out(article: Article, parties: Parties, found: Sequence[Speech]) -> list[Speech]:
    """Speakers whose verb is the one before, left out: "X spoke of ten dead, and Y of seven"."""
    words = article.tagged.tokens.words
    more: list[Speech] = []
    for n, s in enumerate(found):
        if s.form not in ("past", "present") or s.speaker is None or s.value == "deny":
            continue
        _, last = article.sentence(s.at)
        stop = next((later.at for later in found[n + 1 :]), last)
        said = next((k for k in range(s.stop, min(last, stop)) if _complement(article, k)), None)
        if said is None:
            continue
        for p in parties.within(said + 1, min(last, stop)):
            spoken = p.kind in SPEAKERS or p.kind == "latent"
            joined = article.tagged.has_conjunction(p.first) and words[p.first - 1] in COMMAS
            if spoken and joined and p.stop < last and _complement(article, p.stop) == _complement(article, said):
                more.append(Speech(p.first, p.stop, s.value, p, s.form))
    return more


def _complement(article: Article, k: int) -> str:
    """What opens that which is said at a token: "that", or the "of" behind a verb of speaking."""
    if not article.tagged.marks[k] & _COMPLEMENT:
        return ""
    if article.tagged.has(k, "link", "that"):
        return "that"
    return article.tagged.tokens.words[k] if article.tagged.has(k, "prep", "from") else ""


def _for_the_army(speech: Speech, side: str) -> Speech:
    """A soldier without a name, in a text that takes an army's side, speaks for that army."""
    speaker = speech.speaker
    if speaker is None or speaker.name != CLAIMANTS["soldiers"]:
        return speech
    return speech._replace(speaker=Party(speaker.first, speaker.stop, side, side, "state", False, None))


def _behind(parties: Parties, head: Masthead, taken: Partisan) -> Party | None:
    """Whose statement the text is: a body without a name is the side's that the text takes, else of the places."""
    if head.party or not head.body:
        return head.party
    side = taken.ours or next(iter(parties.countries.values()), "")
    return Party(0, 1, side, side, "state", False, None) if side else None


def _speaker(
    article: Article, parties: Parties, found: Sequence[Speech], i: int, stop: int, speech: Tag, ours: str
) -> Party | None:
    """Who speaks by a word: whom it points at, else who stands behind or before it, be it a body without a name."""
    value, form = speech.value, speech.form
    first, _ = article.sentence(i)
    if form == "noun" and (source := next((p for p in parties.within(i, i + 1) if p.kind == "claimant"), None)):
        return source
    limit, behind = _named_behind(article, parties, i, stop, speech)
    if pointed := latter(article, parties, found, first, stop, value == "accuse"):
        return pointed
    if mine := its_own(article, parties, first, i, stop):
        return mine
    if group := by_its_noun(article, parties, stop):
        return group
    verb = form in ("past", "present")
    if verb and (stating := _stating(article, parties, i)):
        return stating
    if form == "present" and i > first and article.tagged.is_one(i - 1, "hearsay"):
        return _hearsay(i - 1)  # "reports that speak of …"
    if value == "accuse" and form == "word":
        return None  # who is named behind "accusing" is accused
    if value == "according":
        return _according_to(article, parties, found, stop, limit, behind, ours)
    if verb and i and article.tagged.is_one(i - 1, "doer_pronouns"):
        return None
    ahead = [
        p
        for p in parties.within(max(first, i - 9), i)
        if p.stop <= i and (p.kind in SPEAKERS or p.kind == "latent" and i - p.stop <= 1 and may_precede(article, p))
    ]
    ahead = [p for p in ahead if not sided(article, p)] or ahead
    bare = not any(t.cut for t in article.tagged.tags[i] if t.tag == "speech") or topic(article, first)
    if verb and ahead and bare and next_to(article, ahead[-1].stop, i):
        return ahead[-1]
    if value == "accuse" and bare and i > first and (body := _body_before(article, parties, found, i, ours)):
        return body
    if value == "accuse" and len(behind) == 1 and accused(article, behind[0]) and not has_object(article, i, speech):
        return unnamed_state(article, parties, found, stop, behind[0].first, ours)
    if behind and not (verb and bare_body(article, stop, behind[0].first)):
        return weightiest(article, behind)
    if verb and (unnamed := unnamed_state(article, parties, found, stop, limit, ours)):
        return unnamed
    if behind:
        return weightiest(article, behind)
    if verb and bare and i > first and (body := _body_before(article, parties, found, i, ours)):
        return body
    if not (ahead and verb and bare) or ahead[-1].kind == "latent":
        return None
    # whom a speaker told of before is not who speaks on, unless the verb follows at once: "X, spokesman of Y, said"
    spoke = any(s.speaker and s.form in ("past", "present") and s.at >= first for s in found)
    apart = any(word[0].isalnum() for word in article.tagged.tokens.words[ahead[-1].stop : i])
    return None if spoke and apart else ahead[-1]


def _named_behind(article: Article, parties: Parties, i: int, stop: int, speech: Tag) -> tuple[int, list[Party]]:
    """Where the words end that may tell who speaks, and the parties there that may."""
    value, form = speech.value, speech.form
    _, last = article.sentence(i)
    limit = reported_from(article, parties, stop, last)
    if form == "noun":
        limit = min(limit, stop + OF)
    stated = (
        form == "noun" or stop < last and any(t.tag == "speech" and t.form == "noun" for t in article.tagged.tags[stop])
    )
    if (form in ("past", "present") or value == "according") and stated or form == "noun":
        limit = statement_end(article, i if form == "noun" else stop, limit)
    behind = [p for p in parties.within(stop, limit) if may_speak(article, p, stop, stated)]
    if form in ("past", "present"):
        # "spoke to the residents": they are spoken to
        behind = [p for p in behind if not article.tagged.has(p.first - 1, "prep", "to")]
    elif form == "word" and value != "according":
        behind = []  # "pointing to the flight of residents": a participle has its subject before it
    if form != "noun" and len(behind) > 1 and addressed(article, behind[0]):
        behind = behind[1:]
    return limit, behind


def _according_to(
    article: Article,
    parties: Parties,
    found: Sequence[Speech],
    stop: int,
    limit: int,
    behind: Sequence[Party],
    ours: str,
) -> Party | None:
    """Who is named behind "according to": reports, a government by "official", a party, a body without a name."""
    if not behind or behind[0].first > stop + 1:
        _, last = article.sentence(stop - 1)
        if stop < last and article.tagged.is_one(stop, "hearsay"):
            return _hearsay(stop)
        if government := of_a_government(article, parties, stop):
            return government
    if behind and bare_body(article, stop, behind[0].first):
        limit, behind = behind[0].first, []
    return weightiest(article, behind) if behind else unnamed_state(article, parties, found, stop, limit, ours)


def _hearsay(at: int) -> Party:
    """What nobody but "reports" tells."""
    return Party(at, at + 1, CLAIMANTS["media"], "unknown", "claimant", False, None)


def _body_before(article: Article, parties: Parties, found: Sequence[Speech], i: int, ours: str) -> Party | None:
    """Whose body is that stands right before its verb, with no name: "and the governor accuses …"."""
    at = _body_at(article, i)
    if at is None or any(p.kind in SPEAKERS for p in parties.within(at, i)):
        return None
    endings = [ending for ending in article.tagged.lexicon.labels["possessives"] if len(ending) > 1]
    if has_ending(article, at, endings):
        named = [p for p in parties.within(article.sentence_before(at), at) if p.kind in ("state", "region", "group")]
        return named[-1] if named else None
    return unnamed_state(article, parties, found, at, i, ours)


def _body_at(article: Article, i: int) -> int | None:
    """Where a body begins that stands before its verb with no more than its name and "there" between."""
    first, _ = article.sentence(i)
    words, tags = article.tagged.tokens.words, article.tagged.tags
    found: int | None = None
    for k in range(i - 1, max(first, i - _SUBJECT) - 1, -1):
        if not words[k][0].isalnum() or any(t.tag in _TELLING and t.form in ("past", "present") for t in tags[k]):
            break
        if any(t.tag == "organ" and t.value in ("state", "office") and _plain(article, k, t) for t in tags[k]):
            found = k
        elif any(t.tag in ("prep", "link") for t in tags[k]):
            break
    return found


def _plain(article: Article, k: int, tag: Tag) -> bool:
    """Whether a noun has no preposition glued before it."""
    labels = article.tagged.lexicon.labels
    glued = article.tagged.tokens.words[k][: tag.cut].removesuffix(labels["article"])
    return all(letter in labels["conjunction_letters"] for letter in glued)


def _stating(article: Article, parties: Parties, i: int) -> Party | None:
    """Whose statement it is that a verb right behind it quotes: "an X statement that spoke of …"."""
    mine = next((p for p in parties.within(i - 2, i) if p.stop == i and p.kind in ("people", "state")), None)
    if mine is None or mine.first < 1 or article.tagged.has_conjunction(i):
        return None
    nouns = [t for t in article.tagged.tags[mine.first - 1] if t.tag == "speech" and t.form == "noun"]
    return mine if nouns else None
