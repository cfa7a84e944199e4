"""Joins the bounds on figures that a turn states with those of the conversation. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.need import Need, SizeField, SizeRange
from assistant.understand.reading import Reading
from catalog_sync import vocab

_FIGURE = r"(?P<{0}>\d[\d,.]*)\s*(?P<{0}k>k)?"
_BARE = re.compile(
    r"\W*(?:(?:no|ok|okay|hmm|well|and|actually|rather|better|say|make (?:it|that)|let's say|"
    r"more like|lieber|mejor|plutôt|melhor|bora)\W+)+"
    + _FIGURE.format("a")
    + r"(?:\W+(?:instead|then|rather|please))*\W*"
    r"|\W*" + _FIGURE.format("b") + r"(?:\W+(?:instead|then|rather|please))+\W*",
    re.IGNORECASE,
)
"""A figure alone in the place of another: "make that 500", "20k instead"."""


def joined(old: tuple[SizeRange, ...], reading: Reading) -> tuple[SizeRange, ...]:
    """A new bound on a figure takes the old one's place; hours and validated hours are one."""
    new = {size.field: size for size in reading.stated.sizes} or _bare(old, reading.text)
    if len(old) == 1 and len(new) == 1 and not reading.stated.tasks:
        (only,) = new.values()
        if (
            only.field == "records"
            and "records" not in {s.field for s in old}
            and _unitless(reading.text)
        ):
            new = {old[0].field: replace(only, field=old[0].field)}
    replaced = set(new)
    if replaced & {"hours", "validated_hours"}:
        replaced |= {"hours", "validated_hours"}
    kept = [
        size
        for size in old
        if size.field not in replaced and not {"sizes", f"sizes:{size.field}"} & set(reading.drop)
    ]
    return tuple(sorted((*kept, *new.values()), key=lambda size: size.field))


def measurable(sizes: tuple[SizeRange, ...], need: Need, stated: Need) -> tuple[SizeRange, ...]:
    """Hours and speakers are given up where the kind asked for now has none."""
    kinds = {*need.modalities, *(m for task in need.tasks for m in vocab.TASKS[task].modalities)}
    if not (stated.modalities or stated.tasks) or not kinds or kinds & {"audio", "video"}:
        return sizes
    now = {size.field for size in stated.sizes}
    spoken = {"hours", "validated_hours", "speakers"}
    return tuple(size for size in sizes if size.field in now or size.field not in spoken)


def _unitless(text: str) -> bool:
    return not any(c.isalpha() for c in text.rstrip(" ?!.")[-3:])


def _bare(old: tuple[SizeRange, ...], text: str) -> dict[SizeField, SizeRange]:
    """The one bound there is, at a figure said without its unit."""
    said = _BARE.fullmatch(text)
    if said is None or len(old) != 1:
        return {}
    figure = said["a"] or said["b"]
    value = float(re.sub(r"[,.]", "", figure)) * (1000 if said["ak"] or said["bk"] else 1)
    (bound,) = old
    if bound.field == "bytes" or (bound.least is not None and bound.most is not None):
        return {}
    moved = replace(bound, least=value) if bound.least is not None else replace(bound, most=value)
    return {bound.field: moved}
