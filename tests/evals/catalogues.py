"""The project's own unseen requests over published catalogues: what belongs is computed.

A line of `catalogue_queries.jsonl` holds a request in people's words and the predicate that its
last turn means. The gold is computed here from the raw records (Common Voice's release files,
Hugging Face's front matter, the Registry of Open Data's YAML), before any of the product's own
reading. The records stay outside the project: without the folder there is nothing to judge.

The lines of each file are two halves, even and odd: `catalogue_queries.jsonl` A and B,
`catalogue_queries_c.jsonl` C alone, `_d` D and E, `_f` (requests) F and G, `_h` (conversations of
two to six turns) H and I, `_j` J and K, `_l` (requests) L and M, `_n` (conversations) N and O. All
but the first two files were written without a look at the code judged, from F on each by somebody
who had seen no other set either. A half is looked at only once its figures have been taken, and
some only after later halves were written. M and O give figures only. `_p` (requests, P) and `_q`
(conversations, Q) are whole: five sets each, written one after another by people who saw the shared
development set and nothing else, each measured before a look at it.

A dataset that two catalogues list is one dataset: offered under either id, it is found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, get_args

from tests.evals.records import AUDIO, Record, records
from tests.evals.requests import Row

FILE = Path(__file__).parent / "catalogue_queries.jsonl"
State = Literal["yes", "no", "unknown"]
Half = Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q"]
HALVES: tuple[Half, ...] = get_args(Half)
FURTHER: Mapping[Half, Path] = {
    "c": FILE.with_name("catalogue_queries_c.jsonl"),
    "d": FILE.with_name("catalogue_queries_d.jsonl"),
    "e": FILE.with_name("catalogue_queries_d.jsonl"),
    "f": FILE.with_name("catalogue_queries_f.jsonl"),
    "g": FILE.with_name("catalogue_queries_f.jsonl"),
    "h": FILE.with_name("catalogue_queries_h.jsonl"),
    "i": FILE.with_name("catalogue_queries_h.jsonl"),
    "j": FILE.with_name("catalogue_queries_j.jsonl"),
    "k": FILE.with_name("catalogue_queries_j.jsonl"),
    "l": FILE.with_name("catalogue_queries_l.jsonl"),
    "m": FILE.with_name("catalogue_queries_l.jsonl"),
    "n": FILE.with_name("catalogue_queries_n.jsonl"),
    "o": FILE.with_name("catalogue_queries_n.jsonl"),
    "p": FILE.with_name("catalogue_queries_p.jsonl"),
    "q": FILE.with_name("catalogue_queries_q.jsonl"),
}
_ODD_LINES: Mapping[Half, int] = {
    "a": 0, "b": 1, "d": 0, "e": 1, "f": 0, "g": 1, "h": 0, "i": 1,
    "j": 0, "k": 1, "l": 0, "m": 1, "n": 0, "o": 1,
}  # fmt: skip
FIGURES_ONLY: frozenset[Half] = frozenset(("m", "o"))
"""Halves of which no single row is ever shown."""
_ORDER = frozenset(("about",))
_PICTURES = {"image-classification", "object-detection", "image-to-text", "image-segmentation",
             "visual-question-answering", "time-series-forecasting", *AUDIO}  # fmt: skip
_PUBLIC_DOMAIN = {"cc0-1.0", "unlicense"}
_PERMISSIVE = re.compile(r"cc0-1\.0|unlicense|cc-by-\d\.\d|mit|apache-2\.0|bsd.*|odc-by|ms-pl")
_SHARED_ALIKE = re.compile(r"cc-by-sa-.*|a?l?gpl-.*|gfdl|odbl|cc-by-nd-.*")
_UNSAID = {"unknown", "other", ""}
_RHYTHM = ("hourly", "daily", "weekly", "monthly", "quarterly", "yearly")
_RHYTHMS: Mapping[str, re.Pattern[str]] = {
    "hourly": re.compile(r"\bhour|continuous|real[- ]?time|minutes?\b", re.I),
    "daily": re.compile(r"\bdaily\b|every day|times (?:a|each|per) day", re.I),
    "weekly": re.compile(r"\bweekly\b|every week", re.I),
    "monthly": re.compile(r"\bmonthly\b|every month|per month", re.I),
    "quarterly": re.compile(r"\bquarterly\b|every (?:three|3) months", re.I),
    "yearly": re.compile(r"\b(?:annual|annually|yearly)\b|every year|per year", re.I),
}


def rows(folder: Path, half: Half | None = None, path: Path = FILE) -> Iterator[Row]:
    """Every request with its gold; raises `ValueError` for a predicate with a slip in it."""
    known = records(folder)
    file = path if half is None else FURTHER.get(half, path)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if half is not None and _ODD_LINES.get(half, number % 2) != number % 2:
            continue
        raw = json.loads(line)
        wanted: Mapping[str, object] = raw["predicate"]
        if slips := set(wanted) - set(_TESTS) - {"lang_neutral"}:
            raise ValueError(f"Row {raw['id']!r} has {sorted(slips)}. Expected {sorted(_TESTS)}.")
        fits = {one.id: fit(one, wanted) for one in known}
        aside = frozenset(raw.get("neutral", ()))
        gold = frozenset(card for card, state in fits.items() if state == "yes") - aside
        # What a second reader of the descriptions found right, whatever the records label.
        gold |= frozenset(raw.get("extra", ()))
        yield Row(
            id=raw["id"],
            type="no_match" if not gold else "multi_turn" if len(raw["turns"]) > 1 else "single",
            turns=tuple(raw["turns"]), gold=gold, no_match=not gold,
            neutral=(aside | {card for card, state in fits.items() if state == "unknown"}) - gold,
            one_dataset=True,
        )  # fmt: skip


def fit(one: Record, wanted: Mapping[str, object]) -> State:
    """Whether a record satisfies a predicate; unknown where it does not say."""
    # Texts are looked through last, and only where nothing else says no.
    keys = sorted((key for key in wanted if key in _TESTS), key=_ORDER.__contains__)
    spoken: State = "yes"
    if "lang_any" in wanted:
        spoken = _TESTS["lang_any"](one, wanted["lang_any"])
        near = bool(one.languages & set(_list(wanted.get("lang_neutral", ()))))
        if spoken == "no" and not near:
            return "no"
    unknown = spoken != "yes"
    for key in keys:
        state: State = "yes" if key == "lang_any" else _TESTS[key](one, wanted[key])
        if state == "no":
            return "no"
        unknown = unknown or state == "unknown"
    return "unknown" if unknown else "yes"


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(v) for v in value or ()]  # type: ignore[attr-defined]


def _state(met: bool) -> State:
    return "yes" if met else "no"


def _spoken(one: Record, met: bool) -> State:
    if not one.languages or one.languages <= {"multilingual", "mul", "unknown"}:
        said = "natural language processing" in one.tags or one.source != "aws"
        return "unknown" if said else "no"
    return _state(met)


def _task(one: Record, value: object) -> State:
    return _state(any(fnmatchcase(tag, each) for tag in one.tags for each in _list(value)))


def _modality(one: Record, value: object) -> State:
    if value == "audio":
        return _state(bool(one.tags & AUDIO))
    return _state(one.source == "huggingface" and not one.tags <= _PICTURES)


def _licence(one: Record, value: object) -> State:
    if value == "stated" and one.source != "aws":
        named = one.licences - _UNSAID
        return "yes" if named else "unknown" if "other" in one.licences else "no"
    if one.source == "aws" or one.licences & _UNSAID or not one.licences:
        return "unknown"
    if value == "public_domain":
        return _state(one.licences <= _PUBLIC_DOMAIN)
    free = all(_PERMISSIVE.fullmatch(each) for each in one.licences)
    if value == "permissive":
        return _state(free)
    if "c-uda" in one.licences:
        return "unknown"
    return _state(all(_PERMISSIVE.fullmatch(x) or _SHARED_ALIKE.fullmatch(x) for x in one.licences))


def _about(one: Record, value: object) -> State:
    said = re.compile(rf"\b(?:{value})", re.I)
    return "yes" if said.search(one.front) else "unknown" if said.search(one.text) else "no"


def _kind(one: Record, value: object) -> State:
    return _state(one.kind == value) if one.kind else "unknown"


def _size(one: Record, value: object) -> State:
    return "unknown" if one.sizes <= {"unknown"} else _state(bool(one.sizes & set(_list(value))))


def _access(one: Record, value: object) -> State:
    return _state(one.access == value) if one.access else "unknown"


def _update(one: Record, value: object) -> State:
    """Of the rhythm asked for; one that is more frequent counts neither way."""
    said = [name for name in _RHYTHM if _RHYTHMS[name].search(one.update)]
    if not said:
        return "no"
    if len(said) > 1:
        return "unknown"
    asked = _RHYTHM.index(str(value))
    return "yes" if said == [value] else "unknown" if _RHYTHM.index(said[0]) < asked else "no"


def _figure(name: str, *, least: bool) -> Callable[[Record, object], State]:
    def test(one: Record, value: object) -> State:
        if name not in one.figures or not isinstance(value, int | float):
            return "unknown"
        return _state(one.figures[name] >= value if least else one.figures[name] <= value)

    return test


_TESTS: Mapping[str, Callable[[Record, object], State]] = {
    "source": lambda one, value: _state(one.source == value),
    "lang_any": lambda one, value: _spoken(one, bool(one.languages & set(_list(value)))),
    "lang_all": lambda one, value: _spoken(one, set(_list(value)) <= one.languages),
    "lang_not": lambda one, value: _state(not one.languages & set(_list(value))),
    "lang_min": lambda one, value: _state(len(one.languages) >= int(str(value))),
    "task": _task,
    "task2": _task,
    "modality": _modality,
    "kind": _kind,
    "licence": _licence,
    "licence_id": lambda one, value: _state(bool(one.licences & set(_list(value)))),
    "hours_min": _figure("hours", least=True),
    "vhours_min": _figure("vhours", least=True),
    "speakers_min": _figure("speakers", least=True),
    "bytes_max": _figure("bytes", least=False),
    "size": _size,
    "update": _update,
    "access": _access,
    "about": _about,
    "publisher": lambda one, value: _state(bool(re.search(str(value), one.publisher, re.I))),
}
