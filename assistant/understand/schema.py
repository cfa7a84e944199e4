"""The JSON schema by which a language model says what a turn means. Pure.

Closed lists come from the tables the rules use; what is open here (languages, tasks, topics,
licences, names) is checked against them in `proposal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import get_args

from assistant.llm_schema import strict
from assistant.llm_values import Schema
from assistant.need import LicenceWish, SizeField
from assistant.reply import Intent
from assistant.understand.lexicon import table
from assistant.understand.reading import CountedBy, Measure, Mode
from assistant.use import ACTS, OrganisationKind
from catalog_sync import vocab
from catalog_sync.card import SpeechStyle, UpdateFrequency
from catalog_sync.clauses import AccessMode

CURRENCIES = ("USD", "EUR")


def _word(words: Sequence[str], *, empty: bool = False) -> Schema:
    if not empty:
        return {"type": "string", "enum": list(words)}
    return {"type": ["string", "null"], "enum": [*words, None]}


def _words(words: Sequence[str] | None = None) -> Schema:
    return {"type": "array", "items": _word(words) if words else {"type": "string"}}


_TEXT: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": ["number", "null"]}


@cache
def sources() -> tuple[str, ...]:
    """Catalogues that a person can name."""
    return tuple(table("limits")["source"])


@cache
def limits() -> tuple[str, ...]:
    """Names of the limits that can be taken back."""
    return tuple(table("intents")["field"])


@cache
def topics() -> tuple[str, ...]:
    """Every subject that has a table of words."""
    return (*vocab.TOPICS, *table("topics")["topic"])


@cache
def reading() -> Schema:
    """The schema of one turn."""
    size = {"field": _word(get_args(SizeField)), "least": _NUMBER, "most": _NUMBER}
    return strict({
        "intent": _word(get_args(Intent)),
        "mode": _word(get_args(Mode)),
        "languages": _words(),
        "languages_joined": _word(("any", "all")),
        "languages_not": _words(),
        "modalities": _words(vocab.MODALITIES),
        "speech_style": _word(get_args(SpeechStyle), empty=True),
        "tasks": _words(),
        "topics": _words(),
        "topics_joined": _word(("any", "all")),
        "acts": _words(ACTS),
        "from_country": _TEXT,
        "hq_country": _TEXT,
        "organisation": _word(get_args(OrganisationKind), empty=True),
        "licence_wish": _word(get_args(LicenceWish), empty=True),
        "licences_not": _words(),
        "sizes": {"type": "array", "items": strict(size)},
        "budget_most": _NUMBER,
        "budget_currency": _word(CURRENCIES, empty=True),
        "access": _words(get_args(AccessMode)),
        "update_frequency": _words(get_args(UpdateFrequency)),
        "updated_since": _TEXT,
        "sources": _words(sources()),
        "sources_not": _words(sources()),
        "publishers": _words(),
        "names_not": _words(),
        "like": _words(),
        "drop": _words(limits()),
        "places": {"type": "array", "items": {"type": "integer"}},
        "this": {"type": "boolean"},
        "asks": _words(tuple(table("intents")["ask"])),
        "terms": _words(tuple(table("intents")["term"])),
        "count_by": _word(get_args(CountedBy), empty=True),
        "count_measure": _word(get_args(Measure), empty=True),
        "wish": _words(),
        "speaks": _TEXT,
    })  # fmt: skip
