"""Small real things that many tests need: cards, options and replies as a desk gives them."""

from __future__ import annotations

from assistant.need import Need
from assistant.reply import Option, Reply
from assistant.terms.values import Outcome, Reason, Verdict
from assistant.use import Use
from catalog_sync.card import DatasetCard, Size
from catalog_sync.clauses import Clause, Terms

CLAUSE = Clause(
    document="licence", clause="§2", quote="permits you to share", url="https://licence.example/4"
)


def card(native_id: str = "one", *, name: str = "Welsh speech", **fields: object) -> DatasetCard:
    """A card of a made-up catalogue; any field of `DatasetCard` may be given."""
    given: dict[str, object] = {
        "id": f"cards:{native_id}",
        "source": "cards",
        "native_id": native_id,
        "url": f"https://data.example/{native_id}",
        "name": name,
        "languages": ("cy",),
        "modalities": ("audio",),
        "size": Size(hours=12.5, validated_hours=10),
        "terms": Terms(licence="CC-BY-4.0", licence_stated=("CC BY 4.0",), access="public"),
    }
    return DatasetCard(**{**given, **fields})  # type: ignore[arg-type]


def verdict(outcome: Outcome = "allowed_with_conditions", *, why: str = "You may.") -> Verdict:
    """A verdict with one reason."""
    reason = Reason(act="commercial_use", outcome=outcome, why=why, clause=CLAUSE)
    return Verdict(outcome=outcome, use=Use(acts=("commercial_use",)), reasons=(reason,))


def option(given: DatasetCard | None = None, **fields: object) -> Option:
    """An option for a card; any field of `Option` may be given."""
    values: dict[str, object] = {
        "card": given or card(),
        "score": 0.5,
        "verdict": verdict(),
        "matches": (),
        "why": "Welsh speech, as asked",
    }
    return Option(**{**values, **fields})  # type: ignore[arg-type]


def reply(*options: Option, text: str = "Here.", **fields: object) -> Reply:
    """A reply with these options; any field of `Reply` may be given."""
    values: dict[str, object] = {
        "text": text,
        "intent": "find",
        "need": Need(),
        "options": options,
        "total": len(options),
    }
    return Reply(**{**values, **fields})  # type: ignore[arg-type]
