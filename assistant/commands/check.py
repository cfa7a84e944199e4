"""One part of the program as `doctor` found it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part, as it was found."""

    what: str
    ok: bool
    found: str
    mend: str = ""
    note: bool = False
    """Neither well nor broken: worth a look."""


def made(settings: Settings) -> bool:
    """Whether there is a database; looking must not make one."""
    file = settings.data / "catalog.db"
    return not settings.database_url.startswith("sqlite") or file.exists()
