"""Words to codes and back for tasks, kinds of data, ways of speaking, formats and topics.

The tables are `vocabulary/*.toml` beside this file, read on first use. A language is the
business of `catalog_sync.languages`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from catalog_sync.card import Modality, SpeechStyle
from catalog_sync.vocab_tables import (
    MODALITIES,
    MODALITY,
    SPEECH_STYLE,
    SPEECH_STYLES,
    TASKS,
    TOPICS,
    Format,
    Kind,
    Task,
    Topic,
    formats,
    kinds,
    language_sets,
)

__all__ = [
    "MODALITIES", "MODALITY", "SPEECH_STYLE", "SPEECH_STYLES", "TASKS", "TOPICS", "Format", "Kind",
    "ReadTask", "Task", "Topic", "file_format", "language_sets_in", "modalities_of_tag", "modality",
    "read_task", "slug", "speech_style", "task", "task_ancestors", "task_children", "task_of_tag",
    "task_satisfied_by", "topic", "topic_spellings",
]  # fmt: skip


def slug(raw: str) -> str:
    """The spelling by which names are compared: lower case, words joined by one hyphen."""
    folded = unicodedata.normalize("NFKC", raw).casefold()
    return re.sub(r"[^\w]+|_+", "-", folded).strip("-")


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
    said: str | None = None
    """The owner's free words where a code was found that says less: "multi hop"."""


_OTHER = re.compile(r"-+other-+")
_TASK_CHARS = 300
_NOTHING = frozenset({"", "n-a", "na", "none", "other", "oth", "others", "unknown", "various"})


def read_task(raw: str) -> ReadTask:
    """Reads also the composed names of older Hugging Face cards.

    "text-classification-other-emotion" holds a category before "-other-" and a free name after
    it. "N/A", "OTH" and "other" say nothing.
    """
    name = slug(raw[:_TASK_CHARS])
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
    said = " ".join(parts[1].replace("other-", "").split("-"))
    return ReadTask(codes=codes, unread=rest.unread, said=said if _adds(said, rest.codes) else None)


def _adds(said: str, codes: Iterable[str]) -> bool:
    """Whether these words say more than the names of the tasks they were read as."""
    named = {w for c in codes for w in re.findall(r"\w+", f"{c} {TASKS[c].label}".lower())}
    return bool(codes) and not set(re.findall(r"\w+", said)) <= named


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
    """The codes that answer a wish for `code`: itself, every narrower task, and what meets it."""
    also = TASKS[code].met_by if code in TASKS else ()
    return frozenset({code, *also} | {other for other in TASKS if code in task_ancestors(other)})


def task_children(code: str) -> tuple[str, ...]:
    """The next narrower tasks, in the order of the table."""
    return tuple(other for other, task_ in TASKS.items() if code in task_.parents)


# ---------------------------------------------------------------- kinds of data


@cache
def _kind_names(section: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    table = kinds(section)
    for code, kind in table.items():
        for name in (code, kind.label, *kind.spellings):
            names[slug(name)] = code
    for code, kind in table.items():
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
def _format_names() -> Mapping[str, Format]:
    return {
        slug(name): format_
        for format_ in formats().values()
        for name in (format_.name, *format_.spellings)
    }


def file_format(raw: str) -> Format | None:
    """The format a catalogue names in any known spelling; None when there is none."""
    return _format_names().get(slug(raw))


# ---------------------------------------------------------------- closed sets of languages


def language_sets_in(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(words, tags) of each set of languages closed by law that a text names as a whole."""
    found = ((pattern.search(text), tags) for pattern, tags in language_sets())
    return tuple((match[0], tags) for match, tags in found if match)


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
