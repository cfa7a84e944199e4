"""The words by which a model's sentences are checked, and which language a text is in.

Pure; the table is `grounding_words.toml` beside this file.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from assistant.terms.values import Outcome
from assistant.understand.lexicon import fold
from catalog_sync.card import Modality
from catalog_sync.clauses import AccessMode

UNIT_KINDS = ("count", "hours", "speakers", "records", "languages")
DATA_KINDS: tuple[Modality, ...] = ("audio", "text", "image", "video")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_FLAT = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "ـ": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The table of one language; all folded."""

    tag: str
    name: str
    """In English, for the prompt."""
    marks: frozenset[str]
    plain: frozenset[str]
    labels: frozenset[str]
    every: frozenset[str]
    fits: frozenset[str]
    negators: frozenset[str]
    validated: frozenset[str]
    hedges: frozenset[str]
    units: Mapping[str, frozenset[str]]
    """Kind of figure -> words for its unit."""
    kinds: Mapping[Modality, frozenset[str]]
    """Kind of data -> words for it."""
    larger: frozenset[str]
    smaller: frozenset[str]
    numbers: Mapping[str, int]
    one: tuple[str, ...]
    """Words for one; articles among them."""
    compare: Mapping[str, tuple[str, ...]]
    """"over", "least", "under", "most" -> phrases that stand before a figure."""
    idioms: tuple[str, ...]
    """Phrases that claim nothing, of words that might."""
    fit_phrases: tuple[str, ...]
    """Phrases that say of a dataset that it is what was asked for."""
    nearest: tuple[str, ...]
    nothing: str
    """As it is shown: nothing fits."""
    outcomes: Mapping[Outcome, tuple[str, ...]]
    """As they are shown; the first is the one to say."""
    access: Mapping[AccessMode, tuple[str, ...]]
    unstated: Mapping[str, tuple[str, ...]]


def flat(text: str) -> str:
    """Text as it is compared: folded, one kind of dash and apostrophe, single spaces."""
    return " ".join(fold(text.translate(_FLAT)).split())


def cased(text: str) -> str:
    """The same text with its capitals, character for character beside `flat`'s."""
    bare = unicodedata.normalize("NFKD", text.translate(_FLAT).replace("ß", "ss"))
    return " ".join("".join(c for c in bare if unicodedata.category(c) != "Mn").split())


def spoken() -> tuple[str, ...]:
    """Tags of the languages that answers can be checked in."""
    return tuple(_table())


def words(tag: str) -> Words | None:
    """The table of a language by its BCP 47 tag; None where there is none."""
    return _table().get(tag.split("-")[0].casefold())


def tongue(text: str) -> str | None:
    """The tag of the language a text is in; None when its small words do not tell."""
    if len(_ARABIC.findall(text)) > len(text) / 4:
        return "ar"
    said = _WORD.findall(flat(text[:2000]))
    scores = sorted(
        ((sum(word in table.marks for word in said), tag) for tag, table in _table().items()),
        reverse=True,
    )
    (best, tag), (second, _) = scores[0], scores[1]
    return tag if best > second else None


def knows(listed: frozenset[str], word: str) -> bool:
    """Whether a list has a word, also behind the particles that Arabic writes onto it."""
    if word in listed:
        return True
    if not _ARABIC.match(word):
        return False
    return any(word.startswith(p) and word[len(p) :] in listed for p in _PREFIXES)


@cache
def _table() -> Mapping[str, Words]:
    path = Path(__file__).with_suffix(".toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {tag: _words(tag, rows) for tag, rows in raw.items()}


def _words(tag: str, rows: Mapping[str, object]) -> Words:
    def listed(name: str) -> frozenset[str]:
        return frozenset(flat(str(rows[name])).split())

    def phrases(name: str) -> tuple[str, ...]:
        return tuple(flat(part) for part in str(rows[name]).split("|") if part)

    numbers = dict(pair.split("=") for pair in str(rows["numbers"]).split())
    return Words(
        tag=tag,
        name=str(rows["name"]),
        marks=listed("marks"),
        plain=listed("plain"),
        labels=listed("labels"),
        every=listed("every"),
        fits=listed("fits"),
        negators=listed("not"),
        validated=listed("validated"),
        hedges=listed("hedge"),
        units={kind: listed(kind) for kind in UNIT_KINDS},
        kinds={kind: listed(kind) for kind in DATA_KINDS},
        larger=listed("larger"),
        smaller=listed("smaller"),
        numbers={flat(word): int(value) for word, value in numbers.items()},
        one=phrases("one"),
        compare={name: phrases(name) for name in ("over", "least", "under", "most")},
        idioms=phrases("idioms"),
        fit_phrases=phrases("fit_phrases"),
        nearest=phrases("nearest"),
        nothing=str(rows["nothing"]),
        outcomes=cast("Mapping[Outcome, tuple[str, ...]]", _shown(rows["outcomes"])),
        access=cast("Mapping[AccessMode, tuple[str, ...]]", _shown(rows["access"])),
        unstated=_shown(rows["unstated"]),
    )


def _shown(rows: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(rows, dict):
        raise TypeError("grounding_words.toml: expected a table of phrases.")
    return {str(key): tuple(map(str, values)) for key, values in rows.items()}
