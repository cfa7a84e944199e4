"""`phrases`: phrasebooks of further languages, drafted by the model, put in force by a person."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from rich.text import Text

from assistant import wiring, wiring_model
from assistant.bookshelf import Shelved, open_book, save
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.llm_values import ModelFailed
from assistant.phrases import LANGUAGES, phrases_of
from assistant.phrases_cldr import Tongue, UnknownLanguage, tongue
from assistant.phrases_entry import originals
from assistant.phrases_file import BadPhrasebook, Phrasebook, Report, report
from assistant.reply import Table

SECONDS = 120.0
"""What one call of a draft may take; a person waits for no answer of it."""
_FEW = 6
"""Keys that `list` names in a row."""


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `phrases`."""
    parser = parsers.add_parser(
        "phrases", parents=[common], help="phrasebooks of further languages: draft, check, accept"
    )
    actions = parser.add_subparsers(metavar="ACTION")
    parser.set_defaults(run=list_books)
    listing = actions.add_parser("list", parents=[common], help="languages that are answered in")
    listing.set_defaults(run=list_books)
    drafting = actions.add_parser(
        "draft", parents=[common], help="have the language model draft one, or go on with a draft"
    )
    drafting.add_argument("language", metavar="LANG", help="BCP 47 of a language: it, he, sr-Latn")
    drafting.add_argument("--out", type=Path, metavar="FILE", help="the draft (LANG.draft.toml)")
    drafting.add_argument("--seconds", type=float, default=SECONDS, metavar="N",
                          help=f"what one call of the model may take ({SECONDS:g})")  # fmt: skip
    drafting.set_defaults(run=draft)
    checking = actions.add_parser("check", parents=[common], help="what a draft lacks, by text")
    checking.add_argument("file", type=Path, metavar="FILE")
    checking.set_defaults(run=check)
    accepting = actions.add_parser("accept", parents=[common], help="put a phrasebook in force")
    accepting.add_argument("file", type=Path, metavar="FILE")
    accepting.add_argument("--by", required=True, metavar="NAME", help="who answers for it")
    accepting.add_argument("--partly", action="store_true",
                           help="texts that are missing are said in English")  # fmt: skip
    accepting.set_defaults(run=accept)
    dropping = actions.add_parser("drop", parents=[common], help="take a phrasebook out of force")
    dropping.add_argument("language", metavar="LANG")
    dropping.set_defaults(run=drop)


def draft(call: Call) -> int:
    """Draft what is missing, saving after each answer; 1: some texts could not be had."""
    spoken = _tongue(call.options.language)
    settings, seconds = call.settings, float(call.options.seconds)
    if not settings.llm.is_on:
        raise WrongCall(
            "No language model is configured, so nobody can draft. Set OPENAI_API_KEY, or "
            "OPENAI_BASE_URL with the address of a server of your own (docs/model.md)."
        )
    if not seconds > 0:
        raise WrongCall(f"--seconds is {seconds:g}. Expected more than 0.")
    path: Path = call.options.out or Path(f"{spoken.tag}.draft.toml")
    book = replace(_begun(call, path, spoken), made_by=settings.llm.name)
    settings.data.mkdir(parents=True, exist_ok=True)
    made = wiring_model.drafter(settings, seconds=seconds, clock=wiring.now)
    try:
        with made as model, call.terminal.progress(f"Drafting {spoken.name}") as step:
            for further in model.drafts(book):
                book = further
                save(path, book)
                back = sum(bool(one.back) for one in book.entries.values())
                step(f"Drafting {spoken.name}", len(book.entries) + back, 2 * len(originals()))
    except ModelFailed as why:
        call.terminal.problem(
            f"{why} {str(path)!r} holds {len(book.entries)} of {len(originals())} texts. Run the "
            "same command again: it goes on from there."
        )
        return 3
    found = report(book)
    call.terminal.answer(_told(book, found, path), _listed(book, found, path))
    return 1 if found.missing else 0


def _begun(call: Call, path: Path, spoken: Tongue) -> Phrasebook:
    """The draft that stands; else what is in force of the language; else an empty one."""
    if path.exists():
        book = _opened(path)
        if book.tongue.tag != spoken.tag:
            raise WrongCall(
                f"{str(path)!r} is a phrasebook for {book.tongue.tag!r}, not for {spoken.tag!r}. "
                "Give another file with `--out FILE`."
            )
        return book
    if not path.absolute().parent.is_dir():
        raise WrongCall(f"The folder of {str(path)!r} is not there. Make it, or give another.")
    in_force = wiring.build_shelf(call.settings).place(spoken.tag)
    return _opened(in_force) if in_force.exists() else Phrasebook(tongue=spoken)


def check(call: Call) -> int:
    """Tell what is missing, stale, wrong and unread; 1 when anything is."""
    path: Path = call.options.file
    book = _opened(path)
    found = report(book)
    call.terminal.answer(_told(book, found, path), _listed(book, found, path))
    return 0 if found.is_whole else 1


