"""A desk that answers in a language whose phrasebook people accepted, with and without a model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from rich.console import Console

from assistant.desk import Desk
from assistant.faces import elements, slack_blocks, terminal
from assistant.need import Asker
from assistant.phrases import ENGLISH, Books, Phrases
from assistant.phrases_file import in_force
from assistant.reply import Question, Reply
from assistant.spoken import language_of, settled
from assistant.use import Use
from tests.assistant import translator
from tests.assistant.aided import aided, reading, script
from tests.assistant.conftest import parts
from tests.assistant.test_phrases import SPOKEN_FEW, SPOKEN_WORDS
from tests.assistant.test_phrases_check import made
from tests.assistant.test_replies import PRESSED, leaks, strings, turns
from tests.openai_server import Body, Say, asks_to_understand

LINE = "You seem to write in {}. There is no phrasebook for it here yet"
WORDS = {
    "it": (translator.latin, translator.out_of_latin),
    "he": (translator.hebrew, translator.out_of_hebrew),
    "pl": (translator.polish, translator.out_of_polish),
}


@cache
def book(tag: str) -> Phrases:
    """The phrasebook of a language in made-up words."""
    return in_force(made(tag, *WORDS[tag]))[0]


@cache
def books() -> Books:
    return Books(accepted=(book("it"), book("he"), book("pl")))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with parts(tmp_path) as own:
        yield Desk(replace(own, books=books()))


def spoken(tag: str) -> str:
    """A turn in the made-up words, which no rule understands, and no English word is in."""
    said = "Tell me what the data is for, and I look through the catalogue."
    return translator.said(said, WORDS[tag][0])


@pytest.mark.parametrize("tag", ["it", "he", "pl"])
def test_a_whole_talk_has_no_english_word_but_what_is_quoted(desk: Desk, tag: str) -> None:
    found, intents = [], set()
    for said, reply in turns(desk, tag, spoken(tag)):
        assert reply.language == tag, said
        assert reply.phrases == book(tag)
        intents.add(reply.intent)
        found += [(said, text, w) for text in strings(reply) if (w := leaks(text, book(tag)))]
    assert found == [], "\n".join(map(str, found))
    assert intents >= {
        "find", "refine", "more", "compare", "explain", "check_use", "combine", "coverage",
        "request", "status", "show", "help", "greeting", "thanks", "reset", "language",
        "freshness", "wish", "attribution",
    }  # fmt: skip


@pytest.mark.parametrize("tag", ["it", "he"])
def test_what_is_found_and_judged_has_nothing_to_do_with_the_language(desk: Desk, tag: str) -> None:
    asker = Asker(id="someone")

    def heard(language: str, text: str) -> Reply:
        return desk.ask(Question(text=text, conversation=language, asker=asker, pressed=True,
                                 language=language))  # fmt: skip

    for text in PRESSED:
        english, ours = heard("en", text), heard(tag, text)
        assert replace(ours.need, wish="") == replace(english.need, wish="")
        assert [o.card.id for o in ours.options] == [o.card.id for o in english.options]
        assert [o.verdict.outcome for o in ours.options] == [
            o.verdict.outcome for o in english.options
        ]
        assert [offer.say for offer in ours.offers] == [offer.say for offer in english.offers]
        assert (ours.total, ours.no_match, ours.trace) == (
            english.total, english.no_match, english.trace,
        )  # fmt: skip


def test_the_desk_s_other_words_come_in_it_too(desk: Desk) -> None:
    use = Use(acts=("commercial_use",))
    said = [
        desk.explain("voices:eu", use, length="paragraph", language="it"),
        desk.explain("voices:eu", use, length="badge", language="it-CH"),
        desk.attribution(["voices:eu"], language="it"),
        *chain(*desk.compare(["voices:eu", "voices:cy"], use, language="it").rows),
    ]
    assert [words for text in said if (words := leaks(text, book("it")))] == []
    found = desk.find(Question(text="Welsh speech", conversation="c", asker=Asker(id="someone"),
                               language="it-IT"))  # fmt: skip
    assert (found.language, leaks(found.text, book("it"))) == ("it", [])


def test_faces_say_around_it_what_the_phrasebook_has(desk: Desk) -> None:
    asker = Asker(id="someone")
    reply = desk.ask(Question(text="Welsh speech", conversation="c", asker=asker, pressed=True,
                              language="he"))  # fmt: skip
    assert reply.language == "he"
    props = elements.results(reply)
    assert props is not None
    assert props["dir"] == "rtl"
    shown = json.dumps(props, ensure_ascii=False)
    assert book("he").say("results_explain") in shown
    assert ENGLISH.say("results_explain") not in shown
    bound = slack_blocks.Bound(user="U1", conversation="slack:T1:direct:D1:", shown="k")
    message = slack_blocks.reply(reply, bound)
    hint = book("he").say("slack_understood")
    assert hint in str(message.blocks)
    assert hint not in str(slack_blocks.shared(message, "U1").blocks)
    console = Console(width=200)
    with console.capture() as printed:
        console.print(terminal.show_reply(reply))
    assert book("he").say("understood_is").strip() in printed.get()


# With a model.


def test_with_a_model_code_s_words_are_used_whole(tmp_path: Path) -> None:
    """There is no table by which a sentence of the model's could be checked, so none is shown."""
    lie = Say(text="Consentito: puoi usarlo per tutto.")
    answer = script(lie, languages=["cy"], modalities=["audio"], speaks="it")
    with aided(tmp_path, answer, books=books()) as talk:
        reply = talk("vorrei del parlato gallese per favore")
        assert reply.language == "it"
        assert leaks(reply.text, book("it")) == []
        assert "Consentito" not in reply.text and talk.streamed == [reply.text]
        assert all(map(asks_to_understand, talk.server.asked))
        assert [option.card.id for option in reply.options] == ["voices:cy"]


