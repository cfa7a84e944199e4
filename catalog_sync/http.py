"""The one polite way out: asks a catalogue's server, waits when told to, and gives up in words.

Never puts a header, a password or an unknown query value into a message.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from types import TracebackType

import httpx

from catalog_sync.source import BadInput, SourceBroken, SourceUnreachable

USER_AGENT = "dataset-assistant/0.1 (catalogue sync)"
Query = Mapping[str, str | int | list[str]]
"""A list repeats its key."""
_HARMLESS_QUERY = frozenset({"page", "limit", "sort", "sortDirection"})
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How this client behaves; all times in seconds."""

    gap_s: float = 0.2
    """Least time between the starts of two calls."""
    connect_s: float = 10.0
    read_s: float = 60.0
    answer_s: float = 300.0
    """One whole answer may take this long; a server that drips is given up."""
    tries: int = 5
    first_wait_s: float = 1.0
    """Wait before the second try; doubled for each further one."""
    longest_wait_s: float = 120.0
    """A `Retry-After` beyond this ends the run with the time to come back at."""
    most_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said: a success, or one of the statuses the caller asked to see."""

    status: int
    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    next_url: str | None = None
    """The `Link` header's next page."""


def shown(url: str) -> str:
    """The address as a message may show it: no user, no fragment, no unknown query value."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return "an unreadable address"
    query = {key: value for key, value in parsed.params.items() if key in _HARMLESS_QUERY}
    return str(parsed.copy_with(username="", password="", params=query or None, fragment=None))


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; two addresses with the same one belong to the same server."""
    parsed = httpx.URL(url)
    return parsed.scheme, parsed.host, parsed.port


