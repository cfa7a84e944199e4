"""Figures read from a turn, as bounds of a need. Pure."""

from __future__ import annotations

from assistant.need import Budget, SizeField, SizeRange
from assistant.understand.sizes import Quantity

_BYTES = {"kilobytes": 1e3, "megabytes": 1e6, "gigabytes": 1e9, "terabytes": 1e12}
_PLAIN: dict[str, SizeField] = {
    "hours": "hours", "validated_hours": "validated_hours", "speakers": "speakers",
    "records": "records", "languages": "languages",
}  # fmt: skip


def sizes(found: tuple[Quantity, ...], *, unitless: SizeField) -> tuple[SizeRange, ...]:
    """The figures as bounds of a need; `unitless` is the field meant where no unit was said."""
    ranges: dict[SizeField, SizeRange] = {}
    for quantity in found:
        if quantity.unit in ("dollars", "euros", "tokens"):
            continue
        scale = 1.0
        if quantity.unit in _BYTES:
            field: SizeField = "bytes"
            scale = _BYTES[quantity.unit]
        elif quantity.unit == "minutes":
            field, scale = "hours", 1 / 60
        elif quantity.unit == "bytes":
            field = "bytes"
        else:
            field = _PLAIN.get(quantity.unit, unitless)
        least = None if quantity.least is None else quantity.least * scale
        most = None if quantity.most is None else quantity.most * scale
        known = ranges.get(field)
        if known is not None:
            least = known.least if least is None else least
            most = known.most if most is None else most
        ranges[field] = SizeRange(field=field, least=least, most=most)
    return tuple(ranges[field] for field in sorted(ranges))


def budget(found: tuple[Quantity, ...]) -> Budget | None:
    """What the person would pay, where a price was named."""
    for quantity in found:
        if quantity.unit in ("dollars", "euros") and quantity.most is not None:
            currency = "USD" if quantity.unit == "dollars" else "EUR"
            return Budget(most_cents=round(quantity.most * 100), currency=currency)
    return None
