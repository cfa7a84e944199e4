"""What the tests of connectors share: servers on this machine, and a clock that never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from catalog_sync.http import Manners, PoliteClient
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply, Watch, serving


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[Asked], Reply]], Loopback]]:
    """Starts a server for an answering function; stopped after the test."""
    with ExitStack() as servers:
        yield lambda answer: servers.enter_context(serving(answer))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def client(watch: Watch) -> Iterator[PoliteClient]:
    with PoliteClient(manners=Manners(gap_s=0.5), clock=watch.clock, sleep=watch.sleep) as polite:
        yield polite
