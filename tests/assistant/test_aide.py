from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from assistant.allowance import Caps
from assistant.reply import Reply
from tests.assistant.aided import aided, reading, script
from tests.assistant.conftest import Talk, ids
from tests.assistant.conftest import desk as desk
from tests.assistant.conftest import talk as talk
from tests.openai_server import Body, Say, asks_to_understand, data_of

QUIET = "Answered without the language model"


def quiet(reply: Reply) -> list[str]:
    return [notice for notice in reply.notices if notice.startswith(QUIET)]


def test_free_speech_that_no_rule_reads_is_understood(tmp_path: Path) -> None:
    answer = script("Nothing.", languages=["cy"], modalities=["audio"])
    with aided(tmp_path, answer) as talk:
        reply = talk("szukam nagrań walijskich, ale takich do słuchania")
        assert ids(reply) == ["voices:cy"]
        assert {chip.label for chip in reply.chips} == {"Welsh", "audio"}


def test_the_trace_shows_both_readings_and_where_they_differ(tmp_path: Path) -> None:
    answer = script("Ok.", languages=["ga"], tasks=["text-to-speech"], intent="find")
    with aided(tmp_path, answer) as talk:
        trace = talk("Welsh speech recognition").trace
    assert "rules read: find; Welsh; speech recognition" in trace
    assert "model read: find; Irish; speech synthesis" in trace
    assert "they differ in: tasks (the model's), languages (the rules')" in trace


def test_an_impossible_value_is_dropped_and_said(tmp_path: Path) -> None:
    answer = script(
        "Ok.", languages=["xx-nowhere"], licences_not=["FREE-FOR-ALL-9.0"], from_country="ZZ",
        updated_since="soon", tasks=["mind reading"],
    )  # fmt: skip
    with aided(tmp_path, answer) as talk:
        reply = talk("Welsh speech")
        assert ids(reply) == ["voices:cy"]
        said = " ".join(reply.notices)
        assert all(word in said for word in ("languages", "licences not", "from country", "tasks"))
        assert "nowhere" not in said and "FREE" not in said
        assert talk.counts["dropped", "licences_not"] == 1


def test_a_reply_is_worded_sentence_by_sentence_as_it_comes(tmp_path: Path) -> None:
    words = "I found one dataset. Welsh Read Sentences has 150 hours of Welsh speech."
    with aided(tmp_path, script(words)) as talk:
        reply = talk("Welsh speech")
        assert reply.text == words
        first, second = words.split(" ", 4)[:4], words.split(" ", 4)[4]
        assert talk.streamed == [" ".join(first), f" {second}"]
        assert not quiet(reply)
        assert talk.counts["sentences", "kept"] == 2


def test_nothing_false_is_streamed_before_it_is_checked(tmp_path: Path) -> None:
    words = "I found one dataset. Celtic Voices has 900 hours. You may sell it to anyone."
    with aided(tmp_path, script(words)) as talk:
        reply = talk("Welsh speech")
        assert reply.text == "I found one dataset." == "".join(talk.streamed)
        assert talk.counts["sentences", "removed"] == 2


def test_a_false_sentence_on_a_known_dataset_is_replaced_by_the_true_one(tmp_path: Path) -> None:
    words = "I found one dataset. Welsh Read Sentences costs 20 dollars."
    with aided(tmp_path, script(words)) as talk:
        reply = talk("Welsh speech")
    assert reply.text == "I found one dataset. Welsh Read Sentences: CC0-1.0; Allowed."
    assert talk.counts["sentences", "replaced"] == 1


def test_a_verdict_is_said_by_code_whatever_the_model_says(tmp_path: Path) -> None:
    words = "Basque Radio has 40 hours. Sell it as you like."
    with aided(tmp_path, script(words, intent="check_use")) as talk:
        talk("Basque speech under CC BY-NC 4.0")
        reply = talk("can I sell a model trained on it?")
    assert reply.text.startswith("Basque Radio: CC-BY-NC-4.0; Not allowed.")
    assert "Sell it" not in reply.text
    assert reply.options[0].verdict.outcome == "not_allowed"


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("busco datos de voz en euskera", "Encontré 2 conjuntos de datos.", "Encontré"),
        ("je cherche des enregistrements en basque", "J'ai trouvé 2 jeux de données.", "J'ai"),
        ("ich suche Sprachdaten auf Baskisch", "Ich habe 2 Datensätze gefunden.", "Ich"),
        ("procuro dados de voz em basco", "Encontrei 2 conjuntos de dados.", "Encontrei"),
    ],
)
def test_the_answer_is_in_the_person_s_language(
    tmp_path: Path, text: str, words: str, first: str
) -> None:
    with aided(tmp_path, script(words)) as talk:
        reply = talk(text)
        assert reply.text == words and reply.text.startswith(first)


