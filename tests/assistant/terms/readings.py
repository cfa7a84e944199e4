"""The readings table: what each licence answers to each act, and what it asks for in return.

One line: `outcome` with a letter an act (A allowed, C conditions, ? ask the owner, N not allowed),
or a duty with an "x" for each act it goes with; acts in the order of `assistant.use.ACTS`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.terms.batch import check_licence, parse_facts
from assistant.terms.values import Outcome, Verdict
from assistant.use import ACTS

TODAY = date(2026, 11, 23)
LETTERS: dict[Outcome, str] = {
    "allowed": "A",
    "allowed_with_conditions": "C",
    "ask_owner": "?",
    "not_allowed": "N",
}


@dataclass(frozen=True, slots=True)
class Reading:
    licence: str
    facts: str
    what: str
    acts: str


def readings() -> Iterator[Reading]:
    path = Path(__file__).parent / "readings.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            for licence in row["licences"].split():
                yield Reading(licence, row["facts"], row["what"], row["acts"])


def answers(licence: str, facts: str) -> dict[str, str]:
    verdicts = [check_licence(licence, (act,), parse_facts(facts), today=TODAY) for act in ACTS]
    duties = {d.action for v in verdicts for d in v.duties}
    found = {duty: "".join("x" if _owes(v, duty) else "." for v in verdicts) for duty in duties}
    return found | {"outcome": "".join(LETTERS[v.outcome] for v in verdicts)}


def _owes(verdict: Verdict, duty: str) -> bool:
    return any(d.action == duty for d in verdict.duties)


def differences(only: frozenset[str] | None = None) -> list[str]:
    """Where the engine answers otherwise than the table; `only` some licences if given."""
    expected: dict[tuple[str, str], dict[str, str]] = {}
    for reading in readings():
        if only is None or reading.licence in only:
            expected.setdefault((reading.licence, reading.facts), {})[reading.what] = reading.acts
    found = []
    for (licence, facts), wanted in expected.items():
        got = answers(licence, facts)
        for what in sorted(wanted.keys() | got.keys()):
            if wanted.get(what) != got.get(what):
                found.append(
                    f"{licence} [{facts}] {what}: {got.get(what)}, expected {wanted.get(what)}"
                )
    return found
