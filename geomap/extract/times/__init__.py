"""When an event was: the expressions of time round it, which of them is its own, and what to do where none is."""

from geomap.extract.times.dated import Context, Dated, is_history
from geomap.extract.times.dating import date_of
from geomap.extract.times.inherited import of_a_rumour

__all__ = ["Context", "Dated", "date_of", "is_history", "of_a_rumour"]
