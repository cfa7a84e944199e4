"""What the page's own elements (chat/public/elements) are given: plain JSON made from a reply."""

from __future__ import annotations

from dataclasses import asdict

from assistant.faces import elements_labels as labels
from assistant.faces import render
from assistant.faces.elements_labels import Props
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Chart, Offer, Option, Reply, Table
from assistant.terms.values import SEVERITY
from assistant.terms.worded import worded

BUTTONS_OF_CARDS = ("explain", "compare", "request", "open")
"""Offers that every card carries as its own button already."""
COMPARED_AT_MOST = 4


def results(reply: Reply) -> Props | None:
    """Props of `Results.jsx`; None when there is nothing but words."""
    phrases = reply.phrases
    props: Props = {
        "cards": [card(option, phrases) for option in reply.options],
        "nearest": [card(option, phrases) for option in reply.nearest],
        "chips": chips(reply),
        "questions": [
            {
                "text": render.clean(question.text),
                "answers": [
                    button(render.clean(label), say or label, phrases)
                    for label, say in question.answers
                ],
            }
            for question in reply.questions
        ],
        "offers": [offer_props(each, phrases) for each in reply.offers if wanted(each, reply)],
        "more": any(offer.kind == "more" for offer in reply.offers),
        "notices": [render.clean(notice) for notice in reply.notices],
    }
    if not any(props.values()):
        return None
    return {
        **props,
        "total": reply.total,
        "picked": picked(phrases),
        **labels.of("results", phrases),
    }


def more(reply: Reply) -> Props:
    """The next cards of a list that is shown already."""
    phrases = reply.phrases
    return {
        "cards": [card(option, phrases) for option in reply.options],
        "more": any(offer.kind == "more" for offer in reply.offers),
        # What is shown already is not shown twice, so fewer may be new.
        "told": [phrases.count("shown_more", n) for n in range(len(reply.options) + 1)],
    }


def picked(phrases: Phrases) -> list[str]:
    """What is said of the cards that were picked to compare: none, one, two, ... the most."""
    some = [phrases.count("picked_some", n) for n in range(2, COMPARED_AT_MOST)]
    most = phrases.count("picked_most", COMPARED_AT_MOST)
    return ["", phrases.say("picked_one"), *some, most]


def button(label: str, say: str, phrases: Phrases, *, shown: str = "") -> Props:
    """A button that says a command: what stands on it, the command, what the chat shows of it.

    The commands are in English, and there the chat shows them as they are.
    """
    return {
        "label": label,
        "say": say,
        "shown": say if phrases.tag == "en" else shown or label,
    }


def chips(reply: Reply) -> list[Props]:
    """What was understood, each with the words that take it away."""
    phrases = reply.phrases
    alone = sum(chip.field == "languages" for chip in reply.chips) == 1
    made = []
    for chip in reply.chips:
        label = render.clean(chip.label)
        # "not Welsh" takes Welsh out of several; of one it would make an exclusion.
        say = "any language" if alone and chip.field == "languages" else chip.remove
        take = phrases.say("card_take_away", what=label)
        made.append({**button(label, say, phrases, shown=take), "take": take})
    return made


def card(option: Option, phrases: Phrases = ENGLISH) -> Props:
    """One card: the facts every face shows, and the first reason of its verdict."""
    reasons = worded(option.verdict, phrases).reasons
    given = reasons[0] if reasons else None
    size, day = option.card.size, option.card.updated or option.card.published
    seen = render.view(option, phrases)
    unknown = phrases.say("not_stated", what="; ".join(seen.not_stated))
    return {
        **asdict(seen),
        "unknown": unknown if seen.not_stated else "",
        "explain": phrases.say("card_explain", name=seen.name),
        "compare": phrases.say("card_compare", name=seen.name),
        "request": phrases.say("card_request", name=seen.name),
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


def offer_props(offer: Offer, phrases: Phrases = ENGLISH) -> Props:
    """A button: words to say, or an address to open."""
    return {
        **button(render.clean(offer.label), offer.say, phrases),
        "url": None if offer.say else render.safe_url(offer.url),
    }


def figures(chart: Chart, phrases: Phrases = ENGLISH) -> Props:
    """Props of `Figures.jsx`."""
    return {
        **labels.of("figures", phrases),
        "title": render.clean(chart.title),
        "columns": list(chart.columns),
        "rows": [
            [render.clean(cell) if isinstance(cell, str) else cell for cell in row]
            for row in chart.rows
        ],
        "x": chart.x,
        "y": chart.y,
    }


def sheet(table: Table, phrases: Phrases = ENGLISH) -> Props:
    """Props of `Sheet.jsx`."""
    return {
        **labels.of("sheet", phrases),
        "title": render.clean(table.title),
        "columns": [render.clean(name) for name in table.columns],
        "rows": [[render.clean(cell) for cell in row] for row in table.rows],
    }