def test_another_language_than_the_person_s_is_no_answer(tmp_path: Path) -> None:
    words = "Ich habe die Daten gefunden und das ist ein Datensatz mit 150 Stunden."
    with aided(tmp_path, script(words)) as talk:
        reply = talk("Welsh speech that I need for the radio")
        assert "One dataset fits" in reply.text
        assert quiet(reply) == [f"{QUIET}: it answered in another language."]


def test_what_went_wrong_with_the_model_is_said_in_the_person_s_language(tmp_path: Path) -> None:
    words = "Ich habe die Daten gefunden und das ist ein Datensatz mit 150 Stunden."
    with aided(tmp_path, script(words, tasks=["no-such-task"], from_country="ZZ")) as talk:
        reply = talk("busco datos de voz en galés para la radio")
    assert reply.text.startswith("Encaja un conjunto de datos")
    assert reply.notices[-2:] == (
        "Dejado aparte, porque ninguna tabla lo conoce aquí: lo leído como país, tareas.",
        "Respondido sin el modelo de lenguaje: respondió en otro idioma.",
    )


def test_nothing_fits_is_said_first_and_in_the_person_s_language(tmp_path: Path) -> None:
    with aided(tmp_path, script("Irish Read Sentences contiene 9 horas.")) as talk:
        reply = talk("busco datos de voz en irlandés con al menos 100 horas")
    assert reply.no_match
    assert reply.text.startswith("Nada en este catálogo encaja con seguridad.")


PATIENCE = 3.0
"""Seconds that a model has here: enough for a refusal to arrive on a busy machine."""
LATEST = PATIENCE + 1.5
"""Seconds after which an answer would have waited for what comes too late."""
FAILING = {
    "timeout": Say(wait_s=PATIENCE * 1.5),
    "busy": Say(status=429),
    "down": Say(status=503),
    "refused": Say(refusal="I cannot help with that."),
    "cut_off": Say(text="I found one dataset. It has", cut_after=3),
    "endless": Say(endless=True),
    "wrong_language": Say(text="Ich habe die Daten gefunden und das ist es."),
    "ungrounded": Say(text="Sorry, as an assistant I must decline."),
    "not_accepted": Say(status=401),
    "wrong_json": Say(raw=b"data: {broken\n\n"),
}


@pytest.mark.parametrize("kind", sorted(FAILING))
def test_when_wording_fails_the_rule_made_answer_comes_in_time_with_one_quiet_line(
    tmp_path: Path, talk: Talk, kind: str
) -> None:
    plain = talk("Welsh speech that we need for the radio")
    with aided(tmp_path / "aided", script(FAILING[kind]), seconds=PATIENCE) as aided_talk:
        began = time.monotonic()
        reply = aided_talk("Welsh speech that we need for the radio")
        took = time.monotonic() - began
        assert reply.text == plain.text
        assert reply.options == plain.options
        assert len(quiet(reply)) == 1
        assert aided_talk.counts["failures", kind] == 1
    assert took < LATEST


@pytest.mark.parametrize("kind", sorted({**FAILING, "wrong_schema": None}))
def test_when_understanding_fails_the_rules_read_alone(
    tmp_path: Path, talk: Talk, kind: str
) -> None:
    plain = talk("Welsh speech with more than 100 hours")
    wrong = {**FAILING, "wrong_schema": Say(text='{"intent": "dance"}'),
             "ungrounded": Say(text="no json at all"),
             "wrong_language": Say(text="kein JSON")}[kind]  # fmt: skip

    def answer(body: Body) -> Say:
        return wrong if asks_to_understand(body) else Say(text="I found one dataset.")

    with aided(tmp_path / "aided", answer, seconds=PATIENCE) as aided_talk:
        began = time.monotonic()
        reply = aided_talk("Welsh speech with more than 100 hours")
        assert time.monotonic() - began < LATEST
        assert (reply.text, reply.need, ids(reply)) == (plain.text, plain.need, ids(plain))
        assert len(quiet(reply)) == 1


def test_a_model_that_cannot_be_reached_is_left_alone_for_a_while(tmp_path: Path) -> None:
    with aided(tmp_path, Say(status=503)) as talk:
        for _ in range(5):
            reply = talk("Welsh speech")
        assert len(talk.server.asked) == 9
        assert len(quiet(reply)) == 1


