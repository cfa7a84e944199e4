"""What the page's own elements (chat/public/elements) are given: plain JSON made from a reply."""

from __future__ import annotations

from dataclasses import asdict

from assistant.faces import render
from assistant.reply import Chart, Offer, Option, Reply, Table
from assistant.terms.values import SEVERITY

Props = dict[str, object]
BUTTONS_OF_CARDS = ("explain", "compare", "request", "open")
"""Offers that every card carries as its own button already."""
COMPARED_AT_MOST = 4


def results(reply: Reply) -> Props | None:
    """Props of `Results.jsx`; None when there is nothing but words."""
    offers = [offer_props(offer) for offer in reply.offers if wanted(offer, reply)]
    props: Props = {
        "cards": [card(option) for option in reply.options],
        "nearest": [card(option) for option in reply.nearest],
        "chips": chips(reply),
        "questions": [
            {
                "text": render.clean(question.text),
                "answers": [[render.clean(label), say] for label, say in question.answers],
            }
            for question in reply.questions
        ],
        "offers": offers,
        "more": any(offer.kind == "more" for offer in reply.offers),
        "total": reply.total,
        "notices": [render.clean(notice) for notice in reply.notices],
    }
    return props if any(value for name, value in props.items() if name != "total") else None


def more(reply: Reply) -> Props:
    """The next cards of a list that is shown already."""
    return {
        "cards": [card(option) for option in reply.options],
        "more": any(offer.kind == "more" for offer in reply.offers),
    }


def chips(reply: Reply) -> list[Props]:
    """What was understood, each with the words that take it away."""
    alone = sum(chip.field == "languages" for chip in reply.chips) == 1
    return [
        {
            "label": render.clean(chip.label),
            # "not Welsh" takes Welsh out of several; of one it would make an exclusion.
            "remove": "any language" if alone and chip.field == "languages" else chip.remove,
        }
        for chip in reply.chips
    ]


def card(option: Option) -> Props:
    """One card: the facts every face shows, and the first reason of its verdict."""
    given = option.verdict.reasons[0] if option.verdict.reasons else None
    size, day = option.card.size, option.card.updated or option.card.published
    return {
        **asdict(render.view(option)),
        "reason": render.sentence(render.clean(given.why)) if given else "",
        "order": {
            "hours": size.validated_hours or size.hours or 0,
            "records": size.records or size.records_at_least or 0,
            "freedom": SEVERITY.index(option.verdict.outcome),
            "day": day.isoformat() if day is not None else "",
        },
    }


def wanted(offer: Offer, reply: Reply) -> bool:
    """Whether an offer needs a button of its own below the cards."""
    on_card = offer.kind in BUTTONS_OF_CARDS and bool(reply.options or reply.nearest)
    on_card = on_card or offer.kind == "more"
    done = offer.kind == reply.intent
    return not on_card and not done and bool(offer.say or render.safe_url(offer.url))


def offer_props(offer: Offer) -> Props:
    """A button: words to say, or an address to open."""
    return {
        "label": render.clean(offer.label),
        "say": offer.say,
        "url": None if offer.say else render.safe_url(offer.url),
    }


def figures(chart: Chart) -> Props:
    """Props of `Figures.jsx`."""
    return {
        "title": render.clean(chart.title),
        "columns": list(chart.columns),
        "rows": [
            [render.clean(cell) if isinstance(cell, str) else cell for cell in row]
            for row in chart.rows
        ],
        "x": chart.x,
        "y": chart.y,
    }


def sheet(table: Table) -> Props:
    """Props of `Sheet.jsx`."""
    return {
        "title": render.clean(table.title),
        "columns": [render.clean(name) for name in table.columns],
        "rows": [[render.clean(cell) for cell in row] for row in table.rows],
    }
