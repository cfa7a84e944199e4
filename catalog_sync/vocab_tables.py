"""The tables of `vocabulary/`, read on first use: tasks, kinds of data, topics, formats, sets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar, get_args

from pydantic import TypeAdapter

from catalog_sync.card import Modality, SpeechStyle

MODALITIES: tuple[Modality, ...] = get_args(Modality)
SPEECH_STYLES: tuple[SpeechStyle, ...] = get_args(SpeechStyle)

Words = Mapping[str, tuple[str, ...]]
"""Language of the asker (BCP 47) -> words and phrases as people write them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a dataset is for."""

    code: str
    label: str
    """For a reader, in English: "speech recognition"."""
    modalities: tuple[Modality, ...]
    """What a dataset for this task holds; empty where the task does not say."""
    parents: tuple[str, ...]
    """Codes of the next wider tasks."""
    mdc: str | None
    """The collective's code, on the one task it stands for."""
    hf: str | None
    """Hugging Face task category, where this task is one."""
    spellings: tuple[str, ...]
    """Other names that catalogues write, slugs."""
    words: Words
    ranks_only: bool
    """Most datasets that would serve are not labelled with it: may order, must not exclude."""
    met_by: tuple[str, ...] = ()
    """Tasks, not narrower, whose datasets answer a wish for this one as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of data, or a way of speaking."""

    code: str
    label: str
    spellings: tuple[str, ...]
    tags: tuple[str, ...]
    """Registry keywords, lower case, that state this kind for certain."""
    phrases: tuple[str, ...]
    """Words that state this kind for certain when an owner writes them of a dataset."""
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What data is about."""

    code: str
    label: str
    tags: tuple[str, ...]
    """Keywords on cards, lower case, that state this topic."""
    words: Words
    ranks_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format."""

    name: str
    """The way we write it."""
    spellings: tuple[str, ...] = ()
    modality: Modality | None = None
    """What a file of this format holds for certain."""
    tag: bool = False
    """Registries use the name as a keyword."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _TaskRow:
    label: str
    modality: tuple[Modality, ...] = ()
    parents: tuple[str, ...] = ()
    mdc: str | None = None
    hf: str | None = None
    spellings: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] | None = None
    ranks_only: bool = False
    met_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _KindRow:
    label: str
    spellings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] | None = None
    ranks_only: bool = False


_T = TypeVar("_T")


class _Table(Mapping[str, _T]):
    """A mapping that is read when it is first looked into."""

    def __init__(self, read: Callable[[], Mapping[str, _T]]) -> None:
        self._read = read

    def __getitem__(self, key: str) -> _T:
        return self._read()[key]

    def __contains__(self, key: object) -> bool:
        return key in self._read()

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def _toml(name: str) -> dict[str, object]:
    text = files("catalog_sync").joinpath("vocabulary", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _tasks() -> Mapping[str, Task]:
    rows = TypeAdapter(dict[str, _TaskRow]).validate_python(_toml("tasks.toml"))
    return {
        code: Task(
            code=code, label=row.label, modalities=row.modality, parents=row.parents,
            mdc=row.mdc, hf=row.hf, spellings=row.spellings, words=row.words or {},
            ranks_only=row.ranks_only, met_by=row.met_by,
        )
        for code, row in rows.items()
    }  # fmt: skip


@cache
def kinds(section: str) -> Mapping[str, Kind]:
    """Code -> kind, of "modality" or of "speech_style"."""
    rows = TypeAdapter(dict[str, dict[str, _KindRow]]).validate_python(_toml("modalities.toml"))
    return {
        code: Kind(
            code=code, label=row.label, spellings=row.spellings, tags=row.tags,
            phrases=row.phrases, words=row.words or {},
        )
        for code, row in rows[section].items()
    }  # fmt: skip


@cache
def _topics() -> Mapping[str, Topic]:
    rows = TypeAdapter(dict[str, _KindRow]).validate_python(_toml("topics.toml"))
    return {
        code: Topic(
            code=code, label=row.label, tags=row.tags, words=row.words or {},
            ranks_only=row.ranks_only,
        )
        for code, row in rows.items()
    }  # fmt: skip


TASKS: Mapping[str, Task] = _Table(_tasks)
"""Code -> task."""
MODALITY: Mapping[str, Kind] = _Table(lambda: kinds("modality"))
"""Code of `card.Modality` -> its words."""
SPEECH_STYLE: Mapping[str, Kind] = _Table(lambda: kinds("speech_style"))
"""Code of `card.SpeechStyle` -> its words."""
TOPICS: Mapping[str, Topic] = _Table(_topics)
"""Code -> topic."""


@cache
def formats() -> Mapping[str, Format]:
    """Our spelling -> format."""
    rows = {name: {"name": name, **_table(row)} for name, row in _toml("formats.toml").items()}
    return TypeAdapter(dict[str, Format]).validate_python(rows)


def _table(row: object) -> dict[str, object]:
    return {str(key): value for key, value in row.items()} if isinstance(row, dict) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _SetRow:
    named: tuple[str, ...]
    tags: tuple[str, ...]


@cache
def language_sets() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """(pattern that names a set as a whole, its members)."""
    rows = TypeAdapter(dict[str, _SetRow]).validate_python(_toml("language_sets.toml"))
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(row.named)})\b", re.IGNORECASE), row.tags)
        for row in rows.values()
    )
