"""What the desk answers: no markup, no face. Names no dataset that is not in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.need import Asker, Need
from assistant.phrases import Phrases, phrases_of
from assistant.terms.values import Verdict
from catalog_sync.card import DatasetCard

Intent = Literal[
    "find", "refine", "more", "compare", "explain", "check_use", "combine", "coverage", "request",
    "status", "show", "help", "greeting", "thanks", "off_topic", "abuse", "reset", "language",
    "freshness", "wish", "attribution",
]  # fmt: skip
MatchState = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One turn of a person."""

    text: str
    conversation: str
    asker: Asker
    language: str = "en"
    """BCP 47 of the face's interface."""
    pressed: bool = False
    """The words are a button's: they say nothing of the language the person speaks."""
    viewing: str | None = None
    """Card id of the page the person is on; a page not seen before is what "this" means now."""
    about: str | None = None
    """Card id that a pressed button speaks of, whatever was spoken of before."""
    top: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How one limit of the need fared on one card."""

    field: str
    state: MatchState
    text: str
    """Plain words: "Welsh (Cymraeg, cy)", "207 validated hours, you asked for 100"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One dataset offered."""

    card: DatasetCard
    score: float
    verdict: Verdict
    matches: tuple[Match, ...]
    why: str
    """One line: why it matched."""
    copies: tuple[str, ...] = ()
    """Ids of the same dataset in other sources."""
    findings: tuple[str, ...] = ()
    """What vetting noted, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing understood, removable: saying `remove` takes it away."""

    field: str
    label: str
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """A question to the person, with answers that can be clicked."""

    text: str
    field: str
    answers: tuple[tuple[str, str], ...] = ()
    """(label, what to say)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something the person may do next."""

    kind: Literal["explain", "compare", "request", "open", "relax", "more", "wish", "say"]
    label: str
    say: str = ""
    """The words that ask for it in the conversation."""
    card_ids: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures with the rows behind them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int, ...], ...]
    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A comparison or a list: one header row, text cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one question."""

    text: str
    intent: Intent
    need: Need
    language: str = "en"
    """BCP 47 of the texts."""
    book: Phrases | None = None
    """The phrasebook of that language where a person accepted it; None: the program has it."""
    chips: tuple[Chip, ...] = ()
    options: tuple[Option, ...] = ()
    total: int = 0
    """How many datasets met every limit."""
    no_match: bool = False
    nearest: tuple[Option, ...] = ()
    """When nothing fits: the closest, each with the limits it breaks among its matches."""
    questions: tuple[AskBack, ...] = ()
    offers: tuple[Offer, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    """What was done, step by step, for `--json` and for the curious."""

    @property
    def phrases(self) -> Phrases:
        """The texts of the language that the reply is in, for what faces say around it."""
        return self.book or phrases_of(self.language)
