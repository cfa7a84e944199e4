"""Who may do what in which state: the one table that both offers and refuses. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.access.values import COMMANDS, CommandName, RequestRole, State

_DECIDE: Final[frozenset[CommandName]] = frozenset({"approve", "reject", "return", "delegate"})
_NOTES: Final[frozenset[CommandName]] = frozenset({"note_reminder", "note_terms_change"})

PERMITTED: Final[Mapping[State | None, Mapping[RequestRole, frozenset[CommandName]]]] = {
    None: {"requester": frozenset({"draft"})},
    "draft": {
        "requester": frozenset({"save", "accept", "submit", "hand_over", "claim", "withdraw"}),
        "system": _NOTES | {"expire"},
    },
    "returned": {
        "requester": frozenset({"save", "accept", "submit", "withdraw"}),
        "owner": frozenset({"reject", "delegate"}),
        "delegate": frozenset({"reject", "delegate"}),
        "system": _NOTES,
    },
    "submitted": {
        "requester": frozenset({"accept", "withdraw"}),
        "owner": _DECIDE,
        "delegate": _DECIDE,
        "system": _NOTES | {"approve"},
    },
    "approved": {
        "requester": frozenset({"extend", "withdraw"}),
        "owner": frozenset({"revoke", "extend", "change", "delegate"}),
        "delegate": frozenset({"revoke", "extend", "change", "delegate"}),
        "system": _NOTES | {"expire"},
    },
    "rejected": {
        "owner": frozenset({"change"}),
        "delegate": frozenset({"change"}),
    },
    "revoked": {
        "owner": frozenset({"change"}),
        "delegate": frozenset({"change"}),
    },
    "handed_over": {"requester": frozenset({"withdraw"}), "system": _NOTES},
    "withdrawn": {},
    "expired": {},
}
"""State (None: no request yet) -> role -> commands. What is not listed is refused.

An administrator assigns owners and decides about nothing; asking again after an end is a new
request (`draft` with `previous`). `approve` of the program itself is the owner's standing rule.
"""


def permitted(state: State | None, role: RequestRole) -> frozenset[CommandName]:
    """The commands that this role may give in this state."""
    return PERMITTED[state].get(role, frozenset())


def offered(state: State | None, role: RequestRole) -> tuple[CommandName, ...]:
    """The same, in the order in which they are shown."""
    may = permitted(state, role)
    return tuple(name for name in COMMANDS if name in may)
