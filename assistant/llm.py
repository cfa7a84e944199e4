"""The door to a language model: any server that speaks OpenAI's chat completions.

Nothing is called unless it is configured. Every call ends at its deadline, tries included; what
the server lacks (JSON schemas, JSON mode, usage in streams) is found out once and remembered.
Never logs a word that was sent or received.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from queue import Empty
from typing import TYPE_CHECKING, Literal

from assistant import llm_schema
from assistant.llm_crew import Crew
from assistant.llm_pump import Event, Pump, Trouble, watch
from assistant.llm_tally import Failed, Tally
from assistant.llm_values import Ask, JsonObject, ModelFailed, Schema
from prompts.load import Filled

if TYPE_CHECKING:
    import openai

Form = Literal["json_schema", "json_object", "text"]
_WEAKER: dict[Form, Form] = {"json_schema": "json_object", "json_object": "text"}
_ONE_READ_S = 30.0
_KEPT_OPEN_S = 55.0
"""Many servers close what was idle for a minute."""
_MOST_PROBLEMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """Which model, where, and how patiently."""

    name: str
    key: str = field(default="", repr=False)
    base_url: str = ""
    """Empty: OpenAI's own."""
    tries: int = 3
    first_wait_s: float = 0.4
    """Wait before the second try; doubled for the third."""


@dataclass(slots=True)
class _Manners:
    """What this server was found to take."""

    form: Form = "json_schema"
    usage: bool = True
    temperature: bool = True
    limit: str = "max_tokens"


