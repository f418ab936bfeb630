"""Who speaks by each word of speech: the party beside it, or the one that spoke before."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import CLAIMANTS, Parties, Party
from geomap.extract.parties.partisans import Partisan, leaning, partisan
from geomap.extract.speech.asides import is_aside, stated_by
from geomap.extract.speech.bodies import by_its_noun, is_there, named_last, of_a_government, state_here, unnamed_state
from geomap.extract.speech.carried import going_on, met_before
from geomap.extract.speech.channels import of_a_medium, official, passed_on, weightiest
from geomap.extract.speech.mastheads import Masthead, masthead
from geomap.extract.speech.tellers import teller
from geomap.extract.speech.words import SPEAKERS, Speech, Speeches, own_subject, speech_words
from geomap.punctuation import COMMAS, QUOTES, SAYING_ENDS
from geomap.tagging import SIGN, Tag, mark

#: Tokens behind a noun of speech within which whose it is stands: "a statement of the ministry".
_OF = 4
#: Of so many sides an article may say "the latter".
_FEW = 4
#: Tokens behind "the statement" within which an adjective begins that tells whose it is.
_ADJECTIVE = 1
#: Bodies that may stand before their verb: so far they reach.
_BODIES = frozenset({"state", "force", "office"})
_SUBJECT = 7
#: Tokens behind it within which stands by whom it was issued.
_ISSUED = 3
#: What may open that which is said, or end it.
_OPENING = mark("speech", "link") | SIGN
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
    value, form = speech.value, speech.form
    first, last = article.sentence(i)
    limit = _that(article, parties, stop, last)
    if form == "noun":
        if source := next((p for p in parties.within(i, i + 1) if p.kind == "claimant"), None):
            return source
        limit = min(limit, stop + _OF)
    stated = (
        form == "noun" or stop < last and any(t.tag == "speech" and t.form == "noun" for t in article.tagged.tags[stop])
    )
    if (form in ("past", "present") or value == "according") and stated or form == "noun":
        limit = _statement_end(article, i if form == "noun" else stop, limit)
    behind = [p for p in parties.within(stop, limit) if _may_speak(article, p, stop, stated)]
    if form in ("past", "present"):
        # "spoke to the residents": they are spoken to
        behind = [p for p in behind if not article.tagged.has(p.first - 1, "prep", "to")]
    elif form == "word" and value != "according":
        behind = []  # "pointing to the flight of residents": a participle has its subject before it
    if form != "noun" and len(behind) > 1 and _addressed(article, behind[0]):
        behind = behind[1:]
    if latter := _latter(article, parties, found, first, stop, value == "accuse"):
        return latter
    if mine := _its_own(article, parties, first, i, stop):
        return mine
    if group := by_its_noun(article, parties, stop):
        return group
    verb = form in ("past", "present")
    if verb and (stating := _stating(article, parties, i)):
        return stating
    if form == "present" and i > first and _is(article, i - 1, "hearsay"):
        return Party(i - 1, i, CLAIMANTS["media"], "unknown", "claimant", False, None)  # "reports that speak of …"
    if value == "accuse" and form == "word":
        return None  # who is named behind "accusing" is accused
    own = bool(behind) and behind[0].first <= stop + 1
    if value == "according" and not own and stop < last and _is(article, stop, "hearsay"):
        return Party(stop, stop + 1, CLAIMANTS["media"], "unknown", "claimant", False, None)
    if value == "according" and not own and (government := of_a_government(article, parties, stop)):
        return government
    if value == "according":
        if behind and _bare_body(article, stop, behind[0].first):
            limit, behind = behind[0].first, []
        return weightiest(article, behind) if behind else unnamed_state(article, parties, found, stop, limit, ours)
    if verb and i and _is(article, i - 1, "doer_pronouns"):
        return None
    ahead = [
        p
        for p in parties.within(max(first, i - 9), i)
        if p.stop <= i and (p.kind in SPEAKERS or p.kind == "latent" and i - p.stop <= 1 and _may_precede(article, p))
    ]
    ahead = [p for p in ahead if not _sided(article, p)] or ahead
    bare = not any(t.cut for t in article.tagged.tags[i] if t.tag == "speech") or _topic(article, first)
    if verb and ahead and bare and _next_to(article, ahead[-1].stop, i):
        return ahead[-1]
    if value == "accuse" and bare and i > first and (body := _body_before(article, parties, found, i, ours)):
        return body
    if value == "accuse" and len(behind) == 1 and _accused(article, behind[0]) and not _has_object(article, i, speech):
        return unnamed_state(article, parties, found, stop, behind[0].first, ours)
    if behind and not (verb and _bare_body(article, stop, behind[0].first)):
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


def _statement_end(article: Article, at: int, limit: int) -> int:
    """Where the words end that may tell whose "the statement" is: only an adjective or "issued by" follows it."""
    tags = article.tagged.tags
    noun = next((t for t in tags[at] if t.tag == "speech" and t.form == "noun"), None)
    if noun is None or not article.tagged.has_article(at, noun) or any(t.tag == "organ" for t in tags[at]):
        return limit
    stop = at + noun.width
    issued = any(article.tagged.has(k, "prep", "from") for k in range(stop, min(limit, stop + _ISSUED)))
    return limit if issued else min(limit, stop + _ADJECTIVE)


def _body_before(article: Article, parties: Parties, found: Sequence[Speech], i: int, ours: str) -> Party | None:
    """Whose body is that stands right before its verb, with no name: "and the governor accuses …"."""
    at = _body_at(article, i)
    if at is None or any(p.kind in SPEAKERS for p in parties.within(at, i)):
        return None
    endings = [ending for ending in article.tagged.lexicon.labels["possessives"] if len(ending) > 1]
    if _has_ending(article, at, endings):
        sentence = article.tagged.tokens.sentence_of[at]
        start = article.tagged.tokens.sentences[max(0, sentence - 1)][0]
        named = [p for p in parties.within(start, at) if p.kind in ("state", "region", "group")]
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


def _may_precede(article: Article, party: Party) -> bool:
    """Whether a place before a verb may be who speaks: no place that something happens in, but the seat of a body."""
    branches = article.tagged.lexicon.labels["branches"]
    return not is_there(article, party) or any(
        (t.tag == "organ" and t.value in _BODIES or t.lemma in branches) and k + t.width == party.first - 1
        for k in range(max(0, party.first - _OF), party.first - 1)
        for t in article.tagged.tags[k]
    )


def _sided(article: Article, party: Party) -> bool:
    """Whether a party is only whom another stands by: "the authorities loyal to X"."""
    return any(_is(article, k, "sided") for k in range(max(0, party.first - 2), party.first))


def _addressed(article: Article, party: Party) -> bool:
    """Whether a medium is whom somebody talks to: "told the agency"."""
    word, tags = article.tagged.tokens.words[party.first], article.tagged.tags[party.first]
    to = article.tagged.lexicon.labels["addressing_letters"]
    return party.kind == "claimant" and any(t.tag == "organ" and word[: t.cut].startswith(tuple(to)) for t in tags)


def _bare_body(article: Article, stop: int, party: int) -> bool:
    """Whether a body without a name speaks and the party behind it belongs to what it tells."""
    tags = article.tagged.tags
    body = next((t for t in tags[stop] if t.tag == "organ"), None) if stop < len(tags) else None
    if body is None or stop + body.width > party:
        return False
    return any(t.tag in ("event", "loss", "number") for k in range(stop + body.width, party) for t in tags[k])


def _its_own(article: Article, parties: Parties, first: int, i: int, stop: int) -> Party | None:
    """Whose "its statement" or "its spokesman" is: the party that the sentence tells of."""
    if article.tagged.has(i, "speech", "say") and any(t.form == "noun" for t in article.tagged.tags[i]):
        stop = i
    if stop >= len(article.tagged.tags) or parties.within(stop, stop + 3):
        return None
    words, labels = article.tagged.tokens.words, article.tagged.lexicon.labels
    endings = labels["possessives"]
    named_by = {name + ending for name in labels["on_behalf"] for ending in endings}
    near = range(stop, min(len(words), stop + 2))
    body = any(t.tag == "organ" for t in article.tagged.tags[stop])
    if body and any(_has_ending(article, k, endings) for k in near[1:]) and not _has_ending(article, stop, endings):
        people = [p for p in parties.within(first, i) if p.kind == "people"]
        return people[-1] if people else None
    if not _has_ending(article, stop, endings) and not any(words[k] in named_by for k in near):
        return None
    of_places = article.tagged.lexicon.labels["of_places"]
    if any(t.lemma in of_places for t in article.tagged.tags[stop] if t.tag == "organ"):
        return named_last(article, parties, i)
    named = [p for p in parties.within(first, i) if p.kind in ("state", "region", "group")]
    return named[0] if named else None


def _has_ending(article: Article, k: int, endings: Sequence[str]) -> bool:
    """Whether a word for a body or a statement says whose it is: "its ministry"."""
    word = article.tagged.tokens.words[k]
    return any(
        word[t.cut :] == t.lemma + ending
        for t in article.tagged.tags[k]
        if t.tag == "speech" and t.form == "noun" or t.tag == "organ" and t.value in ("office", "state", "force")
        for ending in endings
    )


def _is(article: Article, k: int, label: str) -> bool:
    """Whether a token is one of a label's words."""
    return article.tagged.lexicon.among(label)[article.tagged.tokens.words[k]] is not None


