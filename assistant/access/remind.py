"""What is due by the calendar: a reminder, or an end that was reminded of. Pure.

Nothing ends without a reminder and the whole window after it, however late the program looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.access.commands import ExpireRequest, NoteReminder
from assistant.access.decide_scene import DRAFT_KEPT, REMINDED_FOR
from assistant.access.values import AccessRequest

DUE_STATES = ("draft", "submitted", "approved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When who is reminded; days."""

    owner_after: tuple[int, ...] = (3, 10)
    """Of a request that waits, after it was filed."""
    before_end: tuple[int, ...] = (14, 3)
    """Of access that ends, before its last day."""
    draft_kept: timedelta = DRAFT_KEPT
    draft_before: int = 7
    """Of a draft, before it is closed."""


def due(
    request: AccessRequest, now: datetime, calendar: Calendar, *, is_reachable: bool = True
) -> NoteReminder | ExpireRequest | None:
    """What the program has to say to this request now; None: nothing.

    `is_reachable`: whether its requester has an address to be reminded at.
    """
    if request.state == "submitted":
        return _waiting(request, now, calendar)
    if request.state == "approved":
        return _ending(request, now, calendar)
    if request.state == "draft":
        return _unsent(request, now, calendar, is_reachable)
    return None


def end_of(request: AccessRequest, calendar: Calendar) -> datetime | None:
    """When the request closes: its own end, and not before the window after the last reminder.

    None: it has no end.
    """
    if request.state == "approved" and request.until is not None:
        midnight = datetime(
            request.until.year, request.until.month, request.until.day,
            tzinfo=request.drafted_at.tzinfo,
        )  # fmt: skip
        own, since = midnight + timedelta(days=1), request.decided_at or request.drafted_at
        kind = "end:"
    elif request.state == "draft":
        own, since, kind = request.touched_at + calendar.draft_kept, request.touched_at, "draft:"
    else:
        return None
    told = _told(request, kind, since)
    return max(own, max(told) + REMINDED_FOR) if told else own


def _told(request: AccessRequest, kind: str, since: datetime) -> list[datetime]:
    return [at for about, at in request.reminders if about.startswith(kind) and at >= since]


def _waiting(request: AccessRequest, now: datetime, calendar: Calendar) -> NoteReminder | None:
    filed = request.submitted_at
    if filed is None:
        return None
    passed = [days for days in calendar.owner_after if now >= filed + timedelta(days=days)]
    if not passed:
        return None
    latest = max(passed)
    told = _told(request, "decision:", filed)
    if any(at >= filed + timedelta(days=latest) for at in told):
        return None
    return NoteReminder(request_id=request.id, about=f"decision:{latest}")


def _ending(
    request: AccessRequest, now: datetime, calendar: Calendar
) -> NoteReminder | ExpireRequest | None:
    if request.until is None:
        return None
    since = request.decided_at or request.drafted_at
    left = (request.until - now.date()).days
    return _close(request, now, _reached(calendar.before_end, left), left, ("end", since))


def _unsent(
    request: AccessRequest, now: datetime, calendar: Calendar, is_reachable: bool
) -> NoteReminder | ExpireRequest | None:
    closes = request.touched_at + calendar.draft_kept
    if not is_reachable:
        return ExpireRequest(request_id=request.id) if now >= closes else None
    left = (closes - now) // timedelta(days=1)
    if now >= closes:
        left = -1
    about = _reached((calendar.draft_before,), left)
    return _close(request, now, about, left, ("draft", request.touched_at))


def _reached(before: Iterable[int], left: int) -> int | None:
    """The nearest of the days before an end that has been reached; None: none yet."""
    return min((days for days in before if left <= days), default=None)


def _close(
    request: AccessRequest,
    now: datetime,
    reached: int | None,
    left: int,
    about: tuple[str, datetime],
) -> NoteReminder | ExpireRequest | None:
    kind, since = about
    if reached is None:
        return None
    told = _told(request, f"{kind}:", since)
    if not told or (left >= 0 and not _is_told(request, kind, since, reached)):
        # A late start says the nearest alone.
        return NoteReminder(request_id=request.id, about=f"{kind}:{reached}")
    if left >= 0 or now < max(told) + REMINDED_FOR:
        return None
    return ExpireRequest(request_id=request.id)


def _is_told(request: AccessRequest, kind: str, since: datetime, days: int) -> bool:
    """Whether this many days before the end, or fewer, were told."""
    return any(
        each.startswith(f"{kind}:") and int(each.partition(":")[2]) <= days and at >= since
        for each, at in request.reminders
    )
