"""The settings of a server that runs for real: rows of the table, and their checked values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.setting import Read, Setting, SettingError

ROWS: tuple[Setting, ...] = (
    Setting(
        name="DATASET_ASSISTANT_QUESTIONS_PER_MINUTE",
        default="30",
        meaning="Questions a minute in one conversation, or by one signed-in person; 0: no limit",
    ),
    Setting(
        name="DATASET_ASSISTANT_ADDRESS_PER_MINUTE",
        default="600",
        meaning="Requests a minute from one network address, files of pages apart; 0: no limit",
    ),
    Setting(
        name="DATASET_ASSISTANT_MCP_PER_MINUTE",
        default="120",
        meaning="Calls of /mcp a minute, by one API key's person or, without a key, by one network "
        "address; 0: no limit",
    ),
    Setting(
        name="DATASET_ASSISTANT_LOG",
        default="text",
        meaning="How the server logs: text, or json for one JSON object a line",
    ),
    Setting(
        name="DATASET_ASSISTANT_METRICS_TOKEN",
        default="",
        meaning="Who shows it as a bearer token may read /metrics; empty: only programs of this "
        "machine, not through a proxy",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRules:
    """How a server bears many callers, and how it tells of itself."""

    questions_per_minute: int = 30
    """Of one conversation or person; 0: no limit."""
    address_per_minute: int = 600
    """Requests from one address; 0: no limit."""
    mcp_per_minute: int = 120
    """Calls of /mcp by one caller; 0: no limit."""
    log: Literal["text", "json"] = "text"
    metrics_token: str = field(default="", repr=False)
    """Empty: none."""


def running_rules(read: Read) -> RunningRules:
    """The checked values; raises `SettingError`."""
    return RunningRules(
        questions_per_minute=_count("DATASET_ASSISTANT_QUESTIONS_PER_MINUTE", read),
        address_per_minute=_count("DATASET_ASSISTANT_ADDRESS_PER_MINUTE", read),
        mcp_per_minute=_count("DATASET_ASSISTANT_MCP_PER_MINUTE", read),
        log=_log(read("DATASET_ASSISTANT_LOG")),
        metrics_token=read("DATASET_ASSISTANT_METRICS_TOKEN"),
    )


def _count(name: str, read: Read) -> int:
    value = read(name)
    if not value.isdecimal():
        raise SettingError(name, value, "a whole number, 0 for no limit")
    return int(value)


def _log(value: str) -> Literal["text", "json"]:
    if value == "text":
        return "text"
    if value == "json":
        return "json"
    raise SettingError("DATASET_ASSISTANT_LOG", value, "text or json")
