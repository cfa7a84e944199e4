"""The phrasebooks that people accepted: files of the data folder, put in force at the start.

A file that is none, or that was changed since somebody put their name to it, is left out and told
of; it never keeps the program from starting. A text whose English has changed since is said in
English until it is accepted anew.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.phrases import Books, Phrases
from assistant.phrases_file import (
    BadPhrasebook,
    Phrasebook,
    digest_of,
    in_force,
    read,
    write,
)

LOG = logging.getLogger("dataset_assistant.phrases")
_ENDING = ".toml"
_LARGEST = 4_000_000
"""Bytes; a whole phrasebook is a tenth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One file of the folder: what is in force of it, or why nothing is."""

    path: Path
    book: Phrasebook | None = None
    phrases: Phrases | None = None
    in_english: tuple[str, ...] = ()
    """Keys that are said in English for now: missing, stale or wrong."""
    problem: str = ""


class Shelf:
    """The accepted phrasebooks of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, tag: str) -> Path:
        """Where the phrasebook of a language stands."""
        return self._folder / f"{tag}{_ENDING}"

    def all(self) -> tuple[Shelved, ...]:
        """Every file there, by name."""
        return tuple(map(_shelved, sorted(self._folder.glob(f"*{_ENDING}"))))

    def books(self) -> Books:
        """What is in force; a file that cannot be is told of in the log."""
        found = self.all()
        for one in found:
            if one.problem:
                LOG.warning("phrasebook left out: %s", one.problem)
        return Books(accepted=tuple(_phrases(found)))

    def accept(self, book: Phrasebook, *, by: str, at: datetime) -> Path:
        """Put a phrasebook in force from the next start on; where it stands."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self.place(book.tongue.tag)
        kept = book.accepted(by=by, at=at.isoformat(timespec="seconds"))
        save(path, kept)
        return path

    def drop(self, tag: str) -> bool:
        """Take a phrasebook out; whether there was one."""
        path = self.place(tag)
        there = path.is_file()
        path.unlink(missing_ok=True)
        return there


def _phrases(found: tuple[Shelved, ...]) -> Iterator[Phrases]:
    for one in found:
        if one.phrases is not None:
            yield one.phrases


def _shelved(path: Path) -> Shelved:
    try:
        book = open_book(path)
    except BadPhrasebook as why:
        return Shelved(path=path, problem=str(why))
    if path.stem != book.tongue.tag:
        problem = (
            f"{str(path)!r} says that it is for {book.tongue.tag!r}. Expected the name "
            f"'{book.tongue.tag}{_ENDING}', as `phrases accept` gives it."
        )
        return Shelved(path=path, problem=problem)
    if not book.accepted_by or book.digest != digest_of(book):
        problem = (
            f"{str(path)!r} is not what was accepted: nobody's name stands in it, or a text was "
            "changed since. Look it over and run `dataset-assistant phrases accept` on a copy."
        )
        return Shelved(path=path, problem=problem)
    phrases, in_english = in_force(book)
    return Shelved(path=path, book=book, phrases=phrases, in_english=in_english)


def open_book(path: Path) -> Phrasebook:
    """The phrasebook in a file; raises `BadPhrasebook`."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadPhrasebook(f"{str(path)!r} is too large to be a phrasebook.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise BadPhrasebook(f"{str(path)!r} cannot be read: {why}. Expected a UTF-8 file.") from why
    return read(text, str(path))


def save(path: Path, book: Phrasebook) -> None:
    """Write a phrasebook so that a reader sees the old one or the new one, whole."""
    made = path.with_name(f".{path.name}.new")
    made.write_text(write(book), encoding="utf-8")
    made.replace(path)
