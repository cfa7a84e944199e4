"""Answers questions over the whole catalogue with figures from SQL, never from a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.fit import ACCESS_WORDS, number
from assistant.limits import Tongues, card_filter
from assistant.need import Need, SizeField
from assistant.reply import Chart, Table
from assistant.understand import say
from assistant.understand.reading import Counting, Measure
from catalog_sync import languages, vocab
from catalog_sync.store import Store
from catalog_sync.stored import Group

By = Literal["language", "task", "licence", "source", "publisher", "modality", "access"]
_PLURAL: dict[By, str] = {
    "language": "languages", "task": "tasks", "licence": "licences", "source": "sources",
    "publisher": "publishers", "modality": "kinds of data", "access": "ways of access",
}  # fmt: skip
_HEADING: dict[By, str] = {
    "language": "Language", "task": "Task", "licence": "Licence", "source": "Source",
    "publisher": "Publisher", "modality": "Kind of data", "access": "Access",
}  # fmt: skip
_MEASURE_WORDS: dict[Measure, str] = {
    "datasets": "datasets", "hours": "hours", "validated_hours": "validated hours",
    "bytes": "bytes",
}  # fmt: skip
_OWN_FIGURES: frozenset[SizeField] = frozenset({"hours", "validated_hours"})
"""Figures that a bound in a question by language means for the language, not for one dataset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Figures of the datasets that share one value."""

    key: str | None
    """The code; None for those that state none."""
    label: str
    datasets: int
    hours: float | None
    validated_hours: float | None
    bytes: int | None

    def measure(self, name: Measure) -> float:
        """One figure; unknown counts as nothing."""
        values: dict[Measure, float | int | None] = {
            "datasets": self.datasets, "hours": self.hours,
            "validated_hours": self.validated_hours, "bytes": self.bytes,
        }  # fmt: skip
        return float(values[name] or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts over the catalogue."""

    total: int
    """Datasets counted, each once."""
    by: By | None
    groups: tuple[Row, ...]
    """Largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A question over the catalogue, answered."""

    figures: Figures
    text: str
    chart: Chart | None
    table: Table | None


def figures(
    by: By | None, need: Need, *, store: Store, tongues: Tongues, labels: Mapping[str, str]
) -> Figures:
    """Counts over the datasets that surely meet a need, grouped.

    Args:
        by: What to group by; None for the total alone.
        need: Limits what is counted; an empty one counts all.
        store: Where the cards are.
        tongues: The languages of the catalogue.
        labels: Source name to what people call it.
    """
    asked = card_filter(need, tongues, certain=True)
    total = store.count(asked)
    if by is None:
        return Figures(total=total, by=None, groups=())
    rows = [_row(by, group, labels) for group in store.groups(by, asked)]
    if by == "language" and need.languages:
        wanted = frozenset(t for wish in need.languages for t in tongues.satisfying(wish))
        rows = [row for row in rows if row.key in wanted]
    return Figures(total=total, by=by, groups=tuple(rows))


def _row(by: By, group: Group, labels: Mapping[str, str]) -> Row:
    return Row(
        key=group.key,
        label=_label(by, group.key, labels),
        datasets=group.datasets,
        hours=_figure(group.hours),
        validated_hours=_figure(group.validated_hours),
        bytes=group.bytes,
    )


def _figure(total: float | None) -> float | None:
    """A sum without the noise of adding fractions: hours are stated to the hundredth."""
    return None if total is None else round(total, 2)


def _label(by: By, key: str | None, labels: Mapping[str, str]) -> str:
    if key is None:
        return "not stated"
    if by == "language":
        return languages.english_name(key)
    if by == "task":
        return vocab.TASKS[key].label if key in vocab.TASKS else key
    if by == "modality":
        return vocab.MODALITY[key].label if key in vocab.MODALITY else key
    if by == "access":
        return ACCESS_WORDS.get(key, key)
    if by == "source":
        return labels.get(key, key)
    return key.replace("LicenseRef-", "")


def answer(
    counting: Counting, need: Need, *, store: Store, tongues: Tongues, labels: Mapping[str, str]
) -> Counted:
    """The figures for a question in words, with the rows behind them."""
    bounds = tuple(s for s in need.sizes if s.field in _OWN_FIGURES)
    if counting.by != "language":
        bounds = ()
    counted = replace(need, sizes=tuple(s for s in need.sizes if s not in bounds))
    found = figures(counting.by, counted, store=store, tongues=tongues, labels=labels)
    if counting.by is None:
        return _total(counting, counted, found, store, tongues, labels)
    rows = [row for row in found.groups if row.key is not None or counting.by != "language"]
    rows = _without(counting, counted, rows, store=store, tongues=tongues, labels=labels)
    for bound in bounds:
        field: Measure = "validated_hours" if bound.field == "validated_hours" else "hours"
        rows = [
            row
            for row in rows
            if row.measure(field) >= (bound.least or 0.0)
            and (bound.most is None or row.measure(field) <= bound.most)
        ]
    measure = counting.measure
    if measure == "datasets" and bounds:
        measure = "validated_hours" if bounds[0].field == "validated_hours" else "hours"
    rows.sort(key=lambda row: (row.key is None, -row.measure(measure), row.label))
    if measure != "datasets":
        rows = [row for row in rows if row.measure(measure) > 0]
    text = _list_text(counting, need, rows, measure)
    return Counted(
        figures=replace(found, groups=tuple(rows)),
        text=text,
        chart=_chart(counting.by, rows[: counting.top], measure),
        table=_table(counting.by, rows[: counting.top], measure),
    )


