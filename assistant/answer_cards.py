"""What a dataset is, in words and side by side: "who owns it?" and "compare" answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant import named
from assistant.need import SizeField
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Table
from assistant.stated import access_text, amount, figure, licence_text, price_text
from assistant.terms.explain import outcome_text
from assistant.terms.values import Verdict
from catalog_sync import vocab
from catalog_sync.card import DatasetCard

_FIGURES: tuple[SizeField, ...] = ("hours", "validated_hours", "speakers", "records", "bytes")
_MANY = 12


def size_text(card: DatasetCard, phrases: Phrases = ENGLISH) -> str:
    """The figures that are stated: "148.2 hours, 120 validated hours"."""
    said = []
    for field in _FIGURES:
        least, most = figure(card, field)
        if least is not None and most is not None and field == "records" and least != most:
            low, high = amount(least, field, phrases), amount(most, field, phrases)
            said.append(phrases.say("bound.between", least=low, most=high))
        elif least is not None:
            held = amount(least, field, phrases)
            said.append(held if most is not None else phrases.say("bound.least", amount=held))
    return phrases.say("limit.comma").join(said) or phrases.say("size_unstated")


def languages_text(card: DatasetCard, phrases: Phrases = ENGLISH, *, most: int = _MANY) -> str:
    """The stated languages by their names."""
    said = [named.language(tag, phrases) for tag in card.languages[:most]]
    more = len(card.languages) - most
    comma = phrases.say("limit.comma")
    if more > 0:
        said = [phrases.count("and_more_after", more, items=comma.join(said))]
    return comma.join((*said, *card.languages_unread[:3])) or phrases.say("languages_unstated")


def tasks_text(card: DatasetCard, phrases: Phrases = ENGLISH) -> str:
    """The stated tasks in words."""
    said = [named.task(task, phrases) for task in card.tasks if task in vocab.TASKS]
    return phrases.say("limit.comma").join(said) or phrases.say("unstated")


def field_text(
    card: DatasetCard, field: str, labels: Mapping[str, str], phrases: Phrases = ENGLISH
) -> str:
    """One sentence on one field of a card; what nobody stated is said to be so."""
    if field == "publisher":
        return _publisher(card, labels, phrases)
    price, access = price_text(card.terms, phrases), access_text(card.terms, phrases)
    words = {
        "price": phrases.say("price_and_access", price=price, access=access),
        "licence": licence_text(card.terms, phrases),
        "size": size_text(card, phrases),
        "access": access,
        "link": card.url or phrases.say("no_address"),
        "languages": languages_text(card, phrases),
        "updated": _dates(card, phrases),
        "formats": ", ".join(card.formats) or phrases.say("no_format"),
    }.get(field)
    if words is None:
        return about(card, labels, phrases)
    return phrases.say("line_ended", name=card.name, what=words)


def _publisher(card: DatasetCard, labels: Mapping[str, str], phrases: Phrases) -> str:
    if card.publisher:
        return phrases.say("published_by", name=card.name, publisher=card.publisher)
    return phrases.say(
        "no_publisher", name=card.name, page=card.url or phrases.say("unstated"),
        catalogue=named.catalogue(card.source, labels, phrases),
    )  # fmt: skip


def _dates(card: DatasetCard, phrases: Phrases) -> str:
    often = card.update_frequency
    parts = [
        phrases.say("date.published", day=str(card.published)) if card.published else "",
        phrases.say("date.updated", day=str(card.updated)) if card.updated else "",
        phrases.say("date.version", version=card.version) if card.version else "",
        phrases.say("date.often", often=phrases.say(f"often.{often}")) if often else "",
    ]
    return phrases.say("limit.comma").join(filter(None, parts)) or phrases.say("no_date")


def about(card: DatasetCard, labels: Mapping[str, str], phrases: Phrases = ENGLISH) -> str:
    """A dataset in a few sentences, from its card alone."""
    said = [f"{card.name} ({named.catalogue(card.source, labels, phrases)})."]
    if card.summary:
        said.append(card.summary if card.summary.endswith(".") else f"{card.summary}.")
    tongues = languages_text(card, phrases, most=6)
    said.append(
        phrases.say("about.holds", languages=tongues, size=size_text(card, phrases)),
    )
    licence, access = licence_text(card.terms, phrases), access_text(card.terms, phrases)
    said.append(phrases.say("about.terms", licence=licence, access=access))
    return " ".join(said)


def compared(
    cards: Sequence[DatasetCard],
    verdicts: Sequence[Verdict],
    labels: Mapping[str, str],
    phrases: Phrases = ENGLISH,
) -> Table:
    """The datasets side by side, one column each."""
    unstated = phrases.say("unstated")
    rows = {
        "languages": [languages_text(c, phrases, most=5) for c in cards],
        "size": [size_text(c, phrases) for c in cards],
        "tasks": [tasks_text(c, phrases) for c in cards],
        "licence": [licence_text(c.terms, phrases) for c in cards],
        "use": [outcome_text(v.outcome, phrases) for v in verdicts],
        "price": [price_text(c.terms, phrases) for c in cards],
        "access": [access_text(c.terms, phrases) for c in cards],
        "version": [c.version or unstated for c in cards],
        "updated": [str(c.updated or c.published or unstated) for c in cards],
        "publisher": [c.publisher or unstated for c in cards],
        "catalogue": [named.catalogue(c.source, labels, phrases) for c in cards],
        "page": [c.url or unstated for c in cards],
    }
    return Table(
        title=phrases.say("side_by_side"),
        columns=("", *(card.name for card in cards)),
        rows=tuple((phrases.say(f"row.{key}"), *cells) for key, cells in rows.items()),
    )


def differences(cards: Sequence[DatasetCard], phrases: Phrases = ENGLISH) -> str:
    """The first thing to know of two or more datasets side by side."""
    names = named.both([card.name for card in cards[:3]], phrases)
    sized = [(figure(c, "hours")[0] or figure(c, "records")[0] or 0.0, c) for c in cards]
    largest = max(sized, key=lambda pair: pair[0])
    said = [phrases.say("compared", names=names)]
    if (
        largest[0]
        and sum(value == largest[0] for value, _ in sized) == 1
        and all(value for value, _ in sized)
    ):
        size = size_text(largest[1], phrases)
        said.append(phrases.say("compared_larger", name=largest[1].name, size=size))
    licences = {licence_text(c.terms) for c in cards}
    said.append(phrases.say("compared_same" if len(licences) == 1 else "compared_differ"))
    return " ".join(said)
