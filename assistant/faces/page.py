"""What a page around the widget says of itself: the dataset it shows, and who its visitor is.

Everything here came through a browser: only its shape is checked, nothing of it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 300
"""Characters of the longest dataset id that is looked at."""
LONGEST_TOKEN = 4096
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page, as it spoke."""

    dataset: str = ""
    """What it says it shows, perhaps the id of a card; empty: no dataset."""
    token: str = field(default="", repr=False)
    """The site's word on who the visitor is, not yet checked; empty: nobody is signed in."""
    language: str = "en"


def read(said: object) -> Page:
    """The page's words, with everything dropped that has not the right shape."""
    if not isinstance(said, Mapping):
        return Page()
    language = _text(said.get("language"), most=35)
    return Page(
        dataset=_text(said.get("dataset"), most=LONGEST),
        token=_text(said.get("token"), most=LONGEST_TOKEN),
        language=language if _LANGUAGE.fullmatch(language) else "en",
    )


def _text(value: object, *, most: int) -> str:
    return value.strip() if isinstance(value, str) and len(value) <= most else ""
