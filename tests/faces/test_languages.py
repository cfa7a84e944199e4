"""What the faces say of their own, in each of the seven languages: no label is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from assistant.access import form, words
from assistant.access.values import Answers, OwnerQuestion, Refusal, RefusalKind, RequestForm
from assistant.faces import elements, elements_beside, elements_request, render, transcript, written
from assistant.faces import elements_labels as labels
from assistant.faces import slack_blocks as blocks
from assistant.faces.elements_labels import Props
from assistant.phrases import ENGLISH, LANGUAGES, Phrases, phrases_of
from assistant.reply import AskBack, Chip, Match, Offer, Reply
from assistant.terms.values import SEVERITY
from catalog_sync.card import Size
from catalog_sync.clauses import Price, Terms
from tests import fakes
from tests.assistant.access import facts

OTHERS = [tag for tag in LANGUAGES if tag != "en"]
JSX = Path(__file__).parents[2] / "assistant/faces/chat/public/elements"
PUBLISHED = re.compile(r"Test licence|Nobody|CC0|CC-BY|Given Voices|Llais|Mara|https?:\S+")
PRICED = Price(owner_cents=50_000, currency="USD", platform_fee_cents=2_500)
FULL = Size(hours=1234.5, validated_hours=12.25, speakers=3, records_at_least=1000,
            records_below=10_000, bytes=4_200_000_000)  # fmt: skip


def strings(value: object) -> Iterator[str]:
    """Every text in props."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


def english_labels() -> set[str]:
    """Every text of more than one word that a face or a form says in English."""
    return {text for text in ENGLISH.texts.values() if " " in text.strip() and "{" not in text}


def spoken(tag: str) -> Reply:
    """A reply with everything that a face adds words to."""
    full = fakes.card(
        name="Llais", languages=("cy", "en", "fr", "sw", "luo", "ga"), size=FULL,
        terms=Terms(licence_stated=(), access="on_request", price=PRICED),
    )  # fmt: skip
    shown = fakes.option(full, why="*", matches=(Match(field="x", state="unknown", text="?"),),
                         copies=("mdc:1",))  # fmt: skip
    plain = fakes.card(name="Llais")
    judged = [fakes.option(plain, why="*", verdict=fakes.verdict(each)) for each in SEVERITY]
    return replace(
        fakes.reply(shown, *judged),
        language=tag, nearest=(shown,), notices=("!",),
        chips=(Chip(field="languages", label="*", remove="not Welsh"),),
        questions=(AskBack(text="?", field="use", answers=(("+", "for a product"),)),),
        offers=(Offer(kind="say", label="-", say="only commercial use"),),
    )  # fmt: skip


def made_by_faces(tag: str) -> dict[str, object]:
    """Everything that the elements of the chat are given, without what is said in commands."""
    phrases = phrases_of(tag)
    asked = replace(facts.judged(price=PRICED), questions=(OwnerQuestion(id="q", text="?"),))
    known = RequestForm(judged=asked, answers=Answers(acts=("commercial_use",)),
                        missing=form.missing(asked, Answers()))  # fmt: skip
    request = replace(facts.request_in("approved"), judged=asked, conditions="*")
    today = facts.NOW.date()
    return {
        "results": elements.results(spoken(tag)),
        "more": elements.more(spoken(tag)),
        "beside": elements_beside.beside(
            fakes.card(), fakes.verdict(), paragraph="*", credit="*", snippets=(), phrases=phrases
        ),
        "fill": elements_request.fill(known, phrases=phrases),
        "review": elements_request.review(request, known, phrases=phrases),
        "address": elements_request.address(request, phrases=phrases),
        "standing": elements_request.standing(request, today=today, phrases=phrases),
        "public": elements_request.open_to_all(known, phrases),
        "forget": labels.of("forget", phrases),
        "export": labels.of("export", phrases),
    }


@pytest.mark.parametrize("tag", OTHERS)
def test_no_label_that_the_page_is_given_is_english(tag: str) -> None:
    english = english_labels()
    for name, props in made_by_faces(tag).items():
        left = {text for text in strings(props) if text in english}
        # The texts of agreements are accepted, and kept on record, as they were published.
        left -= {each.text for each in facts.judged().agreements}
        assert left == set(), name


@pytest.mark.parametrize("tag", OTHERS)
def test_a_card_is_told_in_the_language_of_the_reply(tag: str) -> None:
    for text in (written.plain(spoken(tag)), written.markdown(spoken(tag))):
        shown = PUBLISHED.sub("", text.replace("\\", ""))
        found = re.search(
            r"\b(Allowed|Not allowed|hours?|records|speakers|validated|fee|nearest|Note|and \d more"
            r"|approves|stated|Welsh|French)\b",
            shown,
        )
        assert found is None, found


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_page_element_has_the_words_it_asks_for_and_no_others(tag: str) -> None:
    for file in sorted(JSX.glob("*.jsx")):
        code = file.read_text(encoding="utf-8")
        asked = set(re.findall(r"\bwords\.(\w+)", code))
        given = set(labels.named(f"{file.stem.lower()}_", phrases_of(tag)))
        assert asked == given, file.name