def accept(call: Call) -> int:
    """Put it in force in somebody's name; 1 while something is wrong or unread."""
    path: Path = call.options.file
    name = " ".join(call.options.by.split())
    if not name:
        raise WrongCall("`phrases accept` needs the name of who answers for it: --by NAME.")
    book = _opened(path)
    found = report(book)
    lacking = () if call.options.partly else (*found.missing, *found.stale)
    if found.wrong or found.unread or lacking:
        call.terminal.problem(
            f"{str(path)!r} is not accepted. {_summary(book, found, path)} "
            f"`dataset-assistant phrases check {path}` lists them; a text that you have read gets "
            "the line `reviewed = true`"
            + (", and `--partly` has what is missing said in English." if lacking else ".")
        )
        return 1
    placed = wiring.build_shelf(call.settings).accept(book, by=name, at=wiring.now())
    call.terminal.answer(
        {**_told(book, found, placed), "accepted_by": name},
        Text(
            f"{book.tongue.name} is answered in from the next start on; {name} answers for it. "
            f"It stands in {str(placed)!r}."
        ),
    )
    return 0


def drop(call: Call) -> int:
    """Take one out of force; 1 where there is none."""
    spoken = _tongue(call.options.language)
    there = wiring.build_shelf(call.settings).drop(spoken.tag)
    said = f"{spoken.name} is answered in no more, from the next start on."
    if not there:
        said = f"No phrasebook of {spoken.name} is in force."
    call.terminal.answer({"language": spoken.tag, "dropped": there}, Text(said))
    return 0 if there else 1


def list_books(call: Call) -> int:
    """Every language that is answered in, how whole it is, and who answers for it."""
    shelved = wiring.build_shelf(call.settings).all()
    if call.terminal.json_only:
        call.terminal.line([*map(_bundled, LANGUAGES), *map(document, shelved)])
        return 0
    rows = [(tag, _english_name(tag), "whole", "comes with the program", "") for tag in LANGUAGES]
    rows += [_row(one) for one in shelved]
    columns = ("Language", "Name", "Texts", "Accepted", "Said in English for now")
    call.terminal.table(Table(title="", columns=columns, rows=tuple(rows)))
    return 0


def document(one: Shelved) -> dict[str, object]:
    """One accepted phrasebook as scripts read it."""
    if one.book is None:
        return {"file": str(one.path), "problem": one.problem}
    return {
        "language": one.book.tongue.tag,
        "name": one.book.tongue.name,
        "texts": len(originals()) - len(one.in_english),
        "of": len(originals()),
        "accepted_by": one.book.accepted_by,
        "accepted_at": one.book.accepted_at,
        "made_by": one.book.made_by,
        "in_english": list(one.in_english),
        "file": str(one.path),
    }


def _row(one: Shelved) -> tuple[str, str, str, str, str]:
    if one.book is None:
        return (one.path.name, "", "none", "left out", one.problem)
    whole = f"{len(originals()) - len(one.in_english)} of {len(originals())}"
    accepted = f"{one.book.accepted_by}, {one.book.accepted_at[:10]}"
    stale = ", ".join(one.in_english[:_FEW]) + (" …" if len(one.in_english) > _FEW else "")
    return (one.book.tongue.tag, one.book.tongue.name, whole, accepted, stale)


def _bundled(tag: str) -> dict[str, object]:
    whole = len(originals())
    return {"language": tag, "name": _english_name(tag), "texts": whole, "of": whole}


def _english_name(tag: str) -> str:
    return phrases_of("en").language(tag, tag)


def _opened(path: Path) -> Phrasebook:
    try:
        return open_book(path)
    except BadPhrasebook as why:
        raise WrongCall(str(why)) from why


def _tongue(tag: str) -> Tongue:
    try:
        return tongue(tag)
    except UnknownLanguage as why:
        raise WrongCall(str(why)) from why


def _told(book: Phrasebook, found: Report, path: Path) -> dict[str, object]:
    return {
        "language": book.tongue.tag,
        "file": str(path),
        "texts": len(originals()) - len(found.missing),
        "of": len(originals()),
        "missing": list(found.missing),
        "stale": list(found.stale),
        "wrong": {key: list(faults) for key, faults in found.wrong.items()},
        "unread": {key: list(marks) for key, marks in found.unread.items()},
    }


def _summary(book: Phrasebook, found: Report, path: Path) -> str:
    have = len(originals()) - len(found.missing)
    return (
        f"{book.tongue.name}: {have} of {len(originals())} texts, {len(found.wrong)} wrong, "
        f"{len(found.stale)} stale, {len(found.unread)} to be read by a person ({path})."
    )


def _listed(book: Phrasebook, found: Report, path: Path) -> Text:
    """The summary, and below it a line for each text that wants something."""
    lines = [_summary(book, found, path)]
    lines += [f"  {key}: missing" for key in found.missing]
    lines += [f"  {key}: stale, the program says something else by now" for key in found.stale]
    lines += [f"  {key}: {'; '.join(why)}" for key, why in found.wrong.items()]
    lines += [f"  {key}: to be read, as {'; '.join(why)}" for key, why in found.unread.items()]
    return Text("\n".join(lines))
