"""`keys`: API keys for programs, made, listed and revoked."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.reply import Table

if TYPE_CHECKING:
    from assistant.identity import Identity
    from assistant.identity_store import KeyRow

CHOICES = ("read", "request", "decide", "admin")


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `keys`."""
    parser = parsers.add_parser(
        "keys", parents=[common], help="API keys for programs: make, list, revoke"
    )
    actions = parser.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="every key, without its words")
    making = actions.add_parser("make", parents=[common], help="a new key, shown once")
    making.add_argument("email", metavar="EMAIL", help="the person that the key speaks for")
    making.add_argument(
        "--scope", action="append", choices=CHOICES, default=None,
        help="what it may do, again for more: read (default), request, decide, admin",
    )  # fmt: skip
    making.add_argument("--label", default="", help="what it is for")
    making.add_argument("--days", type=int, default=None, metavar="N", help="how long it is good")
    ending = actions.add_parser("revoke", parents=[common], help="end a key at once")
    ending.add_argument("id", metavar="ID")
    parser.set_defaults(run=list_keys)
    listing.set_defaults(run=list_keys)
    making.set_defaults(run=make)
    ending.set_defaults(run=revoke)


def list_keys(call: Call) -> int:
    """Print every key."""
    identity = wiring.build_identity(call.settings)
    found = [document(identity, row) for row in identity.keys()]
    if call.terminal.json_only:
        call.terminal.line(found)
        return 0
    if not found:
        call.terminal.notice("There is no API key. `dataset-assistant keys make EMAIL` makes one.")
        return 0
    columns = ("id", "email", "label", "scopes", "made_at", "ends_at", "revoked_at")
    rows = tuple(tuple(str(each[column] or "") for column in columns) for each in found)
    heads = ("Id", "Speaks for", "Label", "Scopes", "Made", "Ends", "Revoked")
    call.terminal.table(Table(title="API keys", columns=heads, rows=rows))
    return 0


def make(call: Call) -> int:
    """Make a key and show it, this once; raises `WrongCall` for no address."""
    options = call.options
    days: int | None = options.days
    if days is not None and not 1 <= days <= 3660:
        raise WrongCall(f"`keys make --days {days}`: expected 1 to 3660, or no --days for no end.")
    identity = wiring.build_identity(call.settings)
    try:
        made = identity.make_key(
            options.email,
            scopes=frozenset(options.scope or ("read",)),
            label=options.label,
            lasts=None if days is None else timedelta(days=days),
            now=wiring.now(),
        )
    except ValueError as why:
        raise WrongCall(f"`keys make`: {why} Expected one such as mara@example.org.") from why
    answer = {**document(identity, made.row), "key": made.words}
    call.terminal.answer(
        answer,
        f"{made.words}\nThis key is shown once and kept nowhere; put it where the program reads "
        f"it. `dataset-assistant keys revoke {made.row.id}` ends it.",
    )
    return 0


def revoke(call: Call) -> int:
    """End a key; raises `WrongCall` when there is none."""
    key_id: str = call.options.id
    if not wiring.build_identity(call.settings).revoke_key(key_id, now=wiring.now()):
        raise WrongCall(
            f"No live key has the id {key_id!r}. `dataset-assistant keys list` shows them."
        )
    call.terminal.answer({"id": key_id, "revoked": True}, f"Key {key_id} is revoked.")
    return 0


def document(identity: Identity, row: KeyRow) -> dict[str, object]:
    """One key as scripts read it; never its words."""
    from assistant.secret import SecretError

    try:
        email = identity.key_address(row)
    except SecretError:
        email = ""
    return {
        "id": row.id,
        "email": email,
        "label": row.label,
        "scopes": [scope for scope in CHOICES if scope in row.scopes],
        "made_at": row.made_at.isoformat(timespec="seconds"),
        "ends_at": row.ends_at.isoformat(timespec="seconds") if row.ends_at else None,
        "revoked_at": row.revoked_at.isoformat(timespec="seconds") if row.revoked_at else None,
    }
