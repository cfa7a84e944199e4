from __future__ import annotations

from pathlib import Path

import pytest

from assistant.need import Asker
from assistant.reply import Question
from assistant.wording_letter import grounded
from tests.assistant.aided import aided
from tests.openai_server import Say

PURPOSE = "we at Llais train 2 speech model for welsh buses, data stay in Wales, not commercial"
WHO = Question(text="", conversation="talk", asker=Asker(id="someone"))


@pytest.mark.parametrize(
    "draft",
    [
        "We at Llais train 2 speech models for buses in Wales. The data stay in Wales.",
        "I want to train speech models for Welsh buses. My use is not commercial.",
    ],
)
def test_a_clearer_draft_is_taken(draft: str) -> None:
    assert grounded(draft, PURPOSE) == draft


@pytest.mark.parametrize(
    "added",
    ["We will pay 500 dollars.", "We have the owner's consent.", "I agree to every licence.",
     "Write to me at jane@uni.example.", "See https://evil.example.", "Cardiff University helps.",
     "We train 3 models.", "The ministry approved this.", "We promise to delete it.",
     "See evil.example for more."],
)  # fmt: skip
def test_what_the_person_did_not_say_is_left_out(added: str) -> None:
    draft = f"I want to train speech models for buses. {added}"
    assert grounded(draft, PURPOSE) == "I want to train speech models for buses."


def test_a_draft_comes_from_the_model_and_files_nothing(tmp_path: Path) -> None:
    with aided(tmp_path, Say(text="We train models for Welsh buses. We will pay.")) as talk:
        assert talk.desk.clearer(PURPOSE, WHO) == "We train models for Welsh buses."
        assert "jane@x.example" not in (talk.desk.clearer("jane@x.example helps", WHO) or "")
        assert all("jane@x.example" not in sent for sent in talk.server.prompts)
        assert talk.desk.office.mine(WHO.asker) == ()


def test_without_an_answer_the_person_s_own_words_stay(tmp_path: Path) -> None:
    with aided(tmp_path, Say(status=500)) as talk:
        assert talk.desk.clearer(PURPOSE, WHO) is None
