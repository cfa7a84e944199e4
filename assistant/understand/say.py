"""A need in words: for chips, for the index, and so that it can be read back as the same need.

Read back and searched for in English; a person is told it in their own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import choices, named
from assistant.licence_stems import CLASSES, SHARE_ALIKE
from assistant.need import Need, SizeRange
from assistant.phrases import ENGLISH, Phrases
from assistant.understand import narrower
from assistant.understand.content import topic_label
from catalog_sync import languages, vocab

_SOURCE = {
    "aws": "AWS", "huggingface": "Hugging Face", "commonvoice": "Common Voice",
    "mdc": "Mozilla Data Collective", "croissant": "Croissant",
}  # fmt: skip
_REMOVED = {
    "hours": "hours limit", "validated_hours": "validated hours limit", "records": "rows limit",
    "speakers": "speakers limit", "bytes": "file size", "languages": "languages limit",
}  # fmt: skip
"""Figure -> what a person says to give up its bound."""
_SUBJECT = ("languages", "tasks", "modalities", "style", "topics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit in words."""

    field: str
    text: str
    remove: str
    """What to say to take it away, in English: a button's words."""


def limits(need: Need, phrases: Phrases = ENGLISH) -> tuple[Limit, ...]:
    """Every limit of a need, one each; languages joined by "and" are one."""
    return (
        *_languages(need, phrases),
        *_subject(need, phrases),
        *_terms(need, phrases),
        *_figures(need, phrases),
        *_places(need, phrases),
    )


def _languages(need: Need, phrases: Phrases) -> Iterator[Limit]:
    said = [named.wish(wish, phrases) for wish in need.languages]
    if need.languages_joined == "all" and len(said) > 1:
        yield Limit(
            field="languages", text=_listed(said, "all", phrases), remove="drop the language"
        )
    else:
        for place, wish in enumerate(need.languages):
            # "not Welsh" would shut Welsh out; a lone language is dropped, not excluded.
            remove = f"not {wish.label}" if len(said) > 1 else "any language"
            apart = need.languages_apart and place
            text = phrases.say("limit.or", name=said[place]) if apart else said[place]
            yield Limit(field="languages", text=text, remove=remove)
    for wish in need.languages_not:
        text = phrases.say("limit.not", name=named.wish(wish, phrases))
        yield Limit(field="languages_not", text=text, remove="drop the exclusions")


def _subject(need: Need, phrases: Phrases) -> Iterator[Limit]:
    kinds = [
        Limit(field="modalities", text=phrases.say(f"limit.data_{modality}"),
              remove="drop the kind of data")
        for modality in need.modalities
    ]  # fmt: skip
    yield from kinds if need.kinds_apart else ()
    for task in need.tasks:
        label = named.task(task, phrases)
        text = phrases.say("limit.or", name=label) if need.kinds_apart else label
        yield Limit(field="tasks", text=text, remove=f"drop the task {vocab.TASKS[task].label}")
    yield from () if need.kinds_apart else kinds
    if need.speech_style is not None:
        text = phrases.say(f"limit.style.{need.speech_style}")
        yield Limit(field="style", text=text, remove="drop the style")
    for group in choices.groups(need):
        for place, topic in enumerate(group):
            label = named.topic(topic, phrases)
            text = phrases.say("limit.or", name=label) if place else label
            yield Limit(field="topics", text=text, remove=f"drop the topic {topic_label(topic)}")


def _terms(need: Need, phrases: Phrases) -> Iterator[Limit]:
    if need.licence_wish is not None:
        text = phrases.say(f"limit.licence.{need.licence_wish}")
        yield Limit(field="licence", text=text, remove="drop the licence limit")
    for licence in need.licences:
        text = _licence(licence, phrases)
        yield Limit(field="licences", text=text, remove="drop the licence limit")
    for stem in need.licences_not:
        text = phrases.say("limit.not", name=stem)
        yield Limit(field="licences_not", text=text, remove="drop the licence limit")
    if need.budget is not None:
        if need.budget.most_cents == 0:
            text = phrases.say("limit.free")
        else:
            unit = "dollars" if need.budget.currency == "USD" else "euros"
            whole = f"{need.budget.most_cents / 100:.0f}"
            text = phrases.count(f"limit.{unit}", float(whole), figure=whole)
        yield Limit(field="budget", text=text, remove="drop the price limit")
    for access in need.access:
        text = phrases.say(f"limit.access.{access}")
        yield Limit(field="access", text=text, remove="drop the access limit")


def _licence(stem: str, phrases: Phrases) -> str:
    if stem in CLASSES:
        return phrases.say(f"limit.licence.{stem}")
    if stem == SHARE_ALIKE:
        return phrases.say("limit.licence.share_alike")
    return phrases.say("limit.licence.creative_commons") if stem == "CC" else stem


def _figures(need: Need, phrases: Phrases) -> Iterator[Limit]:
    for size in need.sizes:
        yield Limit(
            field=f"sizes:{size.field}", text=_bound(size, phrases),
            remove=f"drop the {_REMOVED[size.field]}",
        )  # fmt: skip
    if need.update_frequency:
        yield Limit(
            field="update_frequency",
            text=phrases.say(f"limit.often.{need.update_frequency[-1]}"),
            remove="drop the update limit",
        )
    if need.updated_since is not None:
        yield Limit(
            field="updated",
            text=phrases.say("limit.since", month=need.updated_since[:7]),
            remove="drop the date limit",
        )


def _bound(size: SizeRange, phrases: Phrases) -> str:
    if size.least is not None and size.most is not None:
        least, most = _figure(size, size.least, phrases), _figure(size, size.most, phrases)
        return phrases.say("bound.between", least=least, most=most)
    if size.least is not None:
        return phrases.say("bound.least", amount=_figure(size, size.least, phrases))
    return phrases.say("bound.most", amount=_figure(size, size.most or 0.0, phrases))


