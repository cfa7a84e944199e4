"""What a card states, in a person's words: access, licence, price, figures. Pure."""

from __future__ import annotations

import re

from assistant.need import SizeField, SizeRange
from assistant.phrases import ENGLISH, Phrases
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Terms


def access_text(stated: Terms, phrases: Phrases = ENGLISH) -> str:
    """How one gets at the data, for a reader: "open to download"."""
    return phrases.say(f"access.{stated.access}")


def licence_text(stated: Terms, phrases: Phrases = ENGLISH) -> str:
    """The licence for a reader."""
    if stated.licence is not None and not stated.licence.startswith("LicenseRef-Stated"):
        return stated.licence.replace("LicenseRef-", "")
    if stated.licence_stated:
        words = re.sub(r"<[^>]+>", " ", stated.licence_stated[0])
        words = " ".join(words.split())
        short = f"{words[:80]}{'…' if len(words) > 80 else ''}"
        return phrases.say("licence_as_stated", words=short)
    return phrases.say("licence_unstated")


def price_text(stated: Terms, phrases: Phrases = ENGLISH) -> str:
    """The price for a reader."""
    price = stated.price
    if price is None:
        return phrases.say("price.unstated" if stated.platform == "mdc" else "price.none")
    if price.owner_cents == 0 and not price.platform_fee_cents:
        return phrases.say("price.free")
    whole = price.owner_cents if price.total_cents is None else price.total_cents
    key = "price.plus_fee" if price.total_cents is None else "price.with_fee"
    return phrases.say(key, amount=phrases.money(whole, price.currency))


def figure(card: DatasetCard, field: SizeField) -> tuple[float | None, float | None]:
    """The least and the most that a figure of the card may be; None where nobody said."""
    size = card.size
    if field == "languages":
        count = float(len(card.languages) + len(card.languages_unread))
        return (count, count) if count else (None, None)
    if field == "records":
        least = size.records if size.records is not None else size.records_at_least
        most = size.records if size.records is not None else size.records_below
        return least, most
    value: float | None = getattr(size, field)
    return value, value


def number(value: float, phrases: Phrases = ENGLISH) -> str:
    """A figure for a reader: 2,653 or 0.4."""
    decimals = 0 if value >= 10 or value == int(value) else 1
    if phrases.tag == "en":
        return f"{value:,.{decimals}f}"
    return phrases.number(value, decimals=decimals)


def amount(value: float, field: SizeField, phrases: Phrases = ENGLISH) -> str:
    """A figure with its unit."""
    if field == "bytes":
        for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
            if value >= scale:
                figure = phrases.number(round(value / scale, 1), decimals=1)
                return phrases.say(f"unit.{unit}", figure=figure)
    return phrases.count(f"unit.{field}", value, figure=number(value, phrases))


def bound_text(asked: SizeRange, phrases: Phrases = ENGLISH) -> str:
    """A bound for a reader: "at least 100 hours", "between 5 and 10 hours"."""
    if asked.least is not None and asked.most is not None:
        return between(asked.least, asked.most, asked.field, phrases)
    if asked.least is not None:
        return phrases.say("bound.least", amount=amount(asked.least, asked.field, phrases))
    return phrases.say("bound.most", amount=amount(asked.most or 0.0, asked.field, phrases))


def between(low: float, high: float, field: SizeField, phrases: Phrases) -> str:
    """Such as "between 5 and 10 hours"; where a unit stands first, it is said with both."""
    most = amount(high, field, phrases)
    ends = most.startswith(number(high, phrases)) and field != "bytes"
    least = number(low, phrases) if ends else amount(low, field, phrases)
    return phrases.say("bound.between", least=least, most=most)
