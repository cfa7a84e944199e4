from __future__ import annotations

import pytest

from tests.evals.paraphrases import facts, understood


@pytest.mark.parametrize(
    ("turns", "expect"),
    [
        (("Hindi speech", "actually Galician"), {"languages": ["gl"], "modalities": ["audio"]}),
        (("Hindi speech", "also Urdu"), {"languages": ["hi", "ur"], "modalities": ["audio"]}),
        (
            ("Welsh speech, at least 5 hours", "drop the hours limit"),
            {"languages": ["cy"], "modalities": ["audio"]},
        ),
        (
            ("Welsh speech", "only CC0", "forget that"),
            {"languages": ["cy"], "modalities": ["audio"]},
        ),
        (
            ("Welsh speech", "only CC0", "at least 10 hours", "forget that", "forget that"),
            {"languages": ["cy"], "modalities": ["audio"]},
        ),
        (("Swahili speech", "text instead"), {"languages": ["sw"], "modalities": ["text"]}),
        (("Chinese speech", "not Mandarin"), {"languages": ["zh"], "modalities": ["audio"]}),
        (
            ("weather data on AWS", "satellite imagery"),
            {"topics": ["satellite-imagery", "weather"], "sources": ["aws"]},
        ),
        # How data was taken stays when what it shows is another.
        (
            ("satellite images of floods", "no, droughts"),
            {"topics": ["drought", "satellite-imagery"]},
        ),
        # A word that only narrowed a subject is taken back alone.
        (("ocean data", "salinity", "drop salinity"), {"topics": ["oceans"]}),
        (("ocean data", "drop the oceans", "weather data"), {"topics": ["weather"]}),
        # What form the questions have narrows a task, and takes its place only when asked to.
        (
            ("commonsense reasoning", "multiple choice"),
            {"tasks": ["commonsense-reasoning", "multiple-choice"]},
        ),
        (
            ("sentiment in Hindi", "multiple choice instead"),
            {"languages": ["hi"], "tasks": ["multiple-choice"]},
        ),
        # Hours become checked ones.
        (
            ("Catalan speech, 50 hours", "only validated hours count"),
            {
                "languages": ["ca"],
                "modalities": ["audio"],
                "sizes": {"validated_hours": [50.0, None]},
            },
        ),
        (
            ("speech in Welsh or Irish", "not Irish"),
            {"languages": ["cy"], "modalities": ["audio"]},
        ),
        # A task between two languages makes a pair of those named before it.
        (
            ("Punjabi and English", "translations"),
            {"languages": ["en", "pa"], "joined": "all", "tasks": ["translation"]},
        ),
        (
            ("Punjabi or English", "translations"),
            {"languages": ["en", "pa"], "tasks": ["translation"]},
        ),
        (
            ("Esperanto", "translations", "to Czech"),
            {"languages": ["cs", "eo"], "joined": "all", "tasks": ["translation"]},
        ),
        (
            ("Welsh", "translations with Irish"),
            {"languages": ["cy", "ga"], "joined": "all", "tasks": ["translation"]},
        ),
        # A kind "or" a task is a choice, and each can be taken back.
        (
            ("speech or translations in Hausa",),
            {"languages": ["ha"], "tasks": ["translation"], "choice": ["audio"]},
        ),
        (
            ("speech in Hausa", "or translations"),
            {"languages": ["ha"], "tasks": ["translation"], "choice": ["audio"]},
        ),
        (
            ("speech or translations in Hausa", "drop the kind of data"),
            {"languages": ["ha"], "tasks": ["translation"]},
        ),
        (
            ("NER for Wolof or Luganda, text",),
            {"languages": ["lg", "wo"], "tasks": ["named-entity-recognition"]},
        ),
        # Hours do not limit text, and conversations are recorded or written down.
        (
            ("Hindi speech, more than 20 hours", "no, text"),
            {"languages": ["hi"], "modalities": ["text"]},
        ),
        (
            ("conversations in Hindi",),
            {"languages": ["hi"], "tasks": ["dialogue"], "choice": ["audio"]},
        ),
        (
            ("summaries of conversations in Hindi",),
            {"languages": ["hi"], "tasks": ["summarization"]},
        ),
        # A limit is given up in any of the languages, also where the words share one.
        (
            ("voz en guaraní", "más de 100 horas", "quita el límite de horas"),
            {"languages": ["gn"], "modalities": ["audio"]},
        ),
        (
            ("Hindi text", "more than 100k rows", "forget the size"),
            {"languages": ["hi"], "modalities": ["text"]},
        ),
        # "And Amharic?" asks the same for Amharic; "and Amharic", "Amharic too" add it.
        (("speech in Oromo", "and Amharic?"), {"languages": ["am"], "modalities": ["audio"]}),
        (("speech in Oromo", "and Amharic"), {"languages": ["am", "om"], "modalities": ["audio"]}),
        (
            ("speech in Oromo", "and Amharic too?"),
            {"languages": ["am", "om"], "modalities": ["audio"]},
        ),
        (("voix en wolof", "et en haoussa ?"), {"languages": ["ha"], "modalities": ["audio"]}),
        # A language taken back is not asked for any longer, and shut out no more than that.
        (("Igbo and Hausa text", "forget the Igbo"), {"languages": ["ha"], "modalities": ["text"]}),
        (
            ("Igbo and Hausa text", "leave Igbo out"),
            {"languages": ["ha"], "modalities": ["text"]},
        ),
        (
            ("Igbo and Hausa text", "the Igbo isn't needed after all"),
            {"languages": ["ha"], "modalities": ["text"]},
        ),
        (
            ("voz en gallego y catalán", "quita el gallego"),
            {"languages": ["ca"], "modalities": ["audio"]},
        ),
        (
            ("parole en kabyle et en basque", "laissez tomber le kabyle"),
            {"languages": ["eu"], "modalities": ["audio"]},
        ),
        (
            ("translations from Swahili to English", "actually French, not English"),
            {"languages": ["fr", "sw"], "joined": "all", "tasks": ["translation"]},
        ),
        (("Welsh text", "Irish, not Welsh"), {"languages": ["ga"], "modalities": ["text"]}),
        (("Hindi", "not Hindi"), {"languages_not": ["hi"]}),
        # A figure without its unit is of what was spoken of; "either" and "any" give a limit up.
        *(
            (
                ("Tatar speech", "at least 100 validated hours", said),
                {
                    "languages": ["tt"],
                    "modalities": ["audio"],
                    "sizes": {"validated_hours": [30.0, None]},
                },
            )
            for said in (
                "that's too strict, 30 is enough",
                "ok 30 validated is fine",
                "just 30",
                "no wait, 30",
                "at least 30 then",
                "lieber 30",
                "mejor 30",
                "30 suffisent",
            )
        ),
        *(
            (
                ("Tatar speech", "at least 100 hours", said),
                {"languages": ["tt"], "modalities": ["audio"]},
            )
            for said in ("smaller is fine", "any length", "egal wie lang", "any size will do")
        ),
        (
            ("Tatar speech", "over 10"),
            {"languages": ["tt"], "modalities": ["audio"], "sizes": {"hours": [10.0, None]}},
        ),
        (
            ("Welsh speech", "spontaneous", "both are fine"),
            {"languages": ["cy"], "modalities": ["audio"]},
        ),
        (
            ("weather data", "only hourly", "never mind how often"),
            {"topics": ["weather"]},
        ),
        # Spoken or written: without the one it is the other.
        (("data in Basque", "not text"), {"languages": ["eu"], "modalities": ["audio"]}),
        (("Hill Mari, not Meadow Mari, speech",), {"languages": ["mrj"], "modalities": ["audio"]}),
        (
            ("spontaneous Georgian", "and Russian as well", "just the Russian, leave Georgian out"),
            {"languages": ["ru"], "modalities": ["audio"], "style": "spontaneous"},
        ),
        (
            ("Kabardian speech", "oh and Adyghe"),
            {"languages": ["ady", "kbd"], "modalities": ["audio"]},
        ),
        (
            ("floods", "I've changed my mind about floods, it should be wildfires instead"),
            {"topics": ["wildfires"]},
        ),
        (
            ("energy data", "scrap that. population genetics"),
            {"topics": ["population genetics"]},
        ),
        (
            ("voice data, 500 validated hours", "too many still, go to 400 hours"),
            {"modalities": ["audio"], "sizes": {"validated_hours": [400.0, None]}},
        ),
        (
            ("Vietnamese speech", "it goes into a product we sell", "no, only for my thesis"),
            {"languages": ["vi"], "modalities": ["audio"]},
        ),
        (
            ("Hausa text for commercial use", "any product reviews?"),
            {
                "languages": ["ha"],
                "modalities": ["text"],
                "topics": ["reviews"],
                "licence": "commercial",
            },
        ),
        (
            ("Vietnamese speech for a product, not GPL", "for my thesis only"),
            {"languages": ["vi"], "modalities": ["audio"]},
        ),
        (
            ("Hausa speech we sell", "only read aloud, to train a model for research"),
            {
                "languages": ["ha"],
                "modalities": ["audio"],
                "style": "scripted",
                "licence": "commercial",
            },
        ),
        (
            ("Upper Sorbian speech", "both are fine"),
            {"languages": ["hsb"], "modalities": ["audio"]},
        ),
        # A question aside changes nothing.
        (
            ("Galician speech", "is that the same as Portuguese? just wondering"),
            {"languages": ["gl"], "modalities": ["audio"]},
        ),
        # Starting over may go on in the same breath; the last word on a catalogue counts.
        (
            ("Arabic speech", "start over. Hausa text"),
            {"languages": ["ha"], "modalities": ["text"]},
        ),
        (
            ("Kabyle on Common Voice", "not Common Voice"),
            {
                "languages": ["kab"],
                "sources_not": ["commonvoice"],
                "names_not": ["common voice"],
            },
        ),
        (
            ("Kabyle, not Common Voice", "on Common Voice after all"),
            {"languages": ["kab"], "sources": ["commonvoice"]},
        ),
        (
            ("dialogues in Korean", "with emotion labels"),
            {"languages": ["ko"], "tasks": ["dialogue", "emotion-classification"]},
        ),
    ],
)
def test_turns_join_into_one_need(turns: tuple[str, ...], expect: dict[str, object]) -> None:
    assert facts(understood(turns)) == expect


