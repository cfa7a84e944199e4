"""A phrasebook as a file that people read and mend: TOML in, TOML out. Pure.

One table a text: the English that it was made from, the text, what it says back, and whether a
person has read it. The texts that tell verdicts come first. What a person ought to look at stands
above a text as a comment, written anew each time.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.phrases import Phrases
from assistant.phrases_back import marks
from assistant.phrases_check import doubles, faults, is_sound
from assistant.phrases_cldr import Tongue, UnknownLanguage, tongue
from assistant.phrases_entry import ALONE, Entry, Forms, flat_texts, originals, tells_verdict

_ABOUT = ("language", "made_by", "accepted_by", "accepted_at", "digest")
_OF_A_TEXT = frozenset({"english", "text", "back", "reviewed"})


class BadPhrasebook(Exception):
    """A file is no phrasebook; says which and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """A phrasebook in the making, or one that was accepted."""

    tongue: Tongue
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By key."""
    made_by: str = ""
    """Name of the model that drafted it."""
    accepted_by: str = ""
    accepted_at: str = ""
    """The moment in UTC, ISO 8601."""
    digest: str = ""
    """Of the texts as they were accepted."""

    def having(self, entries: Iterable[Entry]) -> Phrasebook:
        """The book with these texts in place of what stood there."""
        return replace(self, entries={**self.entries, **{one.key: one for one in entries}})

    def accepted(self, *, by: str, at: str) -> Phrasebook:
        """The book as somebody puts it in force."""
        return replace(self, accepted_by=by, accepted_at=at, digest=digest_of(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a phrasebook stands."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    """Texts made from an English that the program does not say any more."""
    wrong: Mapping[str, tuple[str, ...]]
    unread: Mapping[str, tuple[str, ...]]
    """Texts that a person has to read first, with the reasons."""

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing left to do."""
        return not (self.missing or self.stale or self.wrong or self.unread)


def report(book: Phrasebook) -> Report:
    """What is missing, stale, wrong and unread, by key in the order of the file."""
    needed = originals()
    stale = tuple(k for k in needed if k in book.entries and is_stale(book.entries[k]))
    twice = doubles(one for one in book.entries.values() if one.key in needed)
    wrong = {}
    for key, entry in book.entries.items():
        said = faults(entry, book.tongue) if key not in stale else ()
        said += (twice[key],) if key in twice else ()
        if said:
            wrong[key] = said
    return Report(
        missing=tuple(key for key in needed if key not in book.entries),
        stale=stale,
        wrong=wrong,
        unread={
            key: found for key, one in book.entries.items()
            if key in needed and key not in stale and not one.reviewed and (found := marks(one))
        },
    )  # fmt: skip


def is_stale(entry: Entry) -> bool:
    """Whether the program says something else in English by now."""
    return dict(entry.english) != dict(originals().get(entry.key, {}))


def in_force(book: Phrasebook) -> tuple[Phrases, tuple[str, ...]]:
    """The texts that may be said, and the keys that are said in English for now.

    Of a book that was accepted: what was held against it then is not looked for again.
    """
    texts: dict[str, str] = {}
    left = []
    for key, english in originals().items():
        stands = book.entries.get(key)
        if stands is None or is_stale(stands) or not is_sound(stands, book.tongue):
            stands = Entry(key=key, english=english, text=english)
            left.append(key)
        texts |= flat_texts(stands)
    return Phrases(tag=book.tongue.tag, texts=texts), tuple(left)


def digest_of(book: Phrasebook) -> str:
    """SHA-256 over every text with its English, hex: what somebody put their name to."""
    rows = [[one.key, dict(one.english), dict(one.text)] for one in book.entries.values()]
    told = json.dumps([book.tongue.tag, sorted(rows)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def read(text: str, name: str) -> Phrasebook:
    """The phrasebook in a file's text.

    Raises:
        BadPhrasebook: It is none; `name` says of which file.
    """
    try:
        raw = tomllib.loads(text)
        about, texts = raw["about"], raw.get("texts", {})
        entries = {key: _entry(key, row) for key, row in texts.items()}
        told = {key: str(about.get(key, "")) for key in _ABOUT}
        spoken = tongue(told.pop("language"))
    except UnknownLanguage as why:
        raise BadPhrasebook(f"{name!r} is no phrasebook that can be used: {why}") from why
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as why:
        raise BadPhrasebook(
            f"{name!r} is no phrasebook: {why}. Expected a file as `phrases draft` writes it, with "
            "a table [about] and one table a text."
        ) from why
    return Phrasebook(tongue=spoken, entries=entries, **told)


def _entry(key: str, row: Mapping[str, object]) -> Entry:
    if spare := sorted(set(row) - _OF_A_TEXT):
        raise TypeError(f"the text {key!r} has {', '.join(spare)}")
    reviewed = row.get("reviewed", False)
    if not isinstance(reviewed, bool):
        raise TypeError(f"`reviewed` of {key!r} is neither true nor false")
    return Entry(
        key=key,
        english=_forms(key, row["english"]),
        text=_forms(key, row["text"]),
        back=_forms(key, row["back"]) if "back" in row else {},
        reviewed=reviewed,
    )


def _forms(key: str, value: object) -> Forms:
    if isinstance(value, str):
        return {ALONE: value}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise TypeError(f"{key!r} is neither a text nor a table of plural forms")
    return value


def write(book: Phrasebook) -> str:
    """The file's text; `read` gives the same book again."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Phrasebook) -> Iterator[str]:
    spoken = book.tongue
    yield f"# Phrasebook: {spoken.name} ({spoken.own_name}), from the English of the program."
    yield "# How to read, mend and accept it: docs/languages.md."
    yield "[about]"
    told = {"language": spoken.tag, "made_by": book.made_by, "accepted_by": book.accepted_by,
            "accepted_at": book.accepted_at, "digest": book.digest}  # fmt: skip
    yield from (f"{key} = {_toml(value)}" for key, value in told.items() if value)
    order = {key: place for place, key in enumerate(originals())}
    entries = sorted(book.entries.values(), key=lambda one: (order.get(one.key, 9**9), one.key))
    verdicts = True
    yield "\n# What tells a verdict: read these first."
    for entry in entries:
        if verdicts and not tells_verdict(entry.key):
            verdicts = False
            yield "\n# Everything else."
        yield ""
        yield from (f"# LOOK: {mark}" for mark in marks(entry))
        yield f"[texts.{_toml(entry.key)}]"
        yield f"english = {_said(entry.english)}"
        yield f"text = {_said(entry.text)}"
        if entry.back:
            yield f"back = {_said(entry.back)}"
        if entry.reviewed or marks(entry):
            yield f"reviewed = {str(entry.reviewed).lower()}"


def _said(forms: Forms) -> str:
    if set(forms) == {ALONE}:
        return _toml(forms[ALONE])
    return "{ " + ", ".join(f"{form} = {_toml(text)}" for form, text in forms.items()) + " }"


def _toml(text: str) -> str:
    """A basic string of TOML: JSON's own, but for the one control character that JSON lets be."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
