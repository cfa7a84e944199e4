"""A wish for a thing is met by data whose text speaks of it, not by all data on its subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.need import Asker
from assistant.reply import Question, Reply
from assistant.understand import narrower, rules
from tests.assistant.conftest import made, parts

ASKER = Asker(id="someone")
TAXIS = made("taxis", name="City trips", tags=("transportation",), summary="Taxi rides by day.")
ROADS = made("roads", name="Road network", tags=("transportation",), summary="Where roads run.")
MIXED = made("mixed", name="Counts", tags=("transportation",), description="Cars, one bicycle.")
SCANS = made("scans", name="Hospital scans", tags=("medical imaging",), summary="Chests.")


def ask(folder: Path, said: str) -> Reply:
    with parts(folder, TAXIS, ROADS, MIXED, SCANS) as found:
        return Desk(found).ask(Question(text=said, conversation="one", asker=ASKER))


def test_data_on_the_subject_alone_is_no_answer_to_a_wish_for_a_thing(tmp_path: Path) -> None:
    reply = ask(tmp_path, "taxi trips")
    assert reply.total == 1
    assert reply.options[0].card.name == "City trips"


@pytest.mark.parametrize("said", ["bike sharing trips", "bus timetables"])
def test_nothing_fits_where_no_text_speaks_of_the_thing(tmp_path: Path, said: str) -> None:
    reply = ask(tmp_path, said)
    assert reply.total == 0
    assert reply.text.startswith("Nothing in this catalogue surely fits: transport, ")
    assert reply.nearest, "what comes near is still shown, with what it lacks"


def test_what_it_lacks_is_named_in_the_persons_own_word(tmp_path: Path) -> None:
    (near,) = [o for o in ask(tmp_path, "dental x-rays").nearest if o.card.name == "Hospital scans"]
    assert ("unknown", "nothing in it speaks of dental") in [
        (m.state, m.text) for m in near.matches
    ]


def test_a_thing_is_known_by_its_names_in_several_languages() -> None:
    for said in ("football results", "resultados de fútbol", "Fußball", "matokeo ya soka"):
        (thing,) = narrower.things(rules.read(said).stated.wish or said)
        assert "soccer" in thing.seen
    assert narrower.things("speech of children") == ()


def test_words_alone_answer_on_one_catalogue_only_where_a_card_is_about_them(
    tmp_path: Path,
) -> None:
    cards = [
        made("a", name="Fruit flies", source="aws", summary="Photos of fruit flies."),
        made("b", name="Plain", source="aws", summary="Tables."),
    ]
    with parts(tmp_path, *cards) as found:
        desk = Desk(found)

        def total(said: str) -> int:
            return desk.ask(Question(text=said, conversation=said, asker=ASKER)).total

        assert total("fruit flies on AWS") == 1
        assert total("wedding speeches on AWS") == 0
        assert total("anything on AWS") > 1


def test_words_of_one_language_are_no_things_of_another() -> None:
    for said in ("enregistrements en haut débit", "data partitions", "rein kommerziell"):
        assert narrower.things(said) == (), said
