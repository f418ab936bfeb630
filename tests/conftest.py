"""What holds for every test: no network, a fixed clock, and no settings of the user who runs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

#: Tests run at this moment; what they write must not depend on it.
NOW = "2026-01-02T03:04:05+00:00"
#: Markers of tests that talk to a part of their own on this machine.
_LOOPBACK = ("loopback", "browser", "nominatim", "postgis")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in _LOOPBACK):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


@pytest.fixture(scope="session", autouse=True)
def fixed_clock() -> Iterator[None]:
    # ticking, since browsers and servers wait; sleep and monotonic clocks are the machine's own
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEOMAP_DATA", "SOURCE_DATE_EPOCH", "OGR_CURRENT_DATE"):
        monkeypatch.delenv(name, raising=False)
