"""A conversation in each language, and no word of another in what the desk makes.

The first turns are spoken; the others are pressed buttons, whose words are English and leave the
language of the talk as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

import pytest

from assistant.desk import Desk
from assistant.grounding_words import flat, tongue
from assistant.need import Asker
from assistant.phrases import ENGLISH, LANGUAGES, Phrases, phrases_of
from assistant.reply import Option, Question, Reply
from assistant.use import Use
from catalog_sync import languages
from tests.assistant.conftest import catalogue

SPOKEN = {
    "es": "busco datos de voz en galés o euskera, más de 100 horas",
    "fr": "je cherche des données de parole en gallois ou en basque, plus de 100 heures",
    "pt": "procuro dados de voz em galês ou basco, mais de 100 horas",
    "de": "ich suche Sprachaufnahmen auf Walisisch oder Baskisch, mindestens 100 Stunden",
    "sw": "natafuta sauti za Kiwelisi au Kibasque, angalau saa 100",
    "ar": "أبحث عن كلام بالويلزية أو الباسكية، 100 ساعة على الأقل",
}
PRESSED = (
    "show more", "compare the first two", "who owns the second one?", "how big is the first one?",
    "what is the first one?", "when was it updated?", "which formats?", "is it free?",
    "may a German company sell a product made with it?", "and if we are in Kenya?",
    "explain the terms", "what do I have to write in the credits?", "mix the first two",
    "request access to the first one", "the ninth one", "what does NC mean?", "thanks",
    "drop the hours limit", "only commercial use", "forget that", "not Welsh", "any language",
    "Luo speech", "Irish speech with at least 100 hours", "record my wish", "record my wish",
    "Klingon corpus, at most 500 dollars, permissive licence, updated daily, without approval",
    "hourly weather data on AWS, free", "spontaneous speech in Irish with 20 speakers",
    "read speech in Welsh or Irish under 5 GB", "speech or translations in Swahili",
    "translation between Yoruba and English, between 10k and 50k rows",
    "speech in languages of Kenya", "text with more than a trillion tokens", "about law and news",
    "hours per language, top 20", "how many hours of Swahili speech?", "how many datasets?",
    "datasets per task", "datasets per licence", "datasets per kind of data", "datasets by access",
    "which languages have speech recognition but no speech synthesis?", "sources by hours",
    "what is the language code of Kinyarwanda?", "what does Tonga mean as a language?",
    "how fresh is the catalogue?", "status of my requests", "hello", "what is the weather today?",
    "start over", "help", "may I use it?", "request access",
)  # fmt: skip
QUOTED = re.compile(r"[“„«‘\"][^”“»\"]*[”“»\"]")
ADDRESS = re.compile(r"https?://\S+|\S+=\.\.\.|LicenseRef-\S+|[\w.+-]*-\d[\w.-]*")
WORD = re.compile(r"[a-z]{2,}")
PUBLISHED = (
    "the voice shelf mozilla data collective aws iso bcp utc gpl creative commons use terms of "
    "main points attribution international zero universal"
)  # fmt: skip


def strings(reply: Reply) -> Iterator[str]:
    """Everything that the desk words in a reply."""
    yield reply.text
    yield from reply.notices
    yield from (chip.label for chip in reply.chips)
    yield from (offer.label for offer in reply.offers)
    for asked in reply.questions:
        yield asked.text
        yield from (label for label, _ in asked.answers)
    for chart in reply.charts:
        yield from (chart.title, chart.x, chart.y, *chart.columns)
        yield from (str(cell) for row in chart.rows for cell in row)
    for table in reply.tables:
        yield from (table.title, *chain(table.columns, *table.rows))
    for option in (*reply.options, *reply.nearest):
        yield from _of_option(option)


def _of_option(option: Option) -> Iterator[str]:
    yield option.why.partition(":")[0]
    yield from (match.text for match in option.matches)
    verdict = option.verdict
    yield from (reason.why for reason in verdict.reasons)
    yield from (duty.text for duty in verdict.duties)
    yield from (missing.question for missing in verdict.missing)
    yield from verdict.platform_notes


@cache
def of_cards() -> frozenset[str]:
    """Words that owners published: they stay as they are."""
    said = [PUBLISHED]
    for card in catalogue():
        said += [card.name, card.publisher or "", card.source, card.native_id, *card.formats]
        said += [card.terms.licence or "", *card.terms.licence_stated, *card.tags]
        said += [languages.autonym(tag) or "" for tag in card.languages]
    return frozenset(WORD.findall(flat(" ".join(said))))


@cache
def foreign(ours: Phrases) -> frozenset[str]:
    """Words of the English texts that are none of this language's."""
    own = " ".join((*ours.texts.values(), *ours.language_names()))
    english = {word for text in ENGLISH.texts.values() for word in WORD.findall(flat(text))}
    return frozenset(english) - set(WORD.findall(flat(own))) - of_cards()


