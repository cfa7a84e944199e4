"""What time does to requests: nothing ends unreminded, and not before its window has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from assistant.access.commands import ExpireRequest, NoteReminder, NoteTermsChange
from assistant.access.decide import decide
from assistant.access.decide_scene import Scene
from assistant.access.events import ReminderSent, RequestExpired, TermsChanged
from assistant.access.values import AccessRequest, TermsChange
from catalog_sync.clauses import Price
from tests.assistant.access.facts import NOW, judged, request_in

_EXPIRE = ExpireRequest(request_id="r")


def at(days: float, **fields: object) -> Scene:
    """The program's own view, so many days after the request was decided."""
    given: dict[str, object] = {"judged": judged(), **fields}
    return Scene(role="system", actor="system", now=NOW + timedelta(days=days), **given)  # type: ignore[arg-type]


def approved(*reminders: tuple[str, float]) -> AccessRequest:
    """Access until the tenth day, with reminders so many days after the decision."""
    sent = tuple((about, NOW + timedelta(days=day)) for about, day in reminders)
    return replace(request_in("approved"), until=date(2026, 12, 3), reminders=sent)


def test_access_ends_after_its_last_day_its_reminder_and_the_window() -> None:
    assert decide(_EXPIRE, approved(("end:3", 7)), at(10)) == ()
    assert decide(_EXPIRE, approved(("end:3", 7)), at(10.6)) == (RequestExpired(),)


def test_access_does_not_end_unreminded_however_late_it_is() -> None:
    assert decide(_EXPIRE, approved(), at(400)) == ()


def test_a_late_reminder_still_has_its_full_window() -> None:
    late = approved(("end:3", 30))
    assert decide(_EXPIRE, late, at(32)) == ()
    assert decide(_EXPIRE, late, at(33)) == (RequestExpired(),)


def test_a_reminder_of_an_earlier_grant_does_not_count_for_a_later_one() -> None:
    granted_again = replace(approved(("end:3", -5)), decided_at=NOW)
    assert decide(_EXPIRE, granted_again, at(40)) == ()


def test_a_draft_is_kept_for_its_time_after_the_last_touch() -> None:
    draft = replace(request_in("draft"), reminders=(("draft:83", NOW + timedelta(days=83)),))
    assert decide(_EXPIRE, draft, at(89)) == ()
    assert decide(_EXPIRE, draft, at(90)) == (RequestExpired(),)
    touched = replace(draft, touched_at=NOW + timedelta(days=85))
    assert decide(_EXPIRE, touched, at(120)) == ()


def test_a_draft_of_somebody_who_cannot_be_reached_ends_at_its_time() -> None:
    draft = request_in("draft")
    assert decide(_EXPIRE, draft, at(400)) == ()
    assert decide(_EXPIRE, draft, at(400, is_reachable=False)) == (RequestExpired(),)


def test_a_reminder_is_noted_once_for_each_round() -> None:
    note = NoteReminder(request_id="r", about="decision:3")
    fresh = request_in("submitted")
    assert decide(note, fresh, at(3)) == (ReminderSent(about="decision:3"),)
    told = replace(fresh, reminders=(("decision:3", NOW + timedelta(days=3)),))
    assert decide(note, told, at(4)) == ()
    filed_again = replace(told, submitted_at=NOW + timedelta(days=20))
    assert decide(note, filed_again, at(23)) == (ReminderSent(about="decision:3"),)


def test_changed_terms_are_noted_once_and_their_return_takes_the_note_back() -> None:
    request = request_in("approved")
    new = NoteTermsChange(request_id="r", what="changed", judged=judged(fingerprint="f2"))
    noted = TermsChanged(what="changed", fingerprint="f2")
    assert decide(new, request, at(1)) == (noted,)
    flagged = replace(request, terms_change=TermsChange(at=NOW, what="changed", fingerprint="f2"))
    assert decide(new, flagged, at(2)) == ()
    back = NoteTermsChange(request_id="r", what="changed", judged=judged())
    assert decide(back, flagged, at(3)) == (TermsChanged(what="changed", fingerprint="f1"),)


def test_a_changed_price_alone_is_a_change_of_terms() -> None:
    price = Price(owner_cents=100, currency="USD")
    command = NoteTermsChange(request_id="r", what="changed", judged=judged(price=price))
    assert decide(command, request_in("approved"), at(1)) == (
        TermsChanged(what="changed", fingerprint="f1", price_mark="100 USD None"),
    )


def test_a_withdrawn_dataset_is_noted_once() -> None:
    gone = NoteTermsChange(request_id="r", what="withdrawn")
    assert decide(gone, request_in("approved"), at(1, judged=None)) == (
        TermsChanged(what="withdrawn", fingerprint=""),
    )
    flagged = replace(
        request_in("approved"), terms_change=TermsChange(at=NOW, what="withdrawn", fingerprint="")
    )
    assert decide(gone, flagged, at(2, judged=None)) == ()