class OpenAIModel:
    """A model behind an OpenAI-compatible address; safe to use from many threads."""

    def __init__(self, config: ModelConfig, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._config = config
        self._clock = clock
        self._manners = _Manners()
        self._lock = threading.Lock()
        self._client: openai.OpenAI | None = None
        self._crew = Crew()

    @property
    def form(self) -> Form:
        """How an object can be asked for, as far as the server has told yet."""
        return self._manners.form

    def warm(self) -> None:
        """Load what the first call needs, without calling anybody."""
        self._open()
        self._crew.warm()

    def close(self) -> None:
        """Close the connections."""
        self._crew.close()
        if self._client is not None:
            self._client.close()

    def complete(self, ask: Ask) -> str:
        """The whole answer as text."""
        return "".join(self.stream(ask))

    def stream(self, ask: Ask) -> Iterator[str]:
        """The answer piece by piece; a try that failed before its first piece is repeated.

        The call has left when this returns, so that its caller may work while the model thinks.
        """
        said = messages(ask.prompt)
        return self._said(ask, said, None, self._begun(ask, said, None))

    def parse(self, ask: Ask, schema: Schema) -> JsonObject:
        """The answer as an object that keeps to the schema; one repair is tried."""
        said = messages(ask.prompt)
        text = "".join(self._said(ask, said, schema))
        value, wrong = _judged(text, schema)
        if value is not None and not wrong:
            return value
        fault = "; ".join(wrong) or "it is not one JSON object"
        again = [
            *said,
            {"role": "assistant", "content": text[: llm_schema.LONGEST // 4]},
            {"role": "user", "content": f"That cannot be used: {fault}. Return only the corrected "
             "JSON object."},
        ]  # fmt: skip
        value, wrong = _judged("".join(self._said(ask, again, schema)), schema)
        if value is None:
            raise ModelFailed("wrong_json")
        if wrong:
            raise ModelFailed("wrong_schema", "; ".join(wrong[:3]))
        return value

    def _said(
        self,
        ask: Ask,
        said: list[dict[str, str]],
        schema: Schema | None,
        first: Pump | None = None,
    ) -> Generator[str, None, None]:
        tried = 0
        while True:
            begun = False
            try:
                pump, first = first or self._begun(ask, said, schema), None
                for text in self._once(ask, said, pump):
                    begun = True
                    yield text
                return
            except Failed as why:
                trouble = why.trouble
                if begun:
                    raise trouble.raised() from None
                if self._adapts(trouble, schema):
                    continue
                tried += 1
                if not trouble.again or tried >= self._config.tries:
                    raise trouble.raised() from None
                self._pause(trouble, tried, ask)

    def _pause(self, trouble: Trouble, tried: int, ask: Ask) -> None:
        """Wait before the next try; raises at once where there is no time for one."""
        wait = self._config.first_wait_s * 2 ** (tried - 1)
        wait = max(wait, trouble.wait_s or 0.0)
        if self._clock() + wait >= ask.deadline:
            raise trouble.raised()
        threading.Event().wait(wait)

    def _begun(self, ask: Ask, said: list[dict[str, str]], schema: Schema | None) -> Pump | None:
        """A try under way; None where there is no time for one."""
        left = ask.deadline - self._clock()
        if left <= 0:
            return None
        pump = Pump(self._open(), self._body(ask, said, schema), min(left, _ONE_READ_S))
        pump.start(self._crew)
        # Whoever works on now would keep the call's thread from its turn.
        pump.left.wait(left)
        return pump

    def _once(
        self, ask: Ask, said: list[dict[str, str]], pump: Pump | None
    ) -> Generator[str, None, None]:
        """One try; the pieces, or `Failed`."""
        if pump is None:
            raise Failed(Trouble(kind="timeout"))
        tally = Tally(sent=sum(len(one["content"].encode()) for one in said))
        try:
            ask.meanwhile()
            while True:
                event = self._next(pump, ask.deadline)
                text = tally.take(event, ask.most_tokens)
                if text:
                    yield text
                if tally.ended:
                    return
        finally:
            pump.stop()
            if tally.reached:
                ask.spent(tally.usage())

    def _next(self, pump: Pump, deadline: float) -> Event:
        try:
            return pump.events.get(timeout=max(0.0, deadline - self._clock()))
        except Empty:
            return Trouble(kind="timeout")

    def _body(
        self, ask: Ask, said: list[dict[str, str]], schema: Schema | None
    ) -> dict[str, object]:
        manners = self._manners
        body: dict[str, object] = {
            "model": self._config.name, "messages": said, manners.limit: ask.most_tokens,
        }  # fmt: skip
        if manners.temperature:
            body["temperature"] = 0
        if manners.usage:
            body["stream_options"] = {"include_usage": True}
        if schema is None or manners.form == "text":
            return body if schema is None else {**body, "messages": _with_schema(said, schema)}
        if manners.form == "json_object":
            body["messages"] = _with_schema(said, schema)
            body["response_format"] = {"type": "json_object"}
            return body
        shape = {"name": ask.prompt.name, "strict": True, "schema": schema}
        body["response_format"] = {"type": "json_schema", "json_schema": shape}
        return body

    def _adapts(self, trouble: Trouble, schema: Schema | None) -> bool:
        """Whether the server refused something that can be left out; the next try does."""
        if trouble.status not in (400, 404, 415, 422, 500, 501):
            return False
        said, manners = trouble.said, self._manners
        with self._lock:
            if manners.usage and "stream_options" in said:
                manners.usage = False
            elif manners.limit == "max_tokens" and "max_completion_tokens" in said:
                manners.limit = "max_completion_tokens"
            elif manners.temperature and "temperature" in said:
                manners.temperature = False
            elif schema is not None and manners.form != "text" and _speaks_of_form(trouble):
                manners.form = _WEAKER[manners.form]
            else:
                return False
        return True

    def _open(self) -> openai.OpenAI:
        with self._lock:
            if self._client is None:
                import httpx
                import openai

                self._client = openai.OpenAI(
                    # A local server needs no key; the package insists on one.
                    api_key=self._config.key or "none",
                    base_url=self._config.base_url or "https://api.openai.com/v1",
                    max_retries=0,
                    # From one turn of a person to the next, without a handshake.
                    http_client=openai.DefaultHttpxClient(
                        limits=httpx.Limits(max_connections=100, keepalive_expiry=_KEPT_OPEN_S),
                        event_hooks={"request": [watch]},
                    ),
                )
            return self._client


def messages(prompt: Filled) -> list[dict[str, str]]:
    """A filled prompt in the shape of chat completions."""
    return [
        {"role": "system", "content": prompt.system},
        {"role": "user", "content": prompt.user},
    ]


def _with_schema(said: list[dict[str, str]], schema: Schema) -> list[dict[str, str]]:
    """The messages with the schema told in words, for a server that takes none."""
    told = (
        "\n\nReturn only one JSON object, without any word around it, that keeps to this JSON "
        f"schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )
    first, *rest = said
    return [{**first, "content": first["content"] + told}, *rest]


def _speaks_of_form(trouble: Trouble) -> bool:
    named = ("response_format", "json", "schema", "grammar")
    return any(word in trouble.said for word in named) or trouble.status in (400, 422, 501)


def _judged(text: str, schema: Schema) -> tuple[JsonObject | None, list[str]]:
    value = llm_schema.read(text)
    if value is None:
        return None, []
    return value, list(llm_schema.problems(value, schema))[:_MOST_PROBLEMS]
