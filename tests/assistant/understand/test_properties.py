"""Properties of the understanding: order, reading back, and that nothing breaks it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.need import Budget, Need, SizeField, SizeRange
from assistant.understand import rules, say
from assistant.understand.mentions import wish
from assistant.use import Use
from catalog_sync import vocab
from catalog_sync.card import Modality
from tests.evals.paraphrases import facts

LANGUAGES = ("cy", "sw", "yo", "eu", "th", "fr", "de", "hi", "rw", "qu", "zu", "ga")
TASKS = (
    "automatic-speech-recognition", "translation", "named-entity-recognition",
    "sentiment-classification", "summarization", "question-answering",
)  # fmt: skip
TOPICS = ("satellite-imagery", "precipitation", "astronomy", "agriculture")
SHOWN = ("precipitation", "astronomy", "agriculture", "oceans", "wildlife")
FIELDS: tuple[SizeField, ...] = ("hours", "validated_hours", "records", "speakers", "languages")

PARTS = (
    ("languages", ("Welsh", "Swahili", "Yoruba", "Basque", "Thai")),
    ("subject", ("speech", "named entity recognition", "sentiment analysis", "summarization")),
    ("licence", ("commercial use", "public domain", "permissive licence", "for a product")),
    ("size", ("at least 100 hours", "more than 20 speakers", "10k+ rows", "under 5 GB")),
    ("often", ("updated hourly", "updated daily")),
    ("source", ("on AWS", "on Hugging Face")),
    ("price", ("free of charge", "under 500 dollars")),
)


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    chosen = [draw(st.sampled_from(words)) for _, words in PARTS if draw(st.booleans())] or [
        "Welsh"
    ]
    return chosen, draw(st.permutations(chosen))


@st.composite
def needs(draw: st.DrawFn) -> Need:
    tags = draw(st.lists(st.sampled_from(LANGUAGES), max_size=3, unique=True))
    tasks = draw(st.lists(st.sampled_from(TASKS), max_size=1))
    size_fields = draw(st.lists(st.sampled_from(FIELDS), max_size=1))
    least = draw(st.integers(min_value=2, max_value=5_000_000))
    joined = draw(st.sampled_from(("any", "all"))) if len(tags) > 1 else "any"
    apart = len(tags) > 1 and joined == "any" and draw(st.booleans())
    if "translation" in tasks and len(tags) > 1 and not apart:
        joined = "all"
    kinds: tuple[Modality, ...] = draw(st.sampled_from(((), ("audio",), ("text",), ("image",))))
    choice = bool(tasks and kinds) and draw(st.booleans())
    topics = tuple(draw(st.lists(st.sampled_from(TOPICS), max_size=1)))
    either = tuple(draw(st.lists(st.sampled_from(SHOWN), min_size=2, max_size=3, unique=True)))
    either = either if draw(st.booleans()) and not set(either) & set(topics) else ()
    budget = draw(st.sampled_from((None, Budget(most_cents=0), Budget(most_cents=50_000))))
    return Need(
        languages=tuple(wish((tag,)) for tag in tags),
        languages_joined="all" if joined == "all" else "any",
        languages_apart=apart,
        tasks=tuple(tasks),
        modalities=kinds if choice or not tasks else (),
        kinds_apart=choice,
        topics=(*topics, *either),
        topics_apart=(either,) if either else (),
        licence_wish=draw(
            st.sampled_from(
                (None, "commercial", "permissive", "public_domain", "non_commercial_ok")
            )
        ),
        sizes=tuple(SizeRange(field=f, least=float(least)) for f in size_fields),
        update_frequency=draw(st.sampled_from(((), ("continuous", "hourly")))),
        updated_since=draw(st.sampled_from((None, "2024-01-01", "2023-06-01"))),
        sources=draw(st.sampled_from(((), ("aws",), ("huggingface",), ("commonvoice",)))),
        budget=budget,
    )


@settings(deadline=None, max_examples=150)
@given(shuffled())
def test_a_need_survives_being_said_in_another_order(pair: tuple[list[str], list[str]]) -> None:
    first, second = pair
    assert facts(rules.read("; ".join(first)).stated) == facts(rules.read("; ".join(second)).stated)


@settings(deadline=None, max_examples=200)
@given(needs())
def test_a_need_in_words_reads_back_as_the_same_need(need: Need) -> None:
    read = rules.read(say.sentence(need)).stated
    if not say.limits(need):
        return
    assert replace(read, wish="", use=Use(), must=()) == need


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400))
def test_no_text_breaks_the_understanding(text: str) -> None:
    reading = rules.read(text, in_view=True, has_need=True)
    assert all(task in vocab.TASKS for task in reading.stated.tasks)


@settings(deadline=None, max_examples=12)
@given(st.text(min_size=1, max_size=40), st.integers(min_value=200, max_value=12_000))
def test_a_long_paste_in_any_script_is_read(text: str, length: int) -> None:
    pasted = (text * (length // len(text) + 1))[:length]
    assert rules.read(pasted).text == pasted[: rules.LONGEST].replace("’", "'").replace("‘", "'")
