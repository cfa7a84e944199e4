from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.llm import ModelConfig, OpenAIModel
from assistant.llm_values import Ask, ModelFailed, Usage
from prompts.load import Filled
from tests.openai_server import Body, Say, ScriptedServer, scripted

PROMPT = Filled(name="answer", version=1, system="Be brief.", user="What is there?")
SCHEMA = {
    "type": "object",
    "properties": {
        "word": {"type": ["string", "null"], "enum": ["yes", "no", None]},
        "list": {"type": "array", "items": {"type": "integer"}},
    },
    "required": ["word", "list"],
    "additionalProperties": False,
}
GOOD = '{"word": "yes", "list": [1, 2]}'


MADE: list[OpenAIModel] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Connections are kept open for the next call, so a test has to close its own."""
    yield
    while MADE:
        MADE.pop().close()


def model(server: ScriptedServer, **more: object) -> OpenAIModel:
    values: dict[str, object] = {"name": "scripted", "base_url": server.url, "first_wait_s": 0.01}
    made = OpenAIModel(ModelConfig(**{**values, **more}))  # type: ignore[arg-type]
    made.warm()
    MADE.append(made)
    return made


def ask(within_s: float = 5.0, *, most_tokens: int = 400) -> tuple[Ask, list[Usage]]:
    spent: list[Usage] = []
    deadline = time.monotonic() + within_s
    return Ask(prompt=PROMPT, deadline=deadline, most_tokens=most_tokens, spent=spent.append), spent


def failed(answer: Callable[[Body], Say] | Say, within_s: float = 5.0) -> ModelFailed:
    with scripted(answer) as server, pytest.raises(ModelFailed) as why:
        model(server).complete(ask(within_s)[0])
    return why.value


def in_turn(*says: Say) -> Callable[[Body], Say]:
    left: Iterator[Say] = iter(says)
    return lambda _: next(left)


def test_an_answer_comes_piece_by_piece_with_what_it_cost() -> None:
    with scripted(Say(text="There is one dataset.")) as server:
        one = model(server)
        asked, spent = ask()
        pieces = list(one.stream(asked))
    assert len(pieces) > 2 and "".join(pieces) == "There is one dataset."
    assert spent == [Usage(input_tokens=120, output_tokens=30)]
    sent = server.asked[0]
    assert sent["model"] == "scripted" and sent["max_tokens"] == 400 and sent["temperature"] == 0
    assert sent["messages"] == [{"role": "system", "content": "Be brief."},
                                {"role": "user", "content": "What is there?"}]  # fmt: skip


def test_what_can_be_done_meanwhile_is_done_while_the_server_works() -> None:
    done = threading.Event()
    seen: list[bool] = []

    def answer(_: Body) -> Say:
        seen.append(done.wait(10))
        return Say(text=GOOD)

    with scripted(answer) as server:
        one = model(server)
        assert one.parse(replace(ask(20)[0], meanwhile=done.set), SCHEMA)["word"] == "yes"
    assert seen == [True]


def test_a_call_that_cannot_leave_keeps_nobody_waiting_for_that() -> None:
    with scripted(Say(text="late")) as server:
        gone = server.url
    one = OpenAIModel(ModelConfig(name="scripted", base_url=gone, tries=1))
    MADE.append(one)
    began = time.monotonic()
    with pytest.raises(ModelFailed) as why:
        one.complete(ask(20)[0])
    assert why.value.kind == "down" and time.monotonic() - began < 10


def test_what_an_answer_cost_is_estimated_where_the_server_does_not_say() -> None:
    with scripted(Say(text="word " * 30, no_usage=True)) as server:
        asked, spent = ask()
        model(server).complete(asked)
    assert spent[0].input_tokens > 0 and 30 <= spent[0].output_tokens <= 80


@pytest.mark.parametrize(
    ("say", "kind"),
    [
        (Say(status=500), "down"),
        (Say(status=503), "down"),
        (Say(status=429), "busy"),
        (Say(status=401, error="Incorrect API key"), "not_accepted"),
        (Say(status=404, error="no such model"), "not_accepted"),
        (Say(status=400, error="flagged by content_filter"), "refused"),
        (Say(refusal="I cannot."), "refused"),
        (Say(text="half", finish="content_filter"), "refused"),
        (Say(text="This is a long answer", cut_after=2), "cut_off"),
        (Say(text="This is a long answer", no_finish=True), "cut_off"),
        (Say(text="words", error_in_stream=True), "down"),
        (Say(raw=b"data: {not json\n\n"), "wrong_json"),
        (Say(raw=b'data: {"choices": 7}\n\n'), "wrong_json"),
        (Say(raw=b'data: {"choices": [{"delta": []}]}\n\n'), "wrong_json"),
        (Say(raw=b"<html>no stream</html>"), "cut_off"),
        (Say(raw=b"data: \xff\xfe\n\n"), "wrong_json"),
        (Say(endless=True), "endless"),
        (Say(text="long", finish="length"), "endless"),
    ],
)
def test_each_failure_has_its_kind(say: Say, kind: str) -> None:
    assert failed(say).kind == kind


@pytest.mark.parametrize(
    "say",
    [Say(wait_s=3), Say(drips=True, gap_s=0.02), Say(text="x" * 400, pieces=1, gap_s=0.05)],
    ids=["silent", "drips", "slow"],
)
def test_no_call_outlives_its_deadline(say: Say) -> None:
    began = time.monotonic()
    assert failed(say, within_s=0.4).kind == "timeout"
    # The server's own end is waited for too: it sleeps, the call does not.
    assert time.monotonic() - began < 4
    with scripted(say) as server:
        one = model(server)
        began = time.monotonic()
        with pytest.raises(ModelFailed):
            one.complete(ask(0.4)[0])
        assert time.monotonic() - began < 0.7


def test_an_abandoned_call_leaves_no_thread_behind() -> None:
    with scripted(Say(drips=True, gap_s=0.02)) as server:
        with pytest.raises(ModelFailed):
            model(server).complete(ask(0.2)[0])
        until = time.monotonic() + 3
        while _callers() and time.monotonic() < until:
            time.sleep(0.02)
        assert not _callers()


def _callers() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "language-model"]


def test_one_connection_serves_call_after_call() -> None:
    with scripted(Say(text="There is one dataset.")) as server:
        one = model(server)
        for _ in range(3):
            assert one.complete(ask()[0]) == "There is one dataset."
            until = time.monotonic() + 3
            while _callers() and time.monotonic() < until:
                time.sleep(0.005)
    assert len(server.callers) == 1


def test_a_line_without_end_is_not_held_in_memory() -> None:
    assert failed(Say(raw=b"data: " + b"x" * (2 << 20))).kind == "wrong_json"


def test_a_chunk_that_is_no_object_is_told_apart() -> None:
    assert failed(Say(raw=b'data: ["x"]\n\n')).kind == "wrong_json"
    assert failed(Say(raw=b'data: {"choices": {"a": 1}}\n\n')).kind == "wrong_json"


def test_nobody_there_is_told_within_the_time() -> None:
    one = OpenAIModel(ModelConfig(name="x", base_url="http://127.0.0.1:9/v1", first_wait_s=0.01))
    MADE.append(one)
    with pytest.raises(ModelFailed) as why:
        one.complete(ask()[0])
    assert why.value.kind == "down"


def test_a_busy_server_is_asked_again_when_it_said() -> None:
    busy = Say(status=429, headers={"Retry-After": "0.2"})
    with scripted(in_turn(busy, Say(text="At last."))) as server:
        began = time.monotonic()
        assert model(server).complete(ask()[0]) == "At last."
        assert time.monotonic() - began >= 0.2


def test_no_second_try_is_made_when_there_is_no_time_for_it() -> None:
    with scripted(Say(status=429, headers={"Retry-After": "60"})) as server:
        began = time.monotonic()
        with pytest.raises(ModelFailed) as why:
            model(server).complete(ask()[0])
        assert why.value.kind == "busy" and time.monotonic() - began < 1
    assert len(server.asked) == 1


def test_tries_end_with_the_third() -> None:
    with scripted(Say(status=502)) as server, pytest.raises(ModelFailed):
        model(server).complete(ask()[0])
    assert len(server.asked) == 3


def test_a_stream_that_began_is_not_begun_anew() -> None:
    with scripted(Say(text="This is a long answer", cut_after=2)) as server:
        with pytest.raises(ModelFailed):
            model(server).complete(ask()[0])
    assert len(server.asked) == 1


def test_a_used_up_account_is_not_asked_again() -> None:
    with scripted(Say(status=429, error="insufficient_quota")) as server:
        with pytest.raises(ModelFailed):
            model(server).complete(ask()[0])
    assert len(server.asked) == 1


def test_an_object_is_asked_for_by_its_schema() -> None:
    with scripted(Say(text=GOOD)) as server:
        assert model(server).parse(ask()[0], SCHEMA) == {"word": "yes", "list": [1, 2]}
    shape = {"name": "answer", "strict": True, "schema": SCHEMA}
    assert server.asked[0]["response_format"] == {"type": "json_schema", "json_schema": shape}


def lacking(*words: str) -> Callable[[Body], Say]:
    """A server that refuses a request with any of these in it."""

    def answer(body: Body) -> Say:
        told = json.dumps({k: v for k, v in body.items() if k != "messages"})
        for word in words:
            if word in told:
                return Say(status=400, error=f"Unsupported parameter: {word}")
        return Say(text=GOOD)

    return answer


@pytest.mark.parametrize(
    "words", [("json_schema",), ("json_schema", "json_object"), ("stream_options", "json_schema")]
)
def test_a_server_without_schemas_gets_them_in_words_and_is_remembered(words: tuple[str]) -> None:
    with scripted(lacking(*words)) as server:
        one = model(server)
        assert one.parse(ask()[0], SCHEMA)["word"] == "yes"
        before = len(server.asked)
        assert one.parse(ask()[0], SCHEMA)["word"] == "yes"
        assert len(server.asked) == before + 1
    assert '"additionalProperties": false' in server.prompts[-1]


def test_a_server_that_names_its_limit_otherwise_is_adapted_to() -> None:
    def answer(body: Body) -> Say:
        if "max_tokens" in body:
            return Say(
                status=400, error="'max_tokens' is not supported, use 'max_completion_tokens'"
            )
        return lacking("temperature")(body)

    with scripted(answer) as server:
        assert model(server).parse(ask()[0], SCHEMA)["list"] == [1, 2]
    assert server.asked[-1]["max_completion_tokens"] == 400


@pytest.mark.parametrize("text", ["Sure!\n```json\n" + GOOD + "\n```", "Here: " + GOOD + " Done."])
def test_an_object_amid_words_is_found(text: str) -> None:
    with scripted(Say(text=text)) as server:
        assert model(server).parse(ask()[0], SCHEMA)["word"] == "yes"


@pytest.mark.parametrize(
    "wrong",
    ["no json", '{"word": "maybe", "list": []}', '{"word": "yes"}',
     '{"word": "yes", "list": [1.5]}',
     '{"word": "yes", "list": [], "more": 1}', '{"word": "yes", "list": [true]}', "[1]"],
)  # fmt: skip
def test_one_repair_is_tried(wrong: str) -> None:
    with scripted(in_turn(Say(text=wrong), Say(text=GOOD))) as server:
        assert model(server).parse(ask()[0], SCHEMA)["word"] == "yes"
    assert "cannot be used" in server.prompts[1]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [("no json", "wrong_json"), ('{"word": 1, "list": []}', "wrong_schema"),
     ('{"word": NaN, "list": []}', "wrong_json"), ("[" * 3000, "wrong_json")],
)  # fmt: skip
def test_a_second_wrong_object_is_a_failure(wrong: str, kind: str) -> None:
    with scripted(Say(text=wrong)) as server, pytest.raises(ModelFailed) as why:
        model(server).parse(ask()[0], SCHEMA)
    assert why.value.kind == kind
    assert len(server.asked) == 2


def test_every_try_that_reached_the_server_is_counted() -> None:
    with scripted(in_turn(Say(text="no json"), Say(text=GOOD))) as server:
        asked, spent = ask()
        model(server).parse(asked, SCHEMA)
    assert len(spent) == 2


def test_neither_the_key_nor_the_words_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with scripted(Say(text="no json")) as server, pytest.raises(ModelFailed) as why:
        one = model(server, key="sk-secret")
        assert "sk-secret" not in repr(ModelConfig(name="x", key="sk-secret"))
        one.parse(ask()[0], SCHEMA)
    said = caplog.text + str(why.value)
    assert "sk-secret" not in said and "What is there?" not in said and "no json" not in said
