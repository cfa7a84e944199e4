"""A record in a source's own words -> a card in ours, with the place where each field was stated.

Pure. What a source does not say stays unknown; nothing here guesses.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from catalog_sync import normalise_frequency, normalise_kinds, normalise_languages, terms
from catalog_sync.card import DatasetCard, Evidence, Release, Section, Size
from catalog_sync.normalise_text import address, clean, doi, line, summary_of
from catalog_sync.source import RawRecord

__all__ = ["normalise"]

_NAME_CHARS = 300
_SUMMARY_CHARS = 600
_DESCRIPTION_CHARS = 20_000
_SECTION_CHARS = 8_000
_MOST_SECTIONS = 60
_MOST_LINKS = 50
_MOST_RELEASES = 100
_CITATION_CHARS = 4_000
_QUOTE_CHARS = 300
_LARGEST = 2**63 - 1
_MAIL = re.compile(
    r"(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}\s{0,2}['\"]?(?:@|[(\[{]\s{0,2}at\s{0,2}[)\]}])['\"]?\s{0,2}"
    r"[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}",
    re.IGNORECASE,
)
"""A person's address, also where it is spelt to hide it: "name '@' example.org"."""
_SPELT_AT = re.compile(r"[(\[{]\s{0,2}at\s{0,2}[)\]}]", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(<\[]\s*[)>\]]")
_WITHHELD = "[address withheld]"


def normalise(record: RawRecord) -> DatasetCard:
    """The card of one record, without anybody's mail address."""
    record = _without_mail(record)
    spoken = normalise_languages.read(record)
    kinds = normalise_kinds.read(record)
    rhythm = normalise_frequency.read(record.update_frequency)
    description = clean(record.description, most=_DESCRIPTION_CHARS)
    summary = line(record.summary, most=_SUMMARY_CHARS) or summary_of(description)
    return DatasetCard(
        id=f"{record.source}:{record.native_id}",
        source=record.source,
        native_id=record.native_id,
        url=address(record.url),
        name=line(record.name, most=_NAME_CHARS) or record.native_id,
        summary=summary,
        description=description,
        languages=spoken.tags,
        languages_unread=spoken.unread,
        multilingual=spoken.multilingual,
        modalities=kinds.modalities,
        tasks=kinds.tasks,
        tags=kinds.tags,
        speech_style=record.speech_style,
        terms=terms.derive(record.terms),
        size=_size(record.size),
        publisher=_publisher(record.publisher),
        formats=kinds.formats,
        version=line(record.version, most=100) or None,
        published=record.published,
        updated=record.updated,
        update_frequency=rhythm,
        citation=clean(record.citation, most=_CITATION_CHARS) or None,
        doi=doi(record.doi),
        links=_links(record),
        datasheet=_sections(record.datasheet),
        releases=_releases(record.releases),
        evidence=(
            *spoken.evidence,
            *kinds.evidence,
            *_said(record),
            *(part for part in record.evidence if part.quote),
        ),
    )


def _shut(text: str) -> str:
    return _MAIL.sub(_WITHHELD, text) if "@" in text or _SPELT_AT.search(text) else text


def _shut_known(text: str | None) -> str | None:
    return None if text is None else _shut(text)


def _without_mail(record: RawRecord) -> RawRecord:
    """Contact goes through the owner's page: an address in a text is nobody's to pass on."""
    stated = replace(
        record.terms,
        licences=tuple(map(_shut, record.terms.licences)),
        datasheet=tuple((field, _shut(text)) for field, text in record.terms.datasheet),
        access_quote=_shut_known(record.terms.access_quote),
    )
    return replace(
        record,
        summary=_shut_known(record.summary),
        description=_shut_known(record.description),
        citation=_shut_known(record.citation),
        terms=stated,
        datasheet=tuple(
            Section(title=_shut(section.title), text=_shut(section.text))
            for section in record.datasheet
        ),
        evidence=tuple(replace(part, quote=_shut(part.quote)) for part in record.evidence),
    )


def _said(record: RawRecord) -> tuple[Evidence, ...]:
    """The words of the fields that are read by other rooms or kept as they are."""
    size = record.size
    classed = size.records_at_least is not None or size.records_below is not None
    low = f"{size.records_at_least:,} <= " if size.records_at_least is not None else ""
    high = f" < {size.records_below:,}" if size.records_below is not None else ""
    said = (
        ("licence", "; ".join(record.terms.licences)),
        ("access", record.terms.access_quote or ""),
        ("size", f"size class: {low}records{high}" if classed else ""),
        ("update_frequency", record.update_frequency or ""),
    )
    known = {part.field for part in record.evidence}
    return tuple(
        Evidence(field=field, quote=quote, url=record.url)
        for field, words in said
        if field not in known and (quote := line(words, most=_QUOTE_CHARS))
    )


def _publisher(stated: str | None) -> str | None:
    """The name without a mail address, which nobody needs for finding data."""
    named = _EMPTY_BRACKETS.sub(" ", _MAIL.sub(" ", stated or ""))
    return line(named, most=_NAME_CHARS).strip(" ,;") or None


def _count(value: int | None) -> int | None:
    return value if value is not None and 0 <= value <= _LARGEST else None


def _hours(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) and value >= 0 else None


def _size(size: Size) -> Size:
    """Figures that no machine could mean are unknown: negative, endless, beyond 64 bits."""
    return Size(
        bytes=_count(size.bytes),
        hours=_hours(size.hours),
        validated_hours=_hours(size.validated_hours),
        records=_count(size.records),
        records_at_least=_count(size.records_at_least),
        records_below=_count(size.records_below),
        speakers=_count(size.speakers),
    )


def _links(record: RawRecord) -> tuple[str, ...]:
    found = (address(link) for link in record.links)
    return tuple(dict.fromkeys(link for link in found if link and link != record.url))[:_MOST_LINKS]


def _sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    cleaned = (
        Section(title=line(section.title, most=200), text=clean(section.text, most=_SECTION_CHARS))
        for section in sections
    )
    return tuple(section for section in cleaned if section.text)[:_MOST_SECTIONS]


def _releases(releases: tuple[Release, ...]) -> tuple[Release, ...]:
    return tuple(
        replace(release, version=line(release.version, most=100), size=_size(release.size))
        for release in releases[:_MOST_RELEASES]
    )
