"""Tables in Slack: two side by side, several one after the other, figures in columns. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.faces import render
from assistant.faces import slack_parts as parts
from assistant.faces.slack_parts import Block
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Table

COLUMN, TABLE_ROWS = 24, 20
"""Widest column and longest of a table in monospaced type."""


def blocks(table: Table, phrases: Phrases = ENGLISH) -> list[Block]:
    """A comparison of two as fields side by side; other tables in monospaced columns."""
    if len(table.columns) == 3 and not table.columns[0]:
        return _side_by_side(table, phrases)
    if len(table.columns) > 3 and not table.columns[0]:
        return _one_after_the_other(table, phrases)
    made = [parts.header(render.clean(table.title))] if table.title else []
    rows = table.rows[:TABLE_ROWS]
    made.append(parts.rich(parts.monospaced(columns(table.columns, rows))))
    if len(table.rows) > len(rows):
        made.append(parts.note(phrases.count("slack_rows", len(table.rows) - len(rows))))
    return made


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in line, figures to the right, no wider than a phone can scroll."""
    cells = [[parts.cut(render.clean(cell), COLUMN) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    right = [
        bool(rows) and all(_is_figure(row[place]) for row in cells[1:])
        for place in range(len(heads))
    ]
    lines = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    ]
    return parts.cut("\n".join(lines), parts.RICH)


def _is_figure(cell: str) -> bool:
    return not cell or cell.replace(",", "").replace(".", "").isdigit()


def _side_by_side(table: Table, phrases: Phrases) -> list[Block]:
    made: list[Block] = [parts.header(render.clean(table.title))] if table.title else []
    rows = [("", *table.columns[1:]), *table.rows]
    per_block = parts.FIELDS // 2
    for first in range(0, len(rows), per_block):
        fields = [
            parts.plain(_labelled(row[0], cell, phrases), parts.FIELD)
            for row in rows[first : first + per_block]
            for cell in row[1:]
        ]
        made.append({"type": "section", "fields": fields})
    return made


def _labelled(label: str, cell: str, phrases: Phrases) -> str:
    text = render.clean(cell) or phrases.say("slack_unstated")
    return f"{label}{phrases.say('colon')}{text}" if label else text


def _one_after_the_other(table: Table, phrases: Phrases) -> list[Block]:
    made: list[Block] = [parts.header(render.clean(table.title))] if table.title else []
    room = (parts.RICH - 250) // max(len(table.rows), 1)
    for place, name in enumerate(table.columns[1:], 1):
        lines = [parts.section(parts.words(parts.cut(render.clean(name), 200), bold=True))]
        lines += [
            parts.section(parts.words(parts.cut(_labelled(row[0], row[place], phrases), room)))
            for row in table.rows
        ]
        made.append(parts.rich(*parts.spaced(lines)))
    return made
