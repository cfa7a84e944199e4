"""A whole reply written out: as GitHub-flavoured Markdown, and as plain text.

What the assistant adds of its own is in the language of the reply.
"""

from __future__ import annotations

from assistant.faces import render
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Chart, Option, Reply, Table


def markdown(reply: Reply) -> str:
    """The whole reply as GitHub-flavoured Markdown."""
    phrases = reply.phrases
    blocks = [render.prose(reply.text)]
    blocks += [option_markdown(each, n, phrases) for n, each in enumerate(reply.options, 1)]
    if reply.nearest:
        blocks.append(f"**{phrases.say('nearest_are')}**")
        blocks += [option_markdown(each, n, phrases) for n, each in enumerate(reply.nearest, 1)]
    blocks += [table_markdown(table) for table in all_tables(reply)]
    blocks += [f"> {render.escape(notice)}" for notice in reply.notices]
    for question in reply.questions:
        answers = " / ".join(render.escape(label) for label, _ in question.answers)
        blocks.append(f"**{render.escape(question.text)}**" + (f" {answers}" if answers else ""))
    return "\n\n".join(block for block in blocks if block)


def option_markdown(option: Option, number: int, phrases: Phrases = ENGLISH) -> str:
    """One card: name, verdict, facts, why."""
    seen = render.view(option, phrases)
    name = render.escape(seen.name)
    title = f"[{name}](<{seen.url}>)" if seen.url else name
    licence = render.escape(seen.licence)
    lines = [f"**{number}. {title}**", f"{seen.dot} **{seen.badge}** · {licence}"]
    facts = [fact for fact in (seen.languages, seen.tasks, seen.size, seen.access) if fact]
    lines.append(" · ".join(render.escape(fact) for fact in facts))
    lines += [f"✗ {render.escape(words)}" for words in seen.breaks]
    if seen.why:
        lines.append(f"*{render.escape(seen.why)}*")
    lines += [f"⚠ {render.escape(note)}" for note in seen.notes]
    return "  \n".join(lines)


def table_markdown(table: Table) -> str:
    """A Markdown table with its title."""
    head = "| " + " | ".join(render.escape(name) for name in table.columns) + " |"
    rule = "|" + " --- |" * len(table.columns)
    rows = ["| " + " | ".join(render.escape(cell) for cell in row) + " |" for row in table.rows]
    title = f"**{render.escape(table.title)}**\n\n" if table.title else ""
    return title + "\n".join([head, rule, *rows])


def all_tables(reply: Reply) -> tuple[Table, ...]:
    """The tables, and one for each chart that has none of its own."""
    phrases = reply.phrases
    titles = {table.title for table in reply.tables}
    charts = tuple(
        chart_table(chart, phrases) for chart in reply.charts if chart.title not in titles
    )
    return (*reply.tables, *charts)


def tables_beside_charts(reply: Reply) -> tuple[Table, ...]:
    """The tables to show where charts are drawn with their figures."""
    titles = {chart.title for chart in reply.charts}
    return tuple(table for table in reply.tables if table.title not in titles)


def chart_table(chart: Chart, phrases: Phrases = ENGLISH) -> Table:
    """The rows behind a chart, for those who cannot see it."""
    rows = tuple(tuple(render.cell_text(cell, phrases) for cell in row) for row in chart.rows)
    return Table(title=chart.title, columns=chart.columns, rows=rows)


def plain(reply: Reply) -> str:
    """The whole reply as text for a terminal without colour or a mail."""
    phrases = reply.phrases
    blocks = ["\n".join(render.clean(line) for line in reply.text.splitlines())]
    blocks += [option_plain(each, n, phrases) for n, each in enumerate(reply.options, 1)]
    if reply.nearest:
        blocks.append(phrases.say("nearest_are"))
        blocks += [option_plain(each, n, phrases) for n, each in enumerate(reply.nearest, 1)]
    blocks += [table_plain(table) for table in all_tables(reply)]
    blocks += [phrases.say("noted", words=render.clean(each)) for each in reply.notices]
    for question in reply.questions:
        answers = " / ".join(render.clean(label) for label, _ in question.answers)
        blocks.append(render.clean(question.text) + (f" ({answers})" if answers else ""))
    return "\n\n".join(block for block in blocks if block)


def option_plain(option: Option, number: int, phrases: Phrases = ENGLISH) -> str:
    """One card as indented lines."""
    seen = render.view(option, phrases)
    lines = [f"{number}. {seen.name}", f"   {seen.dot} {seen.badge} · {seen.licence}"]
    facts = [fact for fact in (seen.languages, seen.tasks, seen.size, seen.access) if fact]
    lines.append("   " + " · ".join(facts))
    lines += [f"   ✗ {words}" for words in seen.breaks]
    lines += [f"   {words}" for words in (seen.why, seen.url or "") if words]
    lines += [f"   ! {note}" for note in seen.notes]
    lines.append(f"   id: {seen.id}")
    return "\n".join(lines)


def table_plain(table: Table) -> str:
    """Columns in line, at most 40 characters each."""
    rows = [tuple(render.shorten(render.clean(cell), 40) for cell in row)
            for row in (table.columns, *table.rows)]  # fmt: skip
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in rows]  # fmt: skip
    return "\n".join([table.title, *lines] if table.title else lines)
