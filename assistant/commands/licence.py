"""`check`, `combine` and `tier`: what licences and terms allow."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from rich.text import Text

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall, lines_of
from assistant.commands.request_options import asker_of
from assistant.commands.show import find
from assistant.faces import render
from assistant.faces.terminal import COLOURS
from assistant.reply import Table
from assistant.terms import batch
from assistant.terms import combine as joining
from assistant.terms.facts import UnknownFact
from assistant.terms.values import Verdict
from assistant.use import ACTS, Act, OrganisationKind
from catalog_sync.clauses import Clause

Row = dict[str, str]
NO_ADVICE = "A careful reading, not legal advice."
SCENARIOS = get_args(joining.Scenario)
SILENT = "nothing on"
"""How a clause begins that stands for silence; its quote is then the name of what is silent."""
JOINED = {
    "compatible": "🟢 Compatible",
    "incompatible": "🔴 Not compatible",
    "ask_owner": "🔵 Ask the owner first",
}
TIERS = {"tier_i": "Tier I", "tier_ii": "Tier II"}


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `check`, `combine` and `tier`."""
    checking = parsers.add_parser(
        "check", parents=[common], help="may I do this with a dataset, or under a licence?"
    )
    checking.add_argument("id", nargs="?", metavar="ID", help="the dataset: an id, or its name")
    checking.add_argument("--licence", metavar="SPDX", help="a bare licence instead of a dataset")
    checking.add_argument(
        "--use", nargs="+", action="extend", default=[], metavar="USE",
        help=f"what you want to do: {', '.join(ACTS)}",
    )  # fmt: skip
    checking.add_argument("--from", dest="from_", metavar="CC", help="where you are (ISO 3166)")
    checking.add_argument("--hq", metavar="CC", help="where your organisation is headquartered")
    checking.add_argument("--org", choices=get_args(OrganisationKind), help="who you are")
    checking.add_argument(
        "--as", dest="email", metavar="EMAIL",
        help="for whom: what the dataset's owner granted to this person counts too; whoever runs "
        "this program vouches for it",
    )  # fmt: skip
    add_facts(checking)
    checking.add_argument(
        "--batch", type=Path, metavar="FILE", help="TSV: licence_id, question_key, facts"
    )
    checking.set_defaults(run=check)

    joining = parsers.add_parser(
        "combine", parents=[common], help="may two licences' data be joined, and under which?"
    )
    joining.add_argument(
        "licences", nargs="*", metavar="LICENCE", help="two of them: SPDX ids, or ids of datasets"
    )
    joining.add_argument(
        "--as", dest="scenario", choices=SCENARIOS, default="merged",
        help="merged: one derived dataset (the default); collection: side by side; "
        "model: a model trained on both",
    )  # fmt: skip
    joining.add_argument(
        "--batch", type=Path, metavar="FILE", help="TSV: licence_a, licence_b, scenario"
    )
    joining.set_defaults(run=combine)

    tiering = parsers.add_parser(
        "tier", parents=[common], help="which NOODL-1.0 tier a user falls in"
    )
    tiering.add_argument("user", nargs="?", metavar="WORDS", help="who it is, in words")
    add_facts(tiering)
    tiering.add_argument("--batch", type=Path, metavar="FILE", help="TSV with a column user")
    tiering.set_defaults(run=tier)


def add_facts(parser: argparse.ArgumentParser) -> None:
    """The option that states a fact."""
    parser.add_argument(
        "--fact", action="append", default=[], metavar="KEY=VALUE",
        help=f"a fact of the case, as often as needed: {', '.join(batch.FACTS)}",
    )  # fmt: skip


