"""The JSON shapes that scripts rely on; keys here never change their meaning."""

from __future__ import annotations

from pydantic_core import to_jsonable_python

from assistant.reply import Option, Reply
from assistant.terms.batch import as_json

Document = dict[str, object]


def turn(reply: Reply) -> Document:
    """One answered turn."""
    return {
        "intent": reply.intent,
        "need": to_jsonable_python(reply.need),
        "results": [result(option) for option in reply.options],
        "total": reply.total,
        "no_match": reply.no_match,
        "nearest": [result(option) for option in reply.nearest],
        "questions": to_jsonable_python(reply.questions),
        "text": reply.text,
        "chips": to_jsonable_python(reply.chips),
        "offers": to_jsonable_python(reply.offers),
        "charts": to_jsonable_python(reply.charts),
        "tables": to_jsonable_python(reply.tables),
        "notices": list(reply.notices),
        "trace": list(reply.trace),
    }


def result(option: Option) -> Document:
    """One dataset offered."""
    return {
        "id": option.card.id,
        "name": option.card.name,
        "url": option.card.url,
        "score": option.score,
        "verdict": as_json(option.verdict),
        "matches": to_jsonable_python(option.matches),
        "why": option.why,
        "copies": list(option.copies),
        "findings": list(option.findings),
    }
