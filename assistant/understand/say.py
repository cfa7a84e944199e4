"""A need in words: for chips, for the index, and so that it can be read back as the same need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.need import Need, SizeRange
from assistant.understand.content import topic_label
from catalog_sync import languages, vocab

_MODALITY = {
    "audio": "audio", "text": "text", "image": "images", "video": "video", "tabular": "tabular",
    "time_series": "time series", "geospatial": "geospatial", "biological": "biological",
    "other": "other",
}  # fmt: skip
_SPOKEN = {"audio": "speech"}
_KIND = {"audio": "speech or other audio", "image": "images"}
_STYLE = {"scripted": "read-aloud speech", "spontaneous": "spontaneous speech"}
_LICENCE = {
    "public_domain": "public domain", "permissive": "permissive licence",
    "commercial": "commercial use", "non_commercial_ok": "non-commercial is fine",
}  # fmt: skip
_ACCESS = {
    "public": "no approval needed", "on_request": "on request", "agreement": "under agreement",
    "owner_site": "on the owner's own site", "private": "private", "unknown": "access not stated",
}  # fmt: skip
_OFTEN = {
    "continuous": "real time", "hourly": "hourly", "daily": "daily", "weekly": "weekly",
    "monthly": "monthly", "quarterly": "quarterly", "yearly": "yearly",
    "irregular": "irregular", "never": "never updated",
}  # fmt: skip
_SOURCE = {
    "aws": "AWS", "huggingface": "Hugging Face", "commonvoice": "Common Voice",
    "mdc": "Mozilla Data Collective", "croissant": "Croissant",
}  # fmt: skip
_UNITS = {
    "hours": "hours", "validated_hours": "validated hours", "records": "rows",
    "speakers": "speakers", "languages": "languages",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One limit in words."""

    field: str
    text: str
    remove: str
    """What to say to take it away."""


def phrases(need: Need) -> tuple[Phrase, ...]:
    """Every limit of a need, one phrase each; languages joined by "and" are one."""
    return (*_languages(need), *_subject(need), *_terms(need), *_figures(need), *_places(need))


def _languages(need: Need) -> Iterator[Phrase]:
    named = [wish.label for wish in need.languages]
    if need.languages_joined == "all" and len(named) > 1:
        yield Phrase(
            field="languages", text="both " + " and ".join(named), remove="drop the language"
        )
    else:
        for place, label in enumerate(named):
            # "not Welsh" would shut Welsh out; a lone language is dropped, not excluded.
            remove = f"not {label}" if len(named) > 1 else "any language"
            text = f"or {label}" if need.languages_apart and place else label
            yield Phrase(field="languages", text=text, remove=remove)
    for wish in need.languages_not:
        yield Phrase(field="languages_not", text=f"not {wish.label}", remove="drop the exclusions")


def _subject(need: Need) -> Iterator[Phrase]:
    kinds = [
        Phrase(field="modalities", text=_MODALITY[modality], remove="drop the kind of data")
        for modality in need.modalities
    ]
    yield from kinds if need.kinds_apart else ()
    for task in need.tasks:
        label = vocab.TASKS[task].label
        text = f"or {label}" if need.kinds_apart else label
        yield Phrase(field="tasks", text=text, remove=f"drop the task {label}")
    yield from () if need.kinds_apart else kinds
    if need.speech_style is not None:
        yield Phrase(field="style", text=_STYLE[need.speech_style], remove="drop the style")
    for topic in need.topics:
        label = topic_label(topic)
        yield Phrase(field="topics", text=label, remove=f"drop the topic {label}")


def _terms(need: Need) -> Iterator[Phrase]:
    if need.licence_wish is not None:
        yield Phrase(
            field="licence", text=_LICENCE[need.licence_wish], remove="drop the licence limit"
        )
    for licence in need.licences:
        yield Phrase(field="licences", text=licence, remove="drop the licence limit")
    for stem in need.licences_not:
        yield Phrase(field="licences_not", text=f"not {stem}", remove="drop the licence limit")
    if need.budget is not None:
        if need.budget.most_cents == 0:
            text = "free of charge"
        else:
            unit = "dollars" if need.budget.currency == "USD" else "euros"
            text = f"at most {need.budget.most_cents / 100:.0f} {unit}"
        yield Phrase(field="budget", text=text, remove="drop the price limit")
    for access in need.access:
        yield Phrase(field="access", text=_ACCESS[access], remove="drop the access limit")


