"""A small catalogue composed by us, in a real store with a real index, and a desk over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.access.opening import open_office
from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.feedback import open_feedback
from assistant.history import open_history
from assistant.memory import open_memory
from assistant.need import Asker
from assistant.reply import Question, Reply
from assistant.secret import Box
from assistant.wishes import open_wishes
from catalog_sync import terms
from catalog_sync.card import DatasetCard, Size
from catalog_sync.clauses import StatedTerms
from catalog_sync.store import open_store
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder
from indexer.search import Search
from tests import ready

ADMINISTRATOR = "admin@catalogue.example"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def made(
    native_id: str,
    *,
    name: str,
    licence: str | None = "CC0-1.0",
    source: str = "voices",
    size: Size | None = None,
    **fields: object,
) -> DatasetCard:
    """A card with terms read as a sync would read them."""
    stated = StatedTerms(licences=(licence,) if licence else (), access="public")
    return DatasetCard(
        id=f"{source}:{native_id}",
        source=source,
        native_id=native_id,
        url=f"https://data.example/{native_id}",
        name=name,
        terms=terms.derive(stated),
        size=size or Size(),
        **fields,  # type: ignore[arg-type]
    )


def catalogue() -> tuple[DatasetCard, ...]:
    """Fourteen datasets that differ in everything a person can ask for."""
    asr = ("automatic-speech-recognition",)
    audio = ("audio",)
    return (
        made("cy", name="Welsh Read Sentences", languages=("cy",), modalities=audio, tasks=asr,
             speech_style="scripted", publisher="Llais Cymru",
             size=Size(hours=150.0, validated_hours=120.0, speakers=1800)),
        made("ga", name="Irish Read Sentences", languages=("ga",), modalities=audio, tasks=asr,
             speech_style="scripted", size=Size(hours=9.0, validated_hours=6.0)),
        made("ga-talk", name="Irish Talk", languages=("ga",), modalities=audio, tasks=asr,
             speech_style="spontaneous", size=Size(hours=2.0)),
        made("eu", name="Basque Voices", languages=("eu",), modalities=audio, tasks=asr,
             licence="CC-BY-4.0", size=Size(hours=300.0, validated_hours=280.0)),
        made("eu-free", name="Basque Radio", languages=("eu",), modalities=audio, tasks=asr,
             licence="CC-BY-NC-4.0", size=Size(hours=40.0)),
        made("sw", name="Swahili Voices", languages=("sw",), modalities=audio, tasks=asr,
             licence="CC-BY-4.0", size=Size(hours=400.0), updated=date(2025, 3, 1)),
        made("sw-unknown", name="Swahili Clips", languages=("sw",), modalities=audio, tasks=asr,
             licence=None),
        made("sw-tts", name="Swahili Studio Voice", languages=("sw",), modalities=audio,
             tasks=("text-to-speech",), licence="CC-BY-SA-4.0", size=Size(hours=12.0)),
        made("luo", name="Dholuo Voices", languages=("luo",), modalities=audio, tasks=asr,
             size=Size(hours=60.0)),
        made("yo-en", name="Yoruba English Sentence Pairs", source="texts", languages=("en", "yo"),
             modalities=("text",), tasks=("translation",), licence="CC-BY-4.0",
             size=Size(records=20000)),
        made("en-fr", name="English French Sentence Pairs", source="texts",
             languages=("en", "fr"), modalities=("text",), tasks=("translation",),
             licence="CC-BY-NC-4.0", size=Size(records=900000)),
        made("es-feel", name="Opiniones", source="texts", languages=("es",), modalities=("text",),
             tasks=("sentiment-classification",), licence="MIT", size=Size(records=5000)),
        made("rain", name="Hourly Rain Radar", source="aws", modalities=("geospatial",),
             tags=("weather", "precipitation"), update_frequency="hourly",
             licence="CC-BY-4.0", publisher="Sky Office"),
        made("sky", name="Old Sky Pictures", source="aws", modalities=("image",),
             tags=("satellite imagery",), update_frequency="never"),
    )  # fmt: skip


@contextmanager
def parts(
    tmp_path: Path, *more: DatasetCard, only: tuple[DatasetCard, ...] | None = None
) -> Iterator[Parts]:
    """What a desk over the small catalogue, or only over these cards, is built from."""
    if more or only is not None or (tmp_path / "catalog.db").exists():
        fill(tmp_path, (*catalogue(), *more) if only is None else only)
    else:
        ready.lay(fill_as_usual, tmp_path)
    with opened(tmp_path) as found:
        yield found


def fill(folder: Path, cards: tuple[DatasetCard, ...]) -> None:
    """Put cards into the store of a folder and index them."""
    store = open_store(f"sqlite:///{folder}/catalog.db")
    store.put(cards, seen_at=NOW)
    bring_up_to_date(store, folder / "index", HashEmbedder())
    store.close()


def fill_as_usual(folder: Path) -> None:
    """The small catalogue, with every table that a desk needs."""
    fill(folder, catalogue())
    with opened(folder):
        pass


@contextmanager
def opened(tmp_path: Path) -> Iterator[Parts]:
    """The parts over a folder that is filled."""
    store = open_store(f"sqlite:///{tmp_path}/catalog.db")
    memory = open_memory(f"sqlite:///{tmp_path}/talk.db")
    talk = f"sqlite:///{tmp_path}/talk.db"
    wishes, feedback, history = open_wishes(talk), open_feedback(talk), open_history(talk)
    office = open_office(
        f"sqlite:///{tmp_path}/catalog.db",
        box=Box(["tests-tests-tests-tests"]),
        store=store,
        clock=lambda: NOW,
        administrators=frozenset({ADMINISTRATOR}),
        labels={"voices": "The Voice Shelf"},
    )
    yield Parts(
        store=store,
        search=Search.open(tmp_path / "index", HashEmbedder()),
        memory=memory,
        wishes=wishes,
        feedback=feedback,
        history=history,
        clock=lambda: NOW,
        labels={"voices": "The Voice Shelf"},
        open_office=lambda: office,
    )
    for book in (memory, wishes, feedback, history):
        book.close()
    office.close()
    store.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over the small catalogue."""
    with parts(tmp_path) as made:
        yield Desk(made)


class Talk:
    """One conversation with a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, *turns: str) -> Reply:
        for text in turns:
            reply = self._desk.ask(
                Question(text=text, conversation="talk", asker=Asker(id="someone"))
            )
        return reply


@pytest.fixture
def talk(desk: Desk) -> Talk:
    """Say turns, get the last reply."""
    return Talk(desk)


def ids(reply: Reply) -> list[str]:
    """Ids of the datasets offered, in order."""
    return [option.card.id for option in reply.options]
