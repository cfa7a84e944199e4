"""`holds`: cards kept out of sight, and letting one pass on record."""

from __future__ import annotations

import argparse
import getpass

from assistant import wiring
from assistant.commands.call import Call, Parsers
from assistant.reply import Table
from catalog_sync.stored import Hold


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `holds`."""
    parser = parsers.add_parser(
        "holds", parents=[common], help="cards kept out of sight: list them, let one pass"
    )
    actions = parser.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="what is held, and why")
    listing.add_argument("--released", action="store_true", help="those let pass, by whom and why")
    letting = actions.add_parser("release", parents=[common], help="let one card be shown")
    letting.add_argument("id", metavar="ID")
    letting.add_argument("--reason", required=True, help="why it may be shown; kept on record")
    letting.add_argument("--by", default=None, metavar="NAME", help="who decides (your login)")
    parser.set_defaults(run=list_holds, released=False)
    listing.set_defaults(run=list_holds)
    letting.set_defaults(run=release)


def list_holds(call: Call) -> int:
    """Print the held cards, or those released."""
    released: bool = call.options.released
    found = wiring.build_store(call.settings).holds(released=released)
    if call.terminal.json_only:
        call.terminal.line([document(hold) for hold in found])
        return 0
    if not found:
        call.terminal.notice("No card was released." if released else "No card is held.")
        return 0
    rows = tuple(
        (
            hold.id,
            hold.name,
            "; ".join(reason.text for reason in hold.reasons),
            f"{hold.released_by}: {hold.released_reason}" if hold.released_by else "",
        )
        for hold in found
    )
    title = "Released" if released else "Held"
    call.terminal.table(Table(title=title, columns=("Id", "Name", "Why", "Released"), rows=rows))
    return 0


def release(call: Call) -> int:
    """Let one card pass; raises `NoSuchCard` when it is not held."""
    options = call.options
    actor = options.by or getpass.getuser()
    stored = wiring.build_store(call.settings).release_hold(
        options.id, actor=actor, reason=options.reason, at=wiring.now()
    )
    answer = {"id": stored.card.id, "released_by": actor, "reason": options.reason}
    call.terminal.answer(answer, f"{stored.card.id} may be shown. Run `index` to make it findable.")
    return 0


def document(hold: Hold) -> dict[str, object]:
    """One held card as scripts read it."""
    return {
        "id": hold.id,
        "name": hold.name,
        "reasons": [{"code": reason.code, "text": reason.text} for reason in hold.reasons],
        "held_at": hold.held_at.isoformat(),
        "released_at": hold.released_at.isoformat() if hold.released_at else None,
        "released_by": hold.released_by,
        "released_reason": hold.released_reason,
    }
