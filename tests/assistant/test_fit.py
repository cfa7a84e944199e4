from __future__ import annotations

from typing import Literal

from assistant.fit import matches
from assistant.fit_parts import languages_for
from assistant.fit_text import topic_state
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


BENCHMARK = made(
    "bench", name="Bench", languages=("cy", "br", "th", "de", "fa"),
    tasks=("natural-language-inference", "named-entity-recognition"),
    description="Entailment pairs in Welsh, Breton, and Thai. Names are marked throughout.",
)  # fmt: skip


def wish(tag: str, label: str) -> LanguageWish:
    return LanguageWish(tag=tag, label=label, tags=(tag,))


def states(task: str, *wishes: LanguageWish, joined: Literal["any", "all"] = "any") -> list[str]:
    need = Need(languages=wishes, languages_joined=joined, tasks=(task,))
    tongues = Tongues(present=frozenset(BENCHMARK.languages))
    return [m.state for m in matches(BENCHMARK, need, tongues) if m.field == "tasks"]


def test_a_benchmark_promises_a_task_in_the_languages_its_text_lists_for_it() -> None:
    assert states("natural-language-inference", wish("th", "Thai")) == ["yes"]
    assert states("natural-language-inference", wish("fa", "Persian")) == ["unknown"]
    both = (wish("th", "Thai"), wish("fa", "Persian"))
    assert states("natural-language-inference", *both) == ["yes"]
    assert states("natural-language-inference", *both, joined="all") == ["unknown"]


def test_a_benchmark_is_taken_at_its_word_where_its_text_lists_no_languages() -> None:
    assert states("named-entity-recognition", wish("fa", "Persian")) == ["yes"]


def test_two_languages_named_as_examples_are_no_list() -> None:
    card = made(
        "few", name="Few", languages=BENCHMARK.languages, tasks=BENCHMARK.tasks,
        description="Entailment in low-resource languages like Welsh or Breton.",
    )  # fmt: skip
    assert languages_for(card, "natural-language-inference") is None
