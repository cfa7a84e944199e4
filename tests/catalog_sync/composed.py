"""Cards, records and a source made up for tests, in the shape of the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from catalog_sync.card import DatasetCard, Modality, Size
from catalog_sync.clauses import StatedTerms, Terms
from catalog_sync.source import Cursor, Failed, Gone, Item, RawRecord, SourceUnreachable
from catalog_sync.terms import derive

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def card(
    native_id: str,
    *,
    source: str = "cards",
    name: str | None = None,
    languages: tuple[str, ...] = ("cy",),
    modalities: tuple[Modality, ...] = ("audio",),
    tasks: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    licence: str | None = "CC-BY-4.0",
    terms: Terms | None = None,
    size: Size | None = None,
    publisher: str | None = None,
    description: str = "Read speech.",
    url: str | None = None,
    links: tuple[str, ...] = (),
    doi: str | None = None,
    version: str | None = None,
    multilingual: bool | None = None,
) -> DatasetCard:
    return DatasetCard(
        id=f"{source}:{native_id}",
        source=source,
        native_id=native_id,
        url=url,
        name=name or f"Speech {native_id}",
        description=description,
        languages=languages,
        modalities=modalities,
        tasks=tasks,
        tags=tags,
        terms=terms or stated(licence),
        size=size or Size(),
        publisher=publisher,
        links=links,
        doi=doi,
        version=version,
        multilingual=multilingual,
    )


def stated(licence: str | None) -> Terms:
    return derive(StatedTerms(licences=() if licence is None else (licence,)))


def record(native_id: str, *, description: str = "Read speech.", name: str = "") -> RawRecord:
    return RawRecord(
        source="composed",
        native_id=native_id,
        where=f"page of {native_id}",
        name=name or f"Speech {native_id}",
        description=description,
        languages=("cy",),
        modalities=("audio",),
        terms=StatedTerms(licences=("CC-BY-4.0",)),
    )


def normalised(raw: RawRecord) -> DatasetCard:
    """A thin normaliser; a record whose description is "broken" cannot be read."""
    if raw.description == "broken":
        raise ValueError("its description cannot be read")
    return card(
        raw.native_id,
        source=raw.source,
        name=raw.name,
        description=raw.description or "",
        terms=derive(raw.terms),
    )


def ticking(*, step_s: float = 0.01) -> Callable[[], datetime]:
    """A clock that moves on by a little at each look."""
    ticks = count()
    return lambda: NOW + timedelta(seconds=step_s * next(ticks))


@dataclass
class Listed:
    """A source over a list; a cursor after every item of which `every` divides the place."""

    items: Sequence[RawRecord | Gone | Failed]
    every: int = 1
    breaks_at: int | None = None
    """The place at which it stops answering."""
    name: str = "composed"
    homepage: str = "https://composed.invalid"
    terms_of_api: str = "https://composed.invalid/terms"
    begun_at: list[int] = field(default_factory=list)
    """Where each walk began."""

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        start = 0 if cursor is None else cursor.state["next"]
        assert isinstance(start, int)
        self.begun_at.append(start)
        for place in range(start, len(self.items)):
            if place == self.breaks_at:
                raise SourceUnreachable(f"composed.invalid does not answer at place {place}")
            yield self.items[place]
            if (place + 1) % self.every == 0:
                yield Cursor(state={"next": place + 1})
