"""What a person does not want comes last and is no sure fit; nothing is shut out by a word."""

from __future__ import annotations

from pathlib import Path

from assistant.desk import Desk
from assistant.need import Asker
from assistant.reply import Question, Reply
from tests.assistant.conftest import made, parts
from tests.evals.paraphrases import facts, understood

ASKER = Asker(id="someone")
CARDS = (
    made("boats", name="Boats at sea", tags=("lidar",), summary="Boats scanned by laser."),
    made("roads", name="Roads", tags=("lidar",), summary="Streets scanned by laser."),
)


def talk(folder: Path, *turns: str) -> Reply:
    with parts(folder, *CARDS) as found:
        desk = Desk(found)
        said = [Question(text=turn, conversation="one", asker=ASKER) for turn in turns]
        return [desk.ask(question) for question in said][-1]


def test_data_on_what_is_not_wanted_comes_last_and_says_why(tmp_path: Path) -> None:
    reply = talk(tmp_path, "lidar", "no boats")
    assert [option.card.name for option in reply.options] == ["Roads", "Boats at sea"]
    assert reply.total == 1
    last = [(m.state, m.text) for m in reply.options[-1].matches]
    assert ("unknown", "it speaks of boats, which is not wanted") in last
    assert [chip.label for chip in reply.chips] == ["lidar", "not boats"]


def test_it_is_wanted_again_where_its_chip_is_removed_or_a_turn_says_so(tmp_path: Path) -> None:
    assert talk(tmp_path / "a", "lidar", "no boats", "drop the exclusions").total == 2
    assert talk(tmp_path / "b", "lidar, no boats", "boats are fine after all").total == 2


def test_what_was_asked_for_and_is_given_up_is_not_avoided() -> None:
    assert facts(understood(("ocean data", "drop the oceans"))) == {}
    need = understood(("satellite images", "no radar", "radar is fine after all"))
    assert facts(need) == {"topics": ["satellite-imagery"]}


def test_words_that_name_no_thing_are_not_avoided() -> None:
    for said in ("no idea what there is in Welsh", "Welsh, no hurry", "Welsh, without asking"):
        assert "avoid" not in facts(understood((said,))), said


def test_words_that_stand_together_are_one_thing() -> None:
    need = understood(("Hausa speech without background noise",))
    assert need.avoid == ("background noise",)
