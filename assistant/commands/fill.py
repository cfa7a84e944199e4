"""`sync` and `index`: catalogues in, an index that can be searched out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import to_jsonable_python

from assistant.commands.call import Call, Parsers, WrongCall
from assistant.reply import Table

if TYPE_CHECKING:
    from catalog_sync.report import SyncReport
    from indexer.build import IndexReport

NAMED_AT_MOST = 20
"""Failed and held records named one by one for people; scripts get all of them."""


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `sync` and `index`."""
    syncing = parsers.add_parser("sync", parents=[common], help="read catalogues into the store")
    syncing.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="none named: those of the settings"
    )
    syncing.add_argument("--path", type=Path, metavar="P", help="the source's own file or folder")
    syncing.add_argument("--url", metavar="U", help="another address of the source")
    syncing.add_argument("--limit", type=int, metavar="N", help="read at most N records")
    syncing.add_argument("--index", action="store_true", help="bring the index up to date too")
    syncing.add_argument(
        "--allow-withdrawals", action="store_true", help="even of more than a fifth of a source"
    )
    syncing.set_defaults(run=sync)
    indexing = parsers.add_parser("index", parents=[common], help="bring the index up to date")
    indexing.add_argument("--rebuild", action="store_true", help="embed everything anew")
    indexing.set_defaults(run=index)


def sync(call: Call) -> int:
    """Read the sources; 3 when a run did not finish."""
    from assistant import fill

    options, settings = call.options, call.settings
    if options.limit is not None and options.limit < 1:
        raise WrongCall(f"--limit is {options.limit}. Expected at least 1.")
    names = tuple(options.sources) or settings.sources
    reports: list[SyncReport] = []
    with call.terminal.progress("syncing") as step:
        for report in fill.sync(
            settings,
            names,
            path=options.path,
            url=options.url,
            limit=options.limit,
            allow_withdrawals=options.allow_withdrawals,
            step=step,
        ):
            reports.append(report)
    indexed = build(call, rebuild=False) if options.index else None
    if call.terminal.json_only:
        found = [document(report) for report in reports]
        if indexed is not None:
            found[-1]["index"] = to_jsonable_python(indexed)
        call.terminal.documents(found)
    else:
        tell(call, reports)
        if indexed is not None:
            tell_index(call, indexed)
    unfinished = any(not report.complete for report in reports) and options.limit is None
    return 3 if unfinished else 0


def document(report: SyncReport) -> dict[str, object]:
    """One run as scripts read it: counts, and beside them each held and failed record by name."""
    return {
        "source": report.source,
        "complete": report.complete,
        "read": report.read,
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "withdrawn": report.withdrawn,
        "held": len(report.held),
        "failed": len(report.failed),
        "seconds": round(report.seconds, 3),
        "stopped": report.stopped,
        "resumed": report.resumed,
        "held_cards": [
            {"id": hold.id, "reasons": [reason.text for reason in hold.reasons]}
            for hold in report.held
        ],
        "failed_records": [
            {"id": one.native_id, "where": one.where, "why": one.why} for one in report.failed
        ],
    }


def tell(call: Call, reports: Sequence[SyncReport]) -> None:
    """The runs for people."""
    if call.terminal.quiet:
        return
    rows = tuple(
        (r.source, "yes" if r.complete else "no", str(r.read), str(r.new), str(r.changed),
         str(r.same), str(r.withdrawn), str(len(r.held)), str(len(r.failed)), f"{r.seconds:.1f}")
        for r in reports
    )  # fmt: skip
    columns = ("Source", "Whole", "Read", "New", "Changed", "Same", "Gone", "Held", "Failed", "s")
    call.terminal.table(Table(title="", columns=columns, rows=rows))
    for report in reports:
        if report.stopped:
            call.terminal.notice(f"{report.source}: {report.stopped}")
        held = [(h.id, "; ".join(reason.text for reason in h.reasons)) for h in report.held]
        failed = [(one.native_id, f"{one.why} ({one.where})") for one in report.failed]
        for what, named in (("held", held), ("failed", failed)):
            for name, why in named[:NAMED_AT_MOST]:
                call.terminal.notice(f"{what}: {report.source}:{name.split(':', 1)[-1]}: {why}")
            if len(named) > NAMED_AT_MOST:
                call.terminal.notice(f"... and {len(named) - NAMED_AT_MOST} more {what}")


def index(call: Call) -> int:
    """Bring the index up to the store."""
    report = build(call, rebuild=call.options.rebuild)
    if call.terminal.json_only:
        call.terminal.line(report)
    else:
        tell_index(call, report)
    return 0


def build(call: Call, *, rebuild: bool) -> IndexReport:
    """The index, with a bar while it is built."""
    from assistant import fill

    with call.terminal.progress("indexing") as step:
        return fill.index(call.settings, rebuild=rebuild, step=step)


def tell_index(call: Call, report: IndexReport) -> None:
    """The index for people."""
    if report.notice:
        call.terminal.notice(report.notice)
    if not call.terminal.quiet:
        call.terminal.out.print(
            f"Index generation {report.generation}: {report.cards:,} cards, "
            f"{report.passages:,} passages ({report.embedded:,} embedded now, "
            f"{report.reused:,} reused) in {report.seconds:.1f} s."
        )
