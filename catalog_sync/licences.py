"""Licences by name: what is meant, and what its text permits, forbids and asks for.

The table lies in `licences/*.toml`; `licences_table` loads it, `licences_read` reads names.
"""

from __future__ import annotations

from catalog_sync.licences_expression import alternatives
from catalog_sync.licences_read import beyond_names, is_nothing, mentioned, read
from catalog_sync.licences_table import ACTIONS, ODRL, Licence, row, rows, trigger

__all__ = [
    "beyond_names",
    "ACTIONS",
    "ODRL",
    "Licence",
    "alternatives",
    "is_nothing",
    "mentioned",
    "read",
    "row",
    "rows",
    "trigger",
]
