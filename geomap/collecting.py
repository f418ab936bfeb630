"""How often unused objects are looked for while articles are read.

Reading makes many small values and hardly any that hold each other in a circle, for which alone somebody has to look.
With Python's own settings that takes a tenth of the time: it looks again and again through what one article needs, and
sometimes through lexicon, gazetteer and models.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: So many more objects made than gone are worth a look; one article makes some thousands, of which few stay.
_WORTH_A_LOOK = 50_000


def collect_seldom() -> None:
    """Look seldom from now on; where nobody looks at all, or still more seldom, that stays so."""
    first, *others = gc.get_threshold()
    if first:
        gc.set_threshold(max(first, _WORTH_A_LOOK), *others)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look seldom as long as this lasts, and as often as before when it ends."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
