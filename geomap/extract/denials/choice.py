"""Who denies an event that somebody else tells of: a learnt choice of the events that each denial can mean."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.denials.features import features
from geomap.extract.denials.told import Told, tells_himself, within_reach
from geomap.extract.denials.words import Denial, says
from geomap.linear import Linear

_SURE = 0.5
#: What a denial means most likely it means from here on; who says "denied" means something, who answers need not.
_BEST = {"deny": 0.25, "answer": 0.3}
_BEST_ELSE = 0.3
#: Of two accounts that are denied at once, each.
_BOTH = 0.02


def denials(model: Linear, told: Told) -> dict[int, list[str]]:
    """Index of the event -> who denies it."""
    found: dict[int, list[str]] = {}
    yes = model.classes.index("yes")
    for denial in told.denials:
        shares = [
            (model.probabilities(features(told, k, denial))[yes], k)
            for k in within_reach(told.article, told.events, denial)
            if not tells_himself(told, k, denial)
        ]
        if told.contents(denial).opened:
            # where the headline says which kind he denies, what else is told with it is a detail of it
            same = [(share, k) for share, k in shares if told.object(k, denial).startswith("same")]
            shares = same or shares
        # "both accounts" are the two that it fits best
        best = [k for _, k in sorted(shares, reverse=True)[: 2 if _both(told.article, denial) else 1]]
        least = _BOTH if len(best) > 1 else _BEST.get(denial.speech.value, _BEST_ELSE)
        for share, k in shares:
            if share >= _SURE or k in best and share >= least:
                _add(found, k, denial.name)
                if denial.joined:
                    _add(found, k, denial.joined)
    return found


def _both(article: Article, denial: Denial) -> bool:
    """Whether two accounts are denied at once: "both reports", "the two incidents"."""
    return says(article, denial.start, denial.end, "both")


def _add(found: dict[int, list[str]], k: int, name: str) -> None:
    names = found.setdefault(k, [])
    if name not in names:
        names.append(name)
