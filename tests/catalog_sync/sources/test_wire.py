from __future__ import annotations

from datetime import date, datetime

import pytest

from catalog_sync.sources import wire


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("  Welsh ", "Welsh"),
        ("None", None),
        ("n/a", None),
        ("", None),
        (None, None),
        (True, None),
        (12, "12"),
        ("a\x00b", "ab"),
        ({"a": 1}, None),
    ],
)
def test_text_is_what_was_said_or_silence(stated: object, expected: str | None) -> None:
    assert wire.text(stated) == expected


@pytest.mark.parametrize("code", ["no", "na", "nan", "tbd", "null-lang"])
def test_a_language_code_is_never_taken_for_silence(code: str) -> None:
    assert wire.text(code) == code


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (0, 0),
        (12.9, 12),
        ("2048", 2048),
        ("20,100", 20_100),
        ("87.40 MB", 87_400_000),
        ("2.49 GB", 2_490_000_000),
        ("1 GiB", 2**30),
        ("500 B", 500),
        (".5 kb", 500),
        ("about 3 MB", None),
        ("3 parsecs", None),
        (-4, None),
        (float("inf"), None),
        (float("nan"), None),
        (True, None),
        ("1" + " " * 10_000 + "!", None),
    ],
)
def test_sizes_are_read_in_bytes_or_not_at_all(stated: object, expected: int | None) -> None:
    assert wire.byte_size(stated) == expected


def test_a_count_has_no_unit() -> None:
    assert wire.count("20,100") == 20_100
    assert wire.count("20 MB") is None


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-02-03T04:05:06.000Z", date(2026, 2, 3)),
        ("2026-2-3", date(2026, 2, 3)),
        (datetime(2026, 2, 3, 4), date(2026, 2, 3)),
        (date(2026, 2, 3), date(2026, 2, 3)),
        ("2026-02-30", None),
        ("3 February", None),
        (20260203, None),
    ],
)
def test_days_that_do_not_exist_are_silence(stated: object, expected: date | None) -> None:
    assert wire.day(stated) == expected


@pytest.mark.parametrize(
    "stated",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.org",
        "x.org",
        "http://",
        "https://a b",
        7,
    ],
)
def test_only_web_addresses_become_links(stated: object) -> None:
    assert wire.web_address(stated) is None


def test_formats_are_single_names() -> None:
    assert wire.file_formats("WEBM & TSV") == ("WEBM", "TSV")
    assert wire.file_formats(".tsv, .wav") == ("tsv", "wav")
    assert wire.file_formats("Markdown  (.md)") == ("Markdown", "md")
    assert wire.file_formats("TXT and CSV") == ("TXT", "CSV")
    assert wire.file_formats(None) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "This data is for academic use only.",
        "The corpus is available for non-commercial research purposes.",
        "It must not be shared with others.",
        "Commercial use is forbidden.",
        "Redistribution needs our permission.",
        "Freely available for research purposes.",
    ],
)
def test_sentences_on_what_one_may_do_are_found_among_others(sentence: str) -> None:
    around = f"Bells of a valley. {sentence} They ring at noon."
    assert wire.sentences_about_terms(around) == sentence


@pytest.mark.parametrize(
    "description",
    [
        "Commercial aircraft seen from the ground.",
        "The paragraph may or may not hold the answer.",
        "Labels that could not be found are left out.",
        "A benchmark for question answering research.",
        None,
    ],
)
def test_ordinary_words_are_not_taken_for_terms(description: str | None) -> None:
    assert wire.sentences_about_terms(description) is None


def test_a_sentence_that_was_broken_over_lines_is_found_whole() -> None:
    text = "Bells. The recordings may be used for\nnon-commercial teaching. More bells."
    found = wire.sentences_about_terms(text)
    assert found == "The recordings may be used for non-commercial teaching."


def test_a_kept_record_is_plain_json_without_mail_addresses_and_bounded() -> None:
    record = {
        "name": "x",
        "contactEmail": "a@example.org",
        "people": [{"name": "A", "email": "a@example.org"}],
        "odd": float("nan"),
        "large": "y" * 5000,
    }
    assert wire.jsonable(record, most_chars=1000) == {
        "name": "x",
        "people": [{"name": "A"}],
        "odd": None,
    }
