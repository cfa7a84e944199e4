"""JSON-LD as catalogues really write it: any prefix, any context, one value or many, plain words.

Not a JSON-LD processor: it fetches no context and knows only the vocabularies of dataset pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalog_sync.sources import wire

_SPACES = {
    "schema.org/": "",
    "mlcommons.org/croissant/rai/": "rai:",
    "mlcommons.org/croissant/": "",
    "purl.org/dc/terms/": "dct:",
    "www.w3.org/ns/odrl/2/": "odrl:",
}
_USUAL_PREFIXES = {
    "sc": "https://schema.org/",
    "schema": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "ml": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One thing of a document, its keys short: "license", "rai:dataBiases", "@id"."""

    fields: Mapping[str, object]
    prefixes: Mapping[str, str]
    by_id: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Every thing of the document's graph that has an id."""

    def get(self, key: str) -> object:
        """The value at `key`, as it stands."""
        return self.fields.get(key)

    def nodes(self, key: str) -> Iterator[Node]:
        """The things at `key`; a bare reference is looked up in the document."""
        for value in wire.items(self.fields.get(key)):
            if isinstance(value, Mapping):
                yield self._node(wire.mapping(value))

    def _node(self, value: Mapping[str, object]) -> Node:
        if set(value) == {"@id"}:
            value = self.by_id.get(str(value["@id"]), value)
        fields = {short(key, self.prefixes): part for key, part in value.items()}
        return Node(fields=fields, prefixes=self.prefixes, by_id=self.by_id)

    @property
    def types(self) -> frozenset[str]:
        """The kinds of this thing, short: "Dataset", "Person"."""
        return frozenset(short(kind, self.prefixes) for kind in wire.texts(self.get("@type")))

    def text(self, key: str) -> str | None:
        """The words at `key`: English where several languages are given, else the first."""
        return words(self.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """All words at `key`; a thing counts by its name, else its address."""
        return tuple(
            dict.fromkeys(said for part in wire.items(self.get(key)) if (said := words(part)))
        )


def words(value: object) -> str | None:
    """The words of a string, a number, a language map, a typed value, or a thing with a name."""
    if isinstance(value, list | tuple):
        return _chosen([(_language(part), words(part)) for part in value])
    if not isinstance(value, Mapping):
        return wire.text(value)
    fields = {key.split(":")[-1]: part for key, part in wire.mapping(value).items()}
    for key in ("@value", "name", "url", "contentUrl", "@id"):
        if key in fields:
            return words(fields[key])
    if "@type" in fields:
        return None
    return _chosen([(str(key), words(part)) for key, part in fields.items()])


def _language(value: object) -> str:
    return str(value.get("@language", "")) if isinstance(value, Mapping) else ""


def _chosen(said: list[tuple[str, str | None]]) -> str | None:
    stated = [(language, text) for language, text in said if text is not None]
    english = (text for language, text in stated if language.lower().split("-")[0] == "en")
    return next(english, stated[0][1] if stated else None)


def short(key: str, prefixes: Mapping[str, str]) -> str:
    """The bare name: sc:license, schema:license and https://schema.org/license are "license"."""
    prefix, mark, rest = key.partition(":")
    full = key
    if mark and not rest.startswith("//") and prefix in prefixes:
        full = prefixes[prefix] + rest
    bare = full.removeprefix("https://").removeprefix("http://")
    for space, brief in _SPACES.items():
        if bare.lower().startswith(space):
            return brief + bare[len(space) :]
    return key


def datasets(document: object) -> list[Node]:
    """The datasets that a document describes: at its top, in its list, or in its graph."""
    contexts = [wire.mapping(part).get("@context") for part in wire.items(document)]
    prefixes = dict(_USUAL_PREFIXES)
    for context in contexts:
        for part in wire.items(context):
            stated = wire.mapping(part).items()
            prefixes.update({key: value for key, value in stated if isinstance(value, str)})
    things = [wire.mapping(part) for part in wire.items(document)]
    for thing in list(things):
        things += [wire.mapping(part) for part in wire.items(thing.get("@graph"))]
    by_id = {str(thing["@id"]): thing for thing in things if "@id" in thing}
    nodes = [Node(fields={}, prefixes=prefixes, by_id=by_id)._node(thing) for thing in things]
    return [node for node in nodes if "Dataset" in node.types]
