from __future__ import annotations

from assistant.fit import matches, topic_state
from assistant.limits import Tongues
from assistant.need import LanguageWish, Need, SizeRange
from catalog_sync.card import Size
from tests.assistant.conftest import made

TONGUES = Tongues(present=frozenset({"cy", "th"}))


def test_a_size_class_across_the_bound_is_unknown() -> None:
    card = made("a", name="A", size=Size(records_at_least=10_000, records_below=100_000))
    for least, state in ((5_000, "yes"), (50_000, "unknown"), (200_000, "no")):
        need = Need(sizes=(SizeRange(field="records", least=least),))
        assert [m.state for m in matches(card, need, TONGUES)] == [state]


def test_silence_on_a_subject_is_unknown_and_never_no() -> None:
    card = made("a", name="A", description="Recordings from the field.")
    assert topic_state(card, "weather") == "unknown"


def test_a_subject_is_met_by_what_the_description_says() -> None:
    card = made("a", name="A", description="Maps of rainfall over ten years.")
    assert topic_state(card, "precipitation") == "yes"


def test_a_word_inside_another_word_is_no_mention() -> None:
    card = made("a", name="A", description="Training a brain.")
    assert topic_state(card, "precipitation") == "unknown"


def test_a_benchmark_of_many_languages_and_tasks_does_not_promise_every_pair() -> None:
    need = Need(
        languages=(LanguageWish(tag="th", label="Thai", tags=("th",)),),
        tasks=("natural-language-inference",),
    )
    tags = ("th", *(f"a{c}" for c in "abcefgjkmnorsvxyz"), *(f"b{c}" for c in "aeghimnorsvz"))
    tasks = (
        "natural-language-inference", "translation", "named-entity-recognition",
        "extractive-qa", "paraphrase", "part-of-speech", "multiple-choice-qa",
        "topic-classification",
    )  # fmt: skip
    wide = made("w", name="W", languages=(*tags, "cy"), tasks=tasks)
    narrow = made("n", name="N", languages=("th",), tasks=tasks[:1])
    assert "unknown" in [m.state for m in matches(wide, need, TONGUES)]
    assert {m.state for m in matches(narrow, need, TONGUES)} == {"yes"}
