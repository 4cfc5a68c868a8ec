"""No test of records reaches a network: names are not looked up, and connections go to this machine alone."""

from __future__ import annotations

import socket

import pytest


@pytest.fixture(autouse=True)
def _this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo

    def only_here(host: str, *arguments: object, **options: object) -> object:
        assert host in ("127.0.0.1", "localhost"), f"a test asked for {host}"
        return look_up(host, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", only_here)
