"""What a desk is built from. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.access.office import Office
from assistant.aide import Aide
from assistant.candidates import Searcher
from assistant.feedback import FeedbackBook
from assistant.history import History
from assistant.memory import Memory
from assistant.meter import Meter, Unmetered
from assistant.phrases import BUNDLED, Books
from assistant.wishes import WishBook
from catalog_sync.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a desk is built from; `wiring` makes these."""

    store: Store
    search: Searcher
    memory: Memory
    wishes: WishBook
    feedback: FeedbackBook
    history: History
    clock: Callable[[], datetime]
    """Now, with its time zone."""
    labels: Mapping[str, str]
    """Source name -> what people call that catalogue: "mdc" -> "Mozilla Data Collective"."""
    open_office: Callable[[], Office]
    """Opens the office of access requests, the same one each time; not before it is needed."""
    aide: Aide | None = None
    """A language model, where one is configured."""
    meter: Meter = field(default_factory=Unmetered)
    books: Books = BUNDLED
    """The phrasebooks in force."""