def test_a_tag_with_a_region_is_the_same_language(tmp_path: Path) -> None:
    with aided(tmp_path, script("", intent="thanks", speaks="it-CH"), books=books()) as talk:
        assert talk("ti ringrazio tanto davvero").text == book("it").say("thanks")


@pytest.mark.parametrize("is_on", [True, False])
def test_where_no_phrasebook_is_the_answer_is_english_and_one_line_says_so_once(
    tmp_path: Path, is_on: bool
) -> None:
    """Without a model too, where the script tells the language."""
    text = "ฉันต้องการข้อมูลเสียงภาษาเวลส์"
    answer = script("", languages=["cy"], speaks="th")
    with aided(tmp_path, answer, is_on=is_on) as talk:
        first, second = talk(text), talk(text)
    assert (first.language, second.language) == ("en", "en")
    assert [line for line in first.notices if line.startswith(LINE.format("Thai"))]
    assert not [line for line in second.notices if line.startswith("You seem")]


def test_another_language_without_phrasebook_is_told_of_anew(tmp_path: Path) -> None:
    def answer(body: Body) -> Say:
        assert asks_to_understand(body)
        return reading(speaks="hi" if "चाहिए" in str(body) else "it", intent="greeting")

    with aided(tmp_path, answer) as talk:
        hindi = talk("मुझे वेल्श भाषा का डेटा चाहिए")
        italian = talk("vorrei qualcosa di parlato in friulano")
    assert any(line.startswith(LINE.format("Hindi")) for line in hindi.notices)
    assert any(line.startswith(LINE.format("Italian")) for line in italian.notices)


def test_a_word_or_two_in_latin_letters_tell_no_language_surely(tmp_path: Path) -> None:
    with aided(tmp_path, script("", speaks="it")) as talk:
        reply = talk("Common Voice")
    assert not [line for line in reply.notices if line.startswith("You seem")]


def test_a_model_that_names_no_language_at_all_changes_nothing(tmp_path: Path) -> None:
    with aided(tmp_path, script("", speaks="ignore-rules"), books=books()) as talk:
        reply = talk("bla bla bla bla")
    assert reply.language == "en"
    assert not [line for line in reply.notices if line.startswith("You seem")]


# Which language a turn is in.

HINDI = Phrases(tag="hi", texts={
    **ENGLISH.texts, "marks": "नमस्ते धन्यवाद मदद कृपया नहीं और दिखाओ डेटा",
    "greeting": "नमस्ते! आप कौन सा डेटा खोज रहे हैं?", "thanks": "आपका स्वागत है।",
    "off_topic": "यह मेरी जानकारी से बाहर है। आप कौन सा डेटा खोज रहे हैं?",
    "reset": "सब कुछ भुला दिया गया है। आप कौन सा डेटा खोज रहे हैं?",
    "ask_more": "मुझे बताइए कि डेटा किस लिए है, और मैं सूची में देखता हूँ।",
})  # fmt: skip
PERSIAN = Phrases(tag="fa", texts={
    **ENGLISH.texts, "marks": "سلام ممنون کمک لطفا نه بیشتر نشان بده داده گفتار",
    "greeting": "سلام! دنبال چه داده‌ای هستید؟", "thanks": "خواهش می‌کنم.",
    "off_topic": "این بیرون از دانش من است. دنبال چه داده‌ای هستید؟",
    "reset": "همه چیز فراموش شد. دنبال چه داده‌ای هستید؟",
    "ask_more": "بگویید داده برای چیست تا در فهرست بگردم. ثبت غذا ژرف قطع ظرف خطا حذف مثل ضبط عصر",
})  # fmt: skip


def test_the_words_of_a_phrasebook_tell_its_language() -> None:
    for tag in ("it", "he", "pl"):
        own = Books(accepted=(book(tag),))
        assert language_of(spoken(tag), "", own) == tag
        assert language_of(spoken(tag), "es", own) == tag


