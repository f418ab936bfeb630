"""The tests themselves: nothing reaches the network, and the clock stands where it was set."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

#: The guard warns before it raises, and warnings are errors here.
BLOCKED = (SocketBlockedError, SocketConnectBlockedError, UserWarning)


def test_a_test_cannot_open_a_socket() -> None:
    with pytest.raises(BLOCKED):
        socket.create_connection(("127.0.0.1", 9), timeout=1)


@pytest.mark.loopback
def test_a_marked_test_reaches_this_machine_and_no_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
    with pytest.raises(BLOCKED):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_the_clock_is_fixed() -> None:
    assert datetime.now(UTC).date().isoformat() == "2026-01-02"
