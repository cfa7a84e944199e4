from __future__ import annotations

import pytest

from assistant.answer_terms import use_asked
from assistant.understand import rules
from assistant.use import Act, Use


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("commercial_use", "Can I train a model on it?", "train_commercial"),
        ("train_commercial_closed_weights", "may we fine-tune with this?",
         "train_commercial_closed_weights"),
        ("read_download", "Can I train a model on it?", "train_research"),
        ("commercial_use", "Can I use it for my thesis?", "train_research"),
        ("train_research", "Can I sell it?", "commercial_use"),
        ("commercial_use", "and if we are in Kenya?", "commercial_use"),
    ],
)  # fmt: skip
def test_training_is_asked_for_the_purpose_spoken_of_before(
    before: Act, asked: str, meant: Act
) -> None:
    reading = rules.read(asked, in_view=True, has_need=True)
    use = use_asked(asked, reading.stated.use, Use(acts=(before,)), training=reading.training)
    assert use.acts == (meant,)
