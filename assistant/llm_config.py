"""The settings of the language model: where it is, how long it may take, what it may cost. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.setting import Setting, SettingError

ROWS: tuple[Setting, ...] = (
    Setting(
        name="OPENAI_API_KEY",
        default="",
        meaning="Key for a language model; with neither a key nor an address none is ever called",
    ),
    Setting(
        name="OPENAI_BASE_URL",
        default="",
        meaning="Address of any OpenAI-compatible server, such as http://localhost:11434/v1; "
        "empty: OpenAI's own",
    ),
    Setting(
        name="OPENAI_MODEL",
        default="gpt-4o-mini",
        meaning="Name of the language model at that address",
    ),
    Setting(
        name="DATASET_ASSISTANT_LLM_SECONDS",
        default="20",
        meaning="The most that the language model may take in one turn, tries included",
    ),
    Setting(
        name="DATASET_ASSISTANT_LLM_TOKENS",
        default="200000",
        meaning="Tokens that one person may use in a day",
    ),
    Setting(
        name="DATASET_ASSISTANT_LLM_TOKENS_ALL",
        default="5000000",
        meaning="Tokens that all people together may use in a day",
    ),
    Setting(
        name="DATASET_ASSISTANT_LLM_CENTS",
        default="100",
        meaning="US cents that one person may use in a day; counts once prices are set",
    ),
    Setting(
        name="DATASET_ASSISTANT_LLM_PRICES",
        default="",
        meaning="US dollars for a million tokens in and a million out, such as 0.15,0.60",
    ),
    Setting(
        name="DATASET_ASSISTANT_LLM_RERANK",
        default="0",
        meaning="1: let the language model order the first 20 hits of a search",
    ),
)
_MICROS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmRules:
    """What was set about the language model."""

    key: str = field(repr=False)
    base_url: str
    name: str
    seconds: float
    person_tokens: int
    all_tokens: int
    person_micros: int
    """Millionths of a dollar."""
    input_micros: int
    """Millionths of a dollar for a million tokens."""
    output_micros: int
    reranks: bool

    @property
    def is_on(self) -> bool:
        """Whether a model is configured at all."""
        return bool(self.key or self.base_url)


def llm_rules(read: Callable[[str], str]) -> LlmRules:
    """The rules; `read` gives a setting's value. Raises `SettingError`."""
    inward, outward = _prices(read("DATASET_ASSISTANT_LLM_PRICES"))
    return LlmRules(
        key=read("OPENAI_API_KEY"),
        base_url=_address(read("OPENAI_BASE_URL")),
        name=read("OPENAI_MODEL"),
        seconds=_number("DATASET_ASSISTANT_LLM_SECONDS", read, least=0.5, most=300),
        person_tokens=int(_number("DATASET_ASSISTANT_LLM_TOKENS", read, least=0, most=1e12)),
        all_tokens=int(_number("DATASET_ASSISTANT_LLM_TOKENS_ALL", read, least=0, most=1e12)),
        person_micros=int(
            _number("DATASET_ASSISTANT_LLM_CENTS", read, least=0, most=1e9) * _MICROS / 100
        ),
        input_micros=inward,
        output_micros=outward,
        reranks=_switch("DATASET_ASSISTANT_LLM_RERANK", read),
    )


def _address(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        shown = f"{parts.scheme}:..." if parts.scheme else "no address"
        raise SettingError("OPENAI_BASE_URL", shown, "an address that begins with http(s)://")
    return value


def _number(name: str, read: Callable[[str], str], *, least: float, most: float) -> float:
    value = read(name)
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not least <= number <= most:
        raise SettingError(name, value, f"a number from {least:g} to {most:g}")
    return number


def _prices(value: str) -> tuple[int, int]:
    if not value:
        return 0, 0
    try:
        inward, outward = (round(float(part) * _MICROS) for part in value.split(","))
    except ValueError:
        inward = outward = -1
    if inward < 0 or outward < 0:
        raise SettingError(
            "DATASET_ASSISTANT_LLM_PRICES", value, "two amounts in dollars, such as 0.15,0.60"
        )
    return inward, outward


def _switch(name: str, read: Callable[[str], str]) -> bool:
    value = read(name)
    if value not in ("0", "1"):
        raise SettingError(name, value, "0 or 1")
    return value == "1"
