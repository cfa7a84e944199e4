"""Joins the bounds on figures that a turn states with those of the conversation. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.need import Need, SizeField, SizeRange
from assistant.understand import sizes
from assistant.understand.reading import Reading
from catalog_sync import vocab

_ONLY_CHECKED = re.compile(
    r"\b(?:validated|verified|validad[ao]s|verificad[ao]s|validées|vérifiées|validierte?n?|"
    r"geprüfte?n?|zilizothibitishwa)\b|موثقة|محققة",
    re.IGNORECASE,
)
_UNCHECKED = re.compile(
    r"(?:n['’]?t|\bnot|\bno|\bwithout|\bwhether|\bor|\bsin|\bohne|\bsans|\bnicht|\bpas|\bnão)\b"
    r"[^.;]{0,24}$|\b(?:un|non-?)$",
    re.IGNORECASE,
)
"""Before "validated": it need not be."""


def joined(old: tuple[SizeRange, ...], reading: Reading, need: Need) -> tuple[SizeRange, ...]:
    """A new bound on a figure takes the old one's place; hours and validated hours are one.

    Args:
        old: The bounds so far.
        reading: The turn.
        need: What is asked for now: a figure without a unit counts hours of speech, rows of text.
    """
    new = _again(old, reading.text) or {size.field: size for size in reading.stated.sizes}
    new = _between(old, new, reading)
    checked = {} if new else _checked(old, reading.text)
    if set(new) == {"records"} and _is_unitless(reading.text):
        field = old[0].field if len(old) == 1 else _usual(need)
        new = {field: replace(new["records"], field=field)}
    validated = next((size for size in old if size.field == "validated_hours"), None)
    if validated is not None and set(new) == {"hours"} and _says_no_more(reading):
        # Hours of which only checked ones counted are still those: "go to 400 hours".
        new = {"validated_hours": replace(new["hours"], field="validated_hours")}
    new = new or checked
    replaced = set(new)
    if replaced & {"hours", "validated_hours"}:
        replaced |= {"hours", "validated_hours"}
    kept = [
        size
        for size in old
        if size.field not in replaced and not {"sizes", f"sizes:{size.field}"} & set(reading.drop)
    ]
    return tuple(sorted((*kept, *new.values()), key=lambda size: size.field))


def _between(
    old: tuple[SizeRange, ...], new: dict[SizeField, SizeRange], reading: Reading
) -> dict[SizeField, SizeRange]:
    """The new bounds; one above or below the one there is makes a range: "and at most 200"."""
    if reading.mode == "replace":
        return new
    joined_: dict[SizeField, SizeRange] = {}
    for field, bound in new.items():
        before = next((size for size in old if size.field == field), bound)
        least = before.least if bound.least is None else bound.least
        most = before.most if bound.most is None else bound.most
        both = least is not None and most is not None and least < most
        joined_[field] = replace(bound, least=least, most=most) if both else bound
    return joined_


def _checked(old: tuple[SizeRange, ...], text: str) -> dict[SizeField, SizeRange]:
    """The bound on hours, when a turn says that only checked ones count, or others as well."""
    said = _ONLY_CHECKED.search(text)
    if said is None:
        return {}
    others = _UNCHECKED.search(text[: said.start()]) is not None
    before: SizeField = "validated_hours" if others else "hours"
    now: SizeField = "hours" if others else "validated_hours"
    bound = next((size for size in old if size.field == before), None)
    return {} if bound is None else {now: replace(bound, field=now)}


def measurable(bounds: tuple[SizeRange, ...], need: Need, stated: Need) -> tuple[SizeRange, ...]:
    """Hours and speakers are given up where the kind asked for now has none, rows where it does."""
    kinds = {*need.modalities, *(m for task in need.tasks for m in vocab.TASKS[task].modalities)}
    if not (stated.modalities or stated.tasks) or not kinds:
        return bounds
    now = {size.field for size in stated.sizes}
    gone = {"hours", "validated_hours", "speakers"}
    if kinds & {"audio", "video"}:
        gone = {"records"} if kinds == {"audio"} else set()
    return tuple(size for size in bounds if size.field in now or size.field not in gone)


def _says_no_more(reading: Reading) -> bool:
    """Whether a turn states the figure and nothing else."""
    rest = replace(reading.stated, sizes=(), wish="", gist="")
    return rest == Need() and not reading.tasks_not and not reading.topics_not


def _is_unitless(text: str) -> bool:
    """Whether the one figure of a turn has no unit: "at least 200 then"."""
    units = [quantity.unit for quantity in sizes.quantities(text)]
    return units == [""]


def _usual(need: Need) -> SizeField:
    kinds = {*need.modalities, *(m for task in need.tasks for m in vocab.TASKS[task].modalities)}
    return "hours" if kinds == {"audio"} else "records"


def _again(old: tuple[SizeRange, ...], text: str) -> dict[SizeField, SizeRange]:
    """The one bound there is, at a figure said without its unit: "too strict, 20 is enough"."""
    said = sizes.lone(text) if len(old) == 1 else None
    if said is None:
        return {}
    value, compare = said
    (bound,) = old
    if bound.field == "bytes" or (bound.least is not None and bound.most is not None):
        return {}
    upper = compare == "most" or (not compare and bound.least is None)
    moved = (
        SizeRange(field=bound.field, least=None, most=value)
        if upper
        else SizeRange(field=bound.field, least=value, most=None)
    )
    return {bound.field: moved}
