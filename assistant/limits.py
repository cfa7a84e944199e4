"""A need as hard limits on cards: which filter asks for it, with or without each limit. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant import choices
from assistant.need import LanguageWish, Need
from assistant.understand.content import only_orders, topic_tags
from catalog_sync import languages, vocab
from catalog_sync.filter import Bounds, CardFilter, Must

MULTIPLE = "mul"
"""The tag of a wish for a group of languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """The languages a catalogue holds, so that a wish is asked for in few tags."""

    present: frozenset[str]

    def satisfying(self, wish: LanguageWish) -> frozenset[str]:
        """Tags in this catalogue that satisfy a wish; never empty, so that nothing matches all."""
        return _satisfying(self.present, wish)

    def holds(self, wish: LanguageWish) -> bool:
        """Whether anything in the catalogue is in this language."""
        return bool(_satisfying(self.present, wish) & self.present)


@lru_cache(maxsize=4096)
def _satisfying(present: frozenset[str], wish: LanguageWish) -> frozenset[str]:
    if wish.tag == MULTIPLE:
        inside = frozenset(wish.tags)
        found = frozenset(t for t in present if t in inside or t.split("-")[0] in inside)
    else:
        found = frozenset(
            t for tag in wish.tags for t in languages.satisfied_by(tag) if t in present
        )
    return found or frozenset({f"x-none-{wish.tag}"})


def card_filter(need: Need, tongues: Tongues, *, certain: bool) -> CardFilter:
    """The filter for a need.

    Args:
        need: What is asked for.
        tongues: The languages of the catalogue.
        certain: Whether cards that do not state a limited figure are left out.
    """
    excluded = _tags(need.languages_not, tongues)
    wanted = tuple(tongues.satisfying(wish) - excluded for wish in need.languages)
    bounds = {s.field: Bounds(least=s.least, most=s.most) for s in need.sizes}
    asked = CardFilter(
        languages=tuple(tags or frozenset({"x-none"}) for tags in wanted),
        languages_joined=need.languages_joined,
        languages_not=frozenset() if wanted else excluded,
        modalities=frozenset(_modalities(need)),
        tasks=frozenset(_tasks(need)),
        kinds_joined="any" if need.kinds_apart else "all",
        speech_style=need.speech_style,
        topics=tuple(
            frozenset[str]().union(*map(topic_tags, group)) for group in hard_choices(need)
        ),
        licence_wish=need.licence_wish,
        licences=frozenset(need.licences),
        price_most_cents=None if need.budget is None else need.budget.most_cents,
        access=frozenset(need.access),
        update_frequency=frozenset(need.update_frequency),
        updated_since=None
        if need.updated_since is None
        else date.fromisoformat(need.updated_since),
        sources=frozenset(need.sources),
        sources_not=frozenset(need.sources_not),
        publishers=frozenset(need.publishers),
        publishers_not=frozenset(need.publishers_not),
        names_not=frozenset(need.names_not),
    )
    asked = replace(
        asked,
        hours=bounds.get("hours", asked.hours),
        validated_hours=bounds.get("validated_hours", asked.validated_hours),
        records=bounds.get("records", asked.records),
        speakers=bounds.get("speakers", asked.speakers),
        bytes=bounds.get("bytes", asked.bytes),
        languages_count=bounds.get("languages", asked.languages_count),
    )
    must = frozenset(_must(need)) if certain else frozenset[Must]()
    return replace(asked, must=must)


def _tags(wishes: tuple[LanguageWish, ...], tongues: Tongues) -> frozenset[str]:
    return frozenset(tag for wish in wishes for tag in tongues.satisfying(wish))


def hard_choices(need: Need) -> choices.Groups:
    """Topics that a card's tags are asked for, each among those that would do in its place.

    Those rarely tagged only order, and so does what stands for choice with one of them.
    """
    return tuple(group for group in choices.groups(need) if not any(map(only_orders, group)))


def hard_topics(need: Need) -> tuple[str, ...]:
    """The topics of `hard_choices`, one after the other."""
    return tuple(topic for group in hard_choices(need) for topic in group)


def soft_topics(need: Need) -> tuple[str, ...]:
    """Topics that only order: how many cards are on them is not known."""
    hard = hard_topics(need)
    return tuple(topic for topic in need.topics if topic not in hard)


def labelled(need: Need) -> Need:
    """The need with, of topics for choice, those alone that cards are labelled with, if any are."""
    found = choices.groups(need)
    kept = (
        topic for group in found for topic in group
        if not only_orders(topic) or all(map(only_orders, group))
    )  # fmt: skip
    return replace(need, topics=tuple(kept))


def hard_tasks(need: Need) -> tuple[str, ...]:
    """Tasks that a card is asked for; those rarely stated only order."""
    return tuple(t for t in need.tasks if not vocab.TASKS[t].ranks_only)


def _tasks(need: Need) -> Iterator[str]:
    for task in hard_tasks(need):
        yield from vocab.task_satisfied_by(task)


def _modalities(need: Need) -> tuple[str, ...]:
    """Kinds asked for, unless a task asks for more than they do."""
    tasks = hard_tasks(need)
    implied = {m for task in tasks for m in vocab.TASKS[task].modalities}
    if tasks and set(need.modalities) <= implied and not need.kinds_apart:
        return ()
    return need.modalities


def _must(need: Need) -> Iterator[Must]:
    for size in need.sizes:
        yield "languages_count" if size.field == "languages" else size.field
    stated: tuple[tuple[Must, object], ...] = (
        ("licence_wish", need.licence_wish), ("price", need.budget), ("access", need.access),
        ("update_frequency", need.update_frequency), ("updated", need.updated_since),
    )  # fmt: skip
    for field, value in stated:
        if value not in (None, ()):
            yield field


def limits(need: Need) -> tuple[str, ...]:
    """The limits a need holds, named as `dialogue.without` knows them, easiest to give up first."""
    found = [f"sizes:{size.field}" for size in need.sizes]
    named: tuple[tuple[str, object], ...] = (
        ("updated", need.updated_since), ("update_frequency", need.update_frequency),
        ("access", need.access), ("budget", need.budget),
        ("licence", need.licence_wish or need.licences or need.licences_not),
        ("style", need.speech_style),
        ("publishers", need.publishers), ("sources", need.sources or need.sources_not),
        ("topics", need.topics), ("tasks", need.tasks), ("modalities", need.modalities),
        ("languages", need.languages),
    )  # fmt: skip
    return (*found, *(name for name, value in named if value not in (None, ())))


def identifies(need: Need) -> bool:
    """Whether the limits say which data is meant, so that words only order it."""
    return bool(
        need.languages or hard_tasks(need) or need.topics or need.sources
        or need.publishers or need.speech_style or need.modalities
    )  # fmt: skip
