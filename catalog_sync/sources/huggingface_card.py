"""One Hugging Face dataset, from its card and what the Hub says beside it, as a `RawRecord`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog_sync.card import Section, Size
from catalog_sync.clauses import AccessMode, StatedTerms
from catalog_sync.source import RawRecord
from catalog_sync.sources import wire
from catalog_sync.sources.markdown_card import Page, labelled_addresses, plain

NAME = "huggingface"
SITE = "https://huggingface.co"

_NO_LICENCE = frozenset({"unknown", "other", "unspecified", "none", "n/a", ""})
_TITLE = re.compile(
    r"(?:dataset\s+card\s+(?:for|of)|dataset\s+description|dataset\s+card)\s*:?\s*", re.IGNORECASE
)
_SIZE_CLASS = re.compile(
    r"(?:(?P<low>[\d.]+[KMBT]?)\s*<\s*)?n\s*(?P<sign>[<>])\s*(?P<end>[\d.]+[KMBT]?)"
)
_LABELLED_LINE = re.compile(r"\s*[-*]\s*(?:\*\*|\[?[A-Za-z ()/]{1,40}:\s)")
_TASK_KEYS = ("task_categories", "task_ids")
_ALTERNATE_KEYS = {"languages": "language", "licenses": "license", "licence": "license"}
_UNSHOWN_PARTS = frozenset(
    {
        "table of contents", "contributions", "data instances", "data splits", "dataset summary",
        "dataset description", "citation information", "citation", "bibtex",
    }
)  # fmt: skip
_MOST_SECTION_CHARS = 4000
_MOST_LICENCE_CHARS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFacts:
    """What the Hub's own listing says beside the card."""

    access: AccessMode = "unknown"
    access_quote: str | None = None
    author: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    bytes: int | None = None
    """Of the files on the main branch."""
    payload: Mapping[str, object] = field(default_factory=dict)


def record(native_id: str, page: Page, *, where: str, hub: HubFacts | None = None) -> RawRecord:
    """The card `page` of the dataset `native_id`; `hub` where it came from a listing."""
    hub = hub or HubFacts()
    front = {_ALTERNATE_KEYS.get(key, key): value for key, value in page.front.items()}
    url = f"{SITE}/datasets/{native_id}"
    description = _description(page) or _listed_description(hub.description)
    owner = native_id.split("/")[0] if "/" in native_id else None
    hub_tags = _split_tags(hub.tags)
    return RawRecord(
        source=NAME,
        native_id=native_id,
        where=where,
        url=url,
        name=_name(native_id, front, page),
        description=description,
        languages=_once(_languages(front), hub_tags.get("language", ())),
        modalities=hub_tags.get("modality", ()),
        tasks=_once(
            *(wire.texts(front.get(key)) for key in _TASK_KEYS),
            *(hub_tags.get(key, ()) for key in _TASK_KEYS),
        ),
        tags=_once(wire.texts(front.get("tags")), hub_tags.get("", ()),
                   wire.texts(front.get("multilinguality"))),
        terms=_terms(
            {"license": hub_tags.get("license", ()), **front},
            page, hub, url=url, description=description,
        ),
        size=_size(front, page, hub),
        publisher=hub.author or owner,
        formats=hub_tags.get("format", ()),
        version=wire.text(front.get("version")),
        published=hub.published,
        updated=hub.updated,
        citation=plain(page.part("Citation Information", "Citation", "BibTeX")) or None,
        doi=next(iter(hub_tags.get("doi", ())), None),
        links=_links(page),
        datasheet=_sections(page),
        payload={**hub.payload, "card": dict(wire.jsonable(front))},
    )  # fmt: skip


def _once(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for group in groups for value in group))


def _name(native_id: str, front: Mapping[str, object], page: Page) -> str:
    pretty = next(iter(wire.texts(front.get("pretty_name"))), None)
    heading = next((part.title for part in page.parts if part.level == 1), "")
    title = _TITLE.sub("", heading).strip(" \"'“”")
    is_name = bool(_TITLE.match(heading)) and title and not title.startswith("[")
    return plain(pretty) or (title if is_name else "") or native_id.rsplit("/", 1)[-1]


def _languages(front: Mapping[str, object]) -> tuple[str, ...]:
    stated = front.get("language")
    # A mapping names a language by its key ("en: ..."), or lists them by configuration.
    by_key = (
        tuple(key for key, value in stated.items() if not isinstance(value, list | Mapping))
        if isinstance(stated, Mapping)
        else ()
    )
    named = _once(
        by_key or wire.texts(stated), wire.texts(front.get("language_bcp47")),
        wire.texts(front.get("language_details")) if not stated else (),
    )  # fmt: skip
    several = {"multilingual"} & {
        kind.casefold() for kind in wire.texts(front.get("multilinguality"))
    }
    return named or tuple(several)


