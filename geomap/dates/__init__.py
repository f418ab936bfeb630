"""When: expressions of time against the day of publication.

Each expression becomes a first day, a last day where it spans several, and a precision. Weekdays are past days, the
day of publication included. Nothing found means nothing given: no date is ever filled in from the calendar.
"""

from geomap.dates.finding import find_times, times_of
from geomap.dates.when import When

__all__ = ["When", "find_times", "times_of"]
