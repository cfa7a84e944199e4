"""Every setting: its name, what it means, what is valid.

Values come from a mapping handed in (`wiring` hands in the environment). A name with our prefix
that is not in the table is refused, so that a slip of the finger is not silently the default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from assistant.deliver_rules import ROWS as DELIVER_ROWS
from assistant.deliver_rules import DeliverRules, deliver_rules
from assistant.identity_rules import ROWS as IDENTITY_ROWS
from assistant.identity_rules import IdentityRules, identity_rules
from assistant.llm_config import ROWS as LLM_ROWS
from assistant.llm_config import LlmRules, llm_rules
from assistant.running_rules import ROWS as RUNNING_ROWS
from assistant.running_rules import RunningRules, running_rules
from assistant.setting import Setting as Setting
from assistant.setting import SettingError as SettingError
from assistant.setting import words
from assistant.slack_rules import ROWS as SLACK_ROWS
from assistant.slack_rules import SlackRules, slack_rules

PREFIX = "DATASET_ASSISTANT_"


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="DATASET_ASSISTANT_DATA",
        default="./data",
        meaning="Folder of the database, the index and the chat's files",
    ),
    Setting(
        name="DATABASE_URL",
        default="",
        meaning="PostgreSQL address (postgresql://...); empty: SQLite in the data folder",
    ),
    Setting(
        name="DATASET_ASSISTANT_SOURCES",
        default="starter",
        meaning="Catalogues that `sync` reads when none is named, with commas between",
    ),
    Setting(
        name="DATASET_ASSISTANT_MODEL",
        default="",
        meaning="Name or folder of a sentence-transformers model; empty: the bundled one",
    ),
    Setting(
        name="DATASET_ASSISTANT_PRECISION",
        default="fp32",
        meaning="Arithmetic of the embedding of passages: fp32 or bf16",
    ),
    Setting(
        name="SYNC_EVERY",
        default="",
        meaning="How often the server syncs and indexes by itself: 30m, 6h, 1d; empty: never",
    ),
    Setting(
        name="MDC_API_URL",
        default="https://mozilladatacollective.com/api",
        meaning="Address of the Mozilla Data Collective's public API",
    ),
    Setting(
        name="MDC_READ_METADATA",
        default="0",
        meaning="1: read each dataset's Croissant metadata from the collective too, a call each",
    ),
    Setting(
        name="HF_ENDPOINT",
        default="https://huggingface.co",
        meaning="Address of the Hugging Face Hub (its own variable, as the next three)",
    ),
    Setting(name="HF_TOKEN", default="", meaning="Key for the Hub; it is read without one too"),
    Setting(
        name="HF_HUB_OFFLINE", default="", meaning="1: never call the Hub, read what is on disk"
    ),
    Setting(
        name="HF_READ_CARDS",
        default="0",
        meaning="1: read each dataset's page from the Hub too, a call each",
    ),
    Setting(name="HOST", default="127.0.0.1", meaning="Address that the server listens on"),
    Setting(name="PORT", default="8000", meaning="Port that the server listens on"),
    Setting(
        name="DATASET_ASSISTANT_ORIGINS",
        default="",
        meaning="Web addresses whose pages may show the widget, with commas between: "
        "https://data.example.org; empty: none",
    ),
    Setting(
        name="DATASET_ASSISTANT_API_KEY",
        default="",
        meaning="API key for which `mcp` drafts requests over standard input and output",
    ),
    Setting(
        name="DATASET_ASSISTANT_SECRET",
        default="",
        meaning="Secret that seals addresses and signs links; several with commas: the first is "
        "used, all are understood; empty: one made once, in the data folder",
    ),
    *LLM_ROWS,
    *IDENTITY_ROWS,
    Setting(
        name="DATASET_ASSISTANT_CALLS_PER_MINUTE",
        default="120",
        meaning="Calls of the API a minute, by one person or by one address that nobody signed in "
        "from; more are told to wait",
    ),
    *SLACK_ROWS,
    *DELIVER_ROWS,
    *RUNNING_ROWS,
)
FOR_SOURCES = ("MDC_API_URL", "MDC_READ_METADATA", "HF_ENDPOINT", "HF_TOKEN", "HF_HUB_OFFLINE",
               "HF_READ_CARDS")  # fmt: skip
"""Settings that the sources read themselves."""
PRECISIONS = ("fp32", "bf16")
Precision = Literal["fp32", "bf16"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, read and checked once."""

    data: Path
    database_url: str
    sources: tuple[str, ...]
    model: str | None
    """None: the bundled model."""
    precision: Precision
    sync_every_s: float | None
    """None: no schedule."""
    host: str
    port: int
    origins: tuple[str, ...]
    api_key: str = field(repr=False)
    """Of the person for whom `mcp` speaks; empty: it only reads."""
    secret: str = field(repr=False)
    """As it was set; empty: the one in the data folder."""
    identity: IdentityRules
    """Who is believed about who speaks."""
    calls_per_minute: int
    """Of one caller of the API."""
    slack: SlackRules
    """How Slack is reached, and which workspaces are served."""
    llm: LlmRules
    """Which language model, if any."""
    deliver: DeliverRules
    """How people and programs are told, and for how long things are kept."""
    running: RunningRules
    """How a server bears many callers, and how it tells of itself."""
    for_sources: tuple[tuple[str, str], ...] = field(repr=False)
    """The variables that sources read themselves, as they were set; a key may be among them."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in `environ`; raises `SettingError` for an unknown or unreadable one."""
        refuse_unknown(environ)
        data = Path(read(environ, "DATASET_ASSISTANT_DATA")).expanduser()
        return cls(
            data=data,
            database_url=database(read(environ, "DATABASE_URL"), data),
            sources=words(read(environ, "DATASET_ASSISTANT_SOURCES")),
            model=read(environ, "DATASET_ASSISTANT_MODEL") or None,
            precision=precision(read(environ, "DATASET_ASSISTANT_PRECISION")),
            sync_every_s=duration(read(environ, "SYNC_EVERY")),
            host=read(environ, "HOST"),
            port=port(read(environ, "PORT")),
            origins=origins(read(environ, "DATASET_ASSISTANT_ORIGINS")),
            api_key=read(environ, "DATASET_ASSISTANT_API_KEY"),
            secret=read(environ, "DATASET_ASSISTANT_SECRET"),
            calls_per_minute=whole(environ, "DATASET_ASSISTANT_CALLS_PER_MINUTE", least=1),
            deliver=deliver_rules(partial(read, environ)),
            running=running_rules(partial(read, environ)),
            identity=identity_rules(partial(read, environ), host=read(environ, "HOST")),
            slack=slack_rules(partial(read, environ)),
            llm=llm_rules(partial(read, environ)),
            for_sources=tuple(
                (name, environ[name]) for name in FOR_SOURCES if environ.get(name, "").strip()
            ),
        )

    @property
    def index(self) -> Path:
        """The folder of index generations."""
        return self.data / "index"


