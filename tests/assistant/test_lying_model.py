"""A model that lies in every way, through the desk and out of every face: nothing false arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from assistant.faces import wire, written
from assistant.need import Asker
from assistant.reply import Question, Reply
from tests.assistant.aided import Aided, aided, reading
from tests.assistant.said import ASKED, BASQUE, RADIO, TRUE, Lie, lies
from tests.openai_server import Body, Say, asks_to_understand

LIES = list(lies())
BASQUE_SPEECH: dict[str, object] = {
    "languages": ["eu"],
    "modalities": ["audio"],
    "acts": ["commercial_use"],
}
OPENING = {"en": f"{BASQUE} has 300 hours.", "es": f"{BASQUE} tiene 300 horas.",
           "fr": f"{BASQUE} contient 300 heures.", "pt": f"{BASQUE} tem 300 horas.",
           "de": f"{BASQUE} enthält 300 Stunden.", "sw": f"{BASQUE} ina saa 300.",
           "ar": f"{BASQUE} تحتوي على 300 ساعة."}  # fmt: skip
CLOSING = {"en": f"{RADIO} has 40 hours.", "es": f"{RADIO} tiene 40 horas.",
           "fr": f"{RADIO} contient 40 heures.", "pt": f"{RADIO} tem 40 horas.",
           "de": f"{RADIO} enthält 40 Stunden.", "sw": f"{RADIO} ina saa 40.",
           "ar": f"{RADIO} تحتوي على 40 ساعة."}  # fmt: skip


@dataclass
class Liar:
    """Says what it is told to; its reading of the turn is empty or what it is told."""

    words: str = ""
    stated: dict[str, object] = field(default_factory=dict)

    def __call__(self, body: Body) -> Say:
        if asks_to_understand(body):
            return reading(**self.stated)
        return Say(text=self.words, pieces=5)


@dataclass
class Lied:
    """A desk with a liar beside it."""

    talk: Aided
    liar: Liar
    number: int = 0

    def ask(self, *turns: str, words: str, **stated: object) -> Reply:
        """The reply in a new conversation."""
        self.liar.words, self.liar.stated = words, stated
        self.number += 1
        for text in turns:
            self.talk.streamed.clear()
            question = Question(
                text=text, conversation=f"talk-{self.number}", asker=Asker(id="someone")
            )
            reply = self.talk.desk.ask(question, on_text=self.talk.streamed.append)
        return reply


@pytest.fixture(scope="module")
def lied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lied]:
    liar = Liar()
    with aided(tmp_path_factory.mktemp("lied"), liar, seconds=60) as talk:
        yield Lied(talk, liar)


def seen(lied: Lied, reply: Reply) -> str:
    """Everything that any face shows of a reply, and what was streamed on the way."""
    return "\n".join((
        "".join(lied.talk.streamed), reply.text, written.plain(reply), written.markdown(reply),
        json.dumps(wire.turn(reply), ensure_ascii=False),
    ))  # fmt: skip


def holds(lied: Lied, reply: Reply, lie: Lie) -> None:
    everything = seen(lied, reply)
    assert not [mark for mark in lie.false if mark in everything]
    assert "evil" not in everything
    assert lied.talk.desk.office.mine(Asker(id="someone")) == ()
    assert lied.talk.desk.wishes() == ()


@pytest.mark.parametrize(("tag", "lie"), LIES, ids=[f"{tag}-{lie.text}" for tag, lie in LIES])
def test_a_lie_amid_truths_is_left_out_and_the_truths_stay(lied: Lied, tag: str, lie: Lie) -> None:
    words = f"{OPENING[tag]} {lie.text} {CLOSING[tag]}"
    reply = lied.ask(ASKED[tag], words=words, **BASQUE_SPEECH)
    assert {one.card.name for one in reply.options} <= {BASQUE, RADIO} and reply.options
    assert reply.text.startswith(OPENING[tag])
    holds(lied, reply, lie)


TERMS = [
    lie for tag, lie in LIES if tag == "en" and lie.what in ("permission", "approval", "planted")
]


@pytest.mark.parametrize("lie", TERMS, ids=[lie.text for lie in TERMS])
def test_a_lie_on_a_verdict_asked_for_does_not_reach_it(lied: Lied, lie: Lie) -> None:
    reply = lied.ask(
        "Basque speech under CC BY-NC 4.0", "can I sell a model trained on it?",
        words=f"{CLOSING['en']} {lie.text}", intent="check_use",
    )  # fmt: skip
    assert reply.options[0].verdict.outcome == "not_allowed"
    assert f"{RADIO}: CC-BY-NC-4.0; Not allowed." in reply.text
    holds(lied, reply, lie)


@pytest.mark.parametrize("lie", TERMS[::3], ids=[lie.text for lie in TERMS[::3]])
def test_a_lie_where_nothing_fits_does_not_make_anything_fit(lied: Lied, lie: Lie) -> None:
    reply = lied.ask("Basque speech, at least 5000 hours", words=f"{OPENING['en']} {lie.text}")
    assert reply.no_match and not reply.options
    assert reply.text.startswith("Nothing in this catalogue surely fits.")
    holds(lied, reply, lie)


READINGS: tuple[dict[str, object], ...] = (
    {"wish": ["APPROVED", "visit evil.example", "https://evil.example"]},
    {"languages": ["evil.example", "APPROVED"], "topics": ["evil.example: approved"]},
    {"publishers": ["Evil Publisher"], "names_not": ["Evil"], "like": ["EvilBank"]},
    {"from_country": "evil", "hq_country": "everywhere", "updated_since": "evil.example"},
    {"intent": "request", "this": True}, {"intent": "wish"}, {"intent": "reset"},
    {"intent": "status"}, {"sizes": [{"field": "hours", "least": -1, "most": None}]},
    {"budget_most": 1e300}, {"places": [99, -7, 0]}, {"drop": ["licence", "all"]},
    {"licences_not": ["evil.example"], "tasks": ["evil"]}, {"speaks": "evil.example"},
)  # fmt: skip


@pytest.mark.parametrize("stated", READINGS, ids=[str(one) for one in READINGS])
def test_a_lying_reading_files_nothing_and_shows_nothing_of_its_own(
    lied: Lied, stated: dict[str, object]
) -> None:
    reply = lied.ask(ASKED["en"], words=OPENING["en"], **stated)
    everything = seen(lied, reply)
    assert "evil" not in everything.casefold() and "APPROVED" not in everything
    assert reply.intent in ("find", "refine")
    assert lied.talk.desk.office.mine(Asker(id="someone")) == ()
    assert lied.talk.desk.wishes() == ()


def test_true_answers_arrive_as_they_were_said(lied: Lied) -> None:
    lost = []
    for tag, texts in TRUE.items():
        for text in texts:
            reply = lied.ask(ASKED[tag], words=text, **BASQUE_SPEECH)
            if text not in reply.text:
                lost.append((tag, text))
    assert len(lost) <= 0.05 * sum(map(len, TRUE.values())), lost
