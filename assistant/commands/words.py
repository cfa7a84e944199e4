"""`language`: what a language name means."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.commands.call import Call, Parsers, WrongCall, lines_of
from assistant.reply import Table
from catalog_sync import languages
from catalog_sync.languages import LanguageAnswer


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `language`."""
    parser = parsers.add_parser(
        "language", parents=[common], help="what a language name means: codes, candidates"
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a name, an autonym, a dialect or a code"
    )
    parser.add_argument("--batch", type=Path, metavar="FILE", help="a name a line")
    parser.set_defaults(run=language)


def language(call: Call) -> int:
    """Resolve each name; nothing is opened, no database and no index."""
    names: list[str] = list(call.options.names)
    batch: Path | None = call.options.batch
    if batch is not None:
        names += [line for _, line in lines_of(batch, "language names, one a line")]
    if not names:
        raise WrongCall("`language` was given no name. Give some, or --batch FILE.")
    answers = [languages.resolve(name.strip()) for name in names]
    if call.terminal.json_only:
        found = [document(name, answer) for name, answer in zip(names, answers, strict=True)]
        call.terminal.documents(found, lines=batch is not None)
        return 0
    rows = tuple(row for name, answer in zip(names, answers, strict=True)
                 for row in rows_of(name, answer))  # fmt: skip
    table = Table(title="", columns=("Name", "BCP 47", "ISO 639-3", "Meaning", "How"), rows=rows)
    call.terminal.table(table)
    return 0


def document(name: str, answer: LanguageAnswer) -> dict[str, object]:
    """One name's answer as scripts read it."""
    return {
        "name": name,
        "bcp47": list(answer.tags),
        "iso639_3": list(answer.iso639_3),
        "ambiguous": answer.ambiguous,
        "candidates": [
            {"bcp47": each.tag, "iso639_3": each.iso639_3, "label": each.label, "note": each.note}
            for each in answer.candidates
        ],
        "how": answer.how,
        "note": answer.note,
    }


def rows_of(name: str, answer: LanguageAnswer) -> list[tuple[str, str, str, str, str]]:
    """The name on one line, and a line for each candidate where it is ambiguous."""
    meaning = "which one?" if answer.ambiguous else ", ".join(
        languages.english_name(tag) for tag in answer.tags
    )  # fmt: skip
    how = answer.note or answer.how
    first = (name, ", ".join(answer.tags), ", ".join(answer.iso639_3), meaning or "not known", how)
    if not answer.ambiguous:
        return [first]
    return [first] + [("", c.tag, c.iso639_3, c.label, c.note) for c in answer.candidates]
