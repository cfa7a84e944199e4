"""`show`: one card with its terms and where each field was stated."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pydantic_core import to_jsonable_python
from rich.text import Text

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.faces import render
from assistant.reply import Table
from assistant.terms import odrl

if TYPE_CHECKING:
    from assistant.desk import Desk
    from catalog_sync.stored import StoredCard

SHOWN_RULES = 40


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `show`."""
    parser = parsers.add_parser(
        "show", parents=[common], help="one card with its terms and where each field was stated"
    )
    parser.add_argument("id", metavar="ID", help="an id, or a name that only one dataset has")
    parser.add_argument(
        "--usage-info",
        action="store_true",
        help="its terms alone, as JSON-LD for Croissant's usageInfo: an ODRL offer and DUO codes",
    )
    parser.set_defaults(run=show)


def show(call: Call) -> int:
    """Print the card."""
    stored = find(wiring.build_desk(call.settings), call.options.id)
    if call.options.usage_info:
        target = stored.card.url or stored.card.id
        call.terminal.line(odrl.usage_info(stored.card.terms, target=target))
        return 0
    if call.terminal.json_only:
        call.terminal.line(document(stored))
        return 0
    out = call.terminal.out
    out.print(Text(render.clean(stored.card.name), style="bold"))
    out.print(Text(render.clean(stored.card.summary or stored.card.description[:400])))
    call.terminal.table(facts(stored))
    call.terminal.table(terms(stored))
    if stored.card.evidence:
        rows = tuple((e.field, e.quote, e.url or "") for e in stored.card.evidence)
        call.terminal.table(Table(title="Stated where", columns=("Field", "Words", "Address"),
                                  rows=rows))  # fmt: skip
    return 0


def find(desk: Desk, words: str) -> StoredCard:
    """The card with this id, or the only one with this name; raises `WrongCall`."""
    stored = desk.show(words)
    if stored is not None:
        return stored
    named = desk.find_card(words, limit=5)
    if len(named) == 1:
        only = desk.show(named[0])
        if only is not None:
            return only
    near = f" Near it: {', '.join(named)}." if named else ""
    raise WrongCall(
        f"No dataset is called {words!r}. Expected an id such as 'commonvoice:scripted-25.0-cy'."
        f"{near} `dataset-assistant ask` finds ids."
    )


def document(stored: StoredCard) -> dict[str, object]:
    """The card as scripts read it, with what the store knows beside it."""
    card: dict[str, object] = to_jsonable_python(stored.card)
    return {
        **card,
        "terms_fingerprint": stored.terms_fingerprint,
        "seen_at": stored.seen_at.isoformat(),
        "findings": to_jsonable_python(stored.findings),
        "copies": list(stored.copies),
    }


def facts(stored: StoredCard) -> Table:
    """What it is."""
    card = stored.card
    rows = (
        ("Id", card.id),
        ("Page", card.url or ""),
        ("Languages", render.language_line(card)),
        ("Kinds", ", ".join(card.modalities)),
        ("Tasks", render.task_line(card)),
        ("Size", render.size_line(card.size)),
        ("Licence", render.licence_line(card)),
        ("Access", render.access_line(card)),
        ("Publisher", card.publisher or ""),
        ("Version", card.version or ""),
        ("Published", str(card.published or "")),
        ("Updated", str(card.updated or "")),
        ("Formats", ", ".join(card.formats)),
        ("Also listed as", ", ".join(stored.copies)),
        ("Last read", f"{stored.seen_at:%Y-%m-%d %H:%M}"),
    )
    kept = tuple((name, value) for name, value in rows if value)
    noted = tuple((finding.level.capitalize(), finding.text) for finding in stored.findings)
    return Table(title="", columns=("Field", "Value"), rows=kept + noted)


def terms(stored: StoredCard) -> Table:
    """What the rules are, each with its clause."""
    rules = tuple(
        (rule.kind, rule.action, rule.clause.document, rule.clause.clause, rule.clause.quote)
        for rule in stored.card.terms.rules[:SHOWN_RULES]
    )
    says = tuple(
        ("also says", "", words.document, words.clause, words.quote)
        for words in stored.card.terms.unparsed
    )
    columns = ("Rule", "Action", "Document", "Clause", "Words")
    return Table(title="Terms", columns=columns, rows=rules + says)
