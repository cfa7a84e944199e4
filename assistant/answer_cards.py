"""What a dataset is, in words and side by side: "who owns it?" and "compare" answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.fit import ACCESS_WORDS, amount, figure, licence_text, price_text
from assistant.need import SizeField
from assistant.reply import Table
from assistant.terms.explain import outcome_text
from assistant.terms.values import SEVERITY, Verdict
from catalog_sync import languages, vocab
from catalog_sync.card import DatasetCard

OUTCOME_WORDS = {outcome: outcome_text(outcome) for outcome in SEVERITY}
_FIGURES: tuple[SizeField, ...] = ("hours", "validated_hours", "speakers", "records", "bytes")
_MANY = 12


def size_text(card: DatasetCard) -> str:
    """The figures that are stated: "148.2 hours, 120 validated hours"."""
    said = []
    for field in _FIGURES:
        least, most = figure(card, field)
        if least is not None and most is not None and field == "records" and least != most:
            said.append(f"between {amount(least, field)} and {amount(most, field)}")
        elif least is not None:
            said.append(("at least " if most is None else "") + amount(least, field))
    return ", ".join(said) or "size not stated"


def languages_text(card: DatasetCard, most: int = _MANY) -> str:
    """The stated languages by their English names."""
    named = [languages.english_name(tag) for tag in card.languages[:most]]
    more = len(card.languages) - most
    if more > 0:
        named.append(f"and {more} more")
    return ", ".join((*named, *card.languages_unread[:3])) or "languages not stated"


def tasks_text(card: DatasetCard) -> str:
    """The stated tasks in words."""
    return ", ".join(vocab.TASKS[t].label for t in card.tasks if t in vocab.TASKS) or "not stated"


def field_text(card: DatasetCard, field: str, labels: Mapping[str, str]) -> str:
    """One sentence on one field of a card; what nobody stated is said to be so."""
    name = card.name
    sentences = {
        "price": f"{name}: {price_text(card.terms)}; {ACCESS_WORDS[card.terms.access]}.",
        "publisher": f"{name} is published by {card.publisher}."
        if card.publisher
        else f"Nobody is named as the publisher of {name}; its page is "
        f"{card.url or 'not stated'} ({labels.get(card.source, card.source)}).",
        "licence": f"{name}: {licence_text(card.terms)}.",
        "size": f"{name}: {size_text(card)}.",
        "access": f"{name}: {ACCESS_WORDS[card.terms.access]}.",
        "link": f"{name}: {card.url or 'no address is stated'}.",
        "languages": f"{name}: {languages_text(card)}.",
        "updated": _dates(card),
        "formats": f"{name}: {', '.join(card.formats) or 'format not stated'}.",
    }
    return sentences.get(field) or about(card, labels)


def _dates(card: DatasetCard) -> str:
    parts = [
        f"published {card.published}" if card.published else "",
        f"last updated {card.updated}" if card.updated else "",
        f"version {card.version}" if card.version else "",
        f"updated {card.update_frequency}" if card.update_frequency else "",
    ]
    return f"{card.name}: {', '.join(p for p in parts if p) or 'no date is stated'}."


def about(card: DatasetCard, labels: Mapping[str, str]) -> str:
    """A dataset in a few sentences, from its card alone."""
    said = [f"{card.name} ({labels.get(card.source, card.source)})."]
    if card.summary:
        said.append(card.summary if card.summary.endswith(".") else f"{card.summary}.")
    said.append(f"Languages: {languages_text(card, 6)}. Size: {size_text(card)}.")
    said.append(f"Terms: {licence_text(card.terms)}; {ACCESS_WORDS[card.terms.access]}.")
    return " ".join(said)


def compared(
    cards: Sequence[DatasetCard], verdicts: Sequence[Verdict], labels: Mapping[str, str]
) -> Table:
    """The datasets side by side, one column each."""
    rows = [
        ("Languages", *(languages_text(c, 5) for c in cards)),
        ("Size", *(size_text(c) for c in cards)),
        ("Tasks", *(tasks_text(c) for c in cards)),
        ("Licence", *(licence_text(c.terms) for c in cards)),
        ("Your use", *(OUTCOME_WORDS[v.outcome] for v in verdicts)),
        ("Price", *(price_text(c.terms) for c in cards)),
        ("Access", *(ACCESS_WORDS[c.terms.access] for c in cards)),
        ("Version", *(c.version or "not stated" for c in cards)),
        ("Updated", *(str(c.updated or c.published or "not stated") for c in cards)),
        ("Publisher", *(c.publisher or "not stated" for c in cards)),
        ("Catalogue", *(labels.get(c.source, c.source) for c in cards)),
        ("Page", *(c.url or "not stated" for c in cards)),
    ]
    return Table(
        title="Side by side", columns=("", *(card.name for card in cards)), rows=tuple(rows)
    )


def differences(cards: Sequence[DatasetCard]) -> str:
    """The first thing to know of two or more datasets side by side."""
    names = " and ".join(card.name for card in cards[:3])
    sized = [(figure(c, "hours")[0] or figure(c, "records")[0] or 0.0, c) for c in cards]
    largest = max(sized, key=lambda pair: pair[0])
    said = f"{names}, side by side below."
    if (
        largest[0]
        and sum(value == largest[0] for value, _ in sized) == 1
        and all(value for value, _ in sized)
    ):
        said += f" {largest[1].name} is the larger: {size_text(largest[1])}."
    licences = {licence_text(c.terms) for c in cards}
    said += " Same licence." if len(licences) == 1 else " Their licences differ."
    return said
