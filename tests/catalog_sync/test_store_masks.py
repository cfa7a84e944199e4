"""What is remembered of filters is what one plain statement of SQL answers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from bench.synthetic import fill
from catalog_sync.filter import Bounds, CardFilter
from catalog_sync.schema import FACET
from catalog_sync.store import Store, open_store
from catalog_sync.store_query import conditions, parts

WISHES = ("en", "de", "cy", "sw", "kaa", "lbc")


def some_filter(chance: random.Random) -> CardFilter:
    def perhaps(*values: str) -> frozenset[str]:
        return frozenset(value for value in values if chance.random() < 0.3)

    wishes = tuple(frozenset(chance.sample(WISHES, 2)) for _ in range(chance.choice((0, 0, 1, 2))))
    least = chance.choice((None, 5.0, 50.0))
    return CardFilter(
        languages=wishes,
        languages_joined=chance.choice(("any", "all")),
        languages_not=perhaps("fr", "zh"),
        modalities=perhaps("audio", "text", "image"),
        tasks=perhaps("ASR", "MT"),
        kinds_joined=chance.choice(("all", "any")),
        topics=(frozenset({"weather", "climate"}),) if chance.random() < 0.2 else (),
        licence_wish=chance.choice((None, None, "commercial", "permissive")),
        hours=Bounds(least=least),
        records=Bounds(most=chance.choice((None, 10_000.0))),
        price_most_cents=chance.choice((None, None, 0)),
        access=perhaps("public", "on_request"),
        sources=perhaps("mdc", "aws", "huggingface"),
        publishers=frozenset({"publisher 1"}) if chance.random() < 0.1 else frozenset(),
        must=frozenset(
            name for name in ("hours", "licence_wish", "access") if chance.random() < 0.3
        ),
    )


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made-up") / "catalog.db"
    store = open_store(f"sqlite:///{path}")
    fill(store, 800, seed=3)
    store.close()
    return path


def test_any_filter_is_answered_as_by_one_statement(made_up: Path) -> None:
    store, engine = open_store(f"sqlite:///{made_up}"), create_engine(f"sqlite:///{made_up}")
    chance = random.Random(11)
    answered = 0
    with engine.connect() as connection:
        for _ in range(250):
            asked = some_filter(chance)
            plain = select(FACET.c.key).where(*conditions(asked, dialect="sqlite"))
            keys = sorted(connection.execute(plain).scalars())
            assert store.matching(asked).tolist() == keys, asked
            answered += bool(keys)
    assert answered > 50
    store.close()
    engine.dispose()


def test_the_parts_of_a_filter_ask_one_thing_each(made_up: Path) -> None:
    asked = CardFilter(
        languages=(frozenset({"cy"}), frozenset({"en"})),
        languages_joined="all",
        topics=(frozenset({"weather"}),),
        hours=Bounds(least=1),
        price_most_cents=5,
        sources=frozenset({"mdc"}),
        must=frozenset({"hours", "price"}),
    )
    assert parts(asked) == [
        CardFilter(sources=frozenset({"mdc"})),
        CardFilter(languages=(frozenset({"cy"}),)),
        CardFilter(languages=(frozenset({"en"}),)),
        CardFilter(topics=(frozenset({"weather"}),)),
        CardFilter(hours=Bounds(least=1), must=frozenset({"hours"})),
        CardFilter(price_most_cents=5, must=frozenset({"price"})),
    ]


def test_an_answer_cannot_be_written_over(made_up: Path) -> None:
    store: Store = open_store(f"sqlite:///{made_up}")
    found = store.matching(CardFilter(modalities=frozenset({"audio"})))
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 7
    store.close()
