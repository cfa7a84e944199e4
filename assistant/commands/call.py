"""What every command is handed, and what its failures mean to the shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from assistant.faces.terminal import Terminal
from assistant.settings import SettingError, Settings

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class WrongCall(Exception):
    """The command was called in a way that it cannot follow."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One command as it was given."""

    options: argparse.Namespace
    terminal: Terminal
    environ: Mapping[str, str]

    @cached_property
    def settings(self) -> Settings:
        """The settings of this call; raises `SettingError`."""
        return Settings.from_env(self.environ)


def exit_code(failure: Exception) -> int | None:
    """1: another run is at work; 2: a wrong call; 3: a failure outside; None: a fault of ours."""
    from assistant.desk import UnknownDataset
    from assistant.secret import SecretError
    from assistant.serve import PortTaken
    from catalog_sync.source import BadInput, SyncError
    from catalog_sync.store import NoSuchCard
    from catalog_sync.stored import StoreBusy
    from indexer.errors import BadCorpus, SearchError

    if isinstance(
        failure, (SettingError, SecretError, BadInput, NoSuchCard, UnknownDataset, BadCorpus)
    ):
        return 2
    if isinstance(failure, StoreBusy):
        return 1
    if isinstance(failure, (SyncError, SearchError, PortTaken, OSError)):
        return 3
    return None


def lines_of(path: Path, what: str) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file that are not blank, with their numbers.

    Raises:
        WrongCall: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise WrongCall(
            f"{str(path)!r} cannot be read ({why}). Expected a UTF-8 file of {what}."
        ) from why
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line
