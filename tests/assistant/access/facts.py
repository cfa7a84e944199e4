"""Values that the pure tests of requests decide about."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.access.values import (
    AccessRequest,
    Agreement,
    Answers,
    Judged,
    Route,
    State,
)
from assistant.terms.values import Outcome, Reason, Verdict
from assistant.use import Use
from catalog_sync.clauses import Clause, Price

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANSWERS = Answers(name="Mara Lind", country="SE", acts=("train_research",), purpose="A recogniser.")
_CLAUSE = Clause(document="licence", clause="§2", quote="permits", url="https://licence.example")


def judged(
    *,
    route: Route = "here",
    fingerprint: str = "f1",
    outcome: Outcome = "allowed_with_conditions",
    price: Price | None = None,
    **fields: object,
) -> Judged:
    """A dataset as it stands."""
    use = Use(acts=("train_research",), from_country="SE")
    reason = Reason(act="train_research", outcome=outcome, why="You may.", clause=_CLAUSE)
    return Judged(
        card_id="voices:given",
        card_name="Given Voices",
        card_url="https://data.example/given",
        source="voices",
        publisher="Llais",
        route=route,
        terms_fingerprint=fingerprint,
        access="on_request",
        price=price,
        verdict=Verdict(outcome=outcome, use=use, reasons=(reason,)),
        agreements=(Agreement(id="terms", title="Terms", text="I have read them."),),
        **fields,  # type: ignore[arg-type]
    )


def request_in(state: State) -> AccessRequest:
    """A request of Mara's in this state."""
    return AccessRequest(
        id="r",
        card_id="voices:given",
        group="7",
        person_id="p_mara",
        state=state,
        seq=3,
        judged=judged(),
        drafted_at=NOW,
        touched_at=NOW,
        submitted_at=None if state == "draft" else NOW,
        decided_at=NOW if state in ("approved", "rejected", "revoked") else None,
    )
