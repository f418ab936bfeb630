"""Articles that do not tell their date, dated by others of the same run that tell of the same events.

A date is taken only where an article's weekday words agree with it and a claim of it is then the claim of a dated
article: same kind, same place, same day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from geomap.analysis import Analysis
from geomap.lexicon import lexicon_for
from geomap.merge import MergeRule, score
from geomap.model import Claim, Document, Issue
from geomap.published import weekday_contradiction
from geomap.tagging import Tagged, tag
from geomap.text import tokenize

#: The message of the reader's issue that is taken back where a date is found.
NO_DATE: Final = "no date of publication"
#: An article goes out on the day of a dated one on the same event, or a day before or after.
_AROUND: Final = (0, 1, -1)
#: Dated articles that share most with an undated one are looked at, and so many of them.
_MOST: Final = 12
#: As much of an article is looked through for weekdays as the reader does.
_LEAD: Final = 1500


class Guess(NamedTuple):
    """A date for an article: how many of its claims are then claims of dated articles, and by which article."""

    matches: int
    day: date
    document_id: str
    analysis: Analysis


@dataclass(slots=True)
class Undated:
    """Holds undated articles back until all dated ones are known.

    ``analyze`` reads an article again under a date.
    """

    analyze: Callable[[Document], Analysis | Issue]
    rule: MergeRule = field(default_factory=MergeRule)
    _warnings: dict[str, Issue] = field(default_factory=dict, init=False)
    _by_place: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list), init=False)

    def hold(self, items: Iterable[Document | Issue]) -> Iterator[Document | Issue]:
        """The items, without the warnings on missing dates: ``settle`` gives them back where no date is found."""
        warning: Issue | None = None
        for item in items:
            if isinstance(item, Issue) and item.message == NO_DATE:
                if warning:
                    yield warning
                warning = item
                continue
            if isinstance(item, Document) and warning:
                self._warnings[item.id], warning = warning, None
            yield item
        if warning:
            yield warning

    def settle(self, results: Iterable[Analysis | Issue]) -> Iterator[Analysis | Issue]:
        """The results, dated ones first; each undated one with its date or the warning that it has none."""
        held: list[Analysis] = []
        for result in results:
            if isinstance(result, Issue):
                yield from self._warning_of(result.where)
                yield result
            elif result.document.source.published is None:
                held.append(result)
            else:
                for claim in result.claims:
                    for place in claim.places:
                        self._by_place[place.place.id].append(claim)
                yield result
        for analysis in held:
            yield from self._dated(analysis)

    def _warning_of(self, document_id: str) -> Iterator[Issue]:
        if warning := self._warnings.pop(document_id, None):
            yield warning

    def _dated(self, analysis: Analysis) -> Iterator[Analysis | Issue]:
        guess = self._best(analysis)
        if guess is None:
            yield from self._warning_of(analysis.document.id)
            yield analysis
            return
        warning = self._warnings.pop(analysis.document.id, None)
        where = warning.where if warning else analysis.document.id
        told = f"From {guess.document_id}, which tells of {guess.matches} of its events; its weekdays agree."
        yield Issue("info", where, f"{NO_DATE}; {guess.day} is inferred", told)
        yield guess.analysis

    def _best(self, analysis: Analysis) -> Guess | None:
        """The date that makes most of its claims those of dated articles; None where two do, or none."""
        document = analysis.document
        tagged = tag(tokenize(document.text[:_LEAD]), lexicon_for(document.source.language))
        if not any(tagged.find(i, "weekday") for i in range(len(tagged.tags))):
            return None
        days = [day for day in self._days(analysis) if not weekday_contradiction(tagged, day)]
        guesses = [guess for day in days if (guess := self._try(document, day))]
        # of neighbouring days that do equally well, the one that the article names as its own, as agencies do; else the
        # one on which the other article came out
        rank = {guess.day: (guess.matches, _names(tagged, guess.day)) for guess in guesses}
        guesses.sort(key=lambda guess: rank[guess.day], reverse=True)
        rivals = [
            g for g in guesses[1:] if rank[g.day] == rank[guesses[0].day] and abs((g.day - guesses[0].day).days) > 1
        ]
        return guesses[0] if guesses and not rivals else None

    def _days(self, analysis: Analysis) -> list[date]:
        """Days on and around those on which articles that share its places came out, the likeliest first."""
        shared: dict[date, int] = defaultdict(int)
        for place in {p.place.id for claim in analysis.claims for p in claim.places}:
            for day in {c.source.published for c in self._by_place.get(place, ()) if c.source.published}:
                shared[day] += 1
        likely = sorted(shared, key=lambda day: (-shared[day], day))[:_MOST]
        return list(dict.fromkeys(day + timedelta(n) for n in _AROUND for day in likely))

    def _try(self, document: Document, day: date) -> Guess | None:
        source = replace(document.source, published=day, published_basis="inferred")
        analysis = self.analyze(replace(document, source=source))
        if isinstance(analysis, Issue):
            return None
        found = [match for claim in analysis.claims if (match := self._match(claim))]
        if not found:
            return None
        who = max(sorted(set(found)), key=found.count)
        basis = f"inferred: {who} tells of the same events, and the weekdays agree"
        return Guess(len(found), day, who, _with_basis(analysis, basis))

    def _match(self, claim: Claim) -> str:
        """The dated article that tells of the claim's event on the claim's day; empty for none."""
        if claim.date is None or claim.date_precision not in ("day", "range"):
            return ""
        near = {c.id: c for p in claim.places for c in self._by_place.get(p.place.id, ()) if c.date == claim.date}
        best = max(((score(claim, c, self.rule).score, c.document_id) for c in near.values()), default=(0.0, ""))
        return best[1] if best[0] >= self.rule.threshold else ""


def _names(tagged: Tagged, day: date) -> bool:
    """Whether a text names a day by its weekday alone, not as yesterday's."""
    return any(
        tagged.has(i, "weekday", str(day.weekday())) and not (i and tagged.has(i - 1, "time", "yesterday"))
        for i in range(len(tagged.tags))
    )


def _with_basis(analysis: Analysis, basis: str) -> Analysis:
    source = replace(analysis.document.source, published_basis=basis)
    claims = tuple(replace(claim, source=source) for claim in analysis.claims)
    return replace(analysis, document=replace(analysis.document, source=source), claims=claims)
