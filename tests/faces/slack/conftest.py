"""The Slack face as it runs, between a fake Slack and a desk over a small catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette

from assistant.access.opening import open_office
from assistant.desk import Desk
from assistant.faces.slack import SlackFace
from assistant.faces.slack_store import Installation, open_slack_store
from assistant.secret import Box
from assistant.slack_rules import SlackRules
from catalog_sync.store import open_store
from tests.assistant.conftest import ADMINISTRATOR, NOW
from tests.assistant.conftest import desk as plain_desk
from tests.faces.slack.fake import SCOPES, FakeSlack, fake_slack, serving
from tests.faces.slack.sender import SECRET, Sender

BOX = Box(["a secret for tests only"])
Running = Callable[..., AbstractContextManager[tuple[SlackFace, Sender]]]


small_desk = plain_desk
"""The fixture that the next one builds on."""


@pytest.fixture
def desk(small_desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a small catalogue, whose office tells people in Slack too."""
    store = open_store(f"sqlite:///{tmp_path}/catalog.db")
    office = open_office(
        f"sqlite:///{tmp_path}/catalog.db", box=BOX, store=store, clock=lambda: NOW,
        administrators=frozenset({ADMINISTRATOR}), besides=("slack",),
    )  # fmt: skip
    yield Desk(replace(small_desk._parts, open_office=lambda: office))
    office.close()
    store.close()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with fake_slack() as fake:
        yield fake
        assert fake.faults == []


@pytest.fixture
def running(desk: Desk, slack: FakeSlack, tmp_path: Path) -> Running:
    """Start the face with these rules; two workspaces are installed."""

    @contextmanager
    def start(**rules: object) -> Iterator[tuple[SlackFace, Sender]]:
        given: dict[str, object] = {
            "signing_secret": SECRET, "client_id": "1.2", "client_secret": "shh",
            "workspaces": ("T1", "T2"), "api_url": f"{slack.url}/api/",
        }  # fmt: skip
        store = open_slack_store(f"sqlite:///{tmp_path}/slack.db", BOX)
        now = datetime.now(UTC)
        for token, team in slack.tokens.items():
            store.install(
                Installation(place=team, name=team, token=token, bot_user="UBOT", bot="BBOT",
                             scopes=tuple(SCOPES.split(","))),
                now=now,
            )  # fmt: skip
        face = SlackFace(
            SlackRules(**{**given, **rules}),  # type: ignore[arg-type]
            desk, store, clock=lambda: datetime.now(UTC), url="https://data.example.org",
        )  # fmt: skip
        face.start()
        with serving(Starlette(routes=face.routes())) as url:
            sender = Sender(slack, url)
            yield face, sender
            sender.close()
        face.stop()
        store.close()

    return start


@pytest.fixture
def face(running: Running) -> Iterator[tuple[SlackFace, Sender]]:
    with running() as both:
        yield both


@pytest.fixture
def say(face: tuple[SlackFace, Sender]) -> Sender:
    """Slack's side of the wire to a running face."""
    return face[1]
