"""What identity hands out: what a link in a mail says, and a fresh API key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.identity_store import KeyRow

Purpose = Literal["sign_in", "confirm", "decide"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailToken:
    """What a link in a mail says, after it was found to be ours and in time."""

    id: str
    email: str
    purpose: Purpose
    about: str
    """What it is about, such as a request's id; empty: nothing."""
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A fresh API key; its words are shown once and kept nowhere."""

    words: str
    row: KeyRow
