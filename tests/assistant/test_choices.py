"""Topics for choice, from the words of a conversation to the datasets that answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant import choices
from assistant.dialogue import State
from assistant.filters import tongues_of
from assistant.fit import matches
from assistant.limits import Tongues, card_filter
from assistant.need import Need
from assistant.retrieve import find
from assistant.understand import merge, proposal, rules
from tests.assistant.aided import EMPTY
from tests.assistant.conftest import Talk, made, parts
from tests.evals.paraphrases import understood

NO_TONGUES = Tongues(present=frozenset())


def apart(*turns: str) -> tuple[set[str], list[set[str]]]:
    need = understood(turns)
    return set(need.topics), [set(group) for group in need.topics_apart]


def test_choices_that_share_a_topic_are_one_and_stand_in_one_piece() -> None:
    topics, groups = choices.arranged("abcd", [("a", "c"), ("c", "x"), ("d",)])
    assert (topics, groups) == (("a", "c", "b", "d"), (("a", "c"),))
    assert choices.groups(Need(topics=topics, topics_apart=groups)) == (("a", "c"), ("b",), ("d",))


@pytest.mark.parametrize(
    "turn",
    [
        "or earthquakes", "earthquakes would do as well", "earthquakes are fine too",
        "I'd also take earthquakes", "earthquakes is an option too", "otherwise earthquakes",
        "earthquakes work too", "alternatively earthquakes",
        "o terremotos", "también sirven los terremotos", "oder Erdbeben", "Erdbeben geht auch",
    ],
)  # fmt: skip
def test_a_further_turn_adds_what_will_do_in_a_topic_s_place(turn: str) -> None:
    assert apart("floods", turn) == ({"floods", "earthquakes"}, [{"floods", "earthquakes"}])


@pytest.mark.parametrize("turn", ["and earthquakes", "also earthquakes", "with earthquakes"])
def test_a_further_turn_with_and_narrows(turn: str) -> None:
    assert apart("floods", turn) == ({"floods", "earthquakes"}, [])


def test_one_more_of_a_choice_joins_it() -> None:
    three = {"floods", "earthquakes", "oceans"}
    for turn in ("or oceans", "oceans as well"):
        assert apart("floods or earthquakes", turn) == (three, [three]), turn


def test_what_is_added_with_or_is_for_choice_with_its_own_kind() -> None:
    seen = {"satellite-imagery", "floods"}
    first = ("satellite images of floods",)
    assert apart(*first, "or earthquakes") == (seen | {"earthquakes"}, [{"floods", "earthquakes"}])
    assert apart(*first, "or lidar") == (seen | {"lidar"}, [{"satellite-imagery", "lidar"}])


@pytest.mark.parametrize(
    "turn", ["either is fine", "any of them will do", "not necessarily both",
             "it doesn't have to be both", "I meant or"],
)  # fmt: skip
def test_what_was_asked_for_together_can_be_made_a_choice(turn: str) -> None:
    assert apart("floods", "and earthquakes", turn)[1] == [{"floods", "earthquakes"}]


@pytest.mark.parametrize(
    "turn", ["I need both", "no, floods and earthquakes", "both must be in there", "both please"]
)
def test_what_was_for_choice_can_be_wanted_together(turn: str) -> None:
    assert apart("floods or earthquakes", turn) == ({"floods", "earthquakes"}, [])


@pytest.mark.parametrize(
    "turn", ["not earthquakes", "drop the topic earthquakes", "only floods", "just floods please",
             "forget earthquakes", "floods in Kenya"],
)  # fmt: skip
def test_of_a_choice_one_is_left(turn: str) -> None:
    assert apart("floods or earthquakes", turn) == ({"floods"}, [])


@pytest.mark.parametrize("turn", ["updated hourly", "on AWS", "only the free ones", "show more"])
def test_a_choice_stays_through_turns_on_other_things(turn: str) -> None:
    assert apart("floods or earthquakes", turn)[1] == [{"floods", "earthquakes"}]


def test_a_choice_goes_with_its_topics() -> None:
    assert apart("floods or earthquakes", "oceans instead") == ({"oceans"}, [])
    assert apart("floods or earthquakes", "forget the topic") == (set(), [])


def test_one_of_several_topics_or_tasks_is_dropped_by_its_name() -> None:
    assert understood(("floods and oceans", "drop the topic floods")).topics == ("oceans",)
    assert understood(("floods", "drop the topic floods")).topics == ()
    left = understood(("NER or summarization in Yoruba", "drop the task summarization"))
    assert left.tasks == ("named-entity-recognition",)
    speech = understood(("speech or translations in Hausa", "drop the task machine translation"))
    assert (speech.tasks, speech.modalities, speech.kinds_apart) == ((), ("audio",), False)


def test_a_filter_asks_for_the_tags_of_any_topic_of_a_choice() -> None:
    need = Need(topics=("radar", "floods", "oceans"), topics_apart=(("floods", "oceans"),))
    one, other = card_filter(need, NO_TONGUES, certain=True).topics
    assert "radar" in one and {"floods", "oceans"} <= other


def test_a_card_on_one_of_a_choice_lacks_nothing() -> None:
    need = Need(topics=("floods", "oceans"), topics_apart=(("floods", "oceans"),))
    wet = matches(made("a", name="Sea", tags=("oceans",)), need, NO_TONGUES)
    assert [(m.state, m.text) for m in wet] == [("yes", "oceans")]
    dry = matches(made("b", name="Sand"), need, NO_TONGUES)
    assert [(m.state, m.text) for m in dry] == [
        ("unknown", "nothing in it speaks of floods or oceans")
    ]


def test_data_on_one_of_a_choice_surely_fits(talk: Talk) -> None:
    reply = talk("data on weather or malware")
    assert [option.card.id for option in reply.options] == ["aws:rain"]
    assert (reply.total, reply.no_match) == (1, False)
    assert [chip.label for chip in reply.chips] == ["weather", "or malware"]
    assert talk(reply.chips[0].remove).need.topics == ("malware",)


def test_data_on_both_of_a_choice_comes_first(tmp_path: Path) -> None:
    one = made("one", name="Floods and floods", tags=("floods",))
    both = made("both", name="Two things", tags=("oceans", "floods"))
    with parts(tmp_path, one, both) as built:
        need = rules.read("floods or oceans").stated
        tongues = tongues_of(built.store, built.store.revision())
        found = find(
            need, store=built.store, search=built.search, tongues=tongues, top=10,
            today=date(2026, 11, 23),
        )  # fmt: skip
    assert [c.stored.card.native_id for c in found.candidates] == ["both", "one"]
    assert (found.total, found.unsure) == (2, 0)


def test_that_nothing_is_on_either_is_said(talk: Talk) -> None:
    for text in ("earthquakes or floods", "earthquakes or volcanoes", "volcanoes or floods"):
        reply = talk(f"start over. {text}, on AWS")
        assert reply.total == 0 and reply.text.startswith("Nothing in this catalogue"), text


def test_giving_up_several_topics_is_offered_and_said_for_all_of_them(talk: Talk) -> None:
    reply = talk("floods or earthquakes, satellite imagery, hourly, on AWS")
    offers = [offer for offer in reply.offers if offer.kind == "relax"]
    offer = next(offer for offer in offers if offer.say == "drop the topic")
    assert "floods or earthquakes" in offer.label and "satellite imagery" in offer.label
    assert talk(offer.say).total == int(offer.label.rpartition(": ")[2])


def test_a_need_kept_before_there_were_choices_still_loads() -> None:
    kept = '{"need": {"topics": ["floods", "oceans"], "languages_joined": "any"}}'
    state = TypeAdapter(State).validate_json(kept)
    assert (state.need.topics, state.need.topics_apart) == (("floods", "oceans"), ())
    need = Need(topics=("floods", "oceans"), topics_apart=(("floods", "oceans"),))
    stored = TypeAdapter(Need).dump_json(need, exclude_defaults=True)
    assert TypeAdapter(Need).validate_json(stored) == need


def test_a_language_model_tells_topics_for_choice() -> None:
    text = "etwas zu Wasser auf Bildern, Fluten, Meere, eins davon"
    said = {**EMPTY, "topics": ["satellite-imagery", "floods", "oceans"], "topics_joined": "any"}
    read = proposal.read(said, text)
    assert read.reading.stated.topics_apart == (("floods", "oceans"),)
    merged = merge.merge(rules.read("hm"), read).reading.stated
    assert merged.topics_apart == (("floods", "oceans"),)


def test_the_person_s_own_or_stands_where_a_model_reads_the_same_topics() -> None:
    said = {**EMPTY, "topics": ["floods", "oceans"], "topics_joined": "all"}
    text = "floods or oceans"
    merged = merge.merge(rules.read(text), proposal.read(said, text)).reading.stated
    assert merged.topics_apart == (("floods", "oceans"),)