def _terms(
    front: Mapping[str, object], page: Page, hub: HubFacts, *, url: str, description: str | None
) -> StatedTerms:
    coded = wire.texts(front.get("license"))
    named = _once(wire.texts(front.get("license_name")), wire.texts(front.get("license_details")))
    written = plain(
        page.part("Licensing Information", "Licensing", "License", "Licence", "Dataset License",
                  "License Information", "Terms of Use", "Terms of use"),
        keep_targets=True,
    )  # fmt: skip
    usable = any(value.casefold() not in _NO_LICENCE for value in coded)
    gate = wire.text(front.get("extra_gated_prompt"))
    about_terms = wire.sentences_about_terms(
        "\n".join(
            part for part in (description, plain(page.part("Additional Information"))) if part
        )
    )
    words = (
        ("Licensing Information", written),
        ("license_details", "; ".join(named)),
        ("extra_gated_prompt", plain(gate, keep_targets=True)),
        ("Dataset Summary", about_terms or ""),
    )
    access, quote = hub.access, hub.access_quote
    if access == "unknown" and gate:
        access, quote = "agreement", gate[:300]
    return StatedTerms(
        licences=_once(coded, () if usable else named)
        + ((written[:_MOST_LICENCE_CHARS],) if written and not usable else ()),
        licence_url=wire.web_address(front.get("license_link")),
        datasheet=tuple((name, text) for name, text in words if text),
        access=access,
        access_quote=quote,
        url=url,
    )


def _size(front: Mapping[str, object], page: Page, hub: HubFacts) -> Size:
    configs = [wire.mapping(part) for part in wire.items(front.get("dataset_info"))]
    rows = [_rows(config) for config in configs]
    records = sum(part for part in rows if part is not None) if any(rows) else None
    bytes_ = _summed(configs, "download_size") or _summed(configs, "dataset_size")
    if bytes_ is None:
        described = page.part("Dataset Description") or ""
        found = re.search(
            r"Size of downloaded dataset files:\**\s*([\d.]+\s*[KMGT]?i?B)", described
        )
        bytes_ = wire.byte_size(found[1]) if found else None
    least, below = _size_classes(wire.texts(front.get("size_categories")))
    known = records is not None
    return Size(
        bytes=bytes_ or hub.bytes or None,
        records=records,
        records_at_least=None if known else least,
        records_below=None if known else below,
    )


def _rows(config: Mapping[str, object]) -> int | None:
    splits = [wire.mapping(part) for part in wire.items(config.get("splits"))]
    counts = [wire.count(split.get("num_examples")) for split in splits]
    stated = [count for count in counts if count is not None]
    return sum(stated) if stated and len(stated) == len(counts) else None


def _summed(configs: list[dict[str, object]] | list[Mapping[str, object]], key: str) -> int | None:
    sizes = [wire.count(config.get(key)) for config in configs]
    return sum(size for size in sizes if size is not None) if any(sizes) else None


def _size_classes(stated: tuple[str, ...]) -> tuple[int | None, int | None]:
    """(at least, below) of classes such as 10K<n<100K; of several, what holds for all of it."""
    least: list[int] = []
    below: list[int] = []
    for value in stated:
        found = _SIZE_CLASS.fullmatch(value.replace(" ", "").replace("k", "K"))
        if found is None:
            continue
        low = found["end"] if found["sign"] == ">" else found["low"]
        least.append(_scaled(low) if low else 0)
        if found["sign"] == "<":
            below.append(_scaled(found["end"]))
    open_ended = len(below) < len(least)
    return max(least, default=None), None if open_ended else max(below, default=None)


def _scaled(value: str) -> int:
    factor = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}.get(value[-1], 1)
    return round(float(value.rstrip("KMBT")) * factor)


def _description(page: Page) -> str | None:
    for title in ("Dataset Summary", "Summary", "Overview", "Introduction", "Dataset Description",
                  "Description", "About"):  # fmt: skip
        found = plain(_without_contact_lines(page.part(title) or ""))
        if len(found) > 20:
            return found[:20_000]
    loose = (
        plain(part.text) for part in page.parts if part.level <= 2 and not _is_unshown(part.title)
    )
    return next((text[:20_000] for text in loose if len(text) > 40), None)


def _listed_description(stated: str | None) -> str | None:
    """The Hub's own excerpt of the card, without its title line and its pointer to the page."""
    if not stated:
        return None
    excerpt = stated.split("See the full description on the dataset page", 1)[0].rstrip("… \t\n")
    lines = [line for line in plain(excerpt).splitlines() if not _TITLE.match(line.strip())]
    return "\n".join(line for line in lines if line.strip()) or None


def _without_contact_lines(text: str) -> str:
    """Without the list of addresses; contact details are never carried on."""
    return "\n".join(line for line in text.splitlines() if not _LABELLED_LINE.match(line))


def _links(page: Page) -> tuple[str, ...]:
    described = page.part("Dataset Description") or "\n".join(part.text for part in page.parts[:3])
    return labelled_addresses(described, "Homepage", "Repository", "Webpage", "GitHub")


def _is_unshown(title: str) -> bool:
    return title.casefold() in _UNSHOWN_PARTS or "point of contact" in title.casefold()


def _sections(page: Page) -> tuple[Section, ...]:
    parts = (
        (part.title, plain(part.text, keep_targets="licen" in part.title.casefold()))
        for part in page.parts
        if part.level >= 2 and not _is_unshown(part.title)
    )
    return tuple(
        Section(title=title, text=text[:_MOST_SECTION_CHARS]) for title, text in parts if text
    )


def _split_tags(tags: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The Hub's tags by their prefix; "" holds those that have none."""
    groups: dict[str, tuple[str, ...]] = {}
    for tag in tags:
        prefix, mark, value = tag.partition(":")
        key, stated = (prefix, value) if mark else ("", tag)
        groups[key] = (*groups.get(key, ()), stated)
    return groups
