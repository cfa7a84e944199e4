"""Words to codes and back for tasks, kinds of data, ways of speaking and topics.

The tables are `vocabulary/*.toml` beside this file, read on first use. A language is the
business of `catalog_sync.languages`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast, get_args

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

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def slug(raw: str) -> str:
    """The spelling by which names are compared: lower case, words joined by one hyphen."""
    folded = unicodedata.normalize("NFKC", raw).casefold()
    return re.sub(r"[^\w]+|_+", "-", folded).strip("-")


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
            ranks_only=row.ranks_only,
        )
        for code, row in rows.items()
    }  # fmt: skip


@cache
def _kinds(section: str) -> Mapping[str, Kind]:
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
MODALITY: Mapping[str, Kind] = _Table(lambda: _kinds("modality"))
"""Code of `card.Modality` -> its words."""
SPEECH_STYLE: Mapping[str, Kind] = _Table(lambda: _kinds("speech_style"))
"""Code of `card.SpeechStyle` -> its words."""
TOPICS: Mapping[str, Topic] = _Table(_topics)
"""Code -> topic."""


# ---------------------------------------------------------------- tasks


@cache
def _task_names() -> Mapping[str, str]:
    """Slug -> code; a code or catalogue spelling wins over a word people say."""
    names: dict[str, str] = {}
    for code, task_ in TASKS.items():
        for name in (code, task_.mdc, task_.hf, *task_.spellings):
            if name:
                names[slug(name)] = code
    for code, task_ in TASKS.items():
        for name in (task_.label, *(word for group in task_.words.values() for word in group)):
            names.setdefault(slug(name), code)
    return names


def task(raw: str) -> str | None:
    """The code of a task written in any known spelling; None when there is none."""
    return _task_names().get(slug(raw))


@cache
def _catalogue_names() -> Mapping[str, str]:
    return {
        slug(name): code
        for code, task_ in TASKS.items()
        for name in (code, task_.hf, *task_.spellings)
        if name
    }


def task_of_tag(tag: str) -> str | None:
    """The task that a keyword states; people's words and the collective's codes do not count."""
    return _catalogue_names().get(slug(tag))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTask:
    """What could be read from a stated task."""

    codes: tuple[str, ...]
    """Narrow first; empty when nothing could be read."""
    unread: str | None
    """The part no code was found for, lower case."""


_OTHER = re.compile(r"-+other-+")
_NOTHING = frozenset({"", "n-a", "na", "none", "other", "oth", "others", "unknown", "various"})


def read_task(raw: str) -> ReadTask:
    """Reads also the composed names of older Hugging Face cards.

    "text-classification-other-emotion" holds a category before "-other-" and a free name after
    it. "N/A", "OTH" and "other" say nothing.
    """
    name = slug(raw)
    if name in _NOTHING:
        return ReadTask(codes=(), unread=None)
    whole = task(name)
    if whole is not None:
        return ReadTask(codes=(whole,), unread=None)
    if name.startswith("other-"):
        return read_task(re.sub(r"^(?:other-)+", "", name))
    parts = _OTHER.split(name, maxsplit=1)
    if len(parts) == 1:
        return ReadTask(codes=(), unread=" ".join(raw.split()).lower())
    category = task(parts[0])
    rest = read_task(parts[1])
    codes = (*rest.codes, *((category,) if category and category not in rest.codes else ()))
    return ReadTask(codes=codes, unread=rest.unread)


@cache
def task_ancestors(code: str) -> frozenset[str]:
    """All wider tasks of `code`, without itself; empty for an unknown code."""
    found: set[str] = set()
    open_ = list(TASKS[code].parents) if code in TASKS else []
    while open_:
        parent = open_.pop()
        if parent not in found:
            found.add(parent)
            open_ += TASKS[parent].parents
    return frozenset(found)


@cache
def task_satisfied_by(code: str) -> frozenset[str]:
    """The codes that answer a wish for `code`: itself and every narrower task."""
    return frozenset({code} | {other for other in TASKS if code in task_ancestors(other)})


def task_children(code: str) -> tuple[str, ...]:
    """The next narrower tasks, in the order of the table."""
    return tuple(other for other, task_ in TASKS.items() if code in task_.parents)


# ---------------------------------------------------------------- kinds of data


@cache
def _kind_names(section: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    kinds = _kinds(section)
    for code, kind in kinds.items():
        for name in (code, kind.label, *kind.spellings):
            names[slug(name)] = code
    for code, kind in kinds.items():
        for group in kind.words.values():
            for word in group:
                names.setdefault(slug(word), code)
    return names


def modality(raw: str) -> Modality | None:
    """The kind of data a catalogue names in any known spelling; None when there is none."""
    return cast("Modality | None", _kind_names("modality").get(slug(raw)))


def speech_style(raw: str) -> SpeechStyle | None:
    """Read or free speech, in any known spelling; None when it is neither."""
    return cast("SpeechStyle | None", _kind_names("speech_style").get(slug(raw)))


@cache
def _tag_kinds() -> Mapping[str, tuple[Modality, ...]]:
    found: dict[str, list[Modality]] = {}
    for code in MODALITIES:
        for tag in MODALITY[code].tags:
            found.setdefault(slug(tag), []).append(code)
    return {tag: tuple(codes) for tag, codes in found.items()}


def modalities_of_tag(tag: str) -> tuple[Modality, ...]:
    """The kinds of data that a registry keyword states for certain; often none."""
    return _tag_kinds().get(slug(tag), ())


# ---------------------------------------------------------------- file formats


@cache
def _formats() -> Mapping[str, Format]:
    rows = {name: {"name": name, **_table(row)} for name, row in _toml("formats.toml").items()}
    return TypeAdapter(dict[str, Format]).validate_python(rows)


def _table(row: object) -> dict[str, object]:
    return {str(key): value for key, value in row.items()} if isinstance(row, dict) else {}


@cache
def _format_names() -> Mapping[str, Format]:
    return {
        slug(name): format_
        for format_ in _formats().values()
        for name in (format_.name, *format_.spellings)
    }


def file_format(raw: str) -> Format | None:
    """The format a catalogue names in any known spelling; None when there is none."""
    return _format_names().get(slug(raw))


# ---------------------------------------------------------------- topics


@cache
def _topic_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code, topic_ in TOPICS.items():
        names[slug(code)] = code
        names[slug(topic_.label)] = code
    for code, topic_ in TOPICS.items():
        for group in topic_.words.values():
            for word in group:
                names.setdefault(slug(word), code)
    return names


def topic(raw: str) -> str | None:
    """The code of a topic said in any known word; None when there is none."""
    return _topic_names().get(slug(raw))


def topic_spellings(raw: str) -> frozenset[str]:
    """Card tags that meet a wish for this topic (a code or a word); an unknown word is its own."""
    code = topic(raw)
    if code is None:
        return frozenset({" ".join(raw.lower().split())})
    return frozenset(TOPICS[code].tags)