def _of_the_two(article: Article, parties: Parties, first: int, stop: int) -> Party | None:
    """Whom "the first" and "the second" mean behind a speech word: of two named together in the sentence before."""
    if stop >= len(article.tagged.tags) or article.tagged.tokens.words[first - 1] == "\n":
        return None
    nth = next((n for n, label in enumerate(("first_of_two", "second_of_two")) if _is(article, stop, label)), None)
    if (
        nth is None
        or stop + 1 < len(article.tagged.tags)
        and any(t.tag == "organ" for t in article.tagged.tags[stop + 1])
    ):
        return None
    here = article.tagged.tokens.sentence_of[stop]
    start = article.tagged.tokens.sentences[max(0, here - 1)][0]
    sides: dict[str, Party] = {}
    for p in parties.within(start, stop):
        if p.kind in ("state", "region", "group", "people", "latent"):
            sides.setdefault(p.side, p)
    return list(sides.values())[nth] if len(sides) > 1 else None


def _latter(
    article: Article, parties: Parties, found: Sequence[Speech], first: int, stop: int, accuses: bool
) -> Party | None:
    """Whom "the latter" means behind a speech word: the party named last before, other than who spoke last."""
    near = range(stop, min(stop + 2, len(article.tagged.tags)))
    if len(near) > 1 and _is(article, stop, "sides") and _is(article, stop + 1, "other_side"):
        return None if accuses and _deed_follows(article, stop + 2) else _other_side(parties, found, stop)
    if two := _of_the_two(article, parties, first, stop):
        return two
    this_one = len(near) > 1 and _is(article, stop, "this_one") and article.tagged.has(stop + 1, "link", "that")
    if not this_one and not any(_is(article, k, "latter") for k in near):
        return None
    spoke = next((s.speaker.side for s in reversed(found) if s.speaker and s.value != "deny"), "")
    here = article.tagged.tokens.sentence_of[first]
    start = article.tagged.tokens.sentences[max(0, here - 1)][0]
    sides = set(parties.ranked[:_FEW]) - {spoke}
    named = [p for p in parties.within(start, stop) if p.kind in SPEAKERS and p.side in sides]
    return named[-1] if named else None


