from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import retrieve, standing
from assistant.desk import Desk
from assistant.filters import tongues_of
from assistant.nearness import answers, is_near, near
from assistant.need import Asker
from assistant.reply import Question
from assistant.understand import content, rules
from catalog_sync.store import open_store
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder
from indexer.search import Hit, Search
from tests.assistant.conftest import NOW, made, parts

ASKER = Asker(id="someone")


def hit(*telling: str) -> Hit:
    return Hit(key=1, score=1.0, kind="summary", text="", words=telling, cosine=0.5, citing=0,
               share=1.0, telling=telling)  # fmt: skip


def test_a_rare_word_counts_where_the_front_of_a_card_holds_it_in_any_form() -> None:
    need = rules.read("maps of mangrove forests").stated
    card = made("a", name="Mangroves of the coast", description="Seagrass too.")
    assert standing.telling(hit("mangrove", "coast"), card, need) == 1
    assert standing.telling(hit("seagrass"), card, need) == 0
    assert standing.telling(hit(), card, need) == 0


@pytest.mark.parametrize(
    ("topic", "said", "left"),
    [
        ("planetary", "mars", ("mars",)), ("planetary", "planet data", ()),
        ("neuroscience", "neurons", ()), ("neuroscience", "EEG", ("eeg",)),
        # The index is in English: another language's word for a labelled subject finds nothing.
        ("floods", "Hochwasser", ()),
    ],
)  # fmt: skip
def test_words_for_a_subject_rank_where_they_say_more_than_its_label(
    topic: str, said: str, left: tuple[str, ...]
) -> None:
    assert content.beyond_label(topic, said) == left


def test_of_cards_on_one_subject_the_one_that_holds_the_persons_rare_word_leads(
    tmp_path: Path,
) -> None:
    bodies = ("Europa", "Titan", "Ceres", "Io", "Venus", "Ganymede", "Pluto", "Triton")
    said = (
        "planetary mosaics and craters mapped in detail, of mars, for kindergarten birthday posters"
    )
    told = "Planetary mosaics: craters mapped in detail."
    cards = [
        *(made(b.lower(), name=b, tags=("planetary",), summary=told) for b in bodies),
        made("mars", name="Mars", tags=("planetary",), summary="Orbiter photographs, level two."),
    ]  # fmt: skip
    store = open_store(f"sqlite:///{tmp_path / 'catalog.db'}")
    store.put(cards, seen_at=NOW)
    bring_up_to_date(store, tmp_path / "index", HashEmbedder())
    search = Search.open(tmp_path / "index", HashEmbedder())
    found = retrieve.find(
        rules.read(said).stated, store=store,
        search=search, tongues=tongues_of(store, store.revision()),
        top=5, today=NOW.date(),
    )  # fmt: skip
    assert found.candidates[0].stored.card.name == "Mars"


def test_a_common_word_of_a_question_alone_brings_a_card_no_nearer() -> None:
    games = replace(hit("games"), cosine=0.3)
    assert is_near(replace(games, share=0.9))
    assert not is_near(replace(games, share=0.2))
    assert is_near(replace(games, share=0.0, cosine=0.5))


def test_words_scattered_over_texts_on_other_things_are_no_answer() -> None:
    games = replace(hit("games"), share=0.33, cosine=0.25)
    assert near([games, replace(games, share=0.0, cosine=0.5)]) == []
    surely = replace(games, share=0.5, cosine=0.4)
    assert len(near([games, surely])) == 2
    # A watch tells of each by itself, whatever else is new.
    assert [answers(hit) for hit in (games, surely)] == [False, True]


def test_a_keyword_that_is_an_ordinary_word_is_no_second_subject(tmp_path: Path) -> None:
    old = made("old", name="Old papers", source="aws", tags=("storage",))
    with parts(tmp_path, old) as found:
        desk = Desk(found)

        def topics(said: str) -> tuple[str, ...]:
            return desk.ask(Question(text=said, conversation=said, asker=ASKER)).need.topics

        assert topics("weather data from storage") == ("weather",)
        assert topics("data on storage") == ("storage",)
