"""One streamed call to the server in a thread of its own, so that its caller never waits too long.

The openai package knows no time limit for a whole answer, only for each read; a server that drips
would be waited for without end. Here the caller waits on a queue and stops the thread.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

from assistant.llm_values import Failure, ModelFailed, Usage

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletionChunk


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
        self._client = client
        self._body = body
        self._timeout_s = timeout_s
        self._stopped = threading.Event()
        self._stream: openai.Stream[ChatCompletionChunk] | None = None

    def start(self) -> None:
        """Begin the call."""
        threading.Thread(target=self._run, daemon=True, name="language-model").start()

    def stop(self) -> None:
        """Read no further; the connection is closed, the thread ends at its next read."""
        self._stopped.set()
        stream = self._stream
        if stream is not None:
            stream.close()

    def _run(self) -> None:
        import httpx
        import openai

        try:
            self._read()
            self.events.put(End())
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

    def _read(self) -> None:
        create = self._client.chat.completions.create
        stream: openai.Stream[ChatCompletionChunk] = create(
            **self._body, stream=True, timeout=self._timeout_s
        )  # type: ignore[call-overload]
        self._stream = stream
        with stream:
            for chunk in stream:
                if self._stopped.is_set():
                    return
                self.events.put(_piece(chunk))


def _piece(chunk: ChatCompletionChunk) -> Piece:
    usage = chunk.usage
    spent = None
    if usage is not None and usage.prompt_tokens is not None:
        spent = Usage(
            input_tokens=int(usage.prompt_tokens), output_tokens=int(usage.completion_tokens or 0)
        )
    if not chunk.choices:
        return Piece(usage=spent)
    choice = chunk.choices[0]
    delta = choice.delta
    return Piece(
        text=str(delta.content or "") if delta is not None else "",
        finish=choice.finish_reason,
        refused=bool(getattr(delta, "refusal", None)),
        usage=spent,
    )


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
