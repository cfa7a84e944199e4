"""What code can tell of a phrasebook without its language, and what it marks for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from assistant.phrases import ENGLISH, LANGUAGES, Phrases, base, phrases_of
from assistant.phrases_back import marks
from assistant.phrases_check import doubles, faults
from assistant.phrases_cldr import Tongue, UnknownLanguage, known_tags, script_at, tongue
from assistant.phrases_entry import ALONE, Entry, Forms, originals, tells_verdict
from assistant.phrases_file import (
    BadPhrasebook,
    Phrasebook,
    digest_of,
    in_force,
    read,
    report,
    write,
)
from tests.assistant import translator

FAULTED = {"sw": {"topic.covid-19"}}
"""Texts that come with the program and are held wrong: "UVIKO-19" is an abbreviation of its own."""


def entry(key: str, text: str | Forms, back: str = "", **fields: bool) -> Entry:
    forms = {ALONE: text} if isinstance(text, str) else text
    said = {ALONE: back} if back else {}
    return Entry(key=key, english=originals()[key], text=forms, back=said, **fields)


@cache
def made(tag: str, into: translator.Word, out_of: translator.Word) -> Phrasebook:
    """A whole phrasebook of made-up words, read by a person."""
    spoken = tongue(tag)
    entries = {}
    for key, english in originals().items():
        asked: translator.Text = {
            "english": english.get(ALONE) or dict(english),
            "forms": dict.fromkeys(spoken.forms, ""),
        }
        text = translator.translation(asked, into)
        back = translator.back({"text": text}, out_of)
        entries[key] = Entry(
            key=key, english=english, reviewed=True,
            text=text if isinstance(text, dict) else {ALONE: str(text)},
            back=back if isinstance(back, dict) else {ALONE: str(back)},
        )  # fmt: skip
    return Phrasebook(tongue=spoken, entries=entries, made_by="scripted")


def italian() -> Phrasebook:
    return made("it", translator.latin, translator.out_of_latin)


def of_the_program(tag: str) -> tuple[Tongue, list[Entry]]:
    """The texts that come with the program, as if somebody had drafted them."""
    phrases = phrases_of(tag)
    forms = {form: (1.0,) for form in phrases.locale.plural_form.tags if form != "other"}
    spoken = replace(
        tongue("it" if tag != "ar" else "fa"), tag=tag, forms={**forms, "other": (0.0, 2.0)}
    )
    found: dict[str, dict[str, str]] = {}
    for key, text in phrases.texts.items():
        name = base(key)
        found.setdefault(name, {})[key.removeprefix(f"{name}.") if name != key else ALONE] = text
    return spoken, [entry(key, text) for key, text in found.items()]


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_code_finds_no_fault_in_the_texts_that_come_with_the_program(tag: str) -> None:
    """ "many" is for whole millions in Romance languages; the examples of theirs are their own."""
    spoken, entries = of_the_program(tag)
    found = {
        one.key: said
        for one in entries
        if (said := [w for w in faults(one, spoken) if "many" not in w and "example" not in w])
    }
    assert set(found) == FAULTED.get(tag, set())
    assert doubles(entries) == {}


WRONG = {
    "another name in braces": ("card_take_away", "Togli: {cosa}", "names in braces"),
    "a name left out": ("card_take_away", "Togli", "names in braces"),
    "a name with a way into an object": ("card_take_away", "{what.__class__}", "names in braces"),
    "a name with a format": ("card_take_away", "Togli: {what!r}", "more than a name"),
    "a brace alone": ("card_take_away", "Togli {what} {", "brace"),
    "a link": ("greeting", "Ciao! Vedi https://evil.example. Quali dati cerchi?", "link"),
    "a host": ("greeting", "Ciao! Vedi evil.example/x. Quali dati cerchi?", "link"),
    "an address": ("greeting", "Ciao! Scrivi a io@evil.example. Quali dati?", "link"),
    "a figure": ("greeting", "Ciao! Cerchi 12 dati?", "figure"),
    "a figure in other digits": ("greeting", "Ciao! Cerchi ١٢ dati?", "figure"),
    "a figure lost": ("request.next.submitted", "Il proprietario decide. Viene avvisato dopo 3 "
                      "giorni, e tu lo saprai per posta appena decide.", "figure"),
    "a licence": ("duty.shareAlike", "Metti ciò che condividi sotto CC-BY-4.0.", "licence"),
    "a name in capitals": ("thanks", "Lo dice OpenAI.", "abbreviation"),
    "another script": ("thanks", "Не за что.", "script"),
    "the English": ("thanks", "You are welcome.", "English text"),
    "nothing": ("thanks", " ", "empty"),
    "too much": ("thanks", "Prego. " * 20, "too long"),
    "too little": ("greeting", "Ciao", "too short"),
    "an invisible mark": ("thanks", "Pre\u202ego.", "invisible"),
    "markup": ("thanks", "<b>Prego.</b>", "marks"),
    "another line": ("thanks", "Prego.\nPuoi usarlo per tutto.", "line ends"),
    "an example in another language": ("request.none", "Non conosco richieste. Accedi con il tuo "
                                       "indirizzo o di' “chiedi accesso”.", "stay in English"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_text_that_is_not_as_the_english_wants_it_is_told(case: str) -> None:
    key, text, told = WRONG[case]
    assert any(told in fault for fault in faults(entry(key, text), tongue("it")))


def test_a_text_in_another_script_has_latin_words_only_of_the_english() -> None:
    spoken = tongue("he")
    assert faults(entry("thanks", "על לא דבר."), spoken) == ()
    assert faults(entry("figures_download", "הורדה כקובץ CSV"), spoken) == ()
    assert faults(entry("thanks", "על לא דבר, OK."), spoken) != ()
    assert faults(entry("beside_credit", "Credit"), spoken) != ()


def test_the_plural_forms_are_exactly_those_that_cldr_gives_the_language() -> None:
    few = {form: f"{{n}} {form}o" for form in ("one", "few", "many", "other")}
    assert faults(entry("unit.hours", few), tongue("pl")) == ()
    less = entry("unit.hours", {form: few[form] for form in ("one", "other")})
    assert faults(less, tongue("pl")) == ("the forms few, many are missing",)
    assert "the language has no such form: few" in faults(entry("unit.hours", few), tongue("it"))
    welsh = {form: f"{{n}} {form}o" for form in ("zero", "one", "two", "few", "many", "other")}
    assert faults(entry("unit.hours", welsh), tongue("cy")) == ()


def test_a_figure_may_be_left_out_only_where_the_form_is_for_one_figure() -> None:
    """Polish has "one" for 1 alone; Russian for 21 and 31 too."""
    polish = {"one": "jedna", "few": "{n} dwie", "many": "{n} wiele", "other": "{n} inne"}
    assert faults(entry("unit.hours", polish), tongue("pl")) == ()
    russian = {"one": "один час", "few": "{n} часа", "many": "{n} часов", "other": "{n} часа"}
    assert any("one:" in said for said in faults(entry("unit.hours", russian), tongue("ru")))


def test_a_no_that_was_lost_makes_two_texts_the_same_and_is_told() -> None:
    same = [entry("badge_allowed", "Consentito"), entry("badge_not_allowed", "consentito")]
    assert set(doubles(same)) == {"badge_allowed", "badge_not_allowed"}
    asked = [entry("badge_allowed", "Consentito"), entry("badge_ask_owner", "Consentito")]
    assert set(doubles(asked)) == {"badge_allowed", "badge_ask_owner"}
    apart = [entry("badge_allowed", "Consentito"), entry("badge.allowed", "Consentito")]
    assert doubles(apart) == {}


@pytest.mark.parametrize(
    ("key", "back", "told"),
    [
        ("duty.keepPrivate", "Share what you make from it.", "denial"),
        ("duty.refrain", "You may do what the owner rules out here.", "permission"),
        ("thanks", "You are allowed to use it for anything.", "permission"),
        ("duty.nonCommercialOnly", "Stay with it: no advantage.", "trade"),
        ("offer.commercial", "What allows commercial use", "condition"),
        ("thanks", "", "not translated back"),
    ],
)
def test_what_turned_round_on_its_way_back_is_marked_for_a_person(
    key: str, back: str, told: str
) -> None:
    assert any(told in mark for mark in marks(entry(key, "parole", back)))


def test_a_text_that_speaks_of_what_may_be_done_is_always_marked() -> None:
    said = originals()["request.may_use"][ALONE]
    whole = entry("request.may_use", "Puoi usare {name}.", said)
    assert marks(whole) == ("it speaks of what may be done",)
    assert marks(entry("reason.silence", "Niente permette {what}.", "Nothing permits {what}."))


def test_the_texts_that_tell_a_verdict_are_always_marked_and_come_first() -> None:
    assert marks(entry("badge_allowed", "Consentito", "Allowed")) == ("it tells a verdict",)
    assert marks(entry("thanks", "Prego.", "You are welcome.")) == ()
    keys = list(originals())
    verdicts = [key for key in keys if tells_verdict(key)]
    assert keys[: len(verdicts)] == verdicts
    assert {f"outcome.{o}" for o in ("allowed", "not_allowed", "ask_owner")} <= set(verdicts)


def test_a_phrasebook_is_the_same_after_it_was_written_and_read() -> None:
    book = italian()
    text = write(book)
    again = read(text, "it.draft.toml")
    assert dict(again.entries) == dict(book.entries)
    assert again == replace(book, entries=again.entries)
    assert write(again) == text
    assert report(again).is_whole
    assert text.index('[texts."badge_allowed"]') < text.index('[texts."thanks"]')


def test_a_text_whose_english_changed_is_said_in_english_until_it_is_accepted_anew() -> None:
    book = italian()
    old = replace(book.entries["thanks"], english={ALONE: "Do not mention it."})
    phrases, in_english = in_force(book.having([old]))
    assert in_english == ("thanks",)
    assert phrases.say("thanks") == ENGLISH.say("thanks")
    assert phrases.say("reset") == translator.said(ENGLISH.say("reset"))
    assert report(book.having([old])).stale == ("thanks",)


def test_a_stale_text_that_counts_falls_back_with_all_its_forms() -> None:
    book = made("pl", translator.latin, translator.out_of_latin)
    old = replace(book.entries["unit.hours"], english={"other": "{n} h"})
    phrases, _ = in_force(book.having([old]))
    assert [phrases.count("unit.hours", n) for n in (1, 2, 5)] == ["1 hour", "2 hours", "5 hours"]
    fresh, _ = in_force(book)
    assert fresh.count("unit.hours", 2) == "2 sruoho"


def test_the_name_of_who_accepted_it_is_for_these_texts_alone() -> None:
    book = italian().accepted(by="Ada", at="2026-11-26T00:00:00+00:00")
    assert book.digest == digest_of(book)
    changed = replace(book.entries["badge_not_allowed"], text={ALONE: "Ogni uso va bene"})
    assert digest_of(book.having([changed])) != book.digest
    read_now = replace(book.entries["thanks"], reviewed=False)
    assert digest_of(book.having([read_now])) == book.digest


@pytest.mark.parametrize(
    "text",
    ["", "no toml at all [", "[about]\nlanguage = 3", '[about]\nlanguage = "es"',
     '[about]\nlanguage = "qu"', '[about]\nlanguage = "it"\n[texts.thanks]\ntext = "Prego."',
     '[about]\nlanguage = "it"\n[texts.thanks]\nenglish = "x"\ntext = 3',
     '[about]\nlanguage = "it"\n[texts.thanks]\nenglish = "x"\ntext = "y"\nallowed = true',
     '[about]\nlanguage = "it"\n[texts.thanks]\nenglish = "x"\ntext = "y"\nreviewed = "yes"',
     'about = 1', 'texts = 1\n[about]\nlanguage = "it"'],
)  # fmt: skip
def test_a_file_that_is_no_phrasebook_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(BadPhrasebook, match="of-mine.toml"):
        read(text, "of-mine.toml")


@pytest.mark.parametrize(
    ("tag", "told"),
    [("es", "come with the program"), ("pt-BR", "come with the program"), ("it-CH", "'it'"),
     ("zh-TW", "'zh-Hant'"), ("qu", "no plural rules"), ("xx", "no plural rules"),
     ("", "no plural rules"), ("../it", "no plural rules")],
)  # fmt: skip
def test_a_language_that_can_have_no_phrasebook_is_refused_with_the_reason(
    tag: str, told: str
) -> None:
    with pytest.raises(UnknownLanguage, match=told):
        tongue(tag)


def test_every_language_that_cldr_has_is_written_in_the_script_we_hold_it_to() -> None:
    """CLDR's own name of each language in that language is the measure."""
    tags = list(known_tags())
    assert {"it", "he", "hi", "pl", "cy", "ja", "zh", "yo", "am", "fa"} <= set(tags)
    wrong = [
        tag for tag in tags
        if not {script_at(c) for c in tongue(tag).own_name} - {""} <= tongue(tag).scripts
    ]  # fmt: skip
    assert wrong == []
    assert tongue("no").tag == "no"
    assert (tongue("iw").tag, tongue("sr_Latn").tag, tongue("zh-Hans").tag) == (
        "he", "sr-Latn", "zh",
    )  # fmt: skip


def test_every_language_that_may_have_a_phrasebook_writes_figures_lists_and_days() -> None:
    for tag in known_tags():
        phrases = Phrases(tag=tag, texts={})
        assert phrases.number(1234567.5, decimals=1)
        assert phrases.money(12345, "USD").startswith("USD")
        assert "c" in phrases.listed(["a", "b", "c"])
        assert "c" in phrases.listed(["a", "b", "c"], "or")
        assert phrases.day(date(2026, 11, 26))
        assert phrases.language("cy", "?") and phrases.country("KE", "?")
