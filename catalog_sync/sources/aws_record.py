"""One entry of the Registry of Open Data as a `RawRecord`.

The registry has no field for languages, sizes, versions or days: they stay unknown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from catalog_sync.card import Section
from catalog_sync.clauses import AccessMode, StatedTerms
from catalog_sync.source import RawRecord
from catalog_sync.sources import wire

NAME = "aws"
SITE = "https://registry.opendata.aws"

_MOST_RESOURCES = 30
_MOST_WORKS = 40
# Every repetition is bounded, so that a hostile entry cannot hold up a run.
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\((\S{0,2000}?)\)")
_BREAK = re.compile(r"<\s{0,5}/?\s{0,5}(?:br|p|li|ul|ol|div)\b[^<>]{0,500}>", re.IGNORECASE)
_INLINE = re.compile(
    r"<\s{0,5}/?\s{0,5}(?:b|i|em|strong|u|sup|sub|a|code|span)\b[^<>]{0,2000}>", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>()\"'\]]+")
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)", re.IGNORECASE)


def from_entry(native_id: str, entry: object, *, where: str) -> RawRecord:
    """The entry read from `<native_id>.yaml`.

    Raises `ValueError` naming the field when it is no mapping or has no name.
    """
    if not isinstance(entry, Mapping):
        raise ValueError(f"holds {type(entry).__name__}; expected a mapping of fields")
    fields = wire.mapping(entry)
    name = plain(fields.get("Name"))
    if not name:
        raise ValueError("field 'Name' is missing; expected the dataset's name")
    url = f"{SITE}/{native_id}/"
    resources = [wire.mapping(part) for part in wire.items(fields.get("Resources"))]
    documentation = wire.text(fields.get("Documentation")) or ""
    access, quote = _access(resources)
    return RawRecord(
        source=NAME,
        native_id=native_id,
        where=where,
        url=url,
        name=" ".join(name.split()),
        description=plain(fields.get("Description")) or None,
        tags=_tags(fields),
        terms=StatedTerms(
            licences=_licences(fields.get("License")),
            access=access,
            access_quote=quote,
            url=url,
        ),
        publisher=" ".join(plain(fields.get("ManagedBy")).split()) or None,
        update_frequency=wire.text(fields.get("UpdateFrequency")),
        citation=plain(fields.get("Citation")) or None,
        doi=next((found.rstrip(".,;)]") for found in _DOI.findall(documentation)), None),
        links=_links(documentation),
        datasheet=tuple(_sections(fields, resources)),
        payload=wire.jsonable(fields),
    )


def plain(value: object) -> str:
    """Words without line-break tags, inline tags and link targets; "" for silence."""
    stated = wire.text(value)
    if stated is None:
        return ""
    linked = _LINK.sub(lambda found: found[1].strip() or found[2], stated)
    broken = _INLINE.sub("", _BREAK.sub("\n", linked))
    lines = [" ".join(line.split()) for line in html.unescape(broken).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _tags(fields: Mapping[str, object]) -> tuple[str, ...]:
    collected = [*wire.texts(fields.get("Tags"))]
    for part in wire.mapping(fields.get("Collabs")).values():
        collected += wire.texts(wire.mapping(part).get("Tags"))
    collected += wire.texts(fields.get("ADXCategories"))
    if fields.get("Deprecated") is True:
        collected.append("deprecated")
    return tuple(dict.fromkeys(collected))


def _licences(value: object) -> tuple[str, ...]:
    """The licence text as published, its links spelt out so that their addresses can be read."""
    stated = wire.text(value)
    if stated is None:
        return ()
    spelt = _LINK.sub(lambda found: f"{found[1].strip()} ({found[2]})".strip(), stated)
    broken = html.unescape(_INLINE.sub("", _BREAK.sub("\n", spelt)))
    return ("\n".join(" ".join(line.split()) for line in broken.splitlines()).strip(),)


def _access(resources: list[Mapping[str, object]]) -> tuple[AccessMode, str | None]:
    """The registry names `ControlledAccess` on a bucket that is not open to everyone."""
    buckets = [part for part in resources if part.get("Type") == "S3 Bucket"]
    if not buckets:
        return "unknown", None
    guarded = [wire.text(part.get("ControlledAccess")) for part in buckets]
    stated = list(dict.fromkeys(address for address in guarded if address))
    if not stated:
        return "public", "Resources: S3 Bucket without ControlledAccess"
    quote = f"ControlledAccess: {', '.join(stated[:3])}"
    if not all(guarded):
        return "public", f"{quote} (some buckets only)"
    # A credentials endpoint hands out keys to anyone with a free account; the rest is applied for.
    return ("agreement" if all("s3credentials" in part for part in stated) else "on_request"), quote


def _links(documentation: str) -> tuple[str, ...]:
    found = (address.rstrip(".,;") for address in _ADDRESS.findall(documentation))
    return tuple(dict.fromkeys(part for part in found if wire.web_address(part)))


def _sections(
    fields: Mapping[str, object], resources: list[Mapping[str, object]]
) -> Iterator[Section]:
    notice = plain(fields.get("DeprecatedNotice"))
    if notice or fields.get("Deprecated") is True:
        yield Section(title="Deprecated", text=notice or "The registry marks this as deprecated.")
    if frequency := plain(fields.get("UpdateFrequency")):
        yield Section(title="Update frequency", text=frequency)
    if places := "\n".join(_resource(part) for part in resources[:_MOST_RESOURCES]):
        yield Section(title="Where the files are", text=places)
    if any(part.get("RequesterPays") is True for part in resources):
        yield Section(
            title="Cost of reading",
            text="Requester pays: whoever reads the bucket pays the cloud's transfer charges. "
            "This is not a price that the owner asks.",
        )
    works = wire.mapping(fields.get("DataAtWork"))
    for title in ("Publications", "Tutorials", "Tools & Applications"):
        rows = [wire.mapping(part) for part in wire.items(works.get(title))][:_MOST_WORKS]
        if text := "\n".join(line for row in rows if (line := _work(row))):
            yield Section(title=title, text=text)


def _resource(part: Mapping[str, object]) -> str:
    stated = [plain(part.get("Description")), *(
        wire.text(part.get(key)) or "" for key in ("Type", "Region", "ARN")
    )]  # fmt: skip
    return "; ".join(" ".join(text.split()) for text in stated if text)


def _work(row: Mapping[str, object]) -> str:
    title, author = plain(row.get("Title")), plain(row.get("AuthorName"))
    return " ".join((f"{title} ({author})" if title and author else title or author).split())
