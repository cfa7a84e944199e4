"""What a language model says a turn means, checked value by value against the tables. Pure.

A value that no table knows is dropped and named by its field. A name is taken only where the
person's own words hold it: a model cannot bring a publisher or a dataset into the conversation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from assistant import choices
from assistant.need import Budget, LanguageWish, LicenceWish, Need, SizeField, SizeRange
from assistant.reply import Intent
from assistant.understand import mentions, schema
from assistant.understand.content import is_form
from assistant.understand.lexicon import fold
from assistant.understand.reading import (
    CountedBy,
    Counting,
    Measure,
    Mode,
    Pointer,
    Reading,
)
from assistant.use import ACTS, OrganisationKind, Use
from catalog_sync import languages, licences, territories, vocab
from catalog_sync.card import Modality, SpeechStyle, UpdateFrequency
from catalog_sync.clauses import AccessMode

_MOST = 12
"""Values of one field that are looked at."""
_LARGEST = 1e15
_GIST_WORDS = 8
_WORD = re.compile(r"[a-z]{3,20}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A turn as the model read it, with everything impossible left out."""

    reading: Reading
    gist: str = ""
    """Further words for ranking alone, lower-case English; never shown."""
    dropped: tuple[str, ...] = ()
    """Fields that held a value which no table knows."""
    speaks: str = ""
    """BCP 47 of the person's own language, as far as the model says."""


class _Checked:
    """One answer of the model's; collects the fields in which something was dropped."""

    def __init__(self, raw: Mapping[str, object], text: str) -> None:
        self._raw = raw
        self._text = fold(text)
        self.dropped: dict[str, None] = {}

    def drop(self, field: str) -> None:
        self.dropped[field] = None

    def text(self, field: str) -> str:
        value = self._raw.get(field)
        return value.strip() if isinstance(value, str) else ""

    def number(self, field: str) -> float | None:
        return self.figure(field, self._raw.get(field))

    def figure(self, field: str, value: object) -> float | None:
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            if math.isfinite(value) and 0 <= value <= _LARGEST:
                return float(value)
        self.drop(field)
        return None

    def items(self, field: str) -> Sequence[object]:
        value = self._raw.get(field)
        return value[:_MOST] if isinstance(value, list) else ()

    def words(self, field: str, known: Callable[[str], str | None]) -> tuple[str, ...]:
        """The values that a table knows, as the table writes them."""
        found: dict[str, None] = {}
        for value in self.items(field):
            meant = known(value.strip()[:200]) if isinstance(value, str) else None
            if meant is None:
                self.drop(field)
            else:
                found[meant] = None
        return tuple(found)

    def said(self, value: str) -> str | None:
        """A name, only where the person said it."""
        return value if len(value) > 1 and fold(value) in self._text else None


def read(raw: Mapping[str, object], text: str) -> Proposal:
    """The checked meaning of one turn.

    Args:
        raw: An object that keeps to `schema.reading`.
        text: The person's words.
    """
    checked = _Checked(raw, text)
    tongues, tongues_not = _tongues(checked, "languages"), _tongues(checked, "languages_not")
    use = Use(
        acts=tuple(act for act in ACTS if act in checked.items("acts")),
        from_country=_country(checked, "from_country"),
        hq_country=_country(checked, "hq_country"),
        organisation=cast("OrganisationKind | None", checked.text("organisation") or None),
    )
    topics = checked.words("topics", _topic)
    choice = checked.text("topics_joined") == "any"
    topics, topics_apart = choices.arranged(topics, _kinds_of(topics) if choice else ())
    need = Need(
        languages=tongues,
        languages_joined="all" if checked.text("languages_joined") == "all" else "any",
        languages_not=tongues_not,
        modalities=cast("tuple[Modality, ...]", checked.words("modalities", vocab.modality)),
        speech_style=cast("SpeechStyle | None", checked.text("speech_style") or None),
        tasks=checked.words("tasks", vocab.task),
        topics=topics,
        topics_apart=topics_apart,
        use=use,
        licence_wish=cast("LicenceWish | None", checked.text("licence_wish") or None),
        licences_not=checked.words("licences_not", _stem),
        sizes=_sizes(checked),
        budget=_budget(checked),
        access=cast("tuple[AccessMode, ...]", checked.words("access", str)),
        update_frequency=cast(
            "tuple[UpdateFrequency, ...]", checked.words("update_frequency", str)
        ),
        updated_since=_day(checked),
        sources=checked.words("sources", str),
        sources_not=checked.words("sources_not", str),
        publishers=checked.words("publishers", checked.said),
        names_not=checked.words("names_not", checked.said),
        like=checked.words("like", checked.said),
    )
    return Proposal(
        reading=Reading(
            text=text,
            intent=cast("Intent", checked.text("intent")),
            stated=need,
            mode=cast("Mode", checked.text("mode")),
            drop=checked.words("drop", str),
            pointer=_pointer(checked, raw),
            asks=checked.words("asks", str),
            terms=checked.words("terms", str),
            counting=_counting(checked),
        ),
        gist=_gist(checked),
        dropped=tuple(checked.dropped),
        speaks=checked.text("speaks") if _TAG.fullmatch(checked.text("speaks")) else "",
    )


