"""How often a dataset changes, out of the words of its owner.

Where several rhythms are named, the fastest counts: some of the data changes that often. Words
about delay, time of observation or length of a forecast say nothing about rhythm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog_sync.card import UpdateFrequency

_MOST_CHARS = 1000
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "twelve": 12,
    "half": 0.5, "a": 1, "an": 1, "few": 3, "other": 2, "": 1,
}  # fmt: skip
_NUMBER = r"(?P<n>\d+(?:\.\d+)?|\.\d+|" + "|".join(name for name in _NUMBERS if name) + r")"
_UNIT_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1, "day": 24, "week": 168,
               "month": 730, "year": 8766}  # fmt: skip

_SAYS_NOTHING = re.compile(
    r"n\.?/?a\.?|tbd|tba|to be (?:defined|determined)|none specified|not (?:yet )?(?:defined|known|"
    r"specified)|unknown|uncertain|various|varies(?: by dataset)?|see .*|"
    r"(?:from )?\d{4}(?:-\d\d(?:-\d\d)?)? to .*"
)
_NOT_RHYTHM = re.compile(
    r"https?://\S+|<[^>]*>"
    r"|\bwithin (?:about |approximately |a |an |the )*(?:\d+|few|several)?\s*\w+"
    r"|\b(?:\d+[- ]?)?(?:minute|hour|day|week|month|year)s?[- ](?:delay|lag|latency|forecast|"
    r"nowcast|prediction|composite|average|mean|window)s?"
    r"|\b\d+(?:-\d+)?[- ]?(?:to \d+[- ]?)?(?:minute|hour|day|week|month|year)s? "
    r"(?:delay|lag|latency|of (?:data|new data)|after|later|behind|forecast|nowcast|periods?)"
    r"|\b(?:forecasts?|forecast|predictions?), \d+[- ](?:hour|day)s?"
    r"|\b(?:next|last|past|previous|preceding|first|coming|least) (?:\w+ )?(?:minute|hour|day|week|"
    r"month|year)s?"
    r"|\b(?:hourly|daily) (?:output|values|files|resolution|averages?|means?)"
    r"|\bat \d+ minutes past\b|\bdans les \d+ \w+"
    r"|\b(?:near[- ])?real[- ]time (?:versions?|products?|dissemination)"
    r"|\blatency (?:is|of)[^.;]*|\b(?:lag|delay) (?:from|of)[^.;]*|\boutput frequency[^.;]*"
    r"|\bgrows?[^.;]*per year|\bless than[^.;)]*|\bfrom realtime"
)
_FINISHED = re.compile(
    r"\b(?:never|static|finali[sz]ed|one[- ]time (?:push|release|upload)|is the final version)\b"
    r"|\bno (?:\w+ )?(?:updates?|changes)\b|\bnone(?: planned| anticipated)?\.?$|^none\b"
    r"|\bnot (?:(?:currently|regularly|expected to|planned to|scheduled to|going to|intended to) )?"
    r"(?:being |be )?(?:updated|changed)\b(?! frequently| often| at every)"
    r"|\bnot currently scheduled\b|\b(?:dataset|collection) is complete\b|\bconsidered complete\b"
    r"|\bhas not (?:been )?updated\b|\bno longer\b"
)
_MAY_NOT = re.compile(
    r"\bmay not be updated at every\b|\bno (?:fixed|set|regular) (?:schedule|update)"
)
_LIVE = re.compile(
    r"\breal[- ]?time\b|\bminutely\b|\bcontinuous(?:ly)?(?: updated?| basis|\.|$)|\bstreaming\b"
)
_PER = re.compile(
    rf"\b(?:every|each|per)\s+(?:~\s*)?(?:{_NUMBER}(?:(?:-|\s+to\s+)\d+)?[\s-]+)?"
    r"(?P<unit>second|minute|hour|day|week|month|year)s?\b"
)
_RANGE_OR_BARE = re.compile(
    rf"\b{_NUMBER}[\s-]*(?:-\s*\d+\s*)?(?P<unit>second|minute|hour|day)s?\b"
)
_TIMES = re.compile(
    rf"\b(?:(?P<word>once|twice|thrice)|{_NUMBER} (?:times?|updates?|images?|cycles?|files?))"
    r"(?: (?:a|an|per|each|every|in a))? ?(?P<adverb>daily|weekly|monthly|yearly|annually|hourly|"
    r"(?P<unit>hour|day|week|month|year))\b"
)
_ADVERBS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), hours)
    for pattern, hours in (
        (r"(?<!\d-)(?<!\d )\bhourly\b", 1),
        (r"\b(?:daily|nightly|diary)\b", 24),
        (r"\bweekly\b|\bevery (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", 168),
        (r"\bbi-?weekly\b|\bfortnightly\b", 336),
        (r"(?<!bi)(?<!bi-)(?<!\d )(?<!\d-)\bmonthly\b", 730),
        (r"\b(?:each|every) month\b", 730),
        (r"\bbi-?monthly\b", 1460),
        (r"\bquarterly\b|\bquarter basis\b", 2190),
        (r"\b(?:semi-?annual|bi-?annual|half-?year|semester)\w*", 4380),
        (r"(?<!bi)(?<!bi-)(?<!semi)(?<!semi-)\b(?:annual|annually|yearly)\b", 8766),
    )
)
_EVERY_N = re.compile(r"\b(?P<n>\d+)[- ](?P<unit>hour|month)ly\b")
_UNPLANNED = re.compile(
    r"\bas (?:needed|necessary|required|available|new|they|additional|soon)\b|\bas[- ]needed\b"
    r"|\b(?:ir)?regular|\b(?:in)?frequent|\bperiodic|\boccasional|\bad[- ]hoc\b|\brare(?:ly)?\b"
    r"|\bsporadic|\bnew\b|\bwhen(?:ever)?\b|\bupon\b|\brolling\b|\bcontinual|\bcontinuous"
    r"|\bwill be (?:added|updated|released|expanded)|\bmay be (?:added|updated)|\bupdated?\b"
    r"|\bevent[- ]driven\b|\bon[- ]demand\b|\bneed-to-update\b|\badded\b"
)


def read(stated: str | None) -> UpdateFrequency | None:
    """The rhythm, or None when the words do not tell one."""
    words = " ".join((stated or "")[:_MOST_CHARS].lower().split())
    if not words or _SAYS_NOTHING.fullmatch(words.rstrip(".")):
        return None
    if _MAY_NOT.search(words):
        return "irregular"
    rhythm = _NOT_RHYTHM.sub(" ", words)
    if _FINISHED.search(words) and not _PER.search(rhythm):
        return "irregular" if re.search(r"\bexcept\b|\bplanned update\b", words) else "never"
    if _LIVE.search(rhythm):
        return "continuous"
    periods = list(_periods(rhythm))
    if periods:
        return _named(min(periods))
    return "irregular" if _UNPLANNED.search(words) else None


def _periods(words: str) -> Iterator[float]:
    """Every rhythm named, in hours between two changes."""
    for found in _TIMES.finditer(words):
        times = {"once": 1, "twice": 2, "thrice": 3}.get(found["word"] or "", 0) or _value(found)
        unit = found["unit"]
        hours = _UNIT_HOURS[unit] if unit else _adverb_hours(found["adverb"])
        yield hours / max(times, 0.01)
    rest = _TIMES.sub(" ", words)
    for pattern in (_EVERY_N, _PER, _RANGE_OR_BARE):
        for found in pattern.finditer(rest):
            yield _value(found) * _UNIT_HOURS[found["unit"]]
    for adverb, hours in _ADVERBS:
        if adverb.search(rest):
            yield hours


def _value(found: re.Match[str]) -> float:
    stated = found["n"] or ""
    return _NUMBERS[stated] if stated in _NUMBERS else float(stated)


def _adverb_hours(adverb: str) -> float:
    return next(hours for pattern, hours in _ADVERBS if pattern.search(adverb))


def _named(hours: float) -> UpdateFrequency:
    """The word for a period; the slower one in doubt, so that nothing is promised too fast."""
    steps: tuple[tuple[float, UpdateFrequency], ...] = (
        (0.99, "continuous"), (2, "hourly"), (36, "daily"), (24 * 16, "weekly"),
        (24 * 45, "monthly"), (24 * 150, "quarterly"), (24 * 400, "yearly"),
    )  # fmt: skip
    return next((name for most, name in steps if hours <= most), "irregular")