def check(call: Call) -> int:
    """Judge one use, or every row of a file."""
    options = call.options
    if options.batch is not None:
        return each_row(call, batch.check_row, outcome_line)
    words, card_id = uses_and_id(options)
    given = {
        key: value
        for key, value in (("from", options.from_), ("hq", options.hq), ("org", options.org))
        if value
    }
    try:
        acts = tuple(batch.parse_act(word) for word in words)
        facts = facts_of([*options.fact, *(f"{key}={value}" for key, value in given.items())])
        verdict = judged(call, card_id, acts, facts)
    except (batch.BadRow, UnknownFact) as why:
        raise WrongCall(str(why)) from why
    if call.terminal.json_only:
        call.terminal.line(batch.as_json(verdict))
    else:
        show_verdict(call, verdict)
    return 0


def uses_and_id(options: argparse.Namespace) -> tuple[list[str], str | None]:
    """The uses and the id; an id behind `--use` is told from a use by the contract's words."""
    words = [word for part in options.use for word in part.split(",") if word]
    card_id: str | None = options.id
    if card_id is None and options.licence is None and words and words[-1] not in ACTS:
        card_id = words.pop()
    if (card_id is None) == (options.licence is None):
        raise WrongCall("`check` takes one dataset ID, or --licence SPDX, or --batch FILE.")
    return words or ["read_download"], card_id


def judged(
    call: Call, card_id: str | None, acts: tuple[Act, ...], facts: Mapping[str, str]
) -> Verdict:
    """The verdict on the card, or on the bare licence of the call."""
    today = wiring.now().date()
    if card_id is None:
        return batch.check_licence(call.options.licence, acts, facts, today=today)
    asker = asker_of(call) if call.options.email is not None else None
    desk = wiring.build_desk(call.settings)
    return desk.check(find(desk, card_id).card.id, batch.use_of(acts, facts), asker=asker)


def facts_of(pairs: Sequence[str]) -> dict[str, str]:
    """Facts given as key=value, each perhaps several of them; raises `UnknownFact`."""
    return batch.parse_facts("; ".join(pairs))


def show_verdict(call: Call, verdict: Verdict) -> None:
    """The verdict for people: badge, reasons with their clauses, duties, what is missing."""
    out = call.terminal.out
    dot, badge = render.BADGES[verdict.outcome]
    out.print(Text(f"{dot} {badge}", style=f"bold {COLOURS[verdict.outcome]}"))
    several = len({why.act for why in verdict.reasons}) > 1
    for why in verdict.reasons:
        act = f"{why.act.replace('_', ' ')}: " if several else ""
        out.print(quoted(f"{render.BADGES[why.outcome][0]} {act}{why.why}", why.clause))
    if verdict.duties:
        out.print(Text("In return:", style="bold"))
    for duty in verdict.duties:
        out.print(quoted(f"{'→ first:' if duty.prior else '→'} {duty.text}", duty.clause))
    for gap in verdict.missing:
        out.print(Text(f"? {gap.question}  (--fact {gap.fact}=...)", style="blue"))
    for words in verdict.also_says:
        out.print(Text(f"The owner also says: “{render.clean(words.quote)}”"))
    for note in verdict.platform_notes:
        out.print(Text(f"Note: {note}", style="dim"))
    call.terminal.notice(NO_ADVICE)


def quoted(words: str, clause: Clause) -> Text:
    """A sentence with the clause it rests on below it."""
    text = Text(render.clean(words))
    quote = f"“{render.clean(clause.quote)}”"
    if clause.clause.startswith(SILENT):
        on = clause.clause.removeprefix(SILENT).lstrip(": ")
        text.append(f"\n    {clause.document} {quote} is silent on: {on}", style="dim")
    else:
        text.append(f"\n    {clause.document} {clause.clause}: ", style="dim")
        text.append(quote, style="dim italic")
    if clause.url:
        text.append(f"\n    {clause.url}", style="dim")
    return text


