"""How the tasks and kinds of data that a turn names join those spoken of before. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant import dialogue_languages
from assistant.need import Need
from assistant.relax import union
from assistant.understand.reading import Reading
from catalog_sync import vocab
from catalog_sync.card import Modality

_LABELLED = re.compile(
    r"\b(?:with|including|plus|con|avec|com|mit)\b[^.,;]{0,40}"
    r"\b(?:label|annotation|tags?\b|tagged|etiqueta|étiquette|anotaci|anotaç|markierung)",
    re.IGNORECASE,
)
"""What the data shall carry besides what it is: "with emotion labels"."""
_FINE = re.compile(
    r"\b(?:is|are|would be|'s|will)\s+(?:also\s+|just as\s+)?(?:fine|ok|okay|good|great|welcome|"
    r"useful|do|work|all right|alright)\b|\b(?:works|helps)\b",
    re.IGNORECASE,
)
_ASKED_HOW = frozenset({"multiple-choice", "multiple-choice-qa"})
"""Tasks that say in which form questions are put, whatever they are about."""
_HELD_IN = frozenset({"tabular", "time_series"})
"""Kinds that say in what a text task finds its matter: "question answering", "over tables"."""
_OTHER: Mapping[tuple[str, ...], Modality] = {("text",): "audio", ("audio",): "text"}


def joined(old: Need, reading: Reading) -> Need:
    """New tasks take the old ones' place; a kind that contradicts the old task ends it."""
    stated = reading.stated
    if reading.any_kind and not stated.tasks and not stated.modalities:
        return replace(old, tasks=(), modalities=(), speech_style=None, kinds_apart=False)
    if reading.mode == "add" and (
        dialogue_languages.says_or(reading.text) or _will_do(old, reading)
    ):
        return _with_choice(old, stated)
    need = old
    if stated.tasks:
        beside = (
            reading.mode == "add"
            or (reading.mode == "merge" and _ASKED_HOW.issuperset(stated.tasks))
            or bool(_LABELLED.search(reading.text))
        )
        tasks = union(old.tasks, stated.tasks) if beside else stated.tasks
        kinds = {m for task in stated.tasks for m in vocab.TASKS[task].modalities}
        fits = not kinds or bool(kinds & set(old.modalities))
        need = replace(
            need,
            tasks=tasks,
            modalities=old.modalities if fits else (),
            kinds_apart=False,
            speech_style=old.speech_style if fits else None,
        )
    if not stated.modalities:
        return need
    wanted = set(stated.modalities)
    kept = tuple(
        task
        for task in need.tasks
        if task in stated.tasks
        or not vocab.TASKS[task].modalities
        or set(vocab.TASKS[task].modalities) & wanted
        or wanted <= _HELD_IN
    )
    added = reading.mode == "add"
    return replace(
        need,
        tasks=kept,
        modalities=union(old.modalities, stated.modalities) if added else stated.modalities,
        kinds_apart=stated.kinds_apart,
        speech_style=need.speech_style if "audio" in wanted else None,
    )


def _will_do(old: Need, reading: Reading) -> bool:
    """Whether a further kind is put up with beside the task: "text is fine as well"."""
    kinds_only = bool(reading.stated.modalities) and not reading.stated.tasks
    return kinds_only and bool(old.tasks) and _FINE.search(reading.text) is not None


def _with_choice(old: Need, stated: Need) -> Need:
    """Such as "or translations" after "speech": either will do."""
    tasks = union(old.tasks, stated.tasks)
    modalities = union(old.modalities, stated.modalities)
    return replace(old, tasks=tasks, modalities=modalities, kinds_apart=bool(tasks and modalities))


def opposite(need: Need, reading: Reading) -> Need:
    """A language's data is spoken or written: "Basque, not text" wants speech."""
    other = _OTHER.get(reading.modalities_not)
    if other is None or not need.languages or need.tasks or need.modalities:
        return need
    return replace(need, modalities=(other,))
