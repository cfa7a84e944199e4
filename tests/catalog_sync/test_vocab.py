"""The tables of tasks, kinds of data and topics say one thing each, and are read forgivingly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest

from catalog_sync import languages, vocab

COLLECTIVE = "NLP ASR LID TTS MT LM LLM NLU NLG CALL RAG CV ML".split()


def clashes(names: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    meant: dict[str, set[str]] = defaultdict(set)
    for name, code in names:
        meant[vocab.slug(name)].add(code)
    return {name: codes for name, codes in meant.items() if len(codes) > 1}


def test_no_name_stands_for_two_tasks() -> None:
    names = [
        (name, code)
        for code, task in vocab.TASKS.items()
        for name in (code, task.mdc or code, task.hf or code, *task.spellings)
    ]
    words = [
        (word, code)
        for code, task in vocab.TASKS.items()
        for group in task.words.values()
        for word in group
    ]
    assert clashes(names + words) == {}


def test_no_word_stands_for_two_kinds_of_data_or_two_topics() -> None:
    for table in (vocab.MODALITY, vocab.SPEECH_STYLE, vocab.TOPICS):
        words = [(w, code) for code, row in table.items() for g in row.words.values() for w in g]
        assert clashes(words) == {}


def test_every_parent_is_a_task_and_no_task_is_its_own_ancestor() -> None:
    for code, task in vocab.TASKS.items():
        assert set(task.parents) <= set(vocab.TASKS)
        assert code not in vocab.task_ancestors(code)


def test_every_kind_of_data_of_a_card_has_its_words() -> None:
    assert set(vocab.MODALITY) == set(vocab.MODALITIES)
    assert set(vocab.SPEECH_STYLE) == set(vocab.SPEECH_STYLES)


@pytest.mark.parametrize("code", COLLECTIVE)
def test_each_code_of_the_collective_that_names_a_task_is_read(code: str) -> None:
    found = vocab.task(code)
    assert found is not None
    assert vocab.TASKS[found].mdc == code


@pytest.mark.parametrize("code", ["N/A", "OTH", "other", "", "unknown"])
def test_a_code_that_names_no_task_says_nothing(code: str) -> None:
    assert vocab.read_task(code) == vocab.ReadTask(codes=(), unread=None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("automatic-speech-recognition", "automatic-speech-recognition"),
        ("Speech Recognition", "automatic-speech-recognition"),
        ("speech_to_text", "automatic-speech-recognition"),
        ("reconocimiento de voz", "automatic-speech-recognition"),
        ("الترجمة الآلية", "translation"),
        ("table-to-text", "data-to-text"),
        ("conversational", "dialogue"),
        ("semantic-similarity-scoring", "sentence-similarity"),
    ],
)
def test_a_task_is_read_in_any_spelling(raw: str, code: str) -> None:
    assert vocab.task(raw) == code


@pytest.mark.parametrize(
    ("raw", "codes", "unread"),
    [
        (
            "text-classification-other-emotion-classification",
            ("emotion-classification", "text-classification"), None,
        ),
        ("text-classification-other-Hate Speech Detection",
         ("hate-speech-detection", "text-classification"), None),
        ("other-other-relation-extraction", ("relation-extraction",), None),
        ("summarization--other-patent-summarization", ("summarization",), None),
        ("text-classification-other-seismic-poetry", ("text-classification",), "seismic-poetry"),
        ("whale counting", (), "whale counting"),
    ],
)  # fmt: skip
def test_composed_names_of_older_cards_keep_both_halves(
    raw: str, codes: tuple[str, ...], unread: str | None
) -> None:
    found = vocab.read_task(raw)
    assert (found.codes, found.unread) == (codes, unread)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("question-answering-other-multi-hop", "multi hop"),
        ("summarization--other-patent-summarization", "patent summarization"),
        ("text-classification-other-emotion-classification", None),
        ("question-answering", None),
    ],
)
def test_what_an_owner_says_beyond_the_task_is_kept(raw: str, said: str | None) -> None:
    assert vocab.read_task(raw).said == said


def test_a_narrow_task_answers_a_wish_for_the_wide_one_and_not_the_other_way() -> None:
    assert "sentiment-classification" in vocab.task_satisfied_by("text-classification")
    assert "sentiment-classification" in vocab.task_satisfied_by("natural-language-processing")
    assert "text-classification" not in vocab.task_satisfied_by("sentiment-classification")
    assert "coreference-nli" in vocab.task_satisfied_by("coreference-resolution")


def test_an_unknown_task_has_no_ancestors() -> None:
    assert vocab.task_ancestors("whale-counting") == frozenset()
    assert vocab.task_satisfied_by("whale-counting") == frozenset({"whale-counting"})


def test_children_are_the_next_narrower_tasks_only() -> None:
    children = vocab.task_children("question-answering")
    assert "open-domain-qa" in children
    assert "open-domain-abstractive-qa" not in children


@pytest.mark.parametrize(
    ("raw", "code"),
    [("speech", "audio"), ("Timeseries", "time_series"), ("imagefolder", "image"), ("x", None)],
)
def test_kinds_of_data_are_read_in_any_spelling(raw: str, code: str | None) -> None:
    assert vocab.modality(raw) == code


def test_ways_of_speaking_are_read_in_any_spelling() -> None:
    assert vocab.speech_style("Read-aloud") == "scripted"
    assert vocab.speech_style("espontánea") == "spontaneous"
    assert vocab.speech_style("loud") is None


def test_a_keyword_states_all_the_kinds_it_is_certain_of() -> None:
    assert set(vocab.modalities_of_tag("Satellite Imagery")) == {"image", "geospatial"}
    assert vocab.modalities_of_tag("aws-pds") == ()


def test_topic_words_lead_to_the_keywords_that_cards_carry() -> None:
    assert "precipitation" in vocab.topic_spellings("rainfall")
    assert "weather" in vocab.topic_spellings("Wetter")
    assert vocab.topic_spellings("Stamp  collecting") == frozenset({"stamp collecting"})


def test_every_topic_keyword_is_written_as_cards_carry_it() -> None:
    for topic in vocab.TOPICS.values():
        assert topic.tags
        assert all(tag == " ".join(tag.lower().split()) for tag in topic.tags)


def test_members_of_language_sets_are_canonical_tags() -> None:
    text = (
        "all official EU languages; the six official languages of the United Nations; "
        "11 official South African languages; all scheduled languages of India"
    )
    sets = vocab.language_sets_in(text)
    assert [len(tags) for _, tags in sets] == [24, 6, 11, 22]
    for _, tags in sets:
        assert all(languages.is_known(tag) and languages.canonical(tag) == tag for tag in tags)


def test_formats_are_known_by_one_name_each() -> None:
    assert vocab.file_format("x.lsx") is None
    found = [vocab.file_format(raw) for raw in ("jsonlines", ".NDJSON", "Jasonl")]
    assert {known.name for known in found if known} == {"JSONL"}
    assert len([known for known in found if known]) == 3
