"""What the tools for other assistants give back: typed, so that each has a schema."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from assistant.terms.combine import Scenario
from assistant.terms.combine_pair import Answer
from assistant.terms.values import Outcome
from assistant.use import Act
from catalog_sync.clauses import AccessMode, Document, RuleKind
from catalog_sync.stored import GroupedBy

ADVICE = "A careful reading of published terms, not legal advice."


class Result(BaseModel):
    """The base of every result: fixed, its field docs in the schema."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, from_attributes=True)


class Reason(Result):
    """Why, with the words it rests on."""

    act: Act
    outcome: Outcome
    why: str
    document: Document
    """Which paper the clause stands in."""
    clause: str
    quote: str
    """The words themselves."""
    url: str | None


class Duty(Result):
    """Something to do in return."""

    action: str
    text: str
    prior: bool = False
    """Before the use starts."""
    clause: str


class Missing(Result):
    """A deciding fact that nobody has stated: ask the person, then check again with it."""

    fact: str
    """Its key in `facts`."""
    question: str


class OwnersWords(Result):
    """Words of the owner that no rule could be read from; show them as they are."""

    field: str
    quote: str
    url: str | None


class Judgement(Result):
    """May this be done? Only `allowed` means yes without conditions; silence is `ask_owner`."""

    outcome: Outcome
    words: str
    """The outcome for a person."""
    reasons: list[Reason]
    duties: list[Duty]
    missing: list[Missing]
    platform_notes: list[str]
    also_says: list[OwnersWords]
    advice: str = ADVICE


class CombineReason(Result):
    """Why, with the words it rests on."""

    outcome: Answer
    why: str
    document: Document
    clause: str
    quote: str
    url: str | None


class Joined(Result):
    """Whether two licences' data may be joined, and what the result goes out under."""

    scenario: Scenario
    outcome: Answer
    result_licence: str | None
    """SPDX expression; null where none can be named for certain."""
    reasons: list[CombineReason]
    duties: list[Duty]
    advice: str = ADVICE


class Size(Result):
    """How large; null where nobody stated it."""

    bytes: int | None
    hours: float | None
    validated_hours: float | None
    records: int | None
    speakers: int | None


class Found(Result):
    """One dataset of a search."""

    id: str
    resource: str
    """Address of the whole card, for reading it as a resource."""
    name: str
    url: str | None
    """The page a person opens."""
    source: str
    """The catalogue it stands in."""
    languages: list[str]
    """BCP 47 tags."""
    languages_text: str
    tasks: str
    size: Size
    licence: str
    access: str
    """How one gets at the files, and what they cost."""
    verdict: Judgement
    """For the use that was stated, or for reading it where none was."""
    why: str
    """Why it was found."""
    not_stated: list[str]
    """Limits of the request that its card says nothing about."""
    breaks: list[str]
    """Limits of the request that it does not keep; only for `nearest`."""
    copies: list[str]
    """Ids of the same dataset in other catalogues."""
    notes: list[str]


class Searched(Result):
    """The answer to a search: every limit is kept by `datasets`; `nearest` break some."""

    text: str
    understood: list[str]
    """Limits read from the words; what is missing here was not understood as a limit."""
    total: int
    """Datasets that surely meet every limit, shown or not."""
    datasets: list[Found]
    no_match: bool
    nearest: list[Found]
    questions: list[str]
    """What the person should be asked, because it would change the answer."""
    notices: list[str]


class Rule(Result):
    """One permission, prohibition or duty, with the words it rests on."""

    kind: RuleKind
    action: str
    prior: bool
    document: Document
    clause: str
    quote: str
    url: str | None


class Section(Result):
    """A part of the datasheet."""

    title: str
    text: str


class Dataset(Result):
    """One dataset as its catalogue describes it; null and empty mean that nobody said."""

    id: str
    resource: str
    name: str
    url: str | None
    source: str
    summary: str
    description: str
    languages: list[str]
    """BCP 47 tags."""
    languages_text: str
    modalities: list[str]
    tasks: list[str]
    tags: list[str]
    size: Size
    licence: str | None
    """SPDX expression; null where none could be read."""
    licence_stated: list[str]
    """As published."""
    licence_url: str | None
    access: AccessMode
    access_text: str
    price_text: str | None
    rules: list[Rule]
    also_says: list[OwnersWords]
    publisher: str | None
    formats: list[str]
    version: str | None
    published: date | None
    updated: date | None
    citation: str | None
    doi: str | None
    datasheet: list[Section]
    copies: list[str]
    """Ids of the same dataset in other catalogues."""
    notes: list[str]
    """What vetting found."""
    last_read: datetime
    cut: list[str]
    """Fields that are longer at their source than here."""


class Group(Result):
    """Figures of the datasets that share one value."""

    key: str | None
    """Its code; null for those that state none."""
    label: str
    datasets: int
    hours: float | None
    validated_hours: float | None
    bytes: int | None


class Coverage(Result):
    """Figures over the catalogue, the largest group first."""

    total: int
    """Datasets counted, each once."""
    by: GroupedBy
    groups: list[Group]
    groups_left_out: int
    """Smaller groups than those shown."""


class Hit(Result):
    """One dataset found, in the shape that ChatGPT's connectors expect."""

    id: str
    title: str
    url: str


class Hits(Result):
    """What `search` found."""

    results: list[Hit]


class Fetched(Result):
    """One dataset as text, in the shape that ChatGPT's connectors expect."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str]
