"""Flips each permission, prohibition and duty of the licence table in turn; counts who notices.

    python scripts/mutate_licences.py

A permission becomes a prohibition, a prohibition a permission, a duty is left out. A flip is
noticed when a reading in `tests/assistant/terms/readings.tsv` or a pair in `test_combine.py` no
longer holds. Prints the score
and each flip that nobody noticed; ends with 1 below 95 %.
"""

import copy
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from assistant.terms import verdict
from assistant.terms.combine import combine
from catalog_sync import licences_file, licences_named, licences_read, licences_table
from catalog_sync.clauses import RuleKind
from tests.assistant.terms.readings import differences
from tests.assistant.terms.test_combine import COMPATIBLE, INCOMPATIBLE

ENOUGH = 0.95
FLIPPED: dict[RuleKind, RuleKind] = {"permission": "prohibition", "prohibition": "permission"}
Tables = tuple[licences_file.Table, ...]


def main() -> int:
    """Run every flip; returns the exit status."""
    original = licences_file.tables()
    whole = dict(licences_table.rows())
    if problems := differences():
        print(f"the unchanged table differs from the readings: {problems[0]}", file=sys.stderr)
        return 2
    noticed, unseen = 0, []
    for name, mutated in flips(original):
        use(mutated)
        changed = frozenset(
            i.removeprefix("LicenseRef-")
            for i, row in licences_table.rows().items()
            if row.rules != whole[i].rules
        )
        if changed and (differences(changed) or combinations_differ()):
            noticed += 1
        else:
            unseen.append(name)
    use(original)
    total = noticed + len(unseen)
    print(f"{noticed} of {total} flips noticed ({noticed / total:.1%})")
    for name in unseen:
        print(f"  not noticed: {name}")
    return 0 if noticed >= ENOUGH * total else 1


def combinations_differ() -> bool:
    """Whether a pair of licences no longer combines as `test_combine` expects."""
    return any(
        (combine(*pair).outcome, combine(*pair).result_licence) != ("compatible", result)
        for pair, result in COMPATIBLE.items()
    ) or any(combine(*pair).outcome != "incompatible" for pair in INCOMPATIBLE)


def flips(original: Tables) -> Iterator[tuple[str, Tables]]:
    """Each table with one rule's one action flipped, and what was flipped in words."""
    for t, table in enumerate(original):
        for r, rule in enumerate(table.get("rule", [])):
            for action in rule["do"]:
                mutated = copy.deepcopy(original)
                target = mutated[t]["rule"][r]
                target["do"] = [a for a in target["do"] if a != action]
                if rule["kind"] in FLIPPED:
                    flipped = copy.deepcopy(rule)
                    flipped["do"] = [action]
                    flipped["kind"] = FLIPPED[rule["kind"]]
                    mutated[t]["rule"].append(flipped)
                whose = rule.get("for") or rule.get("versions", [])
                yield f"{rule['kind']} {action} {rule['clause']} of {' '.join(whose[:3])}", mutated


def use(tables: Tables) -> None:
    """Make `tables` the table that everything reads."""
    for cached in (
        licences_table.rows,
        licences_table.creative_commons,
        licences_table._accepted,
        licences_read.read,
        licences_read._names,
        licences_read._urls,
        licences_named._names,
        verdict.judge_in_english,
    ):
        cached.cache_clear()
    for room in (licences_table, licences_read):
        setattr(room, "tables", lambda: tables)  # noqa: B010


if __name__ == "__main__":
    sys.exit(main())
