"""Joins a turn with the conversation so far: merge, replace, relax, undo. Pure values only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant import (
    dialogue_both,
    dialogue_choices,
    dialogue_kinds,
    dialogue_languages,
    dialogue_licences,
    dialogue_sizes,
    dialogue_topics,
)
from assistant.need import LicenceWish, Need
from assistant.relax import COMMERCIAL, relaxed, replace_field, union
from assistant.understand.reading import Reading
from assistant.use import ACTS, Use
from catalog_sync import vocab

_ONLY_FOR = re.compile(
    r"\b(?:only|just|solely|purely|merely|solo|sólo|seulement|uniquement|apenas|somente|só|nur|"
    r"pekee)\s+(?:for|to|as|para|pour|für|kwa)\b|\bfor\b[^.,;:]{1,40}\bonly\b|فقط ل",
    re.IGNORECASE,
)
"""Says what alone the data is for: "it is only for my thesis"."""
_LET_GO = re.compile(
    r"\W*(?:(?:ok|okay|well|please|and)\W+)*(?:drop|forget|lift|lose|never mind|scrap|skip|quita|"
    r"olvida|oublie|esqueça|vergiss|sahau)\b",
    re.IGNORECASE,
)
"""Begins a turn that takes back what was asked for, and shuts nothing out."""
_FEW = 6
_KEPT_NEEDS = 12
_SCALARS = ("speech_style", "licence_wish", "budget", "updated_since")
_LISTS = (
    "access", "update_frequency", "sources", "publishers", "licences", "like",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a conversation holds between turns."""

    need: Need = field(default_factory=Need)
    past: tuple[Need, ...] = ()
    """Needs before each change, oldest first: what "forget that" goes back to."""
    shown: tuple[str, ...] = ()
    """Card ids of the last list, in its order."""
    focus: tuple[str, ...] = ()
    """Card ids last spoken about."""
    offset: int = 0
    """How many of the ranking were shown already."""
    use: Use = field(default_factory=Use)
    """The deed last asked about."""
    turns: int = 0
    asked: str = ""
    """The field last asked back about."""
    unmet: bool = False
    """The last search found nothing, so that a wish may be recorded."""
    credits: tuple[str, ...] = ()
    """Licence names spoken of in a combination."""
    viewing: str = ""
    """Card id of the page that the last question came from; empty: none."""
    language: str = ""
    """BCP 47 of what the person spoke last, where that was clear; empty: not yet."""
    told: str = ""
    """English name of the language of which the person was told that it has no phrasebook."""


def is_empty(need: Need) -> bool:
    """Whether nothing was asked for yet."""
    return replace(need, wish="", gist="", avoid=(), use=Use()) == Need()


def join(state: State, reading: Reading) -> Need:
    """The need after this turn."""
    if reading.mode == "undo":
        return state.past[-1] if state.past else Need()
    if reading.intent == "reset":
        return Need()
    stated = reading.stated
    old = state.need
    if is_empty(old) or reading.mode == "anew" or _is_new_request(old, reading):
        return _settled(relaxed(_with_own_words(old, reading), ()), old.use, reading)
    reading = dialogue_both.read(_let_go(old, reading), old, state.past)
    reading = dialogue_topics.let_in(old, dialogue_languages.corrected(old, reading))
    reading = dialogue_languages.with_varieties(old, dialogue_languages.narrowed(old, reading))
    stated = reading.stated
    given_up = dialogue_languages.is_given_up(old, reading)
    asked_for, avoid = old.publishers, dialogue_topics.avoided(old, reading)
    kept = dialogue_topics.wider_stays(old, reading, state.past)
    wider = tuple(topic for topic in reading.topics_not if topic not in kept)
    drop = tuple(name for name in reading.drop if not (kept and name == "topics"))
    reading = replace(reading, topics_not=wider, drop=drop)
    old = _taken_back(old, reading)
    # Whose data was asked for is not asked for any longer, and shut out no more than that.
    others = _without(stated.publishers_not, asked_for)
    reading = replace(reading, stated=replace(stated, publishers_not=others))
    need = _merged(old, reading, given_up=given_up)
    topics = dialogue_topics.joined(old, reading, state.past)
    need = dialogue_choices.joined(replace(need, topics=topics, avoid=avoid), old, reading)
    return _settled(need, old.use, reading)


def _with_own_words(old: Need, reading: Reading) -> Need:
    """What a turn states, with the words alone that said what is wanted: "salamanders", "CC0"."""
    stated = reading.stated
    whole = stated.tasks or stated.modalities or stated.topics or not is_empty(old)
    if whole or is_empty(stated) or reading.mode == "anew" or len(old.wish.split()) > _FEW:
        return stated
    return replace(stated, wish=dialogue_topics.words(old, reading))


def _settled(need: Need, use: Use, reading: Reading) -> Need:
    need = dialogue_languages.as_heard(dialogue_kinds.opposite(need, reading))
    return _with_use(need, use, reading)


def _let_go(old: Need, reading: Reading) -> Reading:
    """The turn, shutting out no source that it only ceases to ask for: "drop Common Voice"."""
    stated = reading.stated
    asked = set(stated.sources_not) <= set(old.sources) and bool(stated.sources_not)
    if not asked or _LET_GO.match(reading.text) is None:
        return reading
    return replace(
        reading, drop=(*reading.drop, "sources"),
        stated=replace(stated, sources_not=(), names_not=()),
    )  # fmt: skip