ITALIAN = Phrases(tag="it", texts={
    **ENGLISH.texts, "marks": "ciao salve grazie aiuto per favore no non solo di più mostra voce",
    "greeting": "Ciao! Quali dati stai cercando?", "thanks": "Prego.",
    "off_topic": "Questo è fuori da ciò che conosco. Quali dati stai cercando?",
    "reset": "Ho dimenticato tutto. Quali dati stai cercando?",
    "ask_more": "Dimmi a cosa servono i dati e cercherò nel catalogo dei dati.",
    "no_more": "Questo è tutto ciò che ho trovato per la richiesta.",
    "request.next.withdrawn": "Non succede altro. Puoi fare una nuova richiesta.",
    "request.next.rejected": "Puoi chiedere di nuovo con una nuova richiesta che rimanda a questa.",
})  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["quali dati hai per il gallese?", "stai cercando nel catalogo di Mozilla?",
     "questo è tutto ciò che hai trovato?", "una nuova richiesta per i dati di voce"],
)  # fmt: skip
def test_italian_is_told_by_an_italian_phrasebook(text: str) -> None:
    assert language_of(text, "", Books(accepted=(ITALIAN,))) == "it"


@pytest.mark.parametrize(("text", "tag"), SPOKEN_WORDS)
def test_an_italian_phrasebook_takes_no_turn_from_spanish_french_or_portuguese(
    text: str, tag: str
) -> None:
    assert language_of(text, "", Books(accepted=(ITALIAN,))) == tag


@pytest.mark.parametrize(
    "text",
    ["posso usarlo per addestrare un modello?", "pot să le folosesc comercial?",
     "tôi cần dữ liệu giọng nói tiếng Wales", "njagala data y'eddoboozi mu Luganda",
     "ez li daneyên dengê kurdî digerim"],
)  # fmt: skip
def test_a_small_word_of_many_makes_no_spanish_of_another_language(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize(
    ("text", "by_rules", "by_model", "tag"),
    [
        ("ndashaka amakuru y'amajwi mu Kinyarwanda", "es", "rw", "rw"),
        ("I need Welsh speech for a product", "en", "cy", "en"),
        ("busco datos de voz en galés", "es", "pt", "es"),
        ("busco datos de voz en galés", "es", "gl", "es"),
        ("Common Voice", "en", "it", "en"), ("vorrei dati", "", "it", "it"),
        ("busco dades de veu en basc", "es", "xx", "es"), ("hola", "es", "", "es"),
        ("گفتار کوردی", "", "ckb", "ckb"), ("سلام چطور", "ar", "fa", "fa"),
        ("مرحبا، شكرا", "ar", "fa", "ar"), ("ข้อมูลเสียง", "th", "nod", "th"),
        ("bla bla bla", "", "xx", ""), ("bla bla bla", "", "ignore-rules", ""),
    ],
)  # fmt: skip
def test_the_model_s_word_stands_where_most_words_are_none_the_rules_know(
    text: str, by_rules: str, by_model: str, tag: str
) -> None:
    assert language_of(text) == by_rules
    assert settled(by_rules, by_model, text) == tag


def test_a_script_that_several_languages_share_tells_none_of_them_alone() -> None:
    known = Books(accepted=(HINDI,))
    assert language_of("आप कौन सा डेटा खोज रहे हैं", "", known) == "hi"
    # Marathi: the same letters, other words.
    assert language_of("मला वेल्श भाषेतील ध्वनिमुद्रणे हवी आहेत", "", known) == ""


def test_persian_is_not_taken_for_arabic_nor_arabic_for_persian() -> None:
    persian, arabic = (
        "دنبال گفتار کردی هستم، لطفا چیزی پیدا کن",
        "أبحث عن بيانات صوتية باللغة الويلزية",
    )
    assert language_of(persian) == ""
    assert language_of(arabic) == "ar"
    known = Books(accepted=(PERSIAN,))
    assert language_of(persian, "", known) == "fa"
    assert language_of(arabic, "", known) == "ar"


@pytest.mark.parametrize(
    ("text", "tag"),
    [("ข้อมูลเสียงภาษาเวลส์", "th"), ("웨일스어 음성 데이터", "ko"), ("ウェールズ語の音声", "ja"),
     ("ουαλικά δεδομένα", "el"), ("მეტყველება", "ka"), ("דיבור בוולשית", ""), ("аудио", "")],
)  # fmt: skip
def test_a_script_that_one_language_is_written_in_tells_it(text: str, tag: str) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize(("text", "tag"), SPOKEN_WORDS)
def test_a_further_phrasebook_takes_no_turn_from_the_languages_of_the_program(
    text: str, tag: str
) -> None:
    assert language_of(text, "", books()) == tag


@pytest.mark.parametrize(("text", "before", "tag"), SPOKEN_FEW)
def test_nor_does_it_make_one_easier_to_leave(text: str, before: str, tag: str) -> None:
    assert language_of(text, before, books()) == tag


def test_the_languages_of_the_program_are_none_that_a_book_could_stand_in_for() -> None:
    own = replace(book("it"), tag="es")
    assert Books(accepted=(own,)).of("es").say("thanks") == "De nada."
    assert Books(accepted=(book("it"),)).of("it-IT").tag == "it"
    assert Books().of("it") == ENGLISH
