"""One Mozilla Data Collective record, from its three published shapes, as a `RawRecord`.

The public interface leaves out restrictions, forbidden uses, the datasheet and the visibility:
what is missing is unknown here, never "no restriction", and an access mode is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from catalog_sync.card import Section, Size, SpeechStyle
from catalog_sync.clauses import Price, StatedTerms
from catalog_sync.source import RawRecord
from catalog_sync.sources import wire

NAME = "mdc"
SITE = "https://mozilladatacollective.com"

_OWNER_FIELDS = (
    "restrictions", "forbiddenUsage", "additionalConditions", "intendedUsage",
    "ethicalReviewProcess",
)  # fmt: skip
"""Names of the owner's form; kept should the service ever send them."""


def page(native_id: str) -> str:
    """The address of a dataset's page."""
    return f"{SITE}/datasets/{native_id}"


def from_summary(item: Mapping[str, object], *, where: str) -> RawRecord:
    """A `DatasetSummary` of the list or of the detail call.

    Raises `ValueError` naming the field when the record has no id or no name.
    """
    native_id, name = _identity(item)
    url = wire.web_address(item.get("datasetUrl")) or page(native_id)
    description = wire.text(item.get("longDescription"))
    organization = wire.mapping(item.get("organization"))
    stated = [wire.text(item.get(key)) for key in ("licenseAbbreviation", "license")]
    return RawRecord(
        source=NAME,
        native_id=native_id,
        where=where,
        url=url,
        name=name,
        summary=wire.text(item.get("shortDescription")),
        description=description,
        languages=wire.texts(item.get("locale")),
        tasks=wire.texts(item.get("task")),
        speech_style=_speech_style(name),
        terms=StatedTerms(
            licences=tuple(dict.fromkeys(part for part in stated if part)),
            licence_url=wire.web_address(item.get("licenseUrl")),
            datasheet=_owner_words(item, description),
            platform="mdc",
            price=_price(item),
            url=url,
        ),
        size=Size(bytes=wire.byte_size(item.get("sizeBytes"))),
        publisher=wire.text(organization.get("name")),
        formats=wire.file_formats(item.get("format")),
        version=wire.text(item.get("version")),
        published=wire.day(item.get("createdAt")),
        updated=wire.day(item.get("updatedAt")),
        datasheet=_sections(item),
        payload=wire.jsonable(item),
    )


def from_listing(row: Mapping[str, object], *, where: str) -> RawRecord:
    """A row of a saved listing: id, name, License, Locale, Task, Format, Size, spans.

    Raises `ValueError` naming the field when the record has no id or no name.
    """
    native_id, name = _identity(row)
    publisher, *rest = [wire.text(span) for span in wire.items(row.get("spans"))] or [None]
    description = " ".join(part for part in rest if part) or None
    about_terms = wire.sentences_about_terms(description)
    return RawRecord(
        source=NAME,
        native_id=native_id,
        where=where,
        url=page(native_id),
        name=name,
        summary=description,
        description=description,
        languages=wire.texts(row.get("Locale")),
        tasks=wire.texts(row.get("Task")),
        speech_style=_speech_style(name),
        terms=StatedTerms(
            licences=wire.texts(row.get("License")),
            datasheet=(("description", about_terms),) if about_terms else (),
            platform="mdc",
            url=page(native_id),
        ),
        size=Size(bytes=wire.byte_size(row.get("Size"))),
        publisher=publisher,
        formats=wire.file_formats(row.get("Format")),
        payload=wire.jsonable(row),
    )


def with_metadata(record: RawRecord, metadata: Mapping[str, object]) -> RawRecord:
    """The record with what only its Croissant metadata says; a stated field is never replaced."""
    stated = wire.texts(metadata.get("license"))
    address = next((part for part in stated if wire.web_address(part)), None)
    terms = replace(
        record.terms,
        licences=record.terms.licences or stated,
        licence_url=record.terms.licence_url or address,
    )
    return replace(
        record,
        terms=terms,
        version=record.version or wire.text(metadata.get("version")),
        citation=record.citation or wire.text(metadata.get("citeAs")),
        published=wire.day(metadata.get("datePublished")) or record.published,
        tags=record.tags or wire.texts(metadata.get("keywords")),
        payload={**record.payload, "croissant": dict(wire.jsonable(metadata))},
    )


def is_summary(row: Mapping[str, object]) -> bool:
    """Whether a saved row has the interface's own shape and not the listing's."""
    return any(key in row for key in ("slug", "locale", "datasetUrl", "sizeBytes"))


def _identity(record: Mapping[str, object]) -> tuple[str, str]:
    native_id, name = wire.text(record.get("id")), wire.text(record.get("name"))
    if native_id is None:
        raise ValueError("field 'id' is missing; expected the dataset's id")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", native_id):
        raise ValueError(f"field 'id' is {native_id[:80]!r}; expected letters and digits")
    if name is None:
        raise ValueError("field 'name' is missing; expected the dataset's name")
    return native_id, name


def _speech_style(name: str) -> SpeechStyle | None:
    stated = {found.lower() for found in re.findall(r"(?i)\b(scripted|spontaneous) speech\b", name)}
    if stated == {"scripted"}:
        return "scripted"
    return "spontaneous" if stated == {"spontaneous"} else None


def _price(item: Mapping[str, object]) -> Price | None:
    """None: not said. Only a stated `pricing` that says so makes a dataset free."""
    pricing = wire.mapping(item.get("pricing"))
    if not pricing:
        owner_cents = wire.count(item.get("basePriceCents"))
        if item.get("isPaid") is not True or not owner_cents:
            return None
        # The deprecated fields name no currency; the platform's prices are US cents.
        return Price(owner_cents=owner_cents, currency="USD")
    if pricing.get("isPaid") is False:
        return Price(owner_cents=0, currency="USD", platform_fee_cents=0)
    owner_cents = wire.count(pricing.get("basePriceCents"))
    if pricing.get("isPaid") is not True or owner_cents is None:
        return None
    return Price(
        owner_cents=owner_cents,
        currency=(wire.text(pricing.get("currency")) or "usd").upper(),
        platform_fee_cents=wire.count(pricing.get("platformFeeCents")),
        platform_fee_rate=wire.text(pricing.get("platformFeeRate")),
    )


def _owner_words(
    item: Mapping[str, object], description: str | None
) -> tuple[tuple[str, str], ...]:
    words = [(key, stated) for key in _OWNER_FIELDS if (stated := wire.text(item.get(key)))]
    about_terms = wire.sentences_about_terms(description)
    if about_terms:
        words.append(("longDescription", about_terms))
    paid = wire.mapping(item.get("pricing")).get("isPaid", item.get("isPaid"))
    if paid is True and _price(item) is None:
        words.append(("isPaid", "isPaid: true"))
    return tuple(words)


def _sections(item: Mapping[str, object]) -> tuple[Section, ...]:
    titled = (("Intended usage", "intendedUsage"), ("Datasheet", "other"))
    return tuple(
        Section(title=title, text=stated)
        for title, key in titled
        if (stated := wire.text(item.get(key)))
    )
