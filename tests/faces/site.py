"""A desk with requests and an identity over it, as the tests of the web faces use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.feedback import open_feedback
from assistant.history import open_history
from assistant.identity import Identity
from assistant.identity_rules import IdentityRules
from assistant.identity_store import IdentityStore, KeyScope, open_identity_store
from assistant.memory import open_memory
from assistant.need import Asker
from assistant.secret import Box
from assistant.wishes import open_wishes
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder
from indexer.search import Search
from tests import postgres, ready
from tests.assistant.access.bureau import FILE, SECRET, Bureau, open_bureau

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
"""The databases, as parameters of the fixture `site`."""
SCOPES: frozenset[KeyScope] = frozenset({"read", "request", "decide", "admin"})


class Closes(Protocol):
    """Something with an end."""

    def close(self) -> None:
        """End it."""
        ...


@dataclass
class Site:
    """Everything a web face stands on; the clock is the bureau's."""

    bureau: Bureau
    desk: Desk
    identity: Identity
    books: tuple[Closes, ...]
    keys: dict[tuple[str, frozenset[KeyScope]], str] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)

    def key(self, asker: Asker, scopes: frozenset[KeyScope] = SCOPES) -> str:
        """An API key that speaks for this person."""
        known = self.keys.get((str(asker.email), scopes))
        if known is None:
            made = self.identity.make_key(
                str(asker.email), scopes=scopes, label="test", lasts=None, now=self.bureau.moment
            )
            known = self.keys[str(asker.email), scopes] = made.words
        return known

    def headers(self, asker: Asker, scopes: frozenset[KeyScope] = SCOPES) -> dict[str, str]:
        """What a program of this person sends, with a new idempotency key each time."""
        return {
            "authorization": f"Bearer {self.key(asker, scopes)}",
            "idempotency-key": f"call-{next(self.numbers)}",
        }

    def cookie(self, asker: Asker) -> str:
        """What a browser of this person sends."""
        return self.identity.cookie_for(asker, now=self.bureau.moment)

    def close(self) -> None:
        """End everything."""
        for book in self.books:
            book.close()
        self.bureau.close()


def site_of(request: pytest.FixtureRequest, folder: Path) -> Iterator[Site]:
    """A site on the database that the test's parameter names, SQLite where it names none."""
    if getattr(request, "param", "sqlite") == "sqlite":
        opened = open_site(folder)
        yield opened
        opened.close()
    else:
        with postgres.new_database(request.getfixturevalue("cluster")) as url:
            opened = open_site(folder, url)
            yield opened
            opened.close()


def open_site(folder: Path, url: str = "", **rules: object) -> Site:
    """A site over the bureau's catalogue; `rules` are fields of `IdentityRules`."""
    if not url and not (folder / FILE).exists():
        ready.lay(_fill, folder)
    return _opened(folder, url, **rules)


def _fill(folder: Path) -> None:
    _opened(folder, "").close()


def _opened(folder: Path, url: str, **rules: object) -> Site:
    address = url or f"sqlite:///{folder}/{FILE}"
    bureau = open_bureau(address)
    embedder = HashEmbedder()
    bring_up_to_date(bureau.store, folder / "index", embedder)
    talk = f"sqlite:///{folder}/talk.db"
    memory, wishes = open_memory(talk), open_wishes(talk)
    feedback, history = open_feedback(talk), open_history(talk)
    store: IdentityStore = open_identity_store(address)

    given = {"administrators": frozenset({"admin@catalogue.example"}), **rules}
    identity = Identity(
        Box([SECRET]), IdentityRules(**given), store, clock=lambda: bureau.moment  # type: ignore[arg-type]
    )  # fmt: skip
    desk = Desk(
        Parts(
            store=bureau.store,
            search=Search.open(folder / "index", embedder),
            memory=memory,
            wishes=wishes,
            feedback=feedback,
            history=history,
            clock=lambda: bureau.moment,
            labels={"voices": "The Voice Shelf"},
            open_office=lambda: bureau.office,
        )
    )
    return Site(
        bureau=bureau, desk=desk, identity=identity,
        books=(memory, wishes, feedback, history, store),
    )  # fmt: skip
