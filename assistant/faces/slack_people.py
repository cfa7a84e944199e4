"""Who is speaking in Slack: a member of the workspace, with the address Slack has confirmed.

Nobody is recognised by a name. Guests of other organisations (Slack Connect), bots and closed
accounts are not answered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.faces.slack_calls import Calls, SlackFailed
from assistant.faces.slack_store import Installation
from assistant.need import Asker

KNOWN_FOR_S = 300.0
KEPT = 5000
Profile = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One account of a workspace."""

    user: str
    refused: str = ""
    """Why they are not answered; empty: they are."""
    email: str | None = None
    """Only when Slack has confirmed it and the workspace's word is taken for it."""


class People:
    """Looks members up, each once in a while; safe to use from many threads."""

    def __init__(self, calls: Calls, *, believed: Callable[[str], bool]) -> None:
        self._calls = calls
        self._believed = believed
        self._known: dict[tuple[str, str], tuple[float, Member]] = {}
        self._lock = threading.Lock()

    def member(self, given: Installation, user: str) -> Member:
        """The member with this id; raises `SlackFailed` when Slack does not tell."""
        key = (given.place, user)
        now = time.monotonic()
        with self._lock:
            at, known = self._known.get(key, (0.0, None))
        if known is not None and now - at < KNOWN_FOR_S:
            return known
        found = self._calls.call(given, "users.info", {"user": user}).get("user")
        member = self._judged(given, user, found if isinstance(found, Mapping) else {})
        with self._lock:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = (now, member)
        return member

    def _judged(self, given: Installation, user: str, found: Profile) -> Member:
        refused = why_refused(given.place, found)
        believed = not refused and self._believed(given.place)
        return Member(
            user=user, refused=refused, email=confirmed_email(found) if believed else None
        )

    def with_email(self, given: Installation, email: str) -> Member | None:
        """The member whose confirmed address this is; None when there is none.

        Raises `SlackFailed` when Slack does not tell.
        """
        if not self._believed(given.place):
            return None
        try:
            found = self._calls.call(given, "users.lookupByEmail", {"email": email}).get("user")
        except SlackFailed as failed:
            if failed.error == "users_not_found":
                return None
            raise
        profile = found if isinstance(found, Mapping) else {}
        user = profile.get("id")
        if not isinstance(user, str) or why_refused(given.place, profile):
            return None
        has = confirmed_email(profile)
        if has is None or has != email.strip().casefold():
            return None
        return Member(user=user, email=has)


def asker_of(given: Installation, member: Member) -> Asker:
    """The asker that a member is."""
    name = f"slack:{given.place}:{member.user}"
    if member.email is None:
        return Asker(id=name)
    return Asker(id=name, role="person", email=member.email)


def why_refused(place: str, found: Profile) -> str:
    """Why an account is not answered, for the person; empty when it is."""
    if found.get("is_bot") or found.get("deleted") or not found.get("id"):
        return "I answer people with an open account only."
    if found.get("is_stranger") or not belongs(place, found):
        return "I answer members of this workspace only, not those of a connected organisation."
    return ""


def belongs(place: str, found: Profile) -> bool:
    """Whether an account is of this workspace, or of this organisation."""
    if found.get("team_id") == place:
        return True
    grid = found.get("enterprise_user")
    if not isinstance(grid, Mapping):
        return False
    teams = grid.get("teams")
    return grid.get("enterprise_id") == place or (isinstance(teams, list) and place in teams)


def confirmed_email(found: Profile) -> str | None:
    """The address that Slack has confirmed; None where it has none or has not."""
    profile = found.get("profile")
    email = profile.get("email") if isinstance(profile, Mapping) else None
    if not isinstance(email, str) or "@" not in email:
        return None
    return email.strip().casefold() if found.get("is_email_confirmed") is True else None