def _tongues(checked: _Checked, field: str) -> tuple[LanguageWish, ...]:
    found: dict[str, LanguageWish] = {}
    for value in checked.items(field):
        tags = _tags(value.strip()[:80]) if isinstance(value, str) else ()
        if not tags:
            checked.drop(field)
        else:
            wish = mentions.wish(tags)
            found[wish.tag] = wish
    return tuple(found.values())


def _tags(value: str) -> tuple[str, ...]:
    """The tags of a code or a name; a code is taken as one, whatever language is named so."""
    if _TAG.fullmatch(value) and languages.is_known(value):
        return (languages.canonical(value),)
    answer = languages.resolve(value)
    return () if answer.ambiguous or answer.how == "misspelling" else answer.tags


def _country(checked: _Checked, field: str) -> str | None:
    said = checked.text(field)
    if not said:
        return None
    if said.upper() in territories.all_codes():
        return said.upper()
    checked.drop(field)
    return None


def _topic(value: str) -> str | None:
    keyword = value.casefold()
    return keyword if keyword in schema.topics() else vocab.topic(value)


def _kinds_of(topics: tuple[str, ...]) -> choices.Groups:
    """What the data shows, and how it was taken: "satellite images of floods or droughts"."""
    forms = tuple(topic for topic in topics if is_form(topic))
    return tuple(topic for topic in topics if topic not in forms), forms


def _licence(value: str) -> str | None:
    if licences.row(value) is not None:
        return value
    named = licences.mentioned(value)
    return named[0] if len(named) == 1 else None


def _stem(value: str) -> str | None:
    if re.fullmatch(r"[A-Za-z][\w.+-]{1,30}", value):
        stem = value.casefold()
        if any(row.startswith(stem) for row in map(str.casefold, licences.rows())):
            return value
    return _licence(value)


def _sizes(checked: _Checked) -> tuple[SizeRange, ...]:
    found: dict[str, SizeRange] = {}
    for value in checked.items("sizes"):
        if not isinstance(value, dict):
            continue
        least = checked.figure("sizes", value.get("least"))
        most = checked.figure("sizes", value.get("most"))
        field = cast("SizeField", value.get("field"))
        if (least is None and most is None) or (
            least is not None and most is not None and least > most
        ):
            checked.drop("sizes")
            continue
        found[field] = SizeRange(field=field, least=least, most=most)
    return tuple(sorted(found.values(), key=lambda size: size.field))


def _budget(checked: _Checked) -> Budget | None:
    most = checked.number("budget_most")
    if most is None:
        return None
    return Budget(most_cents=round(most * 100), currency=checked.text("budget_currency") or "USD")


def _day(checked: _Checked) -> str | None:
    said = checked.text("updated_since")
    if not said:
        return None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        checked.drop("updated_since")
        return None


def _pointer(checked: _Checked, raw: Mapping[str, object]) -> Pointer:
    places = []
    for value in checked.items("places"):
        if isinstance(value, int) and (value == -1 or 1 <= value <= 50):
            places.append(value)
        else:
            checked.drop("places")
    return Pointer(places=tuple(dict.fromkeys(places)), this=raw.get("this") is True and not places)


def _counting(checked: _Checked) -> Counting | None:
    by, measure = checked.text("count_by"), checked.text("count_measure")
    if not by and not measure:
        return None
    return Counting(
        by=cast("CountedBy | None", by or None), measure=cast("Measure", measure or "datasets")
    )


def _gist(checked: _Checked) -> str:
    words: dict[str, None] = {}
    for value in checked.items("wish"):
        if isinstance(value, str):
            words |= dict.fromkeys(_WORD.findall(value.casefold()))
    return " ".join(list(words)[:_GIST_WORDS])