class _TryAgain(Exception):
    """This try failed in a way that another may mend."""

    def __init__(self, why: str, *, broken: bool, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.broken = broken
        self.wait_s = wait_s


class PoliteClient:
    """Keeps the manners over all calls of one run; not for use by two threads at once."""

    def __init__(
        self,
        *,
        manners: Manners | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`clock` gives seconds since 1970."""
        self.manners = manners or Manners()
        self._clock = clock
        self._sleep = sleep
        self._last_start: float | None = None
        self._client: httpx.Client | None = None

    def __enter__(self) -> PoliteClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections; the next call opens new ones."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(
        self,
        url: str,
        *,
        what: str,
        params: Query | None = None,
        headers: Mapping[str, str] | None = None,
        expected: frozenset[int] = frozenset(),
    ) -> Answer:
        """The answer at `url`: status 200, or one of `expected`.

        `what` names the thing asked for, for messages. Raises `SourceUnreachable` when nothing
        but refusals or silence came, `SourceBroken` when answers kept breaking off or grew too
        large, `BadInput` when the address is none.
        """
        return self._persist(
            url, what, lambda: self._once(url, params, headers, expected), check=lambda _: None
        )

    def get_json(
        self,
        url: str,
        *,
        what: str,
        params: Query | None = None,
        headers: Mapping[str, str] | None = None,
        expected: frozenset[int] = frozenset(),
    ) -> tuple[Answer, object]:
        """As `get`, with the body read as JSON; a body that is none is asked for again.

        For a status of `expected` the second value is None when the body is not JSON.
        """
        answer = self._persist(
            url, what, lambda: self._once(url, params, headers, expected), check=_must_be_json
        )
        try:
            return answer, json.loads(answer.body)
        except ValueError:
            return answer, None

    def _persist(
        self, url: str, what: str, once: Callable[[], Answer], *, check: Callable[[Answer], None]
    ) -> Answer:
        wait_s = self.manners.first_wait_s
        for attempt in range(1, self.manners.tries + 1):
            try:
                answer = once()
                check(answer)
                return answer
            except _TryAgain as failure:
                asked_s = failure.wait_s
                if asked_s is not None and asked_s > self.manners.longest_wait_s:
                    raise SourceUnreachable(
                        f"Asked {shown(url)} for {what}: {failure}, and to come back in "
                        f"{asked_s:.0f} s. Waiting is limited to "
                        f"{self.manners.longest_wait_s:.0f} s; run the sync again then."
                    ) from failure
                if attempt == self.manners.tries:
                    kind = SourceBroken if failure.broken else SourceUnreachable
                    raise kind(
                        f"Asked {shown(url)} for {what}, {attempt} times: {failure}. Expected a "
                        "whole answer with status 200; check the address and run the sync again "
                        "later, it goes on from here."
                    ) from failure
                self._sleep(max(asked_s or 0.0, wait_s))
                wait_s *= 2
        raise BadInput(f"Manners.tries is {self.manners.tries}; expected at least 1.")

    def _once(
        self,
        url: str,
        params: Query | None,
        headers: Mapping[str, str] | None,
        expected: frozenset[int],
    ) -> Answer:
        self._keep_the_gap()
        started = self._clock()
        try:
            with self._open().stream("GET", url, params=params, headers=headers) as response:
                self._refuse(response, url, expected)
                body = self._whole_body(response, url, started)
                following = response.links.get("next", {}).get("url")
                return Answer(
                    status=response.status_code,
                    url=str(response.url),
                    body=body,
                    headers={key.lower(): value for key, value in response.headers.items()},
                    next_url=str(response.url.join(following)) if following else None,
                )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise BadInput(
                f"{shown(url)!r} is not an address that can be read. Expected http:// or https://."
            ) from error
        except httpx.TooManyRedirects as error:
            raise SourceBroken(f"{shown(url)} redirects in circles. Check the address.") from error
        except httpx.TimeoutException as error:
            raise _TryAgain("it did not answer in time", broken=False) from error
        except (httpx.RemoteProtocolError, httpx.DecodingError, httpx.ReadError) as error:
            raise _TryAgain("the answer broke off", broken=True) from error
        except httpx.TransportError as error:
            raise _TryAgain(f"no connection ({type(error).__name__})", broken=False) from error

    def _open(self) -> httpx.Client:
        if self._client is None:
            limits = httpx.Timeout(self.manners.read_s, connect=self.manners.connect_s)
            self._client = httpx.Client(
                timeout=limits, follow_redirects=True, headers={"User-Agent": USER_AGENT}
            )
        return self._client

    def _keep_the_gap(self) -> None:
        now = self._clock()
        if self._last_start is not None:
            rest = self.manners.gap_s - (now - self._last_start)
            if rest > 0:
                self._sleep(min(rest, self.manners.gap_s))
        self._last_start = self._clock()

    def _refuse(self, response: httpx.Response, url: str, expected: frozenset[int]) -> None:
        status = response.status_code
        if status == 200 or status in expected:
            return
        if status in _WORTH_ANOTHER_TRY or status >= 500:
            raise _TryAgain(
                f"it answered {status}",
                broken=False,
                wait_s=retry_after_s(response.headers.get("Retry-After"), now=self._clock()),
            )
        raise SourceUnreachable(
            f"{shown(url)} answered {status}. Expected 200; check the address and, where the "
            "source asks for a key, the key."
        )

    def _whole_body(self, response: httpx.Response, url: str, started: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self.manners.most_bytes:
                raise SourceBroken(
                    f"The answer of {shown(url)} is larger than {self.manners.most_bytes} bytes. "
                    "Expected a page of records; check the address."
                )
            if self._clock() - started > self.manners.answer_s:
                raise _TryAgain("it did not finish its answer in time", broken=False)
            parts.append(part)
        return b"".join(parts)


def _must_be_json(answer: Answer) -> None:
    if answer.status != 200:
        return
    try:
        json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise _TryAgain("the answer is not whole JSON", broken=True) from error


def retry_after_s(value: str | None, *, now: float) -> float | None:
    """Seconds to wait by a `Retry-After` header (seconds or an HTTP date); None: not said."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
