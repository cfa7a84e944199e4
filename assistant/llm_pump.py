"""One streamed call to the server in a thread beside its caller's, which never waits too long.

The openai package knows no time limit for a whole answer, only for each read; a server that drips
would be waited for without end. Here the caller waits on a queue and stops the thread.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from typing import TYPE_CHECKING

from assistant.llm_crew import Crew
from assistant.llm_values import Failure, ModelFailed, Usage

if TYPE_CHECKING:
    import httpx
    import openai

_LONGEST_LINE = 1 << 20
"""Bytes: a server that sends more without the end of a line does not speak the protocol."""
_AFTER_DONE = 8
_SENT = "http11.send_request_body.complete"
_CALLS = threading.local()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one chunk brought."""

    text: str = ""
    finish: str | None = None
    refused: bool = False
    usage: Usage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no more; `status` and `said` are the server's own, for adapting to it."""

    kind: Failure
    status: int | None = None
    said: str = ""
    """The server's message, lower case; never shown and never logged."""
    wait_s: float | None = None
    """The server's wish for how long to wait."""
    again: bool = False
    """Whether another try may help."""

    def raised(self) -> ModelFailed:
        """The error for it."""
        return ModelFailed(self.kind, f"(HTTP {self.status})" if self.status else "")


class End:
    """The stream ended by itself."""


Event = Piece | Trouble | End


class Pump:
    """Reads one stream into a queue until it ends or is stopped."""

    def __init__(self, client: openai.OpenAI, body: Mapping[str, object], timeout_s: float) -> None:
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.left = threading.Event()
        """Set once the call is on its way, or has failed: from then on only the server works."""
        self._client = client
        self._body = body
        self._timeout_s = timeout_s
        self._stopped = threading.Event()
        self._ended = False
        self._response: httpx.Response | None = None

    def start(self, crew: Crew) -> None:
        """Begin the call in one of the crew's threads."""
        crew.run(self._run)

    def stop(self) -> None:
        """Read no further; the connection is closed, the thread ends at its next read."""
        self._stopped.set()
        response = self._response
        if response is not None and not self._ended:
            response.close()

    def _run(self) -> None:
        import httpx
        import openai

        _CALLS.left = self.left
        try:
            self._read()
        except openai.APIStatusError as why:
            self.events.put(_refused(why))
        except openai.APITimeoutError:
            self.events.put(Trouble(kind="timeout", again=True))
        except openai.APIConnectionError:
            self.events.put(Trouble(kind="down", again=True))
        except openai.OpenAIError:
            self.events.put(Trouble(kind="down"))
        except httpx.TimeoutException:
            self.events.put(Trouble(kind="timeout"))
        except (httpx.HTTPError, httpx.StreamError, OSError):
            self.events.put(Trouble(kind="cut_off"))
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            # The server speaks, but not as the protocol says.
            self.events.put(Trouble(kind="wrong_json"))
        finally:
            self.left.set()

    def _read(self) -> None:
        import openai

        # The typed way would copy the schema key by key and make an object of each piece.
        stream = self._client.post(
            "/chat/completions", body={**self._body, "stream": True}, cast_to=object,
            options={"timeout": self._timeout_s}, stream=True, stream_cls=openai.Stream[object],
        )  # fmt: skip
        self._response = stream.response
        with stream:
            said = _events(stream.response.iter_bytes())
            for data in said:
                if self._stopped.is_set():
                    return
                if data.startswith(b"[DONE]"):
                    break
                self.events.put(_event(json.loads(data)))
            self._ended = True
            self.events.put(End())
            # A connection is used again only when it was read to its end.
            for _ in islice(said, _AFTER_DONE):
                pass


def watch(request: httpx.Request) -> None:
    """Have the pump whose thread sends this request told when it has left."""
    left = getattr(_CALLS, "left", None)
    if isinstance(left, threading.Event):
        request.extensions["trace"] = lambda event, _: left.set() if event == _SENT else None


def _events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each server-sent event; comments and other fields are passed over."""
    rest = b""
    held: list[bytes] = []
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            raise ValueError("A line of the stream does not end.")
        for line in map(bytes.strip, lines):
            if line.startswith(b"data:"):
                held.append(line[5:].strip())
            elif not line and held:
                yield b"\n".join(held)
                held = []
    if rest.startswith(b"data:"):
        held.append(rest[5:].strip())
    if held:
        yield b"\n".join(held)


def _event(chunk: object) -> Event:
    """What one chunk says; raises `TypeError` or `ValueError` for what is none."""
    value = _mapping(chunk)
    if value.get("error"):
        return Trouble(kind="down")
    usage = _usage(value.get("usage"))
    choices = value.get("choices")
    if not choices:
        return Piece(usage=usage)
    if not isinstance(choices, list):
        raise TypeError("Expected a list of choices.")
    choice = _mapping(choices[0])
    said = choice.get("delta")
    delta = {} if said is None else _mapping(said)
    finish = choice.get("finish_reason")
    return Piece(
        text=str(delta.get("content") or ""),
        finish=str(finish) if finish else None,
        refused=bool(delta.get("refusal")),
        usage=usage,
    )


def _usage(told: object) -> Usage | None:
    if told is None:
        return None
    tokens = _mapping(told)
    sent = tokens.get("prompt_tokens")
    if sent is None:
        return None
    return Usage(input_tokens=_whole(sent), output_tokens=_whole(tokens.get("completion_tokens")))


def _whole(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, int | float):
        raise TypeError("Tokens are a number.")
    return int(value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("Expected a JSON object.")
    return value


def _refused(why: openai.APIStatusError) -> Trouble:
    status = why.status_code
    said = f"{why.message} {why.body}".casefold()
    if status == 429:
        # A used-up account is not mended by waiting.
        again = "insufficient_quota" not in said
        return Trouble(kind="busy", status=status, again=again, wait_s=_wait(why))
    if status in (408, 409, 425) or status >= 500:
        return Trouble(kind="down", status=status, said=said, again=True, wait_s=_wait(why))
    if "content_filter" in said or "content management policy" in said:
        return Trouble(kind="refused", status=status)
    return Trouble(kind="not_accepted", status=status, said=said)


def _wait(why: openai.APIStatusError) -> float | None:
    value = why.response.headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        return None
