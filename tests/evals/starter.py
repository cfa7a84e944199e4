"""The project's own requests over the starter catalogue: what belongs is computed, not written.

A line of `starter_queries.jsonl` holds a request in people's words and the predicate that its last
turn means. The gold is computed here from the raw lines of the catalogue, before any of the
product's own reading of languages, tasks and licences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from tests.evals.requests import Row

FILE = Path(__file__).parent / "starter_queries.jsonl"
CATALOGUE = Path(__file__).parents[2] / "catalog_sync" / "starter" / "datasets.jsonl"
COMMERCIAL = {"CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "Apache-2.0", "GPL-3.0", "Etalab 2.0"}
TIERED = {"NOODL-1.0"}
"""Whether it lets one sell depends on who asks."""
SIZES = {"hours_min": "hours", "vhours_min": "validated_hours", "speakers_min": "speakers"}
KEYS = {"lang_any", "lang_all", "lang_neutral", "modality", "task", "style", "licence", *SIZES}
State = Literal["yes", "no", "unknown"]
Line = Mapping[str, object]


def catalogue() -> list[Line]:
    """The raw lines of the starter catalogue."""
    return [json.loads(line) for line in CATALOGUE.read_text(encoding="utf-8").splitlines()]


def rows(path: Path = FILE) -> Iterator[Row]:
    """Every request with its gold; raises `ValueError` for a predicate with a slip in it."""
    lines = catalogue()
    for text in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(text)
        wanted = raw["predicate"]
        if slips := set(wanted) - KEYS:
            raise ValueError(f"Row {raw['id']!r} has {sorted(slips)}. Expected some of {KEYS}.")
        fits = {f"starter:{line['id']}": fit(line, wanted) for line in lines}
        gold = frozenset(card for card, state in fits.items() if state == "yes")
        yield Row(
            id=raw["id"],
            type="no_match" if not gold else "multi_turn" if len(raw["turns"]) > 1 else "single",
            turns=tuple(raw["turns"]),
            gold=gold,
            no_match=not gold,
            neutral=frozenset(card for card, state in fits.items() if state == "unknown"),
        )


def fit(line: Line, wanted: Mapping[str, object]) -> State:
    """Whether a line satisfies a predicate; unknown where the line does not say."""
    states = [_one(line, key, value) for key, value in wanted.items() if key != "lang_neutral"]
    if "no" in states:
        near = bool(_words(line, "languages") & _set(wanted.get("lang_neutral", [])))
        return "unknown" if near else "no"
    return "unknown" if "unknown" in states else "yes"


def _one(line: Line, key: str, value: object) -> State:
    if key in ("lang_any", "lang_all"):
        tags, asked = _words(line, "languages"), _set(value)
        met = bool(tags & asked) if key == "lang_any" else asked <= tags
        return "unknown" if tags == {"multilingual"} else _state(met)
    if key in SIZES:
        stated = line.get(SIZES[key])
        if not isinstance(stated, int | float) or not isinstance(value, int | float):
            return "unknown"
        return _state(stated >= value)
    if key == "licence":
        stated_ids = _words(line, "licence")
        if value == "commercial":
            return "unknown" if stated_ids & TIERED else _state(stated_ids <= COMMERCIAL)
        return _state(value in stated_ids)
    field = {"modality": "modalities", "task": "tasks", "style": "speech_style"}[key]
    return _state(value in _words(line, field))


def _state(met: bool) -> State:
    return "yes" if met else "no"


def _words(line: Line, field: str) -> set[str]:
    return _set(line.get(field) or [])


def _set(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    return {str(each) for each in value} if isinstance(value, Sequence) else set()
