"""What a reply looks like in Slack: cards with buttons, tables, questions, within the limits. Pure.

Buttons carry what they need in their value. One that goes on with a conversation names the person
whose conversation it is, and works for that person alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.faces import render
from assistant.faces import slack_parts as parts
from assistant.faces.slack_parts import Block, Message
from assistant.reply import Chart, Chip, Offer, Option, Reply, Table
from assistant.terms.values import Outcome
from catalog_sync.card import DatasetCard

SHOWN = 5
"""Cards on one page."""
CHIPS = 8
ANSWERS = 8
ON_CARDS = ("explain", "compare", "request", "open")
"""Offers that every card carries as its own buttons."""
COLUMN, TABLE_ROWS = 24, 20
"""Widest column and longest of a table in monospaced type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Whose conversation the buttons of a message go on with."""

    user: str
    conversation: str
    shown: str = ""
    """Under which name the message is kept, so that it can be shared; empty: it cannot."""


def packed(values: Mapping[str, str]) -> str:
    """A button's value; empty when it is too long to come back whole."""
    text = json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))
    return text if parts.length(text) <= parts.BUTTON_VALUE else ""


def unpacked(value: str) -> dict[str, str]:
    """The values of a button; empty where it is none of ours."""
    try:
        found = json.loads(value)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: each for key, each in found.items() if isinstance(each, str)}


def reply(given: Reply, bound: Bound, *, page: int = 0) -> Message:
    """A whole answer. Pictures of its charts are put in by `with_pictures`."""
    blocks = parts.prose(given.text)
    options = given.options or given.nearest
    if given.nearest and not given.options:
        blocks.append(parts.header("The nearest"))
    for place, option in enumerate(options[:SHOWN]):
        others = [o.card for o in options[:SHOWN] if o is not option]
        blocks += card(option, number=page + place + 1, others=others)
    for table in render.all_tables(given):
        blocks += table_blocks(table)
    blocks += [parts.note(notice) for notice in given.notices]
    blocks += question_blocks(given, bound)
    blocks += chip_blocks(given.chips, bound)
    blocks += offer_blocks(given, bound, page=page + len(options[:SHOWN]))
    return parts.message(blocks, fallback(given))


def fallback(given: Reply) -> str:
    """The answer in plain words."""
    named = [render.view(o) for o in (given.options or given.nearest)[:SHOWN]]
    lines = [f"{n}. {seen.name}: {seen.badge}" for n, seen in enumerate(named, 1)]
    return "\n".join((render.clean(given.text), *lines))


def card(option: Option, *, number: int, others: Sequence[DatasetCard] = ()) -> list[Block]:
    """One dataset: name, verdict, licence, access and price, facts, why, and its buttons."""
    seen = render.view(option)
    title = f"{number}. {parts.cut(seen.name, 200)}"
    lines = [
        parts.section(parts.link(title, seen.url, bold=True)),
        verdict_line(option.verdict.outcome, seen.licence),
        parts.section(parts.words(parts.cut(seen.access, 150))),
    ]
    facts = " · ".join(fact for fact in (seen.languages, seen.tasks, seen.size) if fact)
    if facts:
        lines.append(parts.section(parts.words(parts.cut(facts, 600))))
    broken = "; ".join(seen.breaks)
    if broken:
        lines.append(parts.section(parts.words(parts.cut(f"✗ {broken}", 400))))
    if seen.why:
        lines.append(parts.section(parts.words(parts.cut(seen.why, 400), italic=True)))
    lines += [parts.section(parts.words(parts.cut(f"⚠ {n}", 300))) for n in seen.notes[:3]]
    blocks = [parts.rich(*_spaced(lines))]
    return [*blocks, *parts.actions(card_buttons(seen.id, seen.url, others), f"card|{number}")]


def verdict_line(outcome: Outcome, licence: str) -> Block:
    """May I, and under which licence."""
    dot, badge = render.BADGES[outcome]
    licence = parts.cut(licence, 120)
    return parts.section(parts.words(f"{dot} {badge}", bold=True), parts.words(f" · {licence}"))


def _spaced(lines: list[Block]) -> list[Block]:
    """Sections of rich text run together, so each but the last ends its line."""
    for line in lines[:-1]:
        elements = line["elements"]
        if isinstance(elements, list):
            elements.append(parts.words("\n"))
    return lines


def card_buttons(card_id: str, url: str | None, others: Sequence[DatasetCard] = ()) -> list[Block]:
    """Terms, request, open, compare: for whoever presses, answered to them alone."""
    value = packed({"i": card_id})
    if not value:
        return []
    made = [
        parts.button("terms", "Terms", value),
        parts.button("request", "Request access", value),
        parts.button("keep", "Save", value),
    ]
    if url is not None and parts.length(url) <= parts.URL:
        made.append(parts.button("open", "Open its page", url=url))
    pairs = [
        (render.clean(other.name) or other.id, packed({"i": card_id, "j": other.id}))
        for other in others
    ]
    if any(parts.length(value) <= parts.OPTION_VALUE for _, value in pairs):
        made.append(parts.choice("compare", "Compare with …", pairs))
    return made


def question_blocks(given: Reply, bound: Bound) -> list[Block]:
    """What the person is asked back, with answers to press."""
    blocks: list[Block] = []
    for place, question in enumerate(given.questions):
        text = parts.words(parts.cut(render.clean(question.text), parts.FIELD), bold=True)
        blocks.append(parts.rich(parts.section(text)))
        buttons = [
            _say(f"say.q{place}.{n}", render.clean(label), say, bound)
            for n, (label, say) in enumerate(question.answers[:ANSWERS])
        ]
        blocks += parts.actions([b for b in buttons if b is not None], f"question|{place}")
    return blocks


