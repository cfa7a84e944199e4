"""Writes `docs/licences.md`: the whole licence table as a page.

    python scripts/licences_page.py [--check]

With `--check` nothing is written; ends with 1 when the page differs from the table.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from catalog_sync import phrases
from catalog_sync.licences import ODRL, rows
from catalog_sync.licences_file import tables
from catalog_sync.licences_table import Licence

PAGE = Path(__file__).parent.parent / "docs" / "licences.md"
HEAD = """\
# Licences

What the assistant holds of each licence: a careful reading, not legal advice, checked by no
lawyer. The table lies in `catalog_sync/licences/*.toml`; this page is written by
`python scripts/licences_page.py`. A verdict rests on these clauses alone: what no clause permits
is asked of the owner.

Actions are named in ODRL 2.2 where it has a word for them; the others are this project's own.
"""
NAMES = {
    "agreement": "Agreements of distributors, and bare tags",
    "cc": "Creative Commons",
    "community": "Community data agreements",
    "community_led": "Led by communities",
    "copyleft": "Copyleft for software and documents",
    "government": "Governments",
    "llama": "Llama",
    "odc": "Open Data Commons",
    "openrail": "OpenRAIL",
    "public_domain": "Public domain and no conditions",
    "software": "Permissive software licences",
}


def main(arguments: list[str]) -> int:
    """Write or check the page; returns the exit status."""
    text = "\n".join(page()).rstrip() + "\n"
    if "--check" in arguments:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        if not same:
            print(f"{PAGE.name} is behind the table: run python scripts/licences_page.py")
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page() -> Iterator[str]:
    """The page, line by line."""
    yield HEAD
    for family in sorted({r.family for r in rows().values()}, key=lambda f: NAMES[f]):
        yield f"## {NAMES[family]}\n"
        yield from overview([r for r in rows().values() if r.family == family])
        yield ""
        yield from clauses(family)
        yield ""
    yield from statements()


def overview(licences: list[Licence]) -> Iterator[str]:
    """One line a licence."""
    yield "| id | name | database right | personality rights | a trained model | read |"
    yield "|---|---|---|---|---|---|"
    for row in sorted(licences, key=lambda r: r.id):
        yield (
            f"| {row.id} | [{cell(row.name)}]({row.url}) | {word(row.database)} "
            f"| {word(row.personality)} | {word(row.models)} | {row.read} |"
        )


def clauses(family: str) -> Iterator[str]:
    """One line a rule as the table states it."""
    yield "| for | kind | actions | on, when | clause | words |"
    yield "|---|---|---|---|---|---|"
    for table in tables():
        if table.get("family") != family:
            continue
        for rule in table.get("rule", []):
            whose = rule.get("for") or [*rule.get("versions", []), *elements(rule)]
            limits = [" or ".join(rule.get("on", []))] if rule.get("on") else []
            for when in rule.get("when", []):
                basis = f" ({when['basis']})" if "basis" in when else ""
                right = ", ".join(when.get("right", []))
                limits.append(f"{when['left']}{basis} {when['operator']} {right}".strip())
            first = " (first)" if rule.get("prior") else ""
            yield (
                f"| {short(whose)} | {rule['kind']}{first} "
                f"| {', '.join(ODRL.get(a, a) for a in rule['do'])} | {cell('; '.join(limits))} "
                f"| {cell(rule['clause'])} | “{cell(rule['quote'])}” |"
            )


def elements(rule: object) -> list[str]:
    """The elements a Creative Commons rule hangs on."""
    stated = rule if isinstance(rule, dict) else {}
    return [f"with {e.upper()}" for e in stated.get("has", [])] + [
        f"without {e.upper()}" for e in stated.get("lacks", [])
    ]


def short(whose: list[str]) -> str:
    """The licences of a rule; many labels as one."""
    if len(whose) > 8:
        return f"{whose[0].removeprefix('LicenseRef-')} and {len(whose) - 1} more"
    return ", ".join(w.removeprefix("LicenseRef-") for w in whose)


def statements() -> Iterator[str]:
    """The owners' own statements that are read as a grant."""
    yield "## Statements in the owner's own words\n"
    yield "A licence field may hold a sentence instead of a licence. These are read as a grant of"
    yield "what they say, resting on the quoted sentence; what else the text forbids counts too.\n"
    yield "| id | permits |"
    yield "|---|---|"
    for statement in phrases.table().statement:
        yield f"| {statement.id} | {', '.join(ODRL.get(a, a) for a in statement.permits)} |"


def cell(text: str) -> str:
    """Text that does not break a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def word(value: str) -> str:
    """A value in plain words."""
    return value.replace("_", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
