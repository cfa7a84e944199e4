"""What the assistant asks of a language model, and every way in which that can fail. Pure values.

ModelFailed(kind)      the one error of this room; the rule-made answer stands in for it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from prompts.load import Filled

Purpose = Literal["understand", "answer", "rerank", "letter"]
Failure = Literal[
    "timeout", "busy", "down", "refused", "cut_off", "wrong_json", "wrong_schema", "endless",
    "wrong_language", "ungrounded", "over_budget", "not_accepted",
]  # fmt: skip
FAILURES: tuple[Failure, ...] = get_args(Failure)
Schema = Mapping[str, object]
"""A JSON schema in the strict subset: every property required, no further ones."""
JsonObject = dict[str, object]

SAID: Mapping[Failure, str] = {
    "timeout": "it did not answer in time",
    "busy": "it has too much to do",
    "down": "it cannot be reached",
    "refused": "it declined",
    "cut_off": "its answer broke off",
    "wrong_json": "its answer could not be read",
    "wrong_schema": "its answer could not be read",
    "endless": "its answer did not end",
    "wrong_language": "it answered in another language",
    "ungrounded": "what it said was not in the facts",
    "over_budget": "today's allowance for it is used up",
    "not_accepted": "it does not accept the question",
}
"""Why there is no answer of the model's, for the quiet line."""


class ModelFailed(Exception):
    """The model gave nothing that can be used; `detail` never holds its words or ours."""

    def __init__(self, kind: Failure, detail: str = "") -> None:
        super().__init__(f"The language model gave no answer: {SAID[kind]}. {detail}".strip())
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one call; estimated where the server does not say."""

    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def total(self) -> int:
        """All tokens of the call."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One call: the prompt, and what it may take."""

    prompt: Filled
    deadline: float
    """The moment, on the caller's steady clock in seconds, when the answer is of no use."""
    most_tokens: int
    spent: Callable[[Usage], None]
    """Told once for each try that reached the server, whether or not it ended well."""
    meanwhile: Callable[[], None] = lambda: None
    """Done while the server works, once for each try."""


class Model(Protocol):
    """A language model; what calls it raises `ModelFailed` and nothing else."""

    def warm(self) -> None:
        """Load what the first call needs, without calling anybody."""
        ...

    def complete(self, ask: Ask) -> str:
        """The whole answer as text."""
        ...

    def parse(self, ask: Ask, schema: Schema) -> JsonObject:
        """The answer as a JSON object that keeps to the schema; one repair is tried."""
        ...

    def stream(self, ask: Ask) -> Iterator[str]:
        """The answer as it comes, piece by piece; raises when it breaks off."""
        ...


class Recorder(Protocol):
    """What figures are told to: counts by name and label, for monitoring."""

    def add(self, name: str, value: float = 1.0, *, label: str = "") -> None:
        """Add to one count."""
        ...