def test_a_whole_new_request_starts_anew() -> None:
    need = understood(("Welsh speech for a product, at least 50 hours", "sentiment in Turkish"))
    assert facts(need) == {"languages": ["tr"], "tasks": ["sentiment-classification"]}
    assert need.use.acts == ()


def test_a_bare_limit_refines_and_the_last_bound_counts() -> None:
    need = understood(("Welsh speech", "at least 10 hours", "at least 20 validated hours"))
    assert facts(need)["sizes"] == {"validated_hours": [20.0, None]}


def test_taking_back_before_anything_was_said_leaves_nothing() -> None:
    assert facts(understood(("forget that",))) == {}


def test_a_licence_class_ends_a_licence_asked_for_by_name() -> None:
    need = understood(("Welsh speech under CC BY-SA 4.0", "make it public domain"))
    assert need.licences == () and need.licence_wish == "public_domain"


def test_cantonese_speech_is_hong_kongs_too_and_cantonese_text_is_not() -> None:
    assert understood(("Cantonese speech",)).languages[0].tags == ("yue", "zh-HK")
    assert understood(("Cantonese", "for speech recognition")).languages[0].tags == ("yue", "zh-HK")
    assert understood(("Cantonese text",)).languages[0].tags == ("yue",)
    assert understood(("Cantonese speech", "no, text")).languages[0].tags == ("yue",)


def test_what_is_for_a_thesis_only_keeps_the_licences_shut_out() -> None:
    need = understood(("Vietnamese speech for a product, not GPL", "for my thesis only"))
    assert need.licence_wish is None and need.licences_not == ("GPL",)
