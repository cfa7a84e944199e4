"""A language model that understands perfectly, as a script: how much the merge keeps of it.

`stated` writes the truth of a row in the model's own JSON; the product then reads it through its
schema, its checks and its merge, as it would read any model's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant import dialogue
from assistant.dialogue import State
from assistant.need import Need
from assistant.reply import Intent
from assistant.understand import merge, proposal, rules, schema
from assistant.understand.reading import Reading

Raw = dict[str, object]
_TASKS = {"ASR": "automatic-speech-recognition", "TTS": "text-to-speech", "MT": "translation"}
_SAME = {
    "languages": "languages", "joined": "languages_joined", "languages_not": "languages_not",
    "modalities": "modalities", "style": "speech_style", "tasks": "tasks", "topics": "topics",
    "licence": "licence_wish", "sources": "sources", "sources_not": "sources_not",
    "names_not": "names_not", "access": "access", "updated": "updated_since",
}  # fmt: skip
_OFTEN = ("continuous", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly")


def empty(intent: Intent = "find") -> Raw:
    """A reading that states nothing."""
    shape = schema.reading()["properties"]
    if not isinstance(shape, Mapping):
        raise TypeError("The schema of a reading has no properties.")
    blank = {"array": [], "boolean": False}
    found: Raw = {name: blank.get(str(one["type"])) for name, one in shape.items()}
    return found | {
        "intent": intent,
        "mode": "merge",
        "languages_joined": "any",
        "topics_joined": "all",
    }


def of_paraphrase(expect: Mapping[str, object]) -> Raw:
    """The `expect` of a paraphrase as a model would state it."""
    found = empty()
    for key, value in expect.items():
        if key in _SAME:
            found[_SAME[key]] = value
    sizes = expect.get("sizes")
    if isinstance(sizes, Mapping):
        found["sizes"] = [{"field": f, "least": b[0], "most": b[1]} for f, b in sizes.items()]
    budget, often = expect.get("budget"), expect.get("frequency")
    if isinstance(budget, int):
        found["budget_most"] = budget / 100
    if often in _OFTEN:
        found["update_frequency"] = list(_OFTEN[: _OFTEN.index(str(often)) + 1])
    return found


def of_predicate(wanted: Mapping[str, object]) -> Raw:
    """The predicate of a request over the starter catalogue as a model would state it."""
    found = empty()
    named = wanted.get("lang_all") or wanted.get("lang_any") or []
    found["languages"] = named
    found["languages_joined"] = "all" if wanted.get("lang_all") else "any"
    if "modality" in wanted:
        found["modalities"] = [wanted["modality"]]
    if "task" in wanted:
        task = str(wanted["task"])
        found["tasks"] = [_TASKS.get(task, task)]
    found["speech_style"] = wanted.get("style")
    if wanted.get("licence") == "commercial":
        found["licence_wish"] = "commercial"
    fields = {"hours_min": "hours", "vhours_min": "validated_hours", "speakers_min": "speakers"}
    found["sizes"] = [
        {"field": field, "least": wanted[key], "most": None}
        for key, field in fields.items() if key in wanted
    ]  # fmt: skip
    return found


def understood(turns: Sequence[str], says: Callable[[int], Raw]) -> Need:
    """The need after a conversation read by rules and model together."""
    state = State()
    for place, text in enumerate(turns):
        read = rules.read(text, has_need=not dialogue.is_empty(state.need))
        reading: Reading = merge.merge(read, proposal.read(says(place), read.text)).reading
        if reading.intent == "reset":
            state = State()
        elif reading.intent in ("find", "refine", "more", "check_use", "coverage"):
            need = dialogue.join(state, reading)
            state = (
                dialogue.undone(state) if reading.mode == "undo" else dialogue.advance(state, need)
            )
    return state.need
