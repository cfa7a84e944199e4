"""What the data shall be and in which languages: the identifying half of a need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from assistant.understand import (
    alternatives,
    apposed,
    articles,
    bracketed,
    content,
    dismissed,
    elliptical,
    neighbours,
    opened,
    purpose,
    rhythms,
    styles,
    subject_said,
    unasked,
)
from assistant.understand.cover import Cover
from assistant.understand.lexicon import OR, Find, Token
from assistant.understand.mentions import Named, alone, capitalised, languages_in
from assistant.understand.polarity import Polarity, apart, joined
from assistant.understand.subject_values import Subject
from catalog_sync import vocab
from catalog_sync.card import Modality, SpeechStyle, UpdateFrequency
from catalog_sync.clauses import AccessMode

_FILTERS = frozenset({"audio", "text", "image", "video", "tabular", "time_series"})
"""Kinds a person means as a limit; the others are said as topics."""
PAIR_TASKS = frozenset({"translation", "speech-translation", "transliteration"})
"""Tasks between two languages: naming two means both."""
_OTHER_SIDE = frozenset(
    "to into from with and al con para hacia vers avec com mit ins nach na kwa kwenda "
    "إلى مع".split()
)
_PARALLEL = frozenset("parallel paralelo paralelos paralela paralelas parallele paralleles".split())
_FIRST_WORDS = 60
_APART = 24
"""Characters between two tasks in which an "or" joins them."""
_OTHER_STYLE: Mapping[str, SpeechStyle] = {
    "scripted": "spontaneous", "spontaneous": "scripted",
}  # fmt: skip
_GIVEN_UP: Mapping[str, str] = {
    "frequency": "update_frequency", "access": "access", "free": "budget",
}  # fmt: skip
_DISMISSED = frozenset({"style", "task", "topic", "modality", *_GIVEN_UP})
_OPENED: Mapping[str, str] = {
    "style": "style", "task": "tasks", "source": "sources", **_GIVEN_UP,
}  # fmt: skip
"""Limits that a turn may leave open, by what is named."""
_OFTEN: tuple[UpdateFrequency, ...] = (
    "continuous", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly",
)  # fmt: skip


def read(
    text: str,
    words: tuple[Token, ...],
    taken: Sequence[tuple[int, int]],
    *,
    often: Sequence[UpdateFrequency] = (),
) -> Subject:
    """The subject of a turn.

    Args:
        text: The turn.
        words: Its words.
        taken: Spans already understood as figures or licences.
        often: Rhythms already read among them.
    """
    unforced = unasked.spans(text)
    taken = (*taken, *unforced)
    access: list[AccessMode] = ["public"] if unforced else []
    subject = Subject(frequency=list(often), access=access, spans=list(unforced))
    asked = neighbours.NONE_THERE.match(text)
    polarity = Polarity(words, (*taken, asked.span("no")) if asked else tuple(taken))
    named = elliptical.completed(text, languages_in(text) or alone(text))
    known = Cover(taken)
    finds = articles.keywords(text, words, content.find(words))
    finds = [f for f in finds if known.around(f.start, f.end) is None]
    phrases = Cover((f.start, f.end) for f in finds)
    aims = purpose.aims(text, finds, names_language=bool(named))
    steps = [f for f in finds if f.kind == "frequency" and rhythms.is_resolution(text, f.end)]
    finds = [f for f in finds if f not in aims and f not in steps and f.kind != "plain"]
    examples = bracketed.examples(text, finds)
    finds = [f for f in finds if f not in examples]
    named = [
        n
        for n in named
        if known.around(n.start, n.end) is None
        # A phrase that holds the language's name and more: "German shepherd images".
        and phrases.around(n.start, n.end) in (None, (n.start, n.end))
    ]
    if not named and (len(words) <= 3 or any(f.kind == "task" for f in finds)):
        named = capitalised(text, words, finds)
    if len(named) == 1 and neighbours.is_place(text, named[0], words, finds):
        named = []
    parallel = not _PARALLEL.isdisjoint(token.word for token in words[:_FIRST_WORDS])
    if parallel or any(f.value in PAIR_TASKS for f in finds):
        named = elliptical.parted(text, named)
    tongues = Cover((n.start, n.end) for n in named)
    finds = [f for f in finds if tongues.around(f.start, f.end) is None]
    beside = Cover((*taken, *((n.start, n.end) for n in named)))
    open_ended = alternatives.half_known(words, finds, beside)
    finds = [f for f in finds if f not in open_ended]
    mistaken = dismissed.taken_back(text, named)
    named = [each for each in named if each.start not in mistaken]
    understood = [(n.start, n.end) for n in named]
    named = apposed.narrowed(text, named)
    unwanted = dismissed.unwanted(text, named) | dismissed.opposites(text, named)
    spans = _take_languages(subject, named, polarity, unwanted)
    _take_finds(subject, text, finds, polarity)
    subject.avoid = [
        " ".join(word.word for word in words[f.first : f.last + 1])
        for f in finds if f.start in subject.negated and f.kind in ("topic", "task")
        # "We are not a school" is said of people.
        and not (f.first and words[f.first - 1].word in ("a", "an"))
    ]  # fmt: skip
    subject.said_not = [
        word.word for f in finds if f.start in subject.negated
        for word in words[f.first : f.last + 1]
    ]  # fmt: skip
    subject.kinds_apart = neighbours.is_choice(words, finds)
    subject.topics_apart = list(alternatives.read(text, words, finds))
    spoken = [f for f in finds if f.kind == "style"]
    if styles.is_open(text, words, spoken, differ=len(set(subject.styles)) > 1):
        subject.style = None
        subject.dropped.append("style")
        _once(subject.modalities, "audio")
    if any(found.kind == "speech_only" for found in finds):
        _take_talk(subject)
    if not (subject.tasks or subject.modalities):
        subject.modalities += [cast("Modality", f.value) for f in finds if f.kind == "product"][:1]
    subject.said = tuple(dict.fromkeys(subject_said.own_words(text, subject, finds)))
    _settle(subject, _offered(text, finds))
    if subject_said.is_measured(text, subject, words, finds):
        subject.modalities = [m for m in subject.modalities if m != "audio"]
    subject.other_side = any(neighbours.follows(words, start, _OTHER_SIDE) for start, _ in spans)
    if parallel and not subject.tasks and (len(spans) > 1 or subject.other_side):
        # "Parallel Kyrgyz-English text", "parallel with English".
        subject.tasks.append("translation")
    pair = bool(PAIR_TASKS & set(subject.tasks))
    subject.joined = joined(words, tuple(spans), pair=pair)
    subject.apart = apart(words, tuple(spans))
    subject.spans += understood
    return subject


def _take_finds(subject: Subject, text: str, finds: Sequence[Find], polarity: Polarity) -> None:
    """What phrases say, but for those that the turn names only to leave them open."""
    useless = dismissed.unwanted(text, [f for f in finds if f.kind in _DISMISSED])
    left_open = opened.starts(text, [f for f in finds if f.kind in (*_OPENED, "topic")])
    for found in finds:
        subject.spans.append((found.start, found.end))
        if found.kind == "access" and opened.is_put_up_with(text, found):
            subject.dropped += ["access"] if found.value != "public" else []
        elif found.start in left_open and found.kind == "topic":
            _once(subject.topics_not, found.value)
        elif found.start in left_open:
            subject.dropped.append(_OPENED[found.kind])
        elif found.start in useless and found.kind in _GIVEN_UP:
            subject.dropped.append(_GIVEN_UP[found.kind])
        else:
            _take(subject, found, polarity, useless)
    if not subject.tasks and opened.any_will_do(text):
        subject.dropped += ["tasks", "style"]


def _take_talk(subject: Subject) -> None:
    """Take "conversations" as recorded or written down, unless something else says which."""
    if subject.style is not None or subject.modalities:
        return
    if not subject.tasks:
        subject.tasks.append("dialogue")
        subject.modalities.append("audio")
        subject.kinds_apart = True


def _take_languages(
    subject: Subject, named: Sequence[Named], polarity: Polarity, unwanted: frozenset[int]
) -> list[tuple[int, int]]:
    spans = []
    listed: set[str] = set()
    for each in named:
        if each.wish is None:
            continue
        if polarity.is_negated(each.start, each.end, "language") or each.start in unwanted:
            subject.languages_not.append(each.wish)
            continue
        if each.unclear is not None:
            subject.unclear.append(each.unclear)
        if each.wish.tag == "mul" or each.wish.tag not in listed:
            subject.languages.append(each.wish)
            listed.add(each.wish.tag)
        spans.append((each.start, each.end))
    refused = {wish.tag for wish in subject.languages_not}
    subject.languages = [wish for wish in subject.languages if wish.tag not in refused]
    return spans


def _take(
    subject: Subject, found: Find, polarity: Polarity, unwanted: frozenset[int] = frozenset()
) -> None:
    if found.kind not in ("task", "modality", "style", "topic"):
        _take_limit(subject, found, polarity)
        return
    if found.kind == "modality" and found.value not in _FILTERS:
        return
    negated = polarity.is_negated(found.start, found.end, found.kind) or found.start in unwanted
    if negated:
        subject.negated.add(found.start)
    if found.kind == "task":
        _once(subject.tasks_not if negated else subject.tasks, found.value)
    elif found.kind == "modality":
        value = cast("Modality", found.value)
        _once(subject.modalities_not if negated else subject.modalities, value)
    elif found.kind == "style":
        subject.style = _OTHER_STYLE[found.value] if negated else cast("SpeechStyle", found.value)
        subject.styles.append(subject.style)
    else:
        _once(subject.topics_not if negated else subject.topics, found.value)


def _take_limit(subject: Subject, found: Find, polarity: Polarity) -> None:
    if found.kind == "source":
        negated = polarity.is_negated(found.start, found.end, found.kind)
        _once(subject.sources_not if negated else subject.sources, found.value)
    elif found.kind == "frequency":
        _once(subject.frequency, cast("UpdateFrequency", found.value))
    elif found.kind == "access":
        negated = polarity.is_negated(found.start, found.end, found.kind)
        if not negated:
            _once(subject.access, cast("AccessMode", found.value))
        elif found.value != "public":
            _once(subject.access, "public")
    elif found.kind == "free":
        subject.free = subject.free or not polarity.is_negated(found.start, found.end, found.kind)
    elif found.kind == "anything" and not polarity.turns(found.last):
        subject.any_kind = True


def _once(values: list[str] | list[Modality] | list[UpdateFrequency] | list[AccessMode],
          value: str) -> None:  # fmt: skip
    if value not in values:
        cast("list[str]", values).append(value)


def _offered(text: str, finds: Sequence[Find]) -> frozenset[str]:
    """Tasks of which one or another will do: "sentence similarity or paraphrases"."""
    tasks = [find for find in finds if find.kind == "task"]
    return frozenset(
        task.value for one, other in zip(tasks, tasks[1:], strict=False)
        if not OR.isdisjoint(text[one.end : other.start][:_APART].casefold().split())
        for task in (one, other)
    )  # fmt: skip


def _settle(subject: Subject, offered: frozenset[str]) -> None:
    """Things said twice, or implied, leave one limit; `offered`: tasks for choice all stay."""
    wide = {wider for task in subject.tasks for wider in vocab.task_ancestors(task)} - offered
    subject.tasks = [task for task in subject.tasks if task not in wide]
    if subject.style is not None and "audio" not in subject.modalities:
        subject.modalities.append("audio")
    if {"audio", "text"} <= set(subject.modalities):
        subject.modalities, subject.any_kind = [], not subject.tasks
    often = [_OFTEN.index(f) for f in subject.frequency if f in _OFTEN]
    if often:
        # "Every hour or in real time": the slower of those named will do.
        subject.frequency = list(_OFTEN[: max(often) + 1])
    # A topic that only repeats a task, or is an ordinary word, is no second limit.
    subject.topics = [t for t in subject.topics if t not in subject.tasks]
    if subject.tasks or not all(map(content.is_plain, subject.topics)):
        subject.topics = [t for t in subject.topics if not content.is_plain(t)]
