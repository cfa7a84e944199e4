"""A turn to a `Proposal`, by a language model: the question to it, and its answer checked. Pure.

The model itself is a parameter; nothing is called from here but it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from assistant.llm_values import JsonObject, Schema
from assistant.understand import proposal, schema
from assistant.understand.proposal import Proposal
from catalog_sync import vocab
from prompts.load import Filled, load

LONGEST = 2_000
"""Characters of a turn that the model is given."""
Parse = Callable[[Filled, Schema], JsonObject]


def scene(asked_for: str, in_view: Sequence[str], asked_back: str) -> Mapping[str, object]:
    """What of the conversation bears on the meaning of a turn."""
    return {
        "asked_for_so_far": asked_for,
        "datasets_in_view": [
            {"place": place, "name": name[:120]} for place, name in enumerate(in_view[:10], 1)
        ],
        "asked_back_for": asked_back,
    }


def read(text: str, seen: Mapping[str, object], parse: Parse, *, today: date) -> Proposal:
    """What the model says this turn means; raises `ModelFailed` as `parse` does."""
    said = text[:LONGEST]
    filled = load("understand").fill({
        "turn": said,
        "scene": seen,
        "today": today.isoformat(),
        "limits": ", ".join(schema.limits()),
        "tasks": ", ".join(vocab.TASKS),
        "topics": ", ".join(schema.topics()),
    })  # fmt: skip
    return proposal.read(parse(filled, schema.reading()), said)