def _taken_back(old: Need, reading: Reading) -> Need:
    """The old need without what this turn gives up, by field or by name."""
    stated = reading.stated
    if stated.languages_not and dialogue_languages.says_any(reading.text):
        # "Any language but English": what was asked for is not asked for any longer.
        old = relaxed(old, ("languages",))
    named = {
        "topics": reading.topics_not, "tasks": reading.tasks_not, "languages": stated.languages_not,
    }  # fmt: skip
    drop = tuple(name for name in reading.drop if not named.get(name))
    need = relaxed(old, drop)
    unwanted = {tag for wish in stated.languages_not for tag in wish.tags}
    tasks = tuple(t for t in need.tasks if t not in reading.tasks_not)
    modalities = tuple(m for m in need.modalities if m not in reading.modalities_not)
    return replace(
        need,
        topics=tuple(t for t in need.topics if t not in reading.topics_not),
        tasks=tasks,
        modalities=modalities,
        kinds_apart=need.kinds_apart and bool(tasks and modalities),
        publishers=_without(need.publishers, (*stated.publishers_not, *stated.names_not)),
        languages=dialogue_languages.without(need.languages, unwanted),
    )


def _is_new_request(old: Need, reading: Reading) -> bool:
    """Another language and another task or kind: nothing of the old need is meant to stay."""
    stated = reading.stated
    if (
        reading.mode in ("add", "replace")
        or reading.only
        or dialogue_languages.is_other_side(old, reading)
    ):
        return False
    other_language = bool(stated.languages and old.languages) and not (
        dialogue_languages.tags(stated.languages) & dialogue_languages.tags(old.languages)
    )
    other_task = (
        bool(stated.tasks)
        and bool(old.tasks or old.modalities or old.topics)
        and not (_related(stated.tasks, old.tasks) or _same_kind(stated, old))
    )
    other_topic = bool(stated.topics and old.tasks and not stated.tasks and not old.topics)
    whole = other_language and bool(stated.tasks or stated.modalities or stated.topics)
    elsewhere = other_topic and bool(stated.sources) and not stated.languages
    return whole or elsewhere or (other_task and bool(stated.languages))


def _related(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    return any(
        a == b or a in vocab.task_ancestors(b) or b in vocab.task_ancestors(a)
        for a in new
        for b in old
    )


def _same_kind(stated: Need, old: Need) -> bool:
    """A task on the kind of data already asked for narrows it: speech, then ASR."""
    kinds = {m for task in stated.tasks for m in vocab.TASKS[task].modalities}
    return bool(kinds & set(old.modalities)) and not old.tasks


def _merged(old: Need, reading: Reading, *, given_up: bool) -> Need:
    stated = reading.stated
    need = dialogue_languages.joined(old, reading, given_up=given_up)
    need = dialogue_languages.paired(dialogue_kinds.joined(need, reading), reading)
    for name in _LISTS:
        before, now = getattr(need, name), getattr(stated, name)
        added = union(before, now) if reading.mode == "add" else now or before
        need = replace_field(need, name, added)
    for name in _SCALARS:
        value = getattr(stated, name)
        if value is not None:
            need = replace_field(need, name, value)
    if reading.mode == "add" and stated.speech_style and old.speech_style:
        # Read aloud "as well": either will do.
        both = stated.speech_style != old.speech_style
        need = replace(need, speech_style=None if both else old.speech_style)
    need = dialogue_licences.joined(need, old, reading)
    return replace(
        need,
        wish=dialogue_topics.words(old, reading),
        gist=stated.gist or old.gist,
        sizes=dialogue_sizes.measurable(
            dialogue_sizes.joined(old.sizes, reading, need), need, stated
        ),
        languages_not=dialogue_languages.excluded(need, reading, given_up=given_up),
        sources=_without(need.sources, stated.sources_not),
        publishers=_without(need.publishers, stated.publishers_not),
        licences=_without(need.licences, stated.licences_not),
        sources_not=union(_without(old.sources_not, stated.sources), stated.sources_not),
        publishers_not=union(
            _without(old.publishers_not, stated.publishers), stated.publishers_not
        ),
        names_not=union(_without(old.names_not, stated.sources), stated.names_not),
        licences_not=union(_without(need.licences_not, stated.licences), stated.licences_not),
        must=union(need.must, stated.must),
    )


def _without(kept: tuple[str, ...], given_up: tuple[str, ...]) -> tuple[str, ...]:
    """What stays: the last word on a thing is the one that counts."""
    unwanted = {each.casefold().replace(" ", "") for each in given_up}
    return tuple(each for each in kept if each.casefold().replace(" ", "") not in unwanted)


def _with_use(need: Need, old: Use, reading: Reading) -> Need:
    stated, new = reading.stated, reading.stated.use
    acts = new.acts or old.acts
    unsold = bool(new.acts) and not set(COMMERCIAL) & set(new.acts)
    sold = need.licence_wish == "commercial" and stated.licence_wish is None
    if sold and unsold and _ONLY_FOR.search(reading.text):
        # What was to be sold is not any longer.
        need = replace(need, licence_wish=None)
    wish: LicenceWish | None = need.licence_wish
    if wish in (None, "non_commercial_ok") and not new.acts:
        acts = tuple(act for act in acts if act not in COMMERCIAL)
    return replace(
        need,
        use=Use(
            acts=tuple(act for act in ACTS if act in acts),
            from_country=new.from_country or old.from_country,
            hq_country=new.hq_country or old.hq_country,
            organisation=new.organisation or old.organisation,
            output_licence=new.output_licence or old.output_licence,
            facts=new.facts or old.facts,
        ),
    )


def advance(state: State, need: Need) -> State:
    """The state with a new need; the old one can be gone back to."""
    if need == state.need:
        return state
    return replace(state, need=need, past=(*state.past, state.need)[-_KEPT_NEEDS:], offset=0)


def undone(state: State) -> State:
    """The state with the need before the last change."""
    if not state.past:
        return replace(state, need=Need(), offset=0)
    return replace(state, need=state.past[-1], past=state.past[:-1], offset=0)
