"""A figure in a sentence: its value, its unit, and of which datasets it is true. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.grounding_facts import Facts
from assistant.grounding_pieces import Piece
from assistant.grounding_words import Words, knows

_BYTES = frozenset({"kb", "mb", "gb", "tb"})
_MONEY = frozenset({"dollar", "dollars", "euro", "euros", "usd", "eur"})
_TIMES = {
    "k": 1e3, "thousand": 1e3, "mil": 1e3, "mille": 1e3, "tausend": 1e3, "elfu": 1e3,
    "million": 1e6, "millions": 1e6, "millionen": 1e6, "millon": 1e6, "millones": 1e6,
    "milhao": 1e6, "milhoes": 1e6, "milioni": 1e6,
}  # fmt: skip
_BINDING = frozenset({"de", "d", "of", "za", "ya"})
"""Words between a figure and its unit: "2 millions de phrases"."""
_ENGLISH_MARKS = frozenset({"en", "sw", "ar"})
"""Languages that write 1,234.5; the others write 1.234,5 and may keep the figure as given."""
_UNIT_FIRST = frozenset({"sw"})
_SMALL = 12
_SLACK = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as it stands in a sentence."""

    values: frozenset[float]
    """What it may mean: a point is a thousand's mark in some languages."""
    precision: float
    """Half of the last place it is given to."""
    kind: str
    """hours, count, money, ..., or "" where no unit stands by it."""
    hedged: bool = False


def read_figure(
    hits: Sequence[Piece], position: int, words: Words, *, currency: bool
) -> tuple[Figure, int]:
    """The figure at this hit, and the position of the last hit that belongs to it."""
    said = hits[position]
    hedged = position > 0 and hits[position - 1].kind == "hedge"
    if said.kind == "numeral":
        values, precision = frozenset({float(words.numbers[said.text])}), 0.0
    else:
        values, precision = _values(said.text, words.tag)
    times, position = _times(hits, position)
    kind, position = ("money", position) if currency else _unit(hits, position, words)
    figure = Figure(
        values=frozenset(value * times for value in values),
        precision=precision * times,
        kind=kind,
        hedged=hedged,
    )
    return figure, position


def _values(said: str, tag: str) -> tuple[frozenset[float], float]:
    text = said.replace("\u202f", "").replace("\u066c", ",").replace("\u066b", ".")
    found = {}
    ways = ((",", "."),) if tag in _ENGLISH_MARKS else ((",", "."), (".", ","))
    for mark, point in ways:
        whole, _, rest = text.replace(mark, "").partition(point)
        grouped = all(len(part) == 3 for part in text.split(point)[0].split(mark)[1:])
        if grouped and whole.isdecimal() and (not rest or rest.isdecimal()):
            places = len(rest)
            found[float(f"{whole}.{rest or 0}")] = 0.5 * 10.0**-places
    return frozenset(found), max(found.values(), default=0.0)


def _word(hits: Sequence[Piece], position: int) -> str:
    if position < len(hits) and hits[position].kind == "word":
        return hits[position].text
    return ""


def _times(hits: Sequence[Piece], position: int) -> tuple[float, int]:
    times = _TIMES.get(_word(hits, position + 1))
    return (times, position + 1) if times is not None else (1.0, position)


def _unit(hits: Sequence[Piece], position: int, words: Words) -> tuple[str, int]:
    start = position + 1 + (_word(hits, position + 1) in _BINDING)
    word, after = _word(hits, start), _word(hits, start + 1)
    if knows(words.validated, word) and knows(words.units["hours"], after):
        return "validated_hours", start + 1
    if knows(words.units["hours"], word):
        late = knows(words.validated, after)
        return ("validated_hours", start + 1) if late else ("hours", start)
    if word in _BYTES:
        return word, start
    if word in _MONEY:
        return "money", start
    for kind in ("speakers", "records", "languages", "count"):
        if knows(words.units[kind], word):
            return kind, start
    return _unit_before(hits, position, words), position


def _unit_before(hits: Sequence[Piece], position: int, words: Words) -> str:
    """The unit where it stands first: "saa 300"."""
    word = _word(hits, position - 1) if position else ""
    for kind in ("hours", "speakers", "records", "languages", "count"):
        if word and words.tag in _UNIT_FIRST and knows(words.units[kind], word):
            return kind
    return ""


def owners(figure: Figure, facts: Facts, comparing: str) -> frozenset[int]:
    """The datasets of which a figure is true, with the comparison that stands before it."""
    kinds = (figure.kind,) if figure.kind else ("year", "version")
    return frozenset(
        place
        for kind in kinds
        for place, held in facts.figures(kind)
        if (all if comparing else any)(
            _agrees(said, held, figure, comparing) for said in figure.values
        )
        and figure.values
    )


def _agrees(said: float, held: float, figure: Figure, comparing: str) -> bool:
    if comparing == "over":
        return held > said
    if comparing == "least":
        return held >= said
    if comparing == "under":
        return held < said
    if comparing == "most":
        return held <= said
    slack = held * _SLACK if figure.hedged else 0.0
    return abs(said - held) <= max(figure.precision, slack) + 1e-9


def is_count(figure: Figure) -> bool:
    """Whether a figure counts datasets: by its unit, or as a small number without one."""
    if figure.kind == "count":
        return True
    return not figure.kind and all(v == int(v) and v <= _SMALL for v in figure.values)


def is_asked_for(figure: Figure, facts: Facts) -> bool:
    """Whether a figure only repeats a bound that the person set."""
    return any((figure.kind, value) in facts.limits for value in figure.values)
