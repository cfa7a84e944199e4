"""One line of the `cards` format: what it may hold, and its reading as a `RawRecord`.

The format is documented in `docs/sources.md`; a field that is not in it is refused by name, so
that a slip of the pen is not taken for silence.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from catalog_sync.card import Evidence, Release, Section, Size, SpeechStyle
from catalog_sync.clauses import AccessMode, Price, StatedTerms
from catalog_sync.source import RawRecord

_Count = Annotated[int, Field(ge=0, lt=2**63)]
_Hours = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Words = Annotated[str, Field(max_length=50_000)]
_Names = str | tuple[str, ...]
_MOST_FAULTS = 3


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Figures(_Part):
    hours: _Hours | None = None
    validated_hours: _Hours | None = None
    records: _Count | None = None
    records_at_least: _Count | None = None
    records_below: _Count | None = None
    speakers: _Count | None = None
    bytes: _Count | None = None


class _ReleaseLine(_Figures):
    version: Annotated[str, Field(min_length=1, max_length=100)]
    published: date | None = None


class _PriceLine(_Part):
    cents: _Count
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"


class CardLine(_Figures):
    """The fields of one line; all but `id` and `name` may be left out."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/@-]{0,199}$")]
    name: Annotated[str, Field(min_length=1, max_length=500)]
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    summary: _Words | None = None
    description: _Words | None = None
    languages: _Names = ()
    modalities: _Names = ()
    tasks: _Names = ()
    tags: _Names = ()
    speech_style: SpeechStyle | None = None
    licence: _Names = ()
    licence_url: str | None = None
    restrictions: _Words | None = None
    forbidden_use: _Words | None = None
    intended_use: _Words | None = None
    conditions: _Words | None = None
    access: AccessMode = "unknown"
    access_note: _Words | None = None
    price: _PriceLine | None = None
    labels: _Names = ()
    collective: bool = False
    publisher: str | None = None
    formats: _Names = ()
    version: str | None = None
    published: date | None = None
    updated: date | None = None
    update_frequency: str | None = None
    citation: _Words | None = None
    doi: str | None = None
    links: _Names = ()
    datasheet: dict[str, _Words] = Field(default_factory=dict)
    releases: tuple[_ReleaseLine, ...] = ()
    evidence: dict[str, _Words] = Field(default_factory=dict)


def read(text: str) -> CardLine:
    """The line; raises `ValueError` saying which field is wrong and what was expected."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise ValueError(f"holds {type(content).__name__}; expected a JSON object")
    try:
        return CardLine.model_validate_json(text)
    except ValidationError as error:
        raise ValueError(_faults(error)) from error


def _faults(error: ValidationError) -> str:
    told = []
    for fault in error.errors(include_url=False, include_context=False)[:_MOST_FAULTS]:
        place = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("tuple"))
        if fault["type"] == "extra_forbidden":
            told.append(f"field {place!r} is not in the format (docs/sources.md lists the fields)")
        elif fault["type"] == "missing":
            told.append(f"field {place!r} is missing")
        else:
            told.append(f"field {place!r}: {fault['msg']} (it holds {str(fault['input'])[:80]!r})")
    more = error.error_count() - len(told)
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def record(line: CardLine, *, source: str, where: str) -> RawRecord:
    """The line as a record of `source`."""
    return RawRecord(
        source=source,
        native_id=line.id,
        where=where,
        url=line.url,
        name=line.name,
        summary=line.summary,
        description=line.description,
        languages=_names(line.languages),
        modalities=_names(line.modalities),
        tasks=_names(line.tasks),
        tags=_names(line.tags),
        speech_style=line.speech_style,
        terms=_terms(line),
        size=_size(line),
        publisher=line.publisher,
        formats=_names(line.formats),
        version=line.version,
        published=line.published,
        updated=line.updated,
        update_frequency=line.update_frequency,
        citation=line.citation,
        doi=line.doi,
        links=_names(line.links),
        datasheet=tuple(
            Section(title=title, text=words) for title, words in line.datasheet.items()
        ),
        releases=tuple(
            Release(version=part.version, published=part.published, size=_size(part))
            for part in line.releases
        ),
        evidence=tuple(
            Evidence(field=field, quote=quote, url=line.url)
            for field, quote in line.evidence.items()
        ),
        payload=line.model_dump(mode="json", exclude_defaults=True),
    )


def _names(value: _Names) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _size(part: _Figures) -> Size:
    return Size(
        bytes=part.bytes,
        hours=part.hours,
        validated_hours=part.validated_hours,
        records=part.records,
        records_at_least=part.records_at_least,
        records_below=part.records_below,
        speakers=part.speakers,
    )


def _terms(line: CardLine) -> StatedTerms:
    words = (
        ("restrictions", line.restrictions),
        ("forbiddenUsage", line.forbidden_use),
        ("intendedUsage", line.intended_use),
        ("additionalConditions", line.conditions),
    )
    price = line.price
    return StatedTerms(
        licences=_names(line.licence),
        licence_url=line.licence_url,
        datasheet=tuple((field, stated) for field, stated in words if stated),
        platform="mdc" if line.collective else None,
        access=line.access,
        access_quote=line.access_note,
        price=Price(owner_cents=price.cents, currency=price.currency) if price else None,
        labels=_names(line.labels),
        url=line.url,
    )
