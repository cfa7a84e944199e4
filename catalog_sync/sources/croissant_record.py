"""One Croissant dataset, 0.8 to 1.1, as a `RawRecord`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from catalog_sync.card import Section, Size
from catalog_sync.clauses import AccessMode, Price, StatedTerms
from catalog_sync.source import RawRecord
from catalog_sync.sources import wire
from catalog_sync.sources.json_ld import Node, words

NAME = "croissant"

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>{}]+")
_MEDIA = {"image": "image", "audio": "audio", "video": "video"}
_MEDIA_FIELDS = {"ImageObject": "image", "AudioObject": "audio", "VideoObject": "video"}
_FORMATS = {"plain": "txt", "mpeg": "mp3", "tab-separated-values": "tsv", "jsonlines": "jsonl"}
_OPEN_ACCESS = frozenset({"public", "open", "open access", "unrestricted", "publicly available"})
_ON_REQUEST = frozenset({"on request", "by request", "upon request", "available on request"})
_NO_FORMAT = frozenset({"git+https", "https", "http"})
_TERMS_TEXTS = ("conditionsOfAccess", "usageInfo", "acquireLicensePage", "copyrightNotice")


def record(node: Node, *, native_id: str, where: str, address: str | None) -> RawRecord:
    """The dataset `node`; `address` is where the document was read, None for a file."""
    url = wire.web_address(node.text("url")) or address
    description = node.text("description")
    dates = {key: wire.day(node.text(key)) for key in ("datePublished", "dateCreated")}
    return RawRecord(
        source=NAME,
        native_id=native_id,
        where=where,
        url=url,
        name=node.text("name") or next(iter(node.texts("alternateName")), None),
        summary=node.text("abstract"),
        description=description,
        languages=_languages(node),
        modalities=_modalities(node),
        tasks=tuple(dict.fromkeys((*node.texts("rai:mlTask"), *node.texts("mlTask")))),
        tags=_keywords(node),
        terms=_terms(node, url, description),
        size=Size(bytes=_bytes(node)),
        publisher=_publisher(node),
        formats=_formats(node),
        version=node.text("version"),
        published=dates["datePublished"] or dates["dateCreated"],
        updated=wire.day(node.text("dateModified")),
        citation=node.text("citeAs") or node.text("citation"),
        doi=_doi(node),
        links=_links(node, url),
        datasheet=tuple(_rai_sections(node)),
        payload=_payload(node),
    )


def _languages(node: Node) -> tuple[str, ...]:
    said: list[str] = []
    for value in wire.items(node.get("inLanguage")):
        fields = wire.mapping(value)
        code = words(fields.get("alternateName") or fields.get("identifier"))
        stated = code or words(value)
        if stated:
            said.append(stated)
    return tuple(dict.fromkeys(said))


def _keywords(node: Node) -> tuple[str, ...]:
    parts = (part for keyword in node.texts("keywords") for part in keyword.split(","))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _media(node: Node) -> Iterator[str]:
    """Every stated media type, of the dataset and of its files."""
    yield from node.texts("encodingFormat")
    for file in node.nodes("distribution"):
        yield from file.texts("encodingFormat")


def _modalities(node: Node) -> tuple[str, ...]:
    found = [_MEDIA[kind] for media in _media(node) if (kind := media.split("/")[0]) in _MEDIA]
    for record_set in node.nodes("recordSet"):
        for column in record_set.nodes("field"):
            kinds = (kind.rsplit("/", 1)[-1].split(":")[-1] for kind in column.texts("dataType"))
            found += [_MEDIA_FIELDS[kind] for kind in kinds if kind in _MEDIA_FIELDS]
    return tuple(dict.fromkeys(found))


def _formats(node: Node) -> tuple[str, ...]:
    bare = (media.split("/")[-1].split(";")[0].strip() for media in _media(node))
    names = (_FORMATS.get(name, name) for name in (re.sub(r"^x-", "", part) for part in bare))
    return tuple(dict.fromkeys(name for name in names if name and name not in _NO_FORMAT))


def _bytes(node: Node) -> int | None:
    """The stated size, or the sum of all files when each of them states its own."""
    stated = wire.byte_size(node.text("contentSize"))
    if stated is not None:
        return stated
    files = [
        file
        for file in node.nodes("distribution")
        if "FileObject" in file.types and not (file.get("containedIn") or file.get("fileProperty"))
    ]
    sizes = [wire.byte_size(file.text("contentSize")) for file in files]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None


def _publisher(node: Node) -> str | None:
    for key in ("publisher", "creator", "author", "provider"):
        organizations = [
            part.text("name") for part in node.nodes(key) if "Person" not in part.types
        ]
        said = [name for name in organizations if name] or list(node.texts(key))
        if said:
            return ", ".join(said[:3])
    return None


def _terms(node: Node, url: str | None, description: str | None) -> StatedTerms:
    licences: list[str] = []
    addresses: list[str] = []
    for value in wire.items(node.get("license")):
        fields = wire.mapping(value)
        named = words(fields.get("name")) or words(fields.get("identifier"))
        stated = named or words(value)
        licences += [stated] if stated else []
        linked = words(fields.get("url")) or words(fields.get("@id")) if fields else stated
        addresses += [linked] if linked and wire.web_address(linked) else []
    access, quote = _access(node)
    return StatedTerms(
        licences=tuple(dict.fromkeys(licences)),
        licence_url=next(iter(addresses), None),
        datasheet=tuple(_terms_texts(node, description)),
        access=access,
        access_quote=quote,
        price=Price(owner_cents=0, currency="USD", platform_fee_cents=0)
        if _truth(node.get("isAccessibleForFree")) is True
        else None,
        url=url,
    )


def _terms_texts(node: Node, description: str | None) -> Iterator[tuple[str, str]]:
    for key in _TERMS_TEXTS:
        value = node.get(key)
        plain = wire.text(value) if not isinstance(value, Mapping | list) else None
        stated = plain or (json.dumps(value, ensure_ascii=False) if value else None)
        if stated:
            yield key, stated[:8000]
    if _truth(node.get("isAccessibleForFree")) is False:
        yield "isAccessibleForFree", "isAccessibleForFree: false"
    for key, stated in (("description", description), *_rai_texts(node)):
        about_terms = wire.sentences_about_terms(stated)
        if about_terms:
            yield key, about_terms


def _access(node: Node) -> tuple[AccessMode, str | None]:
    stated = node.text("conditionsOfAccess")
    said = (stated or "").strip(" .").casefold()
    if said in _OPEN_ACCESS:
        return "public", stated
    if said in _ON_REQUEST:
        return "on_request", stated
    return "unknown", None


def _truth(value: object) -> bool | None:
    said = words(value) if not isinstance(value, bool) else str(value)
    return {"true": True, "false": False}.get((said or "").rsplit("/", 1)[-1].casefold())


def _doi(node: Node) -> str | None:
    for key in ("identifier", "@id", "url", "sameAs"):
        for stated in node.texts(key):
            found = _DOI.search(stated)
            if found:
                return found[0].rstrip(".,;)")
    return None


def _links(node: Node, url: str | None) -> tuple[str, ...]:
    stated = (*node.texts("sameAs"), *node.texts("mainEntityOfPage"), *node.texts("url"))
    links = (wire.web_address(link) for link in stated)
    return tuple(dict.fromkeys(link for link in links if link is not None and link != url))


def _rai_texts(node: Node) -> Iterator[tuple[str, str]]:
    for key in node.fields:
        if key.startswith("rai:") and key != "rai:mlTask":
            text = "\n".join(node.texts(key))
            if text:
                yield key, text


def _rai_sections(node: Node) -> Iterator[Section]:
    for key, text in _rai_texts(node):
        parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.removeprefix("rai:"))
        yield Section(title=parted[:1].upper() + parted[1:].lower(), text=text[:4000])


def _payload(node: Node) -> Mapping[str, object]:
    return wire.jsonable({key: value for key, value in node.fields.items() if key != "@context"})
