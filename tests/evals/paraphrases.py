"""The paraphrase set: many wordings of known needs, and how the understanding fares on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant import dialogue
from assistant.dialogue import State
from assistant.need import Need
from assistant.understand import rules

FILE = Path(__file__).parent / "paraphrases.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrase:
    """One wording of a need, and the need."""

    id: str
    turns: tuple[str, ...]
    expect: Mapping[str, object]


def paraphrases() -> Iterator[Paraphrase]:
    """All rows of the set."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        yield Paraphrase(id=raw["id"], turns=tuple(raw["turns"]), expect=raw["expect"])


def understood(turns: tuple[str, ...]) -> Need:
    """The need after a conversation, by rules alone."""
    state = State()
    for text in turns:
        reading = rules.read(text, has_need=not dialogue.is_empty(state.need))
        if reading.intent == "reset":
            state = State()
        elif reading.intent in ("find", "refine", "more", "check_use", "coverage"):
            need = dialogue.join(state, reading)
            state = (
                dialogue.undone(state) if reading.mode == "undo" else dialogue.advance(state, need)
            )
    return state.need


def facts(need: Need) -> dict[str, object]:
    """A need in the shape of the set's `expect`; what was not said is left out."""
    found: dict[str, object] = {
        "languages": sorted(w.tag for w in need.languages),
        "joined": need.languages_joined if need.languages_joined == "all" else None,
        "languages_not": sorted(w.tag for w in need.languages_not if not need.languages),
        "modalities": list(need.modalities) if not need.tasks else [],
        "choice": list(need.modalities) if need.kinds_apart else [],
        "style": need.speech_style,
        "tasks": sorted(need.tasks),
        "topics": sorted(need.topics),
        "topics_apart": [sorted(group) for group in need.topics_apart],
        "licence": need.licence_wish,
        "sizes": {s.field: [s.least, s.most] for s in need.sizes},
        "frequency": need.update_frequency[-1] if need.update_frequency else None,
        "sources": list(need.sources),
        "sources_not": list(need.sources_not),
        "names_not": list(need.names_not),
        "avoid": list(need.avoid),
        "budget": None if need.budget is None else need.budget.most_cents,
        "access": list(need.access),
        "updated": need.updated_since,
    }
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def expected(row: Paraphrase) -> dict[str, object]:
    """The `expect` of a row, lists in order."""
    lists = ("languages", "tasks", "topics", "languages_not")
    raw = dict(row.expect)
    if raw.get("tasks"):
        raw.pop("modalities", None)
    return {k: sorted(v) if k in lists and isinstance(v, list) else v for k, v in raw.items()}
