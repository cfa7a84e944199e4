"""`coverage`, `wish`, `feedback`: what the catalogue holds, what people miss, what they think."""

from __future__ import annotations

import argparse
import getpass
from typing import TYPE_CHECKING

from pydantic_core import to_jsonable_python

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.faces import render
from assistant.faces.terminal import show_chart
from assistant.reply import Chart, Table

if TYPE_CHECKING:
    from assistant.coverage import Row

KINDS = ("language", "task", "licence", "source", "publisher", "modality", "access")


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `coverage`, `wish` and `feedback`."""
    counting = parsers.add_parser(
        "coverage", parents=[common], help="figures over the catalogue, grouped"
    )
    counting.add_argument("filters", nargs="*", metavar="WORDS",
                          help='what is counted, in words: "CC0 speech over 10 hours"')  # fmt: skip
    counting.add_argument("--by", choices=KINDS, default="language", help="group by (language)")
    counting.add_argument("--top", type=int, metavar="N", help="only the N largest groups")
    counting.set_defaults(run=coverage)

    wishing = parsers.add_parser("wish", parents=[common], help="what is missing")
    actions = wishing.add_subparsers(metavar="ACTION")
    listing = actions.add_parser(
        "list", parents=[common], help="what was wished for, and how often"
    )
    listing.set_defaults(run=wishes)
    adding = actions.add_parser("add", parents=[common], help="record a wish")
    adding.add_argument("words", metavar="WORDS")
    adding.add_argument("--named", action="store_true", help="your login may be named")
    adding.set_defaults(run=wish)
    wishing.set_defaults(run=wishes)

    judging = parsers.add_parser(
        "feedback", parents=[common], help="thumbs and their reasons, as rows for evaluation"
    )
    judging.set_defaults(run=feedback)


def coverage(call: Call) -> int:
    """Count the datasets that meet the words, by group."""
    options = call.options
    if options.top is not None and options.top < 1:
        raise WrongCall(f"--top is {options.top}. Expected at least 1.")
    desk = wiring.build_desk(call.settings)
    words = " ".join(options.filters)
    found = desk.coverage(options.by, desk.read(words) if words else None)
    groups = found.groups[: options.top]
    if call.terminal.json_only:
        call.terminal.line({"total": found.total, "by": options.by, "groups": list(groups)})
        return 0
    if not groups:
        call.terminal.out.print("No dataset in this catalogue meets that.")
        return 0
    chart = Chart(
        title=f"{found.total:,} dataset{'' if found.total == 1 else 's'}, by {options.by}",
        columns=(options.by.capitalize(), "Datasets", "Hours", "Size"),
        rows=tuple(map(cells, groups)),
        x=options.by.capitalize(),
        y="Datasets",
    )
    call.terminal.out.print(show_chart(chart))
    return 0


def cells(row: Row) -> tuple[str, int, str, str]:
    """One group for people; what nobody stated stays empty."""
    hours = render.figure(row.hours) if row.hours is not None else ""
    size = render.byte_size(row.bytes) if row.bytes is not None else ""
    return row.label, row.datasets, hours, size


def wishes(call: Call) -> int:
    """Print the wishes, most wanted first."""
    found = wiring.build_desk(call.settings).wishes()
    if call.terminal.json_only:
        call.terminal.line(to_jsonable_python(found))
        return 0
    if not found:
        call.terminal.notice("Nothing was wished for yet.")
        return 0
    rows = tuple((str(w.wishes), str(w.people), w.text, f"{w.last_at:%Y-%m-%d}") for w in found)
    columns = ("Wishes", "People", "What", "Last")
    call.terminal.table(Table(title="", columns=columns, rows=rows))
    return 0


def wish(call: Call) -> int:
    """Record one wish; raises `WrongCall` where nothing is wished for."""
    if not call.options.words.strip():
        raise WrongCall('`wish add` was given no words. For example: wish add "Cornish speech".')
    made = wiring.build_desk(call.settings).wish(
        call.options.words, asker_id=f"terminal:{getpass.getuser()}", may_name=call.options.named
    )
    call.terminal.answer(made, f"Recorded as wish {made.number}: {render.clean(made.text)}")
    return 0


def feedback(call: Call) -> int:
    """Print every thumb with its reason: the turns as `ask --batch` reads them."""
    for one in wiring.build_desk(call.settings).feedback.all():
        call.terminal.line(
            {
                "id": one.id,
                "turns": list(one.turns),
                "thumb": one.thumb,
                "reason": one.reason,
                "shown": list(one.shown),
                "given_at": one.given_at.isoformat(),
            }
        )
    return 0
