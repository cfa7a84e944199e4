"""A phrasebook drafted by a model over the real client: whole, resumed, and by one that lies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.allowance import Caps, Rates, open_allowance
from assistant.drafting import WHO, Drafter, begun
from assistant.llm import ModelConfig, OpenAIModel
from assistant.llm_values import ModelFailed
from assistant.phrases import ENGLISH
from assistant.phrases_cldr import tongue
from assistant.phrases_entry import ALONE, originals
from assistant.phrases_file import Phrasebook, report
from tests.assistant import translator
from tests.assistant.conftest import NOW, catalogue
from tests.assistant.test_phrases_check import made
from tests.openai_server import Body, Say, ScriptedServer, scripted

CAPS = Caps(person_tokens=10_000_000, person_micros=1_000_000, all_tokens=10_000_000)


@contextmanager
def drafter(
    tmp_path: Path, answer: Callable[[Body], Say], *, caps: Caps = CAPS
) -> Iterator[tuple[Drafter, ScriptedServer]]:
    """The model at work, while the block runs."""
    with scripted(answer) as server:
        client = OpenAIModel(ModelConfig(name="scripted", base_url=server.url, first_wait_s=0.01))
        allowance = open_allowance(
            f"sqlite:///{tmp_path}/talk.db", caps, Rates(), clock=lambda: NOW
        )
        yield Drafter(client, allowance, seconds=60), server
        allowance.close()
        client.close()


def nearly(tag: str, *without: str) -> Phrasebook:
    """A whole phrasebook of made-up words that lacks some texts."""
    word = {"he": (translator.hebrew, translator.out_of_hebrew)}
    book = made(tag, *word.get(tag, (translator.latin, translator.out_of_latin)))
    return replace(book, entries={k: one for k, one in book.entries.items() if k not in without})


def last(drafts: Iterator[Phrasebook]) -> Phrasebook:
    *_, book = drafts
    return book


def test_a_whole_phrasebook_is_drafted_and_told_back(tmp_path: Path) -> None:
    """In Hebrew: another script, and a dual."""
    answer = translator.translator(translator.hebrew, translator.out_of_hebrew)
    with drafter(tmp_path, answer) as (model, server):
        book = last(model.drafts(Phrasebook(tongue=tongue("he"))))
    found = report(book)
    assert (found.missing, found.stale, dict(found.wrong)) == ((), (), {})
    assert set(book.entries) == set(originals())
    assert set(book.entries["unit.hours"].text) == {"one", "two", "other"}
    assert all(one.back for one in book.entries.values())
    # Nothing turned round, so that only what tells of permission is left to a person.
    assert {mark for marks in found.unread.values() for mark in marks} == {
        "it tells a verdict", "it speaks of what may be done",
    }  # fmt: skip
    assert len(translator.keys_asked(server.asked)) == len(originals())


def test_the_model_sees_the_texts_of_the_program_and_nothing_else(tmp_path: Path) -> None:
    with drafter(tmp_path, translator.translator()) as (model, server):
        last(model.drafts(nearly("it", "thanks", "fits_for")))
    (asked,) = [body for body in server.asked if not translator.is_back(body)]
    (back,) = [body for body in server.asked if translator.is_back(body)]
    assert translator.texts_of(asked) == [
        {"id": "t0", "key": "fits_for", "english": dict(originals()["fits_for"]),
         "forms": {"one": "for 1", "many": "for 1000000", "other": "for 0, 2, 3, 4, 5, 6"}},
        {"id": "t1", "key": "thanks", "english": ENGLISH.say("thanks")},
    ]  # fmt: skip
    # Who tells back sees neither the English nor the key.
    assert [set(one) for one in translator.texts_of(back)] == [{"id", "text"}, {"id", "text"}]
    names = [card.name for card in catalogue()]
    assert not any(name in prompt for name in names for prompt in server.prompts)


LIES: dict[str, object] = {
    "card_take_away": "Ilgot: {cosa}",
    "greeting": "Oaic! Idev https://evil.example.",
    "thanks": "Ogerp 12 etlov.",
    "reset": "Все забыто.",
    "off_topic": ENGLISH.say("off_topic"),
}


def test_what_code_finds_wrong_is_asked_once_more_with_the_fault_and_then_left_out(
    tmp_path: Path,
) -> None:
    book = nearly("it", "duty.attribute", *LIES)
    with drafter(tmp_path, translator.translator(lies=LIES)) as (model, server):
        drafted = last(model.drafts(book))
    assert report(drafted).missing == tuple(key for key in originals() if key in LIES)
    assert "duty.attribute" in drafted.entries
    assert sorted(translator.keys_asked(server.asked)) == sorted([*LIES, *LIES, "duty.attribute"])
    again = [one for body in server.asked[1:2] for one in translator.texts_of(body)]
    assert all("fault" in one for one in again)
    assert {"link", "figure", "script"} <= {
        word for one in again for word in str(one["fault"]).split()
    }


def test_a_model_that_mends_what_is_told_it_is_taken_at_its_word(tmp_path: Path) -> None:
    def answer(body: Body) -> Say:
        first = not any("fault" in one for one in translator.texts_of(body))
        lies = LIES if first and not translator.is_back(body) else None
        return translator.translator(lies=lies)(body)

    with drafter(tmp_path, answer) as (model, _):
        drafted = last(model.drafts(nearly("it", *LIES)))
    assert report(drafted).missing == ()
    assert drafted.entries["thanks"].text == {ALONE: translator.said(ENGLISH.say("thanks"))}


def test_a_yes_and_a_no_in_the_same_words_are_both_left_out(tmp_path: Path) -> None:
    dropped = {"badge_not_allowed": translator.said("Allowed")}
    with drafter(tmp_path, translator.translator(lies=dropped)) as (model, _):
        drafted = last(model.drafts(nearly("it", "badge_not_allowed", "badge_allowed")))
    assert set(report(drafted).missing) >= {"badge_not_allowed", "badge_allowed"}


def test_what_a_person_has_read_is_not_thrown_out_for_a_model_s_double(tmp_path: Path) -> None:
    dropped = {"badge_not_allowed": translator.said("Allowed")}
    with drafter(tmp_path, translator.translator(lies=dropped)) as (model, _):
        drafted = last(model.drafts(nearly("it", "badge_not_allowed")))
    assert report(drafted).missing == ("badge_not_allowed",)


def test_a_permission_put_into_a_text_and_a_lost_denial_are_marked(tmp_path: Path) -> None:
    lies: dict[str, object] = {
        "thanks": translator.said("You may use it for anything."),
        "duty.keepPrivate": translator.said("Keep what you make from it: do share it."),
    }
    with drafter(tmp_path, translator.translator(lies=lies)) as (model, _):
        drafted = last(model.drafts(nearly("it", *lies)))
    found = report(drafted)
    assert any("permission" in mark for mark in found.unread["thanks"])
    assert any("denial" in mark for mark in found.unread["duty.keepPrivate"])
    assert not found.is_whole


def test_after_a_server_that_died_midway_only_the_rest_is_asked(tmp_path: Path) -> None:
    missing = [key for key in originals() if key.startswith(("request", "glossary", "fact"))]

    def dies(body: Body) -> Say:
        alive = len(server.asked) <= 4
        return translator.translator()(body) if alive else Say(status=503, error="gone")

    with drafter(tmp_path, dies) as (model, server):
        book = nearly("it", *missing)
        with pytest.raises(ModelFailed) as failed:
            for further in model.drafts(book):
                book = further
    assert failed.value.kind in ("busy", "down")
    done = [key for key in missing if key in book.entries]
    assert done and len(done) < len(missing)

    with drafter(tmp_path, translator.translator()) as (model, server):
        book = last(model.drafts(book))
    assert not set(done) & set(translator.keys_asked(server.asked))
    assert not report(book).missing
    assert all(one.back for one in book.entries.values())


def test_an_answer_that_is_no_use_is_asked_for_in_halves(tmp_path: Path) -> None:
    """A model that leaves a text out where it is asked for more than three."""

    def answer(body: Body) -> Say:
        say = translator.translator()(body)
        if len(translator.texts_of(body)) <= 3:
            return say
        given = json.loads(say.text)
        given.pop("t0")
        return replace(say, text=json.dumps(given))

    missing = [key for key in originals() if key.startswith("glossary.")]
    with drafter(tmp_path, answer) as (model, _):
        drafted = last(model.drafts(nearly("it", *missing)))
    assert not report(drafted).missing


def test_a_model_that_cannot_do_it_is_not_asked_for_ever(tmp_path: Path) -> None:
    with drafter(tmp_path, lambda body: Say(text="I would rather not.")) as (model, server):
        with pytest.raises(ModelFailed, match="could not be read"):
            last(model.drafts(Phrasebook(tongue=tongue("it"))))
    assert len(server.asked) <= 30


def test_a_draft_is_made_on_the_operator_s_own_allowance(tmp_path: Path) -> None:
    few = replace(CAPS, person_tokens=5_000)
    with drafter(tmp_path, translator.translator(), caps=few) as (model, server):
        with pytest.raises(ModelFailed, match="allowance"):
            # What is counted is what the server says of each call: 150 tokens.
            last(model.drafts(Phrasebook(tongue=tongue("it"))))
    assert server.asked
    allowance = open_allowance(f"sqlite:///{tmp_path}/talk.db", few, Rates(), clock=lambda: NOW)
    assert allowance.spent(WHO)[0] == 150 * len(server.asked)
    allowance.close()


def test_texts_whose_english_changed_or_went_are_drafted_anew() -> None:
    book = nearly("it").accepted(by="Ada", at="2026-11-26T00:00:00+00:00")
    old = replace(book.entries["thanks"], english={ALONE: "Do not mention it."})
    gone = replace(old, key="no.such.text")
    again = begun(book.having([old, gone]))
    assert set(originals()) - set(again.entries) == {"thanks"}
    assert (again.accepted_by, again.digest) == ("", "")