def refuse_unknown(environ: Mapping[str, str]) -> None:
    """Raise `SettingError` for a variable with our prefix that means nothing."""
    known = {row.name for row in SETTINGS}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            valid = ", ".join(sorted(row for row in known if row.startswith(PREFIX)))
            raise SettingError(name, environ[name], f"no such setting; the ones there are: {valid}")


def read(environ: Mapping[str, str], name: str) -> str:
    """The value of `name`, or its default when it is not set or blank."""
    default = next(row.default for row in SETTINGS if row.name == name)
    return environ.get(name, "").strip() or default


def origins(value: str) -> tuple[str, ...]:
    """Web addresses as browsers name them: scheme, host and port, nothing after."""
    found = []
    for word in words(value):
        parts = urlsplit(word.rstrip("/").lower())
        origin = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme not in ("http", "https") or origin != word.rstrip("/").lower():
            raise SettingError(
                "DATASET_ASSISTANT_ORIGINS",
                word,
                "scheme and host, such as https://data.example.org",
            )
        found.append(origin)
    return tuple(found)


def database(value: str, data: Path) -> str:
    """SQLAlchemy's address of the database."""
    if not value:
        return f"sqlite:///{data / 'catalog.db'}"
    for short in ("postgres://", "postgresql://"):
        if value.startswith(short):
            return f"postgresql+psycopg://{value.removeprefix(short)}"
    if value.startswith(("postgresql+psycopg://", "sqlite:///")):
        return value
    scheme = value.split(":", 1)[0]
    raise SettingError(
        "DATABASE_URL", f"{scheme}:...", "an address that begins with postgresql:// or sqlite:///"
    )


def precision(value: str) -> Precision:
    """The precision called `value`."""
    if value == "fp32":
        return "fp32"
    if value == "bf16":
        return "bf16"
    raise SettingError("DATASET_ASSISTANT_PRECISION", value, f"one of {', '.join(PRECISIONS)}")


def duration(value: str) -> float | None:
    """Seconds in "90", "30m", "6h" or "1d"; None for an empty value."""
    if not value:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", value.lower())
    seconds = 0.0
    if match:
        unit = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
        seconds = float(match[1]) * unit
    if seconds < 1:
        raise SettingError("SYNC_EVERY", value, "a time such as 30m, 6h or 1d")
    return seconds


def whole(environ: Mapping[str, str], name: str, *, least: int) -> int:
    """A whole number of at least `least`."""
    value = read(environ, name)
    if value.isascii() and value.isdecimal() and least <= int(value) <= 1_000_000:
        return int(value)
    raise SettingError(name, value, f"a whole number from {least} to 1000000")


def port(value: str) -> int:
    """A port number."""
    if value.isdecimal() and int(value) < 65536:
        return int(value)
    raise SettingError("PORT", value, "a number from 0 (any free port) to 65535")
