"""What the first visitors would wait for in a desk, done before they come."""

from __future__ import annotations

import gc

from assistant.desk import Desk
from assistant.need import Asker
from assistant.reply import Question
from assistant.spoken import language_of

WARMING = ("speech data", "Swahilli speach", "English text that a company may sell")
"""Questions that touch what is made at its first use: vectors, words, slips, verdicts."""


def make_ready(desk: Desk) -> None:
    """Load model, index and cards; raises what an answer would."""
    asker = Asker(id="warming")
    for text in WARMING:
        desk.find(Question(text=text, conversation=asker.id, asker=asker))
        language_of(text, books=desk.books)
    desk.prepare()
    settle()


def settle() -> None:
    """Have Python look for garbage only among what is made from now on.

    To look through tables, models and cards takes a tenth of a second, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