def chip_blocks(chips: Sequence[Chip], bound: Bound) -> list[Block]:
    """What was understood, each to be taken away."""
    if not chips:
        return []
    alone = sum(chip.field == "languages" for chip in chips) == 1
    buttons = []
    for place, chip in enumerate(chips[:CHIPS]):
        # "not Welsh" takes Welsh out of several; of one it would make an exclusion.
        remove = "any language" if alone and chip.field == "languages" else chip.remove
        buttons.append(_say(f"say.c{place}", f"✕ {render.clean(chip.label)}", remove, bound))
    return [
        parts.note("Understood; press to take away:"),
        *parts.actions([b for b in buttons if b is not None], "chips"),
    ]


def offer_blocks(given: Reply, bound: Bound, *, page: int) -> list[Block]:
    """What can be done next: more, words to say, pages to open, and sharing."""
    made: list[Block | None] = []
    for place, offer in enumerate(given.offers[:10]):
        if not _wanted(offer, given):
            continue
        label = render.clean(offer.label)
        if offer.kind == "more":
            value = {"u": bound.user, "c": bound.conversation, "p": str(page)}
            made.append(parts.button("more", label, packed(value)))
        elif offer.say:
            made.append(_say(f"say.o{place}", label, offer.say, bound))
        else:
            made.append(parts.button(f"open.{place}", label, url=render.safe_url(offer.url)))
    if bound.shown:
        value = {"u": bound.user, "k": bound.shown}
        made.append(parts.button("share", "Share in this channel", packed(value)))
    return parts.actions([button for button in made if button is not None], "offers")


def _wanted(offer: Offer, given: Reply) -> bool:
    on_card = offer.kind in ON_CARDS and bool(given.options or given.nearest)
    done = offer.kind == given.intent
    return not on_card and not done and bool(offer.say or render.safe_url(offer.url))


def _say(action: str, label: str, say: str, bound: Bound) -> Block | None:
    """A button that says words in the conversation; None where they are too long."""
    value = packed({"u": bound.user, "c": bound.conversation, "s": say})
    return parts.button(action, label, value) if value and label else None


def table_blocks(table: Table) -> list[Block]:
    """A comparison of two as fields side by side; other tables in monospaced columns."""
    if len(table.columns) == 3 and not table.columns[0]:
        return _side_by_side(table)
    if len(table.columns) > 3 and not table.columns[0]:
        return _one_after_the_other(table)
    blocks = [parts.header(render.clean(table.title))] if table.title else []
    rows = table.rows[:TABLE_ROWS]
    blocks.append(parts.rich(parts.monospaced(columns(table.columns, rows))))
    if len(table.rows) > len(rows):
        blocks.append(parts.note(f"{len(table.rows) - len(rows)} more rows are not shown."))
    return blocks


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


def _side_by_side(table: Table) -> list[Block]:
    blocks: list[Block] = [parts.header(render.clean(table.title))] if table.title else []
    rows = [("", *table.columns[1:]), *table.rows]
    per_block = parts.FIELDS // 2
    for first in range(0, len(rows), per_block):
        fields = [
            parts.plain(_labelled(row[0], cell), parts.FIELD)
            for row in rows[first : first + per_block]
            for cell in row[1:]
        ]
        blocks.append({"type": "section", "fields": fields})
    return blocks


def _labelled(label: str, cell: str) -> str:
    text = render.clean(cell) or "not stated"
    return f"{label}: {text}" if label else text


def _one_after_the_other(table: Table) -> list[Block]:
    blocks: list[Block] = [parts.header(render.clean(table.title))] if table.title else []
    room = (parts.RICH - 250) // max(len(table.rows), 1)
    for place, name in enumerate(table.columns[1:], 1):
        lines = [parts.section(parts.words(parts.cut(render.clean(name), 200), bold=True))]
        lines += [
            parts.section(parts.words(parts.cut(_labelled(row[0], row[place]), room)))
            for row in table.rows
        ]
        blocks.append(parts.rich(*_spaced(lines)))
    return blocks


def chart_alt(chart: Chart) -> str:
    """A chart in words, for those who cannot see it."""
    x = chart.columns.index(chart.x) if chart.x in chart.columns else 0
    y = chart.columns.index(chart.y) if chart.y in chart.columns else len(chart.columns) - 1
    said = [f"{render.clean(str(row[x]))} {render.cell_text(row[y])}" for row in chart.rows]
    what = f"Bar chart, {render.clean(chart.title)}: {render.clean(chart.y)} by {chart.x}. "
    return parts.cut(what + "; ".join(said), parts.ALT_TEXT)


def with_pictures(given: Message, pictures: Sequence[Block]) -> Message:
    """The message with pictures behind its words."""
    if not pictures:
        return given
    blocks = (*given.blocks[:1], *pictures, *given.blocks[1:])
    return Message(blocks=blocks[: parts.MESSAGE_BLOCKS], text=given.text)


def shared(given: Message, user: str) -> Message:
    """The message as everybody in a channel sees it: without the buttons that are one person's."""
    kept = [
        block
        for block in given.blocks
        if not str(block.get("block_id", "")).startswith(OWN) and not _is_hint(block)
    ]
    said = parts.rich(parts.section(parts.words("Shared by "), parts.person(user)))
    return Message(blocks=(said, *kept)[: parts.MESSAGE_BLOCKS], text=given.text)


OWN = ("question|", "chips", "offers")
"""Rows of buttons that are one person's."""


def _is_hint(block: Block) -> bool:
    return block.get("type") == "context" and "Understood; press" in json.dumps(block)
