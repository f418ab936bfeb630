"""The models that extraction asks, of one language."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.linear import Linear


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one language."""

    roles: Linear
    heads: Linear
    links: Linear
    types: Linear
    sides: Linear
    statuses: Linear
    reporters: Linear
    denials: Linear
    parts: Linear
