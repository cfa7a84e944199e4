"""An approval counts for that person, that use, that time and those terms, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.access.grants import with_grants
from assistant.access.values import AccessRequest
from assistant.terms import verdict
from assistant.terms.values import Outcome
from assistant.use import Act, Use
from catalog_sync import terms
from catalog_sync.clauses import StatedTerms
from tests.assistant.access.facts import NOW, judged, request_in

TODAY = NOW.date()
SELLING = Use(acts=("train_commercial",), from_country="SE")
PAPERS = terms.derive(StatedTerms(licences=("CC-BY-NC-4.0",), access="on_request"))


def approved(**fields: object) -> AccessRequest:
    base = judged()
    asked = replace(base, verdict=replace(base.verdict, use=SELLING))
    given: dict[str, object] = {"judged": asked, "decided_at": NOW, **fields}
    return replace(request_in("approved"), **given)  # type: ignore[arg-type]


def outcome(request: AccessRequest, use: Use, *, day: date = TODAY, fingerprint: str = "f1"
            ) -> Outcome:  # fmt: skip
    papers = with_grants(PAPERS, [request], use, fingerprint=fingerprint, today=day)
    return verdict.judge(papers, use, today=day).outcome


def test_the_owners_approval_lifts_what_the_licence_rules_out_and_is_quoted() -> None:
    assert verdict.judge(PAPERS, SELLING, today=TODAY).outcome == "not_allowed"
    papers = with_grants(PAPERS, [approved()], SELLING, fingerprint="f1", today=TODAY)
    judged_now = verdict.judge(papers, SELLING, today=TODAY)
    assert judged_now.outcome in ("allowed", "allowed_with_conditions")
    clauses = [reason.clause for reason in judged_now.reasons]
    assert any(c.document == "grant" and c.clause.endswith(", for SE") for c in clauses)


def test_the_owners_conditions_are_a_duty_and_never_lost() -> None:
    request = approved(conditions="Only in Sweden.")
    papers = with_grants(PAPERS, [request], SELLING, fingerprint="f1", today=TODAY)
    judged_now = verdict.judge(papers, SELLING, today=TODAY)
    assert judged_now.outcome == "allowed_with_conditions"
    assert any(duty.clause.quote == "Only in Sweden." for duty in judged_now.duties)


@pytest.mark.parametrize("licence", [None, "MIT", "CC0-1.0", "CC-BY-4.0"])
@pytest.mark.parametrize("act", ["voice_cloning", "reidentify_speaker"])
def test_no_approval_gives_what_only_the_speakers_can(licence: str | None, act: Act) -> None:
    use = Use(acts=(act,), from_country="SE")
    base = judged()
    request = approved(judged=replace(base, verdict=replace(base.verdict, use=use)))
    stated = StatedTerms(licences=(licence,) if licence else (), access="on_request")
    papers = with_grants(terms.derive(stated), [request], use, fingerprint="f1", today=TODAY)
    assert verdict.judge(papers, use, today=TODAY).outcome in ("ask_owner", "not_allowed")


@pytest.mark.parametrize(
    ("request_", "use", "day", "fingerprint"),
    [
        (approved(state="submitted"), SELLING, TODAY, "f1"),
        (approved(state="revoked"), SELLING, TODAY, "f1"),
        (approved(until=TODAY - timedelta(days=1)), SELLING, TODAY, "f1"),
        (approved(), replace(SELLING, acts=("train_commercial", "redistribute")), TODAY, "f1"),
        (approved(), replace(SELLING, from_country="US"), TODAY, "f1"),
        (approved(), replace(SELLING, organisation="company"), TODAY, "f1"),
        (approved(), replace(SELLING, hq_country="US"), TODAY, "f1"),
        (approved(), SELLING, TODAY, "f2"),
    ],
)
def test_nothing_else_is_granted(
    request_: AccessRequest, use: Use, day: date, fingerprint: str
) -> None:
    assert outcome(request_, use, day=day, fingerprint=fingerprint) == "not_allowed"