def _without(
    counting: Counting,
    need: Need,
    rows: list[Row],
    *,
    store: Store,
    tongues: Tongues,
    labels: Mapping[str, str],
) -> list[Row]:
    """Rows of values that nothing of the lacking tasks or kinds exists for."""
    if not counting.lacking or counting.by is None:
        return rows
    having: set[str | None] = set()
    for code in counting.lacking:
        if code in vocab.TASKS:
            other = replace(need, tasks=(code,), modalities=())
        else:
            kinds = tuple(m for m in vocab.MODALITIES if m == code)
            other = replace(need, tasks=(), modalities=kinds)
        found = figures(counting.by, other, store=store, tongues=tongues, labels=labels)
        having |= {row.key for row in found.groups}
    return [row for row in rows if row.key not in having]


def _total(
    counting: Counting,
    need: Need,
    found: Figures,
    store: Store,
    tongues: Tongues,
    labels: Mapping[str, str],
) -> Counted:
    about = f" for {say.title(need)}" if say.phrases(need) else " in the catalogue"
    count = f"{found.total:,} dataset{'' if found.total == 1 else 's'}"
    if counting.measure == "datasets":
        text = f"There {'is' if found.total == 1 else 'are'} {count}{about}."
        return Counted(figures=found, text=text, chart=None, table=None)
    by_language = figures("language", need, store=store, tongues=tongues, labels=labels)
    rows = [row for row in by_language.groups if row.measure(counting.measure) > 0]
    total = sum(row.measure(counting.measure) for row in rows)
    words = _MEASURE_WORDS[counting.measure]
    text = (
        f"{number(total)} {words}{about}, summed over the datasets in one language that state "
        f"them ({count} meet the words)."
    )
    return Counted(
        figures=replace(by_language, total=found.total),
        text=text,
        chart=_chart("language", rows[: counting.top], counting.measure) if len(rows) > 1 else None,
        table=_table("language", rows[: counting.top], counting.measure) if rows else None,
    )


def _list_text(counting: Counting, need: Need, rows: list[Row], measure: Measure) -> str:
    by: By = counting.by or "language"
    about = f" ({say.title(need)})" if say.phrases(need) else ""
    lack = ""
    if counting.lacking:
        named = [
            vocab.TASKS[c].label if c in vocab.TASKS else vocab.MODALITY[c].label
            for c in counting.lacking
        ]
        lack = f" but nothing for {' or '.join(named)}"
    if not rows:
        return f"No {_PLURAL[by]}{about}{lack}: the catalogue states none."
    best = rows[0]
    head = f"{len(rows):,} {_PLURAL[by] if len(rows) != 1 else _HEADING[by].lower()}{about}{lack}."
    shown = min(counting.top, len(rows))
    more = f" The first {shown} are below." if shown < len(rows) else ""
    most = f" Most: {best.label}, {number(best.measure(measure))} {_MEASURE_WORDS[measure]}."
    note = ""
    if by == "language" and measure in ("hours", "validated_hours"):
        note = " Hours are summed over the datasets that are in one language alone."
    return f"{head}{most}{more}{note}"


def _chart(by: By, rows: list[Row], measure: Measure) -> Chart | None:
    if not rows:
        return None
    heading, unit = _HEADING[by], _MEASURE_WORDS[measure]
    return Chart(
        title=f"{unit.capitalize()} by {heading.lower()}",
        columns=(heading, unit),
        rows=tuple((row.label, round(row.measure(measure), 1)) for row in rows),
        x=heading,
        y=unit,
    )


def _table(by: By, rows: list[Row], measure: Measure) -> Table | None:
    if not rows:
        return None
    columns = [_HEADING[by], "Datasets"]
    if measure != "datasets":
        columns.append(_MEASURE_WORDS[measure].capitalize())
    body = []
    for row in rows:
        cells = [row.label, f"{row.datasets:,}"]
        if measure != "datasets":
            cells.append(number(row.measure(measure)))
        body.append(tuple(cells))
    return Table(
        title=f"{_MEASURE_WORDS[measure].capitalize()} by {_HEADING[by].lower()}",
        columns=tuple(columns),
        rows=tuple(body),
    )
