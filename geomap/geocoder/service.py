"""Asking a geocoding service through geopy: politely, once, and without ever failing the run."""

from __future__ import annotations

import http.client
import json
import logging
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from geomap.errors import UsageError
from geomap.geo import BBox
from geomap.geocoder.answers import Answer, from_nominatim, from_photon, pick, place_of
from geomap.geocoder.kept import Answers
from geomap.model import Issue, Place
from geomap.text import fold_name

logger = logging.getLogger(__name__)


class _Kind(NamedTuple):
    """A service that geopy knows: its class, public host, how its answers are read."""

    geopy: str
    host: str
    read: Callable[[Mapping[str, Any]], Answer]


KINDS: Final[Mapping[str, _Kind]] = {
    "nominatim": _Kind("Nominatim", "nominatim.openstreetmap.org", from_nominatim),
    "photon": _Kind("Photon", "photon.komoot.io", from_photon),
}
#: Seconds between two questions to a public server, and to one's own.
PUBLIC_DELAY_S, OWN_DELAY_S = 1.0, 0.0
#: Waits before the second and third attempt at one question, and the longest wait that a server may ask for.
BACK_OFF_S = (2.0, 5.0)
MAX_WAIT_S = 30.0
#: After so many failed questions in a row the service is left alone for the run.
MAX_FAILURES = 3
_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """How a service is asked.

    Parameters
    ----------
    kind : str
        ``nominatim`` or ``photon``.
    url : str
        Address of one's own server, such as ``http://127.0.0.1:8088``; empty for the public one.
    countries : tuple of str
        ISO codes of the theatre, asked for besides the article's own.
    box : BBox, optional
        The theatre's box.
    languages : tuple of str
        In which languages names are wanted, the best first.
    contact : str
        An e-mail address or page that the user agent names, as operators of public servers ask for.
    """

    kind: str = "nominatim"
    url: str = ""
    countries: tuple[str, ...] = ()
    box: BBox | None = None
    languages: tuple[str, ...] = ("en",)
    timeout_s: float = 10.0
    contact: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError("--geocoder", f"no such service ({self.kind!r})", f"One of {', '.join(sorted(KINDS))}.")
        if self.url:
            parts = urlsplit(self.url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise UsageError("--geocoder-url", f"not an address ({self.url!r})", "Such as http://127.0.0.1:8088.")

    @property
    def host(self) -> str:
        """Host and path of the server."""
        parts = urlsplit(self.url)
        return (parts.netloc + parts.path).strip("/") if self.url else KINDS[self.kind].host

    @property
    def public(self) -> bool:
        """Whether the server is one that many share."""
        return not self.url or self.host in {kind.host for kind in KINDS.values()}

    @property
    def user_agent(self) -> str:
        """Who asks."""
        from geomap.geocoder.identity import version

        return f"geomap/{version()} (maps of news{'; ' + self.contact if self.contact else ''})"


class Service:
    """One geocoding service.

    Parameters
    ----------
    setting : Setting
    answers : Answers
        Where answers and refusals are kept.
    issues : list of Issue
        What goes wrong is added here.
    sleep, clock : callable
        Waiting, and a clock that never goes back.
    """

    def __init__(
        self,
        setting: Setting,
        answers: Answers,
        issues: list[Issue],
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.setting = setting
        self._answers, self._issues = answers, issues
        self._sleep, self._clock = sleep, clock
        self._delay_s = PUBLIC_DELAY_S if setting.public else OWN_DELAY_S
        self._next_at = float("-inf")
        self._failures = 0
        self._stopped = False
        self._client: Any = None

    def find(self, name: str, features: frozenset[str], countries: Sequence[str]) -> Place | None:
        """The place that a name means in these countries; None where the service refuses or cannot be asked."""
        key = fold_name(name)
        countries = tuple(dict.fromkeys([*countries, *self.setting.countries]))
        service = f"{self.setting.kind} {self.setting.host}"
        kept = self._answers.get(service, key, self._noted(features, countries))
        if kept is not None:
            return kept.place
        if self._stopped or not key:
            return None
        found = self._ask(name, countries)
        if found is None:
            return None
        answer, reason = pick(found, name, features, countries, self.setting.box)
        place = place_of(answer, self.setting.kind) if answer else None
        self._answers.put(service, key, self._noted(features, countries), place, reason)
        return place

    def _noted(self, features: frozenset[str], countries: Sequence[str]) -> str:
        """All that an answer depends on besides the name."""
        box = self.setting.box
        said = {
            "countries": list(countries),
            "box": list(box) if box else None,
            "languages": list(self.setting.languages),
            "features": sorted(features),
        }
        return json.dumps(said, separators=(",", ":"))

    def _ask(self, name: str, countries: Sequence[str]) -> list[Answer] | None:
        """Answers of the service; None where it gave none, after waiting and asking again if that may help."""
        for attempt in range(len(BACK_OFF_S) + 1):
            self._wait()
            try:
                raw = self._call(name, countries)
                read = KINDS[self.setting.kind].read
                found = [read(r) for r in raw]
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                self._failed(name, *_trouble(error))
                return None
            except (OSError, http.client.HTTPException, _geopy_error()) as error:
                wait_s = self._wait_after(error, attempt)
                if wait_s is None:
                    self._failed(name, *_trouble(error))
                    return None
                logger.info("%s: %s; asking again in %g s", self.setting.host, _trouble(error)[0], wait_s)
                self._sleep(wait_s)
            else:
                self._failures = 0
                return found
        raise AssertionError("the last attempt returns")

    def _call(self, name: str, countries: Sequence[str]) -> list[Mapping[str, Any]]:
        """Raw answers of one question."""
        setting, box = self.setting, self.setting.box
        corners = [(box.south, box.west), (box.north, box.east)] if box else None
        if self._client is None:
            self._client = _client(setting)
        options: dict[str, Any] = {"exactly_one": False, "limit": _LIMIT, "timeout": setting.timeout_s}
        if setting.kind == "nominatim":
            options |= {
                "language": ",".join(setting.languages),
                "country_codes": [code.lower() for code in countries],
                "viewbox": corners,
                "addressdetails": True,
                "namedetails": True,
            }
        else:
            options |= {"bbox": corners, "osm_tag": ["place", "boundary"]}
        with warnings.catch_warnings():
            # geopy warns of a latitude off the Earth, and then refuses it
            warnings.simplefilter("ignore", UserWarning)
            return [location.raw for location in self._client.geocode(name, **options) or ()]

    def _wait(self) -> None:
        pause_s = self._next_at - self._clock()
        if pause_s > 0:
            self._sleep(pause_s)
        self._next_at = self._clock() + self._delay_s

    def _wait_after(self, error: Exception, attempt: int) -> float | None:
        """Seconds after which to ask again; None where that cannot help."""
        from geopy import exc

        if attempt >= len(BACK_OFF_S):
            return None
        if isinstance(error, exc.GeocoderRateLimited):
            wanted = error.retry_after if error.retry_after is not None else BACK_OFF_S[attempt]
            return max(float(wanted), self._delay_s) if wanted <= MAX_WAIT_S else None
        if isinstance(error, exc.GeocoderTimedOut | exc.GeocoderUnavailable) or not isinstance(error, exc.GeopyError):
            return BACK_OFF_S[attempt]
        return None

    def _failed(self, name: str, what: str, hint: str, final: bool) -> None:
        self._failures += 1
        self._stopped = final or self._failures >= MAX_FAILURES
        after = " It is not asked again in this run." if self._stopped else ""
        where = f"{self.setting.kind} {self.setting.host}"
        self._issues.append(Issue("warning", where, f"{what} (asked for {name!r})", hint + after))


def _trouble(error: Exception) -> tuple[str, str, bool]:
    """What went wrong, what to do about it, and whether asking for another name is of no use."""
    from geopy import exc

    text = " ".join(str(error).split())[:120]
    if isinstance(error, exc.GeocoderRateLimited):
        return "too many questions (HTTP 429)", "Wait, or name your own server with --geocoder-url.", True
    if isinstance(error, exc.GeocoderInsufficientPrivileges | exc.GeocoderAuthenticationFailure):
        return "the server refuses us (HTTP 401 or 403)", "See its usage policy; --geocoder-url names another.", True
    if isinstance(error, exc.GeocoderQuotaExceeded):
        return "the server's quota is used up (HTTP 402)", "Use another server: --geocoder-url.", True
    if isinstance(error, exc.GeocoderTimedOut | TimeoutError):
        return "no answer in time", "Try again later; answers so far are kept.", False
    if isinstance(error, exc.GeocoderParseError | KeyError | TypeError | ValueError | AttributeError):
        return f"an answer that is none ({type(error).__name__}: {text})", "Check --geocoder-url.", False
    return f"cannot be reached ({text})", "Check the network; the run goes on without it.", False


def _geopy_error() -> type[Exception]:
    from geopy.exc import GeopyError

    found: type[Exception] = GeopyError
    return found


def _all_of_a_name(**options: Any) -> Any:
    """A Nominatim client that hears of every place of a name: the server else leaves out those of like address."""
    from geopy import geocoders

    class Client(geocoders.Nominatim):  # type: ignore[misc]  # geopy brings no types
        def _construct_url(self, base_api: str, params: dict[str, Any]) -> str:
            url: str = super()._construct_url(base_api, {**params, "dedupe": 0})
            return url

    return Client(**options)


def _client(setting: Setting) -> Any:
    from geopy import adapters, geocoders

    scheme = urlsplit(setting.url).scheme if setting.url else "https"
    maker = _all_of_a_name if setting.kind == "nominatim" else getattr(geocoders, KINDS[setting.kind].geopy)
    return maker(
        domain=setting.host,
        scheme=scheme,
        user_agent=setting.user_agent,
        timeout=setting.timeout_s,
        # the other adapter asks again on its own, unseen
        adapter_factory=adapters.URLLibAdapter,
    )
