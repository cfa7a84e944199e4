"""Every word that may follow /datasets, over HTTP with real signatures."""

from __future__ import annotations

import json

import pytest

from tests.faces.slack.fake import Body, FakeSlack, until
from tests.faces.slack.sender import Sender, button, elements, text_of


def answer(slack: FakeSlack, path: str) -> Body:
    """The one answer that came."""
    until(lambda: slack.answered(path))
    found = slack.answered(path)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("words", ["Welsh speech", "find Welsh speech", "FIND Welsh speech"])
def test_words_are_searched_for_and_answered_to_the_asker_alone(
    say: Sender, slack: FakeSlack, words: str
) -> None:
    told = answer(slack, say.command(words))
    assert told["response_type"] == "ephemeral"
    text = text_of(told)
    assert "1. Welsh Read Sentences" in text
    assert "CC0-1.0" in text
    assert "Open download" in text
    assert {e["action_id"] for e in elements(told)} >= {"terms", "open", "share"}


def test_a_card_is_compared_with_another_one_of_its_list(say: Sender, slack: FakeSlack) -> None:
    told = answer(slack, say.command("Basque speech"))
    menu = button(told, "compare")
    beside = answer(slack, say.press(menu))
    assert "Side by side" in text_of(beside)
    assert "Basque Voices" in text_of(beside)
    assert "Basque Radio" in text_of(beside)


def test_more_shows_the_next_page_once_however_often_it_is_pressed(
    say: Sender, slack: FakeSlack
) -> None:
    first = answer(slack, say.command("speech data"))
    more = button(first, "more")
    for _ in range(3):
        say.press(more, path="more", message="7.7")
    second = answer(slack, "more")
    assert "6. " in text_of(second)
    names = {e["value"] for e in elements(first) if e["action_id"] == "terms"}
    later = {e["value"] for e in elements(second) if e["action_id"] == "terms"}
    assert names and later and not names & later


def test_what_was_understood_can_be_taken_away_by_a_button(say: Sender, slack: FakeSlack) -> None:
    told = answer(slack, say.command("Welsh speech with at least 500 hours"))
    chip = next(e for e in elements(told) if "500" in json.dumps(e))
    wider = answer(slack, say.press(chip))
    assert "1. Welsh Read Sentences" in text_of(wider)


def test_an_answer_is_shared_in_its_channel_once_with_who_shared_it(
    say: Sender, slack: FakeSlack
) -> None:
    told = answer(slack, say.command("Welsh speech"))
    share = button(told, "share")
    for _ in range(2):
        say.press(share, path="shared")
    shown = answer(slack, "shared")
    assert shown["response_type"] == "in_channel"
    assert '"user_id": "U1"' in json.dumps(shown)
    assert "Welsh Read Sentences" in text_of(shown)
    kinds = {str(e["action_id"]) for e in elements(shown)}
    assert "terms" in kinds
    assert not any(kind.startswith(("say", "more", "share")) for kind in kinds)


def test_in_a_direct_message_there_is_nobody_to_share_with(say: Sender, slack: FakeSlack) -> None:
    told = answer(slack, say.command("Welsh speech", channel="DU1"))
    assert "share" not in {e["action_id"] for e in elements(told)}


def test_terms_are_told_for_a_use_with_their_clauses(say: Sender, slack: FakeSlack) -> None:
    told = answer(slack, say.command("terms Basque Radio for a product we sell"))
    assert "Not allowed" in text_of(told)
    assert "CC-BY-NC-4.0" in text_of(told)
    assert "not legal advice" in text_of(told)
    by_act = answer(slack, say.command("terms voices:eu-free commercial_use"))
    assert "Not allowed" in text_of(by_act)
    allowed = answer(slack, say.command("terms Basque Voices commercial_use"))
    assert "Allowed" in text_of(allowed)


def test_a_name_that_may_mean_several_is_asked_back_with_buttons(
    say: Sender, slack: FakeSlack
) -> None:
    told = answer(slack, say.command("terms Basque"))
    assert "Which one do you mean?" in text_of(told)
    chosen = answer(slack, say.press(button(told, "terms")))
    assert "Basque" in text_of(chosen)
    assert "not legal advice" in text_of(chosen)


def test_a_name_that_nothing_has_is_not_guessed(say: Sender, slack: FakeSlack) -> None:
    told = answer(slack, say.command("terms Zzyzx"))
    assert "No dataset is called “Zzyzx”" in text_of(told)


@pytest.mark.parametrize(
    "words",
    [
        "voices:eu voices:sw",
        "Basque Voices and Swahili Voices",
        "Basque Voices, Swahili Voices",
        '"Basque Voices" "Swahili Voices"',
        "Basque Voices Swahili Voices",
        "Basque Voices vs voices:sw",
    ],
)
def test_two_datasets_are_compared_however_they_are_named(
    say: Sender, slack: FakeSlack, words: str
) -> None:
    text = text_of(answer(slack, say.command(f"compare {words}")))
    assert "Basque Voices" in text
    assert "Swahili Voices" in text
    assert "Licence: " in text


def test_figures_come_as_a_table_and_a_picture_with_its_words(
    say: Sender, slack: FakeSlack
) -> None:
    told = answer(slack, say.command("coverage hours of speech by language"))
    blocks = told["blocks"]
    assert isinstance(blocks, list)
    picture = next(block for block in blocks if block["type"] == "image")
    assert picture["alt_text"].startswith("Bar chart, ")
    assert "Swahili 412" in picture["alt_text"]
    assert slack.uploaded[picture["slack_file"]["id"]].startswith(b"\x89PNG")
    assert "Swahili" in text_of(told)
    assert "412" in text_of(told)


def test_figures_come_without_a_picture_where_slack_takes_none(
    say: Sender, slack: FakeSlack
) -> None:
    slack.refusing["files.getUploadURLExternal"] = "missing_scope"
    told = answer(slack, say.command("coverage hours of speech by language"))
    assert "Swahili" in text_of(told)
    assert "image" not in {block["type"] for block in told["blocks"]}  # type: ignore[attr-defined]


def test_words_that_ask_for_no_figure_are_counted_by_language(
    say: Sender, slack: FakeSlack
) -> None:
    assert "Irish" in text_of(answer(slack, say.command("coverage speech")))


@pytest.mark.parametrize("words", ["", "help"])
def test_help_names_every_word(say: Sender, slack: FakeSlack, words: str) -> None:
    text = text_of(answer(slack, say.command(words)))
    for word in ("find", "terms", "compare", "coverage"):
        assert f"/datasets {word}" in text


def test_what_was_said_is_forgotten_on_demand(say: Sender, slack: FakeSlack) -> None:
    answer(slack, say.command("Welsh speech"))
    assert "Forgotten: 1 " in text_of(answer(slack, say.command("forget")))