def test_the_day_s_allowance_ends_the_model_s_part_not_the_answer(tmp_path: Path) -> None:
    caps = Caps(person_tokens=11_000, person_micros=10**9, all_tokens=10**9)
    with aided(tmp_path, script("I found one dataset."), caps=caps) as talk:
        for _ in range(60):
            reply = talk("Welsh speech")
            if quiet(reply):
                break
        assert quiet(reply) == [f"{QUIET}: today's allowance for it is used up."]
        assert ids(reply) == ["voices:cy"]
        before = len(talk.server.asked)
        talk("Welsh speech")
        assert len(talk.server.asked) == before
        assert not quiet(talk("Welsh speech", asker="another"))


def test_all_people_together_have_an_allowance_too(tmp_path: Path) -> None:
    caps = Caps(person_tokens=10**9, person_micros=10**9, all_tokens=11_000)
    with aided(tmp_path, script("I found one dataset."), caps=caps) as talk:
        replies = [talk("Welsh speech", asker=f"visitor-{n}") for n in range(60)]
    assert quiet(replies[-1])


def test_tokens_and_money_are_counted(tmp_path: Path) -> None:
    with aided(tmp_path, script("I found one dataset.")) as talk:
        talk("Welsh speech")
        counts = talk.counts
    assert counts["calls", "understand"] == counts["calls", "answer"] == 1
    assert counts["tokens", "input"] == 240 and counts["tokens", "output"] == 60
    assert counts["micros", ""] == 2 * (18 + 18)


def test_no_mail_address_and_no_free_text_of_a_card_goes_out(tmp_path: Path) -> None:
    with aided(tmp_path, script("I found one dataset.")) as talk:
        talk("Welsh speech, write to jane.doe@uni.example please")
        sent = "\n".join(talk.server.prompts)
    assert "jane.doe" not in sent and "[address]" in sent
    assert "someone" not in sent and "talk" not in json.dumps(
        data_of(talk.server.asked[0], "scene")
    )


def test_the_words_of_the_person_do_not_go_to_the_wording(tmp_path: Path) -> None:
    with aided(tmp_path, script("I found one dataset.")) as talk:
        talk("Welsh speech, I am a bee keeper in Wrexham")
        assert "Wrexham" in talk.server.prompts[0]
        assert "Wrexham" not in talk.server.prompts[1]


def test_a_wish_and_a_reset_need_the_person_s_own_words(tmp_path: Path) -> None:
    for deed in ("wish", "reset", "request", "status"):
        with aided(tmp_path / deed, script("Ok.", intent=deed)) as talk:
            reply = talk("Welsh speech")
            assert reply.intent == "find" and ids(reply) == ["voices:cy"]
            assert talk.desk.wishes() == ()


def test_a_limit_on_terms_is_never_made_looser(tmp_path: Path) -> None:
    with aided(
        tmp_path, script("Ok.", drop=["licence", "all"], licence_wish="non_commercial_ok")
    ) as talk:
        reply = talk("Basque speech we may sell", "only the long ones")
    assert reply.need.licence_wish == "commercial"
    assert "voices:eu-free" not in ids(reply)


def test_a_language_that_no_table_knows_is_never_replaced(tmp_path: Path) -> None:
    with aided(tmp_path, script("Ok.", languages=["cy"])) as talk:
        reply = talk("Dothraki speech")
    assert reply.no_match and not reply.options


def test_small_talk_does_not_push_a_stated_need_aside(tmp_path: Path) -> None:
    with aided(tmp_path, script("Ok.", intent="off_topic")) as talk:
        assert ids(talk("Welsh speech")) == ["voices:cy"]


def test_the_first_hits_are_ordered_by_the_model_where_that_is_on(tmp_path: Path) -> None:
    def answer(body: Body) -> Say:
        if asks_to_understand(body):
            return reading()
        if "You order" in str(body["messages"]):
            hits = data_of(body, "hits")
            assert isinstance(hits, list)
            first = [h["number"] for h in hits if "Studio" in h["text"]]
            return Say(text=json.dumps({"order": [*first, 99, *first, -1]}))
        return Say(text="I found these.")

    with aided(tmp_path / "on", answer, reranks=True) as talk:
        with_model = talk("Swahili audio")
        assert "the first hits were ordered by the model" in with_model.trace
    with aided(tmp_path / "off", answer) as talk:
        without = talk("Swahili audio")
    assert sorted(ids(with_model)) == sorted(ids(without))
    assert [o.card.id for o in with_model.options][0] == "voices:sw-tts"


def test_without_a_model_the_words_are_told_all_the_same(talk: Talk, desk: object) -> None:
    told: list[str] = []
    from assistant.need import Asker
    from assistant.reply import Question

    reply = desk.ask(  # type: ignore[attr-defined]
        Question(text="Welsh speech", conversation="x", asker=Asker(id="y")), on_text=told.append
    )
    assert told == [reply.text]
