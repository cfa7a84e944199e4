"""Tasks, kinds of data, file formats and keywords of one record, in the codes of `vocab`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog_sync import normalise_wording, vocab
from catalog_sync.card import Evidence, Modality
from catalog_sync.normalise_text import line
from catalog_sync.source import RawRecord

_MOST_TAGS = 400
_TAG_CHARS = 120
_QUOTE_CHARS = 300
_LANGUAGE_ONLY = frozenset({"natural-language-processing", "machine-learning", "benchmark"})
"""Keywords so wide that the owner's words may name a task beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What a record is for and what it holds."""

    tasks: tuple[str, ...]
    modalities: tuple[Modality, ...]
    formats: tuple[str, ...]
    tags: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def read(record: RawRecord) -> Kinds:
    """Stated values first; only where those are silent, what keywords, formats, then words say.

    Words that no code was found for stay among the tags, so that they can still be searched, and
    so do those that say more than their code.
    """
    tags = tuple(_once(line(tag, most=_TAG_CHARS).lower() for tag in record.tags))
    words = f"{record.name or ''}. {record.summary or ''} {record.description or ''}"
    tasks, unread_tasks, task_note = _tasks(record.tasks, tags, words)
    formats, format_note = _formats(record.formats, tags)
    kinds, unread_kinds, kind_note = _modalities(record.modalities, tags, tasks, formats)
    if not kinds:
        kinds, kind_note = normalise_wording.modalities(words)
    finer = (vocab.read_task(raw).said or "" for raw in record.tasks)
    extra = (line(word, most=_TAG_CHARS).lower() for word in (*unread_tasks, *unread_kinds, *finer))
    said = (("tasks", task_note), ("modalities", kind_note), ("formats", format_note))
    return Kinds(
        tasks=tasks,
        modalities=kinds,
        formats=formats,
        tags=tuple(_once((*tags, *extra)))[:_MOST_TAGS],
        evidence=tuple(
            Evidence(field=field, quote=quote[:_QUOTE_CHARS], url=record.url)
            for field, quote in said
            if quote
        ),
    )


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _tasks(
    stated: tuple[str, ...], tags: tuple[str, ...], words: str
) -> tuple[tuple[str, ...], list[str], str]:
    codes: list[str] = []
    unread: list[str] = []
    for raw in stated:
        found = vocab.read_task(raw)
        codes += found.codes
        if found.unread:
            unread.append(found.unread)
    if codes or unread:
        return tuple(_once(codes)), unread, ", ".join(stated)
    stating = [tag for tag in tags if vocab.task_of_tag(tag)]
    named = _once(vocab.task_of_tag(tag) or "" for tag in stating)
    note = f"keywords: {', '.join(stating)}" if stating else ""
    if set(named) <= _LANGUAGE_ONLY and (stated or named or not tags):
        written, written_note = normalise_wording.tasks(words)
        named = _once((*written, *named))
        note = "; ".join(part for part in (note, written_note) if part)
    return tuple(named), [], note


def _formats(stated: tuple[str, ...], tags: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    names: list[str] = []
    mended: list[str] = []
    for raw in stated:
        written = line(raw, most=60).strip(" .")
        known = vocab.file_format(written)
        name = known.name if known else written
        names.append(name)
        if known and vocab.slug(known.name) != vocab.slug(written):
            mended.append(f"{written!r} read as {name}")
    if names:
        return tuple(_once(names)), "; ".join(mended)
    stating = [(tag, known) for tag in tags if (known := vocab.file_format(tag)) and known.tag]
    quote = f"keywords: {', '.join(tag for tag, _ in stating)}" if stating else ""
    return tuple(_once(known.name for _, known in stating)), quote


def _modalities(
    stated: tuple[str, ...], tags: tuple[str, ...], tasks: tuple[str, ...], formats: tuple[str, ...]
) -> tuple[tuple[Modality, ...], list[str], str]:
    read_ = [(raw, vocab.modality(raw)) for raw in stated]
    unread = [raw for raw, code in read_ if code is None]
    codes = [code for _, code in read_ if code is not None]
    if codes:
        return _in_order(codes), unread, ", ".join(stated)
    found: list[Modality] = []
    said: list[str] = []
    for tag in tags:
        if kinds := vocab.modalities_of_tag(tag):
            found += kinds
            said.append(f"keyword {tag}")
    for task in tasks:
        if kinds := vocab.TASKS[task].modalities:
            found += kinds
            said.append(f"task {task}")
    for name in formats:
        known = vocab.file_format(name)
        if known and known.modality:
            found.append(known.modality)
            said.append(f"format {name}")
    return _in_order(found), unread, ", ".join(_once(said))


def _in_order(codes: list[Modality]) -> tuple[Modality, ...]:
    return tuple(code for code in vocab.MODALITIES if code in codes)