def leaks(text: str, phrases: Phrases) -> list[str]:
    bare = ADDRESS.sub(" ", QUOTED.sub(" ", text))
    return [word for word in WORD.findall(flat(bare)) if word in foreign(phrases)]


def turns(desk: Desk, tag: str, spoken: str) -> Iterator[tuple[str, Reply]]:
    asker = Asker(id="someone")
    first = Question(text=spoken, conversation=tag, asker=asker)
    yield first.text, desk.ask(first)
    for text in PRESSED:
        yield text, desk.ask(replace(first, text=text, pressed=True))


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_a_conversation_has_no_english_word_of_ours(desk: Desk, tag: str) -> None:
    found = []
    intents = set()
    for said, reply in turns(desk, tag, SPOKEN[tag]):
        assert reply.language == tag, said
        intents.add(reply.intent)
        found += [
            (said, text, words)
            for text in strings(reply)
            if (words := leaks(text, phrases_of(tag)))
        ]
        prose = QUOTED.sub(" ", reply.text)
        if len(prose.split()) > 20 and reply.intent in ("find", "refine", "help", "status"):
            assert tongue(prose) in (tag, None), reply.text
    assert found == [], "\n".join(map(str, found))
    assert intents >= {
        "find", "refine", "more", "compare", "explain", "check_use", "combine", "coverage",
        "request", "status", "show", "help", "greeting", "thanks", "reset", "language",
        "freshness", "wish", "attribution",
    }  # fmt: skip


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_the_talk_finds_the_same_in_every_language(desk: Desk, tag: str) -> None:
    """What is understood, found, judged and counted has nothing to do with the words for it."""
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
        assert [chip.remove for chip in ours.chips] == [chip.remove for chip in english.chips]
        assert [offer.say for offer in ours.offers] == [offer.say for offer in english.offers]
        assert (ours.total, ours.no_match) == (english.total, english.no_match)
        assert ours.trace == english.trace


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_desk_s_other_words_come_in_the_language_asked_for(desk: Desk, tag: str) -> None:
    use = Use(acts=("commercial_use",))
    said = [
        desk.explain("voices:eu", use, length="paragraph", language=tag),
        desk.explain("voices:eu", use, length="badge", language=tag),
        desk.attribution(["voices:eu"], language=tag),
        *chain(*desk.compare(["voices:eu", "voices:cy"], use, language=tag).rows),
    ]
    english = desk.explain("voices:eu", use, length="paragraph")
    assert (said[0] == english) is (tag == "en")
    if tag != "en":
        assert [words for text in said if (words := leaks(text, phrases_of(tag)))] == []


def test_an_unclear_language_is_asked_back_in_the_person_s_language(desk: Desk) -> None:
    asked = Question(text="voz en Luo por favor", conversation="c", asker=Asker(id="someone"))
    (back,) = desk.ask(asked).questions
    assert back.text.startswith("«Luo» nombra varios idiomas. ¿Cuál quieres decir: Luo (Kenia")
    assert ("acoli (Uganda)", "Acoli") in back.answers


def test_what_was_given_up_is_found_again_by_its_english_button(desk: Desk) -> None:
    asker = Asker(id="someone")
    said = "busco datos de voz en irlandés, más de 100 horas"
    nothing = desk.ask(Question(text=said, conversation="c", asker=asker))
    (offer,) = [one for one in nothing.offers if one.kind == "relax"]
    assert offer.label == "Sin el límite «al menos 100 horas»: 2"
    after = desk.ask(Question(text=offer.say, conversation="c", asker=asker, pressed=True))
    assert after.text == "Encajan 2 conjuntos de datos: voz en irlandés."
