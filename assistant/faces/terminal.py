"""The terminal face: tables, colour and progress for people, one JSON document for scripts.

With `--json` standard output carries JSON and nothing else; progress and notices always go to
standard error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from pydantic_core import to_jsonable_python
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from assistant.faces import render, written
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Chart, Option, Reply, Table
from assistant.terms.values import Outcome

COLOURS: dict[Outcome, str] = {
    "allowed": "green",
    "allowed_with_conditions": "yellow",
    "ask_owner": "blue",
    "not_allowed": "red",
}
PIPED_WIDTH = 100
"""Characters a line where nobody knows how wide the reader is."""
SHORT_CELL = 12
"""Columns no wider than this are never folded."""
Step = Callable[[str, int, int], None]
"""Told while something long runs: what is being done, how many are done, of how many; 0: not
known."""


class Terminal:
    """Where a command's answer, its notices and its progress go."""

    def __init__(
        self, out: IO[str], err: IO[str], *, json_only: bool = False, quiet: bool = False
    ) -> None:
        self.out = Console(file=out, highlight=False, width=None if out.isatty() else PIPED_WIDTH)
        self.err = Console(file=err, highlight=False)
        self.json_only = json_only
        self.quiet = quiet

    def answer(self, value: object, *people: RenderableType) -> None:
        """The command's answer: `value` as JSON for scripts, the rest for people."""
        if self.json_only:
            self.line(value)
        else:
            for part in people:
                self.out.print(part)

    def table(self, table: Table) -> None:
        """A table of text cells on standard output."""
        self.out.print(show_table(table))

    def documents(self, values: Sequence[object], *, lines: bool = False) -> None:
        """One document for one value, a list for several, or a line for each."""
        if lines:
            for value in values:
                self.line(value)
        else:
            self.line(values[0] if len(values) == 1 else list(values))

    def line(self, value: object) -> None:
        """One JSON document on one line."""
        self.out.file.write(json.dumps(to_jsonable_python(value), ensure_ascii=False) + "\n")
        self.out.file.flush()

    def notice(self, text: str) -> None:
        """A word beside the answer."""
        if not self.quiet:
            words = Text(render.clean(text), style="dim")
            self.err.print(words, soft_wrap=not self.err.is_terminal)

    def problem(self, text: str) -> None:
        """What went wrong, and the next move."""
        words = Text("Error: ", style="bold red") + Text(text, style="default")
        self.err.print(words, soft_wrap=not self.err.is_terminal)

    @contextmanager
    def progress(self, title: str) -> Iterator[Step]:
        """A bar on standard error while something long runs; nothing when it is not a terminal."""
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.err,
            transient=True,
            disable=self.quiet or not self.err.is_terminal,
        )
        with bar:
            task = bar.add_task(title, total=None)

            def step(what: str, done: int, total: int) -> None:
                bar.update(task, description=what or title, completed=done, total=total or None)

            yield step


def show_reply(reply: Reply) -> RenderableType:
    """A reply as a person reads it in a terminal."""
    phrases = reply.phrases
    parts: list[RenderableType] = [Text(line) for line in plain_lines(reply.text)]
    if reply.chips:
        chips = Text(phrases.say("understood_is"), style="dim")
        chips.append("  ".join(f"[{render.clean(chip.label)}]" for chip in reply.chips), "cyan")
        parts.append(chips)
    parts += [show_option(each, n, phrases) for n, each in enumerate(reply.options, 1)]
    if reply.nearest:
        parts.append(Rule(phrases.say("nearest"), style="dim"))
        parts += [show_option(each, n, phrases) for n, each in enumerate(reply.nearest, 1)]
    parts += [show_chart(chart, phrases) for chart in reply.charts]
    parts += [show_table(table) for table in written.tables_beside_charts(reply)]
    noted = [phrases.say("noted", words=render.clean(notice)) for notice in reply.notices]
    parts += [Text(words, style="dim") for words in noted]
    for question in reply.questions:
        parts.append(Text(render.clean(question.text), style="bold"))
        parts += [Text(f"  - {render.clean(label)}") for label, _ in question.answers]
    return Group(*parts)


def plain_lines(text: str) -> list[str]:
    """Each line cleaned; blank ones kept."""
    return [render.clean(line) for line in text.splitlines()]


def show_option(option: Option, number: int, phrases: Phrases = ENGLISH) -> RenderableType:
    """One card in a frame of its verdict's colour."""
    seen = render.view(option, phrases)
    body = Text()
    body.append(f"{seen.dot} {seen.badge}", style=f"bold {COLOURS[seen.outcome]}")
    body.append(f" · {seen.licence}\n")
    body.append(" · ".join(fact for fact in (seen.languages, seen.tasks, seen.size) if fact))
    body.append(f"\n{seen.access}")
    for words in seen.breaks:
        body.append(f"\n✗ {words}", style="red")
    if seen.not_stated:
        body.append(f"\n? {'; '.join(seen.not_stated)}", style="dim")
    if seen.why:
        body.append(f"\n{seen.why}", style="italic")
    for note in seen.notes:
        body.append(f"\n! {note}", style="dim yellow")
    body.append(f"\n{seen.id}", style="cyan")
    if seen.url:
        body.append(f"  {seen.url}", style="dim")
    title = Text(f"{number}. {render.shorten(seen.name, 70)}", style="bold")
    return Panel(body, title=title, title_align="left", border_style=COLOURS[seen.outcome])


def show_table(table: Table) -> RenderableType:
    """A table of text cells."""
    grid = RichTable(
        title=Text(render.clean(table.title)) if table.title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    for place, name in enumerate(table.columns):
        longest = max((len(row[place]) for row in table.rows), default=0)
        short = max(longest, len(name)) <= SHORT_CELL
        grid.add_column(
            Text(render.clean(name)), overflow="fold", min_width=len(name) if short else None
        )
    for row in table.rows:
        grid.add_row(*(Text(render.clean(cell)) for cell in row))
    return grid


def show_chart(chart: Chart, phrases: Phrases = ENGLISH) -> RenderableType:
    """A bar for each row, with its figures."""
    x, y = chart.columns.index(chart.x), chart.columns.index(chart.y)
    figures = [row[y] if not isinstance(row[y], str) else 0 for row in chart.rows]
    most = max((float(value) for value in figures), default=0.0) or 1.0
    grid = RichTable(title=Text(render.clean(chart.title)), title_justify="left", box=None)
    for name in (chart.x, "", *(c for place, c in enumerate(chart.columns) if place != x)):
        grid.add_column(Text(name))
    for row, value in zip(chart.rows, figures, strict=True):
        bar = Text("█" * max(1, round(24 * float(value) / most)) if value else "", style="cyan")
        rest = [
            Text(render.clean(render.cell_text(c, phrases)))
            for place, c in enumerate(row)
            if place != x
        ]
        grid.add_row(Text(render.clean(str(row[x]))), bar, *rest)
    return grid