def test_a_page_element_says_nothing_of_its_own() -> None:
    """Words between tags, or in an attribute that is read out, come from the server."""
    for file in sorted(JSX.glob("*.jsx")):
        code = re.sub(r"//[^\n]*", "", file.read_text(encoding="utf-8"))
        assert re.findall(r">\s*[A-Za-z][a-z]+ [^<{}=]*<", code) == [], file.name
        assert re.findall(r'(?:aria-label|title|placeholder)="([^"]+)"', code) == [], file.name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_refusal_and_event_has_words(tag: str) -> None:
    phrases = phrases_of(tag)
    for kind in get_args(RefusalKind):
        for values in ((), ("at most 4000 characters",)):
            refused = Refusal(kind=kind, field="purpose", values=values)
            said = words.refusal(refused, phrases)
            assert said
            assert (said == words.refusal(refused)) == (tag == "en"), kind


def test_what_was_expected_of_an_answer_is_said_in_the_language() -> None:
    spanish = phrases_of("es")
    for answers, told in (
        (Answers(purpose="x" * 5000), "como máximo 4000 caracteres"),
        (Answers(name="a\nb"), "una sola línea de texto"),
        (Answers(country="XX"), "un país"),
    ):
        wrong = form.wrong(facts.judged(), answers)
        assert wrong is not None
        refused = Refusal(kind="bad_answer", field=wrong[0], values=(wrong[1],))
        assert told in words.refusal(refused, spanish)


@pytest.mark.parametrize("tag", OTHERS)
def test_the_form_asks_in_the_language_and_takes_the_same_answers(tag: str) -> None:
    english = form.asks(facts.judged())
    for ask, own in zip(english, form.asks(facts.judged(), phrases_of(tag)), strict=True):
        assert (ask.field, ask.kind, ask.required) == (own.field, own.kind, own.required)
        assert {code for code, _ in ask.choices} == {code for code, _ in own.choices}
        assert ask.question != own.question


def test_countries_stand_in_the_order_of_their_names() -> None:
    asks = form.asks(facts.judged(), phrases_of("es"))
    names = [name for _, name in next(ask for ask in asks if ask.field == "country").choices]
    assert names.index("Alemania") < names.index("Argelia") < names.index("Zambia")
    assert abs(names.index("Ángola") if "Ángola" in names else names.index("Angola")) < 20


def test_what_is_accepted_stays_as_it_is_on_record() -> None:
    request = facts.request_in("draft")
    asked = RequestForm(judged=request.judged, answers=facts.ANSWERS, missing=())
    here = elements_request.review(request, asked, phrases=phrases_of("de"))
    there = elements_request.review(request, asked)
    for own, english in zip(_agreements(here), _agreements(there), strict=True):
        assert (own["text"], own["sha256"]) == (english["text"], english["sha256"])
        assert own["gloss"] and not english["gloss"]


def _agreements(props: Props) -> list[dict[str, object]]:
    found = props["agreements"]
    assert isinstance(found, list)
    return found


def test_a_pressed_button_shows_its_label_and_says_its_command() -> None:
    spanish = elements.results(spoken("es"))
    english = elements.results(spoken("en"))
    assert spanish is not None and english is not None
    assert _first(spanish, "chips")["say"] == _first(english, "chips")["say"] == "any language"
    assert _first(spanish, "chips")["shown"] == "Quitar: *"
    assert _first(english, "chips")["shown"] == "any language"
    assert _first(spanish, "offers")["shown"] == "-"
    assert _first(english, "offers")["shown"] == "only commercial use"


def _first(props: Props, name: str) -> dict[str, object]:
    found = props[name]
    assert isinstance(found, list)
    return dict(found[0])


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("en", "1,234 h, 12.2 h validated, 3 speakers, 1,000 to 10,000 records, 4.2 GB"),
        ("de", "1.234 Std., 12,2 Std. geprüft, 3 Sprecher, 1.000 bis 10.000 Datenpunkte, 4,2 GB"),
        ("sw", "saa 1,234, saa 12.2 zilizothibitishwa, wazungumzaji 3, rekodi 1,000 hadi 10,000, "
               "4.2 GB"),
    ],
)  # fmt: skip
def test_figures_of_a_card_are_written_as_the_language_does(tag: str, line: str) -> None:
    assert render.size_line(FULL, phrases_of(tag)) == line


def test_latin_words_keep_their_order_within_arabic() -> None:
    arabic = phrases_of("ar")
    assert render.isolated("CC-BY 4.0", arabic) == "\u2068CC-BY 4.0\u2069"
    assert render.isolated("CC-BY 4.0", ENGLISH) == "CC-BY 4.0"
    assert labels.of("results", arabic)["dir"] == "rtl"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_exported_talk_names_who_spoke_in_the_language(tag: str) -> None:
    phrases: Phrases = phrases_of(tag)
    said = [transcript.person("Hola"), transcript.answered(spoken(tag))]
    at = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
    text = transcript.markdown(said, title="Hola", at=at, phrases=phrases)
    assert f"**{phrases.say('kept_you')}** Hola" in text
    assert phrases.say("kept_caution") in text


@pytest.mark.parametrize("tag", OTHERS)
def test_slack_shows_the_same_labels_and_hides_the_hint_when_shared(tag: str) -> None:
    bound = blocks.Bound(user="U1", conversation="slack:T1:direct:D1:", shown="k")
    message = blocks.reply(spoken(tag), bound)
    texts = set(strings([dict(block) for block in message.blocks]))
    assert texts & english_labels() == set()
    hint = phrases_of(tag).say("slack_understood")
    assert hint in texts
    assert hint not in set(strings([dict(b) for b in blocks.shared(message, "U1").blocks]))
