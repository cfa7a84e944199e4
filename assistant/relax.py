"""Gives up limits of a need, by the name of their field. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from assistant.need import Need

COMMERCIAL = ("commercial_use", "train_commercial", "train_commercial_closed_weights")


_One = TypeVar("_One", bound=str)


def union(first: tuple[_One, ...], second: tuple[_One, ...]) -> tuple[_One, ...]:
    """What stands in either, once, in order."""
    return tuple(dict.fromkeys((*first, *second)))


def replace_field(need: Need, name: str, value: object) -> Need:
    """The need with one field, named at run time, set to another value."""
    return replace(need, **{name: value})  # type: ignore[arg-type]


_DROPPED: dict[str, dict[str, object]] = {
    "languages": {"languages": (), "languages_joined": "any", "languages_apart": False},
    "exclusions": {
        "languages_not": (), "sources_not": (), "publishers_not": (), "names_not": (), "avoid": (),
    },
    "sizes": {"sizes": ()},
    "licence": {"licence_wish": None, "licences": (), "licences_not": ()},
    "budget": {"budget": None},
    "modalities": {"modalities": (), "speech_style": None, "kinds_apart": False},
    "style": {"speech_style": None},
    "tasks": {"tasks": (), "kinds_apart": False},
    "topics": {"topics": (), "topics_apart": ()},
    "sources": {"sources": (), "sources_not": ()},
    "publishers": {"publishers": (), "publishers_not": ()},
    "update_frequency": {"update_frequency": ()},
    "updated": {"updated_since": None},
    "access": {"access": ()},
}  # fmt: skip


def relaxed(need: Need, drop: tuple[str, ...]) -> Need:
    """The need without the limits that were taken back."""
    if "all" in drop:
        drop = ("sizes", "licence", "budget", "update_frequency", "updated", "access", "style")
    for name in drop:
        head, _, figure = name.partition(":")
        if figure:
            # To a person hours and validated hours are one figure.
            gone = {figure, "validated_hours"} if figure == "hours" else {figure}
            need = replace(need, sizes=tuple(s for s in need.sizes if s.field not in gone))
        else:
            for attribute, value in _DROPPED.get(head, {}).items():
                need = replace_field(need, attribute, value)
        if head == "licence":
            acts = tuple(a for a in need.use.acts if a not in COMMERCIAL)
            must = tuple(m for m in need.must if m != "licence_wish")
            need = replace(need, use=replace(need.use, acts=acts), must=must)
    return need


def without(need: Need, limit: str) -> Need:
    """The need without one limit, named as in `Reading.drop`."""
    return relaxed(need, (limit,))
