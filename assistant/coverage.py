"""Answers questions over the whole catalogue with figures from SQL, never from a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant import filters, named
from assistant.limits import Tongues, card_filter
from assistant.need import Need, SizeField
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Chart, Table
from assistant.stated import number
from assistant.understand import say
from assistant.understand.reading import Counting, Measure
from catalog_sync import vocab
from catalog_sync.store import Store
from catalog_sync.stored import Group

By = Literal["language", "task", "licence", "source", "publisher", "modality", "access"]
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
    by: By | None, need: Need, *, store: Store, tongues: Tongues, labels: Mapping[str, str],
    phrases: Phrases = ENGLISH,
) -> Figures:  # fmt: skip
    """Counts over the datasets that surely meet a need, grouped.

    Args:
        by: What to group by; None for the total alone.
        need: Limits what is counted; an empty one counts all.
        store: Where the cards are.
        tongues: The languages of the catalogue.
        labels: Source name to what people call it.
        phrases: The texts of the language that groups are named in.
    """
    asked = filters.named(card_filter(need, tongues, certain=True), need, store)
    total = store.count(asked)
    if by is None:
        return Figures(total=total, by=None, groups=())
    rows = [_row(by, group, labels, phrases) for group in store.groups(by, asked)]
    if by == "language" and need.languages:
        wanted = frozenset(t for wish in need.languages for t in tongues.satisfying(wish))
        rows = [row for row in rows if row.key in wanted]
    return Figures(total=total, by=by, groups=tuple(rows))


def _row(by: By, group: Group, labels: Mapping[str, str], phrases: Phrases) -> Row:
    return Row(
        key=group.key,
        label=_label(by, group.key, labels, phrases),
        datasets=group.datasets,
        hours=_figure(group.hours),
        validated_hours=_figure(group.validated_hours),
        bytes=group.bytes,
    )


def _figure(total: float | None) -> float | None:
    """A sum without the noise of adding fractions: hours are stated to the hundredth."""
    return None if total is None else round(total, 2)


def _label(by: By, key: str | None, labels: Mapping[str, str], phrases: Phrases) -> str:
    if key is None:
        return phrases.say("unstated")
    if by == "language":
        return named.language(key, phrases)
    if by == "task":
        return named.task(key, phrases)
    if by == "modality":
        return named.modality(key, phrases)
    if by == "access":
        return phrases.say(f"access.{key}") if phrases.has(f"access.{key}") else key
    if by == "source":
        return named.catalogue(key, labels, phrases)
    return key.replace("LicenseRef-", "")


def answer(
    counting: Counting, need: Need, *, store: Store, tongues: Tongues, labels: Mapping[str, str],
    phrases: Phrases = ENGLISH,
) -> Counted:  # fmt: skip
    """The figures for a question in words, with the rows behind them."""
    bounds = tuple(s for s in need.sizes if s.field in _OWN_FIGURES)
    if counting.by != "language":
        bounds = ()
    counted = replace(need, sizes=tuple(s for s in need.sizes if s not in bounds))
    found = figures(
        counting.by, counted, store=store, tongues=tongues, labels=labels, phrases=phrases
    )
    if counting.by is None:
        if counting.measure != "datasets":
            found = figures(
                "language", counted, store=store, tongues=tongues, labels=labels, phrases=phrases
            )
        return _total(counting, counted, found, phrases)
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
    text = _list_text(counting, need, rows, measure, phrases)
    return Counted(
        figures=replace(found, groups=tuple(rows)),
        text=text,
        chart=_chart(counting.by, rows[: counting.top], measure, phrases),
        table=_table(counting.by, rows[: counting.top], measure, phrases),
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


def _total(counting: Counting, need: Need, found: Figures, phrases: Phrases) -> Counted:
    about = "_for" if say.limits(need) else ""
    values = {"wanted": say.title(need, phrases)} if about else {}
    measure = counting.measure
    if measure == "datasets":
        text = phrases.count(f"total.datasets{about}", found.total, **values)
        return Counted(figures=found, text=text, chart=None, table=None)
    rows = [row for row in found.groups if row.measure(measure) > 0]
    summed = sum(row.measure(measure) for row in rows)
    counted = phrases.count("datasets", found.total)
    held = phrases.count(f"measure.{measure}", summed, figure=number(summed, phrases))
    return Counted(
        figures=found,
        text=phrases.say(f"total.summed{about}", amount=held, datasets=counted, **values),
        chart=_chart("language", rows[: counting.top], measure, phrases) if len(rows) > 1 else None,
        table=_table("language", rows[: counting.top], measure, phrases) if rows else None,
    )


def _list_text(
    counting: Counting, need: Need, rows: list[Row], measure: Measure, phrases: Phrases
) -> str:
    by: By = counting.by or "language"
    about = f" ({say.title(need, phrases)})" if say.limits(need) else ""
    if counting.lacking:
        lacking = [
            named.task(c, phrases) if c in vocab.TASKS else named.modality(c, phrases)
            for c in counting.lacking
        ]
        about = phrases.say("listed.lacking", about=about, names=named.either(lacking, phrases))
    if not rows:
        return phrases.say(f"listed.none_{by}", about=about)
    best = rows[0].measure(measure)
    amount = phrases.count(f"measure.{measure}", best, figure=number(best, phrases))
    said = [
        phrases.count(f"listed.{by}", len(rows), about=about),
        phrases.say("listed.most", name=rows[0].label, amount=amount),
    ]
    shown = min(counting.top, len(rows))
    if shown < len(rows):
        said.append(phrases.say("listed.first", n=str(shown)))
    if by == "language" and measure in ("hours", "validated_hours"):
        said.append(phrases.say("listed.alone"))
    return " ".join(said)


def _title(by: By, measure: Measure, phrases: Phrases) -> str:
    what, group = phrases.say(f"column.{measure}"), phrases.say(f"grouped.{by}")
    return phrases.say("titled", measure=what, group=group)


def _chart(by: By, rows: list[Row], measure: Measure, phrases: Phrases) -> Chart | None:
    if not rows:
        return None
    heading, unit = phrases.say(f"heading.{by}"), phrases.say(f"unit_of.{measure}")
    return Chart(
        title=_title(by, measure, phrases),
        columns=(heading, unit),
        rows=tuple((row.label, round(row.measure(measure), 1)) for row in rows),
        x=heading,
        y=unit,
    )


def _table(by: By, rows: list[Row], measure: Measure, phrases: Phrases) -> Table | None:
    if not rows:
        return None
    columns = [phrases.say(f"heading.{by}"), phrases.say("column.datasets")]
    if measure != "datasets":
        columns.append(phrases.say(f"column.{measure}"))
    body = []
    for row in rows:
        cells = [row.label, number(row.datasets, phrases)]
        if measure != "datasets":
            cells.append(number(row.measure(measure), phrases))
        body.append(tuple(cells))
    return Table(title=_title(by, measure, phrases), columns=tuple(columns), rows=tuple(body))
