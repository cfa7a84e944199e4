"""What a reply looks like in Slack: cards with buttons, tables, questions, within the limits. Pure.

Buttons carry what they need in their value. One that goes on with a conversation names the person
whose conversation it is, and works for that person alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.faces import render, slack_tables, written
from assistant.faces import slack_parts as parts
from assistant.faces.slack_parts import Block, Message
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Chart, Chip, Offer, Option, Reply
from assistant.terms.values import Outcome
from catalog_sync.card import DatasetCard

SHOWN = 5
"""Cards on one page."""
CHIPS = 8
ANSWERS = 8
ON_CARDS = ("explain", "compare", "request", "open")
"""Offers that every card carries as its own buttons."""


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
    phrases = given.phrases
    blocks = parts.prose(given.text)
    options = given.options or given.nearest
    if given.nearest and not given.options:
        blocks.append(parts.header(phrases.say("nearest")))
    for place, option in enumerate(options[:SHOWN]):
        others = [o.card for o in options[:SHOWN] if o is not option]
        blocks += card(option, number=page + place + 1, others=others, phrases=phrases)
    for table in written.all_tables(given):
        blocks += slack_tables.blocks(table, phrases)
    blocks += [parts.note(notice) for notice in given.notices]
    blocks += question_blocks(given, bound)
    blocks += chip_blocks(given.chips, bound, phrases)
    blocks += offer_blocks(given, bound, page=page + len(options[:SHOWN]))
    return parts.message(blocks, fallback(given))


def fallback(given: Reply) -> str:
    """The answer in plain words."""
    phrases = given.phrases
    named = [render.view(o, phrases) for o in (given.options or given.nearest)[:SHOWN]]
    lines = [f"{n}. {seen.name}: {seen.badge}" for n, seen in enumerate(named, 1)]
    return "\n".join((render.clean(given.text), *lines))


def card(
    option: Option, *, number: int, others: Sequence[DatasetCard] = (), phrases: Phrases = ENGLISH
) -> list[Block]:
    """One dataset: name, verdict, licence, access and price, facts, why, and its buttons."""
    seen = render.view(option, phrases)
    title = f"{number}. {parts.cut(seen.name, 200)}"
    lines = [
        parts.section(parts.link(title, seen.url, bold=True)),
        verdict_line(option.verdict.outcome, seen.licence, phrases),
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
    blocks = [parts.rich(*parts.spaced(lines))]
    buttons = card_buttons(seen.id, seen.url, others, phrases)
    return [*blocks, *parts.actions(buttons, f"card|{number}")]


def verdict_line(outcome: Outcome, licence: str, phrases: Phrases = ENGLISH) -> Block:
    """May I, and under which licence."""
    dot, badge = render.verdict_badge(outcome, phrases)
    licence = parts.cut(licence, 120)
    return parts.section(parts.words(f"{dot} {badge}", bold=True), parts.words(f" · {licence}"))


def card_buttons(
    card_id: str,
    url: str | None,
    others: Sequence[DatasetCard] = (),
    phrases: Phrases = ENGLISH,
) -> list[Block]:
    """Terms, request, open, compare: for whoever presses, answered to them alone."""
    spoken = {} if phrases.tag == "en" else {"l": phrases.tag}
    value = packed({"i": card_id, **spoken})
    if not value:
        return []
    made = [
        parts.button("terms", phrases.say("slack_terms"), value),
        parts.button("request", phrases.say("slack_request"), value),
        parts.button("keep", phrases.say("slack_save"), value),
    ]
    if url is not None and parts.length(url) <= parts.URL:
        made.append(parts.button("open", phrases.say("slack_open"), url=url))
    pairs = [
        (render.clean(other.name) or other.id, packed({"i": card_id, "j": other.id, **spoken}))
        for other in others
    ]
    if any(parts.length(value) <= parts.OPTION_VALUE for _, value in pairs):
        made.append(parts.choice("compare", phrases.say("slack_compare"), pairs))
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


def chip_blocks(chips: Sequence[Chip], bound: Bound, phrases: Phrases = ENGLISH) -> list[Block]:
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
        {**parts.note(phrases.say("slack_understood")), "block_id": "chips_told"},
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
        label = given.phrases.say("slack_share")
        made.append(parts.button("share", label, packed(value)))
    return parts.actions([button for button in made if button is not None], "offers")


def _wanted(offer: Offer, given: Reply) -> bool:
    on_card = offer.kind in ON_CARDS and bool(given.options or given.nearest)
    done = offer.kind == given.intent
    return not on_card and not done and bool(offer.say or render.safe_url(offer.url))


def _say(action: str, label: str, say: str, bound: Bound) -> Block | None:
    """A button that says words in the conversation; None where they are too long."""
    value = packed({"u": bound.user, "c": bound.conversation, "s": say})
    return parts.button(action, label, value) if value and label else None


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
    kept = [block for block in given.blocks if not str(block.get("block_id", "")).startswith(OWN)]
    said = parts.rich(parts.section(parts.words("Shared by "), parts.person(user)))
    return Message(blocks=(said, *kept)[: parts.MESSAGE_BLOCKS], text=given.text)


OWN = ("question|", "chips", "offers")
"""What their ids begin with: rows of buttons that are one person's, and the words above them."""
