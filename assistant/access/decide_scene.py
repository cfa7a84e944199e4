"""The facts that a decision about a command rests on, gathered by the ledger. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.access.events import Body
from assistant.access.values import AccessRequest, Answers, Judged, Refusal, RequestRole

Decided = tuple[Body, ...] | Refusal
"""What happened, perhaps nothing new; or why not."""

REMINDED_FOR = timedelta(days=3)
"""Nothing expires within this time after its last reminder."""
DRAFT_KEPT = timedelta(days=90)
"""How long a draft is kept after its requester last touched it, unless a setting says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is so at the moment of a command."""

    role: RequestRole
    actor: str
    """Person id."""
    now: datetime
    group: str = ""
    judged: Judged | None = None
    """The dataset as it stands now, judged for the answers in hand; None: it cannot be shown."""
    answers: Answers | None = None
    """The answers kept for the request."""
    answers_ref: str = ""
    """For new answers: where they are kept."""
    answers_digest: str = ""
    is_confirmed: bool = False
    """Whether the actor's e-mail address is confirmed."""
    open_elsewhere: str | None = None
    """Another open request of the requester for the same dataset."""
    previous: AccessRequest | None = None
    """The finished request that is asked again; None: none, or not the actor's."""
    delegate: str | None = None
    """Person id of the colleague."""
    is_reachable: bool = True
    """Whether the requester can be reminded at all."""
    draft_kept: timedelta = DRAFT_KEPT

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()
