"""Made-up cards in the proportions of real catalogues, to fill a store of any size for a bench.

The same count and seed give the same cards. Nothing here describes a real dataset.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice

from catalog_sync.card import DatasetCard, Modality, Size
from catalog_sync.clauses import AccessMode, Price, StatedTerms, Terms
from catalog_sync.store import Store
from catalog_sync.terms import derive

SEEN_AT = datetime(2026, 1, 1, tzinfo=UTC)

_SOURCES = ("huggingface", "mdc", "aws", "commonvoice", "croissant")
_COMMON_LANGUAGES = ("en", "de", "fr", "es", "zh", "ar", "ru", "hi", "pt", "ja", "sw", "cy")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MODALITIES: tuple[tuple[Modality, ...], ...] = (
    ("text",), ("text",), ("text",), ("audio",), ("audio", "text"), ("image",),
    ("image", "text"), ("tabular",), ("video",), ("geospatial",),
)  # fmt: skip
_TASKS = {
    "text": ("MT", "NLU", "LM", "NER", "QA"),
    "audio": ("ASR", "TTS", "LID"),
    "image": ("CV", "OCR"),
}
_LICENCES = (
    "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0",
    "MIT", "Apache-2.0", "ODC-By-1.0", "ODbL-1.0", None, None, None,
)  # fmt: skip
_ACCESS: tuple[AccessMode, ...] = ("public", "public", "on_request", "agreement", "unknown")
_WORDS = (
    "speech", "corpus", "parallel", "news", "dialogue", "weather", "satellite", "question",
    "answering", "handwriting", "medical", "legal", "folk", "radio", "survey", "sentences",
    "reading", "spontaneous", "market", "river", "forest", "traffic", "street", "poetry",
    "translation", "emotion", "music", "genome", "protein", "climate", "census", "school",
)  # fmt: skip
_SHARE_WITH_FIGURES = 0.6
_OWNERS = 40
"""How many owners there are; the first asks a price."""


def cards(count: int, *, seed: int = 0) -> Iterator[DatasetCard]:
    """That many cards, each with another id."""
    pick = random.Random(seed)
    rare = [a + b + c for a in "klmn" for b in _LETTERS for c in _LETTERS[:8]]
    for number in range(count):
        yield _card(number, pick, rare)


def fill(store: Store, count: int, *, seed: int = 0, at_once: int = 2000) -> int:
    """Put that many cards into an empty store; returns its revision."""
    made = cards(count, seed=seed)
    while batch := list(islice(made, at_once)):
        store.put(batch, seen_at=SEEN_AT)
    store.join()
    return store.revision()


def _card(number: int, pick: random.Random, rare: list[str]) -> DatasetCard:
    source = pick.choice(_SOURCES)
    modalities = pick.choice(_MODALITIES)
    languages = _languages(pick, rare)
    words = " ".join(pick.sample(_WORDS, 5))
    tasks = tuple(
        {pick.choice(_TASKS[each]) for each in modalities if each in _TASKS and pick.random() < 0.8}
    )
    return DatasetCard(
        id=f"{source}:made-up-{number}",
        source=source,
        native_id=f"made-up-{number}",
        url=f"https://data.invalid/{source}/made-up-{number}",
        name=f"{words.title()} {number}",
        summary=f"A made-up set on {words}.",
        description=" ".join(pick.choices(_WORDS, k=60)),
        languages=languages,
        modalities=modalities,
        tasks=tasks,
        tags=tuple(sorted(set(pick.sample(_WORDS, 3)))),
        speech_style=pick.choice(("scripted", "spontaneous", None))
        if "audio" in modalities
        else None,
        terms=_terms(pick),
        size=_size(pick, modalities),
        publisher=f"Made-up publisher {pick.randrange(2000)}",
        updated=date(2026, 1, 1) - timedelta(days=pick.randrange(3000))
        if pick.random() < _SHARE_WITH_FIGURES
        else None,
    )


def _languages(pick: random.Random, rare: list[str]) -> tuple[str, ...]:
    if pick.random() < 0.35:
        return ()
    how_many = pick.choice((1, 1, 1, 1, 2, 3, 8))
    # Half of what catalogues hold is in a dozen languages, the rest is spread thin.
    named = (
        _COMMON_LANGUAGES[min(int(pick.expovariate(0.45)), len(_COMMON_LANGUAGES) - 1)]
        if pick.random() < 0.5
        else pick.choice(rare)
        for _ in range(how_many)
    )
    return tuple(dict.fromkeys(named))


def _terms(pick: random.Random) -> Terms:
    licence = pick.choice(_LICENCES)
    owner = pick.randrange(_OWNERS)
    return _derived(licence, owner, pick.choice(_ACCESS))


@cache
def _derived(licence: str | None, owner: int, access: AccessMode) -> Terms:
    return derive(
        StatedTerms(
            licences=() if licence is None else (licence,),
            licence_url=None,
            access=access,
            price=None if owner else Price(owner_cents=10_000, currency="USD"),
            url=f"https://data.invalid/terms/{owner}",
        )
    )


def _size(pick: random.Random, modalities: tuple[Modality, ...]) -> Size:
    if pick.random() > _SHARE_WITH_FIGURES:
        return Size()
    hours = round(pick.lognormvariate(3, 1.5), 1) if "audio" in modalities else None
    return Size(
        bytes=int(pick.lognormvariate(19, 3)),
        hours=hours,
        validated_hours=None if hours is None else round(hours * pick.random(), 1),
        records=int(pick.lognormvariate(9, 2)),
    )
