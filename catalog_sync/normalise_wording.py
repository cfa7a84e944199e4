"""Tasks and kinds of data that an owner names in running words, where no field says them.

Only words that can hardly mean anything else count; the words found are kept as evidence.
"""

from __future__ import annotations

import re
from functools import cache

from catalog_sync import vocab
from catalog_sync.card import Modality

_TEXT_CHARS = 2_500
_SURE_LETTERS = 9
"""A single word this long names a task; shorter ones and capitals such as "MT" mean too much."""
_TOO_COMMON = frozenset({
    "translation", "translations", "translating", "translator", "morphology", "summaries",
    "dialogues", "dialogue", "benchmarks",
    "retrieval", "knowledge base", "knowledge bases", "raw text", "web text", "web crawl",
    "source code", "foundation model", "foundation models", "language model", "language models",
    "virtual assistant", "search queries", "multiple choice", "multiple-choice", "inflection",
    "pretraining", "pre-training", "perplexity", "stereotypes", "toxicity", "propaganda",
    "user intent", "bounding boxes", "disinformation", "misinformation", "harassment detection",
})  # fmt: skip
"""Said of many datasets beside what they are for."""


def tasks(text: str) -> tuple[tuple[str, ...], str]:
    """(codes in the order named, the words as evidence); both empty when there are none."""
    return _found(text, _task_pattern(), _task_words())


def modalities(text: str) -> tuple[tuple[Modality, ...], str]:
    """(kinds named, the words as evidence)."""
    codes, note = _found(text, _kind_pattern(), _kind_words())
    return tuple(code for code in vocab.MODALITIES if code in codes), note


def _found(
    text: str, pattern: re.Pattern[str], codes: dict[str, str]
) -> tuple[tuple[str, ...], str]:
    words = " ".join(text[:_TEXT_CHARS].lower().split())
    named = list(dict.fromkeys(found[0] for found in pattern.finditer(words)))
    read = dict.fromkeys(codes[word] for word in named)
    return tuple(read), f"named in the text: {', '.join(named)}" if named else ""


@cache
def _task_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, task in vocab.TASKS.items():
        if task.ranks_only:
            continue
        for word in (*task.words.get("en", ()), task.label):
            plain = word.lower()
            sure = " " in plain or "-" in plain or len(plain) >= _SURE_LETTERS
            if sure and plain not in _TOO_COMMON and not word.isupper():
                found[plain] = code
    return found


@cache
def _kind_words() -> dict[str, str]:
    return {phrase: code for code, kind in vocab.MODALITY.items() for phrase in kind.phrases}


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


@cache
def _task_pattern() -> re.Pattern[str]:
    return _any_of(_task_words())


@cache
def _kind_pattern() -> re.Pattern[str]:
    return _any_of(_kind_words())