def _figures(need: Need) -> Iterator[Phrase]:
    for size in need.sizes:
        words = {"languages": "languages limit", "bytes": "file size", "records": "rows limit"}
        name = words.get(size.field, f"{_UNITS.get(size.field, '')} limit")
        yield Phrase(field=f"sizes:{size.field}", text=_bound(size), remove=f"drop the {name}")
    if need.update_frequency:
        yield Phrase(
            field="update_frequency",
            text=f"updated {_OFTEN[need.update_frequency[-1]]}",
            remove="drop the update limit",
        )
    if need.updated_since is not None:
        yield Phrase(
            field="updated",
            text=f"updated since {need.updated_since[:7]}",
            remove="drop the date limit",
        )


def _bound(size: SizeRange) -> str:
    if size.least is not None and size.most is not None:
        return f"between {_figure(size, size.least)} and {_figure(size, size.most)}"
    if size.least is not None:
        return f"at least {_figure(size, size.least)}"
    return f"at most {_figure(size, size.most or 0.0)}"


def _figure(size: SizeRange, value: float) -> str:
    if size.field == "bytes":
        for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
            if value >= scale:
                return f"{_plain(value / scale)} {unit}"
        return f"{_plain(value / 1e3)} kB"
    return f"{_plain(value)} {_UNITS[size.field]}"


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def _places(need: Need) -> Iterator[Phrase]:
    for source in need.sources:
        yield Phrase(
            field="sources", text=f"on {_SOURCE.get(source, source)}", remove="drop the source"
        )
    for source in need.sources_not:
        yield Phrase(
            field="sources_not",
            text=f"not {_SOURCE.get(source, source)}",
            remove="drop the exclusions",
        )
    for name in need.publishers:
        yield Phrase(field="publishers", text=f"data by {name}", remove="drop the publisher")
    for name in need.publishers_not:
        yield Phrase(field="publishers_not", text=f"not by {name}", remove="drop the exclusions")
    for name in need.names_not:
        if not (name == "common voice" and "commonvoice" in need.sources_not):
            yield Phrase(field="names_not", text=f"not {name}", remove="drop the exclusions")


def sentence(need: Need) -> str:
    """The whole need in one line: "Welsh; audio; commercial use; at least 100 hours"."""
    said = "; ".join(phrase.text for phrase in phrases(need))
    return said or need.wish


def title(need: Need) -> str:
    """A need for a reader: "Welsh speech, at least 100 hours, commercial use"."""
    kinds = ("languages", "tasks", "modalities", "style", "topics")
    single = [w.label for w in need.languages if w.tag != "mul"]
    groups = [w.label for w in need.languages if w.tag == "mul"]
    tongues = _listed(single, need.languages_joined)
    about = [topic_label(t) for t in need.topics]
    about += [vocab.TASKS[t].label for t in need.tasks]
    if need.speech_style is not None:
        about.append(_STYLE[need.speech_style])
    elif not need.tasks or need.kinds_apart:
        kinds_of = _SPOKEN if need.languages else _KIND
        about += [kinds_of.get(m, _MODALITY[m]) for m in need.modalities]
    what = (" or " if need.kinds_apart else " and ").join(about) or (
        "data" if need.languages else ""
    )
    head = f"{tongues} {what}".strip() + (f" in {_listed(groups, 'any')}" if groups else "")
    rest = [p.text for p in phrases(need) if p.field not in kinds]
    return ", ".join(filter(None, (head, *rest))) or need.wish


def _listed(names: list[str], joined: str) -> str:
    if len(names) < 2:
        return "".join(names)
    if joined == "all":
        return f"both {' and '.join(names)}"
    return f"{', '.join(names[:-1])} or {names[-1]}"


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
    words += [_MODALITY[modality] for modality in need.modalities]
    words += [_STYLE[need.speech_style]] if need.speech_style else []
    words += [topic_label(topic) for topic in need.topics]
    return " ".join(filter(None, dict.fromkeys((*words, need.wish, need.gist)))) or "dataset"