def _other_side(parties: Parties, found: Sequence[Speech], stop: int) -> Party | None:
    """Who "the other side" is: the party named last that fights whoever spoke last."""
    told = [s.speaker for s in found if s.speaker and s.value != "deny" and s.speaker.kind != "claimant"]
    spoke = told[-1].side if told else ""
    against = parties.against(spoke) if spoke else ""
    return next((p for p in reversed(parties.within(0, stop)) if p.side == against), None)


def _next_to(article: Article, stop: int, at: int) -> bool:
    """Whether a verb follows its subject with no more than a word between."""
    return at - stop <= 2 and all(w[0].isalnum() or w in QUOTES for w in article.tagged.tokens.words[stop:at])


def _has_object(article: Article, i: int, speech: Tag) -> bool:
    """Whether a verb has its object as an ending ("accused it"), so that the party behind it is its subject."""
    word, shortest = article.tagged.tokens.words[i], speech.cut + len(speech.lemma)
    return any(
        word.endswith(ending) and len(word) - len(ending) >= shortest
        for ending in article.tagged.lexicon.labels["possessives"]
    )


def _accused(article: Article, party: Party) -> bool:
    """Whether a party behind a verb of accusing is what is accused: the deed follows at once ("of shelling")."""
    return _deed_follows(article, party.stop)


def _deed_follows(article: Article, at: int) -> bool:
    """Whether a deed that somebody is accused of stands at a token, with its preposition."""
    tags = article.tagged.tags
    while at < len(tags) and article.tagged.tokens.words[at] in QUOTES:
        at += 1
    return at < len(tags) and any(t.cut and t.tag in ("event", "loss") for t in tags[at])


def _may_speak(article: Article, party: Party, stop: int, stated: bool) -> bool:
    """Whether a party behind a speech word ending at ``stop`` can be who speaks; ``stated``, by a statement.

    An adjective speaks for its state where only the words for a body stand between.
    """
    gap = party.first - stop
    if party.kind in SPEAKERS:
        return gap <= 9
    between = range(stop, party.first)
    if party.kind == "latent":
        told = any(t.tag == "event" for k in between for t in article.tagged.tags[k])
        return gap <= (_OF if stated and not told else 1)
    return (
        party.kind == "people"
        and 1 <= gap <= 5
        and not any(article.tagged.tokens.words[k] in SAYING_ENDS for k in between)
        and not any(
            t.tag in ("event", "loss", "prep", "person", "number") for k in between for t in article.tagged.tags[k]
        )
    )


def _topic(article: Article, first: int) -> bool:
    """Whether a sentence names its subject first ("as for X, it said")."""
    tags = article.tagged.tags
    return any(t.tag == "link" and t.value == "contrast" for k in (first, first + 1) if k < len(tags) for t in tags[k])


def _that(article: Article, parties: Parties, at: int, last: int) -> int:
    """Where the reported clause begins: at "that", a colon, a quotation mark or another speech word."""
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    named = {k for p in parties.within(at, last) for k in range(p.first, p.stop)}
    for k in range(at, last):
        if not marks[k] & _OPENING or k in named:
            continue
        if any(t.tag == "speech" and t.value == "according" for t in tags[k]):
            continue
        if words[k] == ":" or any(t.tag == "link" and t.value == "that" for t in tags[k]):
            return k
        if (
            words[k] == '"'
            and k - at > 6
            or k > at
            and any(t.tag == "speech" and t.form in ("past", "present") for t in tags[k])
        ):
            return k
    return min(last, at + 12)