def each_row(
    call: Call,
    judge: Callable[..., dict[str, object]],
    told: Callable[[dict[str, object]], tuple[str, ...]],
) -> int:
    """Answer every row of the batch file, in its order; raises `WrongCall` naming a bad row."""
    path: Path = call.options.batch
    today = wiring.now().date()
    answers = []
    for number, row in rows_of(path):
        try:
            answers.append(judge(row, today=today))
        except (batch.BadRow, UnknownFact) as why:
            raise WrongCall(f"Line {number} of {str(path)!r}: {why}") from why
    if call.terminal.json_only:
        call.terminal.documents(answers, lines=True)
    elif answers:
        columns = tuple(str(part) for part in range(1, len(told(answers[0])) + 1))
        call.terminal.table(Table(title="", columns=columns, rows=tuple(map(told, answers))))
    return 0


def rows_of(path: Path) -> Iterator[tuple[int, Row]]:
    """(line number, column -> value) of a TSV file with a header; quotes mean nothing."""
    lines = list(lines_of(path, "tab-separated columns with a header"))
    reader = csv.DictReader(
        (line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""
    )
    for (number, _), row in zip(lines[1:], reader, strict=True):
        yield number, {name: value for name, value in row.items() if name is not None}


def outcome_line(answer: dict[str, object]) -> tuple[str, ...]:
    """One row of `check --batch` for people."""
    return str(answer["licence_id"]), str(answer["question_key"]), str(answer["outcome"])


def combine(call: Call) -> int:
    """Join two licences or datasets, or every row of a file."""
    options = call.options
    if options.batch is not None:
        return each_row(call, lambda row, today: batch.combine_row(row), combined_line)
    if len(options.licences) != 2:
        raise WrongCall("`combine` takes two licences or dataset ids, or --batch FILE.")
    first, second = options.licences
    if any(":" in name and name.split(":")[0] in wiring.LABELS for name in (first, second)):
        desk = wiring.build_desk(call.settings)
        first, second = (
            find(desk, name).card.id
            if ":" in name and name.split(":")[0] in wiring.LABELS
            else name
            for name in (first, second)
        )
        found = desk.combine(first, second, scenario=options.scenario)
    else:
        found = joining.combine(first, second, scenario=options.scenario)
    if call.terminal.json_only:
        call.terminal.line(batch.combination_json(found, first, second))
        return 0
    under = f", under {found.result_licence}" if found.result_licence else ""
    call.terminal.out.print(Text(f"{JOINED[found.outcome]}{under}", style="bold"))
    for why in found.reasons:
        call.terminal.out.print(quoted(why.why, why.clause))
    for duty in found.duties:
        call.terminal.out.print(quoted(f"→ {duty.text}", duty.clause))
    call.terminal.notice(NO_ADVICE)
    return 0


def combined_line(answer: dict[str, object]) -> tuple[str, ...]:
    """One row of `combine --batch` for people."""
    keys = ("licence_a", "licence_b", "scenario", "outcome", "result_licence")
    return tuple(str(answer[key] or "") for key in keys)


def tier(call: Call) -> int:
    """Tell one user's tier, from words or facts, or every row of a file."""
    options = call.options
    today = wiring.now().date()
    if options.batch is not None:
        return each_row(call, batch.tier_row, tier_line)
    if bool(options.user) == bool(options.fact):
        raise WrongCall(
            "`tier` takes a description in words, or --fact KEY=VALUE, or --batch FILE. "
            'For example: dataset-assistant tier "a start-up registered and run in Accra".'
        )
    if options.user:
        answer = batch.tier_row({"user": options.user}, today=today)
    else:
        try:
            facts = facts_of(options.fact)
        except UnknownFact as why:
            raise WrongCall(str(why)) from why
        answer = batch.tier_json(batch.tier_from_facts(facts, today=today))
    name = TIERS.get(str(answer["tier"]), "Not to be told yet")
    call.terminal.answer(answer, Text(f"{name}: {answer['because']}"))
    missing = answer["missing"]
    if not call.terminal.json_only and isinstance(missing, list) and missing:
        call.terminal.notice("Still to be said: " + ", ".join(map(str, missing)))
    return 0


def tier_line(answer: dict[str, object]) -> tuple[str, ...]:
    """One row of `tier --batch` for people."""
    return str(answer["user"]), str(answer["tier"]), str(answer["because"])
