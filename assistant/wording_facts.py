"""Which replies a language model words, with which prompt, and the facts it is given. Pure.

No description, summary or other free text of a card goes out, and nothing of the person but the
language they speak: the names of what was found, figures, terms, and the rule-made words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assistant import answer_cards
from assistant.grounding_words import Words
from assistant.limits import soft_topics
from assistant.reply import Option, Reply
from assistant.stated import licence_text, price_text
from catalog_sync import languages

Kind = Literal["answer", "ask_back", "explain_terms"]
_SHOWN = 5
"""Datasets that are worth words; the person sees the whole list."""
_LISTS = frozenset({"find", "refine", "more"})


def kind(reply: Reply) -> Kind | None:
    """The prompt that words a reply; None where the rule-made words stay as they are.

    What a card says of itself, credits to copy, figures over the catalogue, deeds and small talk
    are never worded anew.
    """
    if reply.intent == "check_use" and reply.options:
        return "explain_terms"
    if reply.intent in _LISTS and (reply.options or reply.nearest):
        return "answer"
    if reply.intent in ("find", "refine") and reply.questions:
        return "ask_back"
    return None


def told(reply: Reply, words: Words) -> Mapping[str, object]:
    """The facts as the model is given them."""
    shown = reply.options or reply.nearest
    found: dict[str, object] = {
        "rule_made_words": reply.text[:1500],
        "nothing_fits": reply.no_match,
        **({} if soft_topics(reply.need) else {"count": reply.total}),
        "datasets_that_miss_something" if reply.no_match else "datasets": [
            option(one, words) for one in shown[:_SHOWN]
        ],
    }
    if reply.questions:
        asked = reply.questions[0]
        found["question"] = asked.text
        found["answers"] = [label for label, _ in asked.answers]
    return found


def option(one: Option, words: Words) -> Mapping[str, object]:
    """One dataset: only what a sentence may say of it."""
    card = one.card
    return {
        "name": card.name,
        "languages": [languages.english_name(tag) for tag in card.languages[:6]],
        "tasks": answer_cards.tasks_text(card),
        "size": answer_cards.size_text(card),
        "licence": licence_text(card.terms),
        "access": words.access[card.terms.access][0],
        "price": price_text(card.terms),
        "verdict": words.outcomes[one.verdict.outcome][0],
        "duties": [duty.text for duty in one.verdict.duties][:5],
    }


def opening(reply: Reply, words: Words) -> str:
    """What code says first where the answer must not be missed, in the person's language."""
    if reply.no_match:
        return f"{words.nothing}."
    if reply.intent == "check_use":
        return " ".join(sentence(one, words) for one in reply.options[:3])
    return ""


def sentence(one: Option, words: Words) -> str:
    """One dataset in the plainest words: what a sentence that was wrong is replaced by."""
    licence = licence_text(one.card.terms)
    if licence == "licence not stated":
        licence = words.unstated["licence"][0]
    return f"{one.card.name}: {licence}; {words.outcomes[one.verdict.outcome][0]}."
