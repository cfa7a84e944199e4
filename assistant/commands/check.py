"""One part of the program as `doctor` found it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part, as it was found."""

    what: str
    ok: bool
    found: str
    mend: str = ""
    note: bool = False
    """Neither well nor broken: worth a look."""