def _figure(size: SizeRange, value: float, phrases: Phrases) -> str:
    if size.field != "bytes":
        unit: str = "rows" if size.field == "records" else size.field
        return phrases.count(f"unit.{unit}", value, figure=_plain(value, phrases))
    for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if value >= scale:
            return phrases.say(f"unit.{unit}", figure=_plain(value / scale, phrases))
    return phrases.say("unit.kB", figure=_plain(value / 1e3, phrases))


def _plain(value: float, phrases: Phrases) -> str:
    """A bound, in English as it is read back: without commas."""
    if phrases.tag != "en":
        return phrases.number(value, decimals=0 if value == int(value) else 1)
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def _places(need: Need, phrases: Phrases) -> Iterator[Limit]:
    for source in need.sources:
        text = phrases.say("limit.source", name=_SOURCE.get(source, source))
        yield Limit(field="sources", text=text, remove="drop the source")
    out = "drop the exclusions"
    for source in need.sources_not:
        text = phrases.say("limit.not", name=_SOURCE.get(source, source))
        yield Limit(field="sources_not", text=text, remove=out)
    for name in need.publishers:
        text = phrases.say("limit.publisher", name=name)
        yield Limit(field="publishers", text=text, remove="drop the publisher")
    for name in need.publishers_not:
        text = phrases.say("limit.publisher_not", name=name)
        yield Limit(field="publishers_not", text=text, remove=out)
    for name in need.names_not:
        if not (name == "common voice" and "commonvoice" in need.sources_not):
            text = phrases.say("limit.not", name=name)
            yield Limit(field="names_not", text=text, remove=out)
    for word in need.avoid:
        text = phrases.say("limit.not", name=word)
        yield Limit(field="avoid", text=text, remove=out)


def sentence(need: Need, phrases: Phrases = ENGLISH) -> str:
    """The whole need in one line: "Welsh; audio; commercial use; at least 100 hours"."""
    said = phrases.say("limit.apart").join(limit.text for limit in limits(need, phrases))
    return said or need.wish


def title(need: Need, phrases: Phrases = ENGLISH) -> str:
    """A need for a reader: "Welsh speech, at least 100 hours, commercial use"."""
    single = [named.wish(w, phrases) for w in need.languages if w.tag != "mul"]
    groups = [named.wish(w, phrases) for w in need.languages if w.tag == "mul"]
    about = _about(need, phrases)
    what = named.either(about, phrases) if need.kinds_apart else named.both(about, phrases)
    if not what and need.languages:
        what = phrases.say("title.data")
    if single:
        tongues = _listed(single, need.languages_joined, phrases)
        what = phrases.say("title.language", languages=tongues, what=what)
    if groups:
        what = phrases.say("title.groups", groups=_listed(groups, "any", phrases), what=what)
    rest = [limit.text for limit in limits(need, phrases) if limit.field not in _SUBJECT]
    return phrases.say("limit.comma").join(filter(None, (what, *_own(need), *rest))) or need.wish


def _own(need: Need) -> Iterator[str]:
    """The person's words that say what no limit does: "chess games" on AWS, images of "dogs"."""
    if need.languages or need.tasks or need.topics or need.publishers or need.speech_style:
        yield from (thing.said for thing in narrower.things(need.wish))
    elif limits(need):
        yield need.wish


def _about(need: Need, phrases: Phrases) -> list[str]:
    about = _topics(need, phrases)
    # Data for one of several tasks is an answer, and told as no more than that.
    tasks = named.either([named.task(task, phrases) for task in need.tasks], phrases)
    about += [tasks] if tasks else []
    if need.speech_style is not None:
        about.append(phrases.say(f"limit.style.{need.speech_style}"))
    elif not need.tasks or need.kinds_apart:
        kinds = "title.spoken" if need.languages else "title.kind"
        for modality in need.modalities:
            key = f"{kinds}.{modality}"
            about.append(phrases.say(key if phrases.has(key) else f"limit.data_{modality}"))
    return about


def _topics(need: Need, phrases: Phrases) -> list[str]:
    return [
        named.either([named.topic(topic, phrases) for topic in group], phrases)
        for group in choices.groups(need)
    ]


def topics(need: Need, phrases: Phrases = ENGLISH) -> str:
    """What the data is about: "satellite imagery, floods or droughts"."""
    return phrases.say("limit.comma").join(_topics(need, phrases))


def _listed(names: list[str], joined: str, phrases: Phrases) -> str:
    if len(names) < 2:
        return "".join(names)
    if joined == "all":
        return phrases.say("limit.both", names=named.both(names, phrases))
    return phrases.listed(names, "or")


def subject(need: Need) -> str:
    """What the data is about, in words for the index."""
    words = [vocab.TASKS[task].label for task in need.tasks]
    words += [topic_label(topic) for topic in need.topics]
    return " ".join((*words, need.wish)) or sentence(need)


def query(need: Need) -> str:
    """What the index ranks by: languages, tasks, kinds and topics, and the person's own words."""
    words = [wish.label for wish in need.languages[:8]]
    for wish in need.languages[:2]:
        own = languages.autonym(wish.tag) if wish.tag != "mul" else None
        words += [own] if own else []
    words += [vocab.TASKS[task].label for task in need.tasks]
    words += [ENGLISH.say(f"limit.data_{modality}") for modality in need.modalities]
    words += [ENGLISH.say(f"limit.style.{need.speech_style}")] if need.speech_style else []
    words += [topic_label(topic) for topic in need.topics]
    return " ".join(filter(None, dict.fromkeys((*words, need.wish, need.gist)))) or "dataset"
