"""`owners` and `person`: who decides about which data, and what is kept of somebody."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import cast

from pydantic_core import to_jsonable_python
from rich.text import Text

from assistant import wiring
from assistant.access import words
from assistant.access.values import Refusal
from assistant.access.values_owner import Claim, Ownership, Scope, ScopeKind
from assistant.commands.call import Call, Parsers, WrongCall, lines_of
from assistant.commands.request_options import asker_of
from assistant.commands.request_shown import tell_refusal
from assistant.faces import render
from assistant.reply import Table

KINDS = ("card", "publisher", "source")


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `owners` and `person`."""
    whole = parsers.add_parser("owners", parents=[common], help="who decides about which data")
    actions = whole.add_subparsers(metavar="ACTION", required=True)
    speaking = argparse.ArgumentParser(add_help=False)
    speaking.add_argument("--as", dest="email", required=True, metavar="EMAIL",
                          help="who speaks; whoever runs this program vouches for it")  # fmt: skip
    both = [common, speaking]
    actions.add_parser("list", parents=both, help="the whole table").set_defaults(run=list_owners)
    for name, told, run in (
        ("assign", "make somebody an owner", assign),
        ("remove", "end an ownership", remove),
    ):
        parser = actions.add_parser(name, parents=both, help=told)
        _scoped(parser)
        parser.add_argument("owner", metavar="OWNER", help="e-mail address")
        parser.set_defaults(run=run)
    claiming = actions.add_parser("claim", parents=both, help="say that you own something")
    _scoped(claiming)
    claiming.add_argument("--note", default="", help="how an administrator can tell")
    claiming.set_defaults(run=claim)
    actions.add_parser("claims", parents=both, help="claims, yours or all").set_defaults(run=claims)
    for name, told, run in (
        ("grant", "grant a claim", grant),
        ("refuse", "refuse a claim", refuse),
    ):
        parser = actions.add_parser(name, parents=both, help=told)
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--reason", default="")
        parser.set_defaults(run=run)
    bringing = actions.add_parser(
        "import", parents=[common], help="a CSV file with the columns kind, value, email"
    )
    bringing.add_argument("file", type=Path, metavar="FILE")
    bringing.set_defaults(run=bring_in)
    person = parsers.add_parser("person", parents=[common], help="what is kept of somebody")
    deeds = person.add_subparsers(metavar="ACTION", required=True)
    deeds.add_parser("export", parents=both, help="everything, as JSON").set_defaults(run=export)
    erasing = deeds.add_parser("erase", parents=both, help="forget them; --yes does it")
    erasing.add_argument("--yes", action="store_true")
    erasing.set_defaults(run=erase)


def _scoped(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("value", metavar="VALUE", help="card id, source/publisher, or source")


def _scope(call: Call) -> Scope:
    return Scope(kind=cast("ScopeKind", call.options.kind), value=call.options.value)


def list_owners(call: Call) -> int:
    """Print the table."""
    found = wiring.build_office(call.settings).owners.all(asker_of(call))
    if isinstance(found, Refusal):
        return tell_refusal(call, found)
    if call.terminal.json_only:
        call.terminal.line(to_jsonable_python(found))
        return 0
    rows = tuple(
        (each.scope.kind, each.scope.value, each.email, f"{each.since:%Y-%m-%d}",
         each.settings.auto_approve)
        for each in found
    )  # fmt: skip
    columns = ("Kind", "What", "Owner", "Since", "Approves by itself")
    call.terminal.table(Table(title="", columns=columns, rows=rows))
    return 0


def assign(call: Call) -> int:
    """Make somebody an owner."""
    office = wiring.build_office(call.settings)
    return _told(call, office.owners.assign(_scope(call), call.options.owner, asker=asker_of(call)))


def remove(call: Call) -> int:
    """End an ownership; 1 when there was none."""
    office = wiring.build_office(call.settings)
    ended = office.owners.remove(_scope(call), call.options.owner, asker=asker_of(call))
    if isinstance(ended, Refusal):
        return tell_refusal(call, ended)
    call.terminal.answer({"removed": ended}, "Removed." if ended else "They did not own that.")
    return 0 if ended else 1


def claim(call: Call) -> int:
    """Claim a scope."""
    office = wiring.build_office(call.settings)
    return _told(call, office.owners.claim(_scope(call), note=call.options.note,
                                           asker=asker_of(call)))  # fmt: skip


def claims(call: Call) -> int:
    """Print claims."""
    found = wiring.build_office(call.settings).owners.claims(asker_of(call))
    if call.terminal.json_only:
        call.terminal.line(to_jsonable_python(found))
        return 0
    rows = tuple(
        (str(each.number), each.scope.kind, each.scope.value, each.email, each.note,
         each.decided or "open")
        for each in found
    )  # fmt: skip
    columns = ("Number", "Kind", "What", "By", "Note", "Decided")
    call.terminal.table(Table(title="", columns=columns, rows=rows))
    return 0


def grant(call: Call) -> int:
    """Grant a claim."""
    office = wiring.build_office(call.settings)
    return _told(call, office.owners.decide_claim(
        call.options.number, to="granted", reason=call.options.reason, asker=asker_of(call)
    ))  # fmt: skip


def refuse(call: Call) -> int:
    """Refuse a claim."""
    office = wiring.build_office(call.settings)
    return _told(call, office.owners.decide_claim(
        call.options.number, to="refused", reason=call.options.reason, asker=asker_of(call)
    ))  # fmt: skip


def _told(call: Call, found: Ownership | Claim | Refusal) -> int:
    if isinstance(found, Refusal):
        return tell_refusal(call, found)
    scope = found.scope
    call.terminal.answer(
        to_jsonable_python(found), Text(render.clean(f"{scope.kind} {scope.value}: {found.email}"))
    )
    return 0


def bring_in(call: Call) -> int:
    """Take a file of owners over, whole or not at all; raises `WrongCall`."""
    path: Path = call.options.file
    lines = [line for _, line in lines_of(path, "kind,value,email with a head line")]
    rows = list(csv.DictReader(lines))
    found = []
    for number, row in enumerate(rows, 2):
        kind = (row.get("kind") or "").strip()
        if kind not in KINDS or not row.get("value") or not row.get("email"):
            raise WrongCall(
                f"Line {number} of {str(path)!r} cannot be read. Expected kind (card, publisher "
                "or source), value and email; nothing of the file was taken over."
            )
        scope = Scope(kind=cast("ScopeKind", kind), value=row["value"].strip())
        found.append((scope, row["email"].strip()))
    taken, refused = wiring.build_office(call.settings).owners.bring_in(tuple(found), by="import")
    if refused is not None:
        call.terminal.problem(f"{words.refusal(refused)} Nothing of the file was taken over.")
        return 2
    call.terminal.answer({"taken": taken}, f"{taken} rows were taken over.")
    return 0


def export(call: Call) -> int:
    """Everything that is kept of somebody."""
    call.terminal.line(wiring.build_office(call.settings).person.export(asker_of(call)))
    return 0


def erase(call: Call) -> int:
    """Forget somebody; raises `WrongCall` without `--yes`."""
    if not call.options.yes:
        raise WrongCall(
            "`person erase` cannot be undone: answers and address go, open requests are "
            "withdrawn. Say --yes as well."
        )
    done = wiring.build_office(call.settings).person.erase(asker_of(call))
    if isinstance(done, Refusal):
        return tell_refusal(call, done)
    call.terminal.answer({"requests": done}, f"Forgotten; {done} requests keep their decision.")
    return 0
