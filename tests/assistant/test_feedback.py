from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.commands.talk import conversations
from assistant.feedback import Feedback, FeedbackBook, Thumb, open_feedback

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[FeedbackBook]:
    opened = open_feedback(f"sqlite:///{tmp_path}/talk.db")
    yield opened
    opened.close()


def judged(key: str = "f1", *, thumb: Thumb = "down", answer: str = "a1") -> Feedback:
    return Feedback(
        id=key,
        answer=answer,
        thumb=thumb,
        reason="wrong language",
        turns=("Welsh speech", "only Irish"),
        shown=("voices:cy",),
        given_at=NOW,
    )


def test_a_judgement_is_read_back_as_it_was_given(book: FeedbackBook) -> None:
    book.record(judged(), asker="someone")
    assert list(book.all()) == [judged()]


def test_a_later_judgement_of_the_same_answer_replaces_the_first(book: FeedbackBook) -> None:
    book.record(judged(), asker="someone")
    book.record(judged("f2", thumb="up"), asker="someone")
    book.record(judged("f3"), asker="another")
    assert sorted((one.id, one.thumb) for one in book.all()) == [("f2", "up"), ("f3", "down")]


def test_the_command_prints_rows_that_can_be_asked_again(
    tmp_path: Path, book: FeedbackBook
) -> None:
    book.record(judged(), asker="someone")
    out = io.StringIO()
    environ = {"DATASET_ASSISTANT_DATA": str(tmp_path),
               "DATABASE_URL": f"sqlite:///{tmp_path}/talk.db"}  # fmt: skip
    assert main(["feedback"], environ=environ, out=out) == 0
    row = json.loads(out.getvalue())
    assert (row["turns"], row["thumb"]) == (["Welsh speech", "only Irish"], "down")
    assert "someone" not in out.getvalue()
    rows = tmp_path / "rows.jsonl"
    rows.write_text(out.getvalue(), encoding="utf-8")
    assert [turns for _, turns in conversations(rows)] == [["Welsh speech", "only Irish"]]


def test_a_judgement_is_taken_back_by_its_id(book: FeedbackBook) -> None:
    book.record(judged(), asker="someone")
    assert book.take_back("f2") == 0
    assert book.take_back("f1") == 1
    assert list(book.all()) == []


def test_forgetting_a_person_forgets_their_judgements_and_no_others(book: FeedbackBook) -> None:
    book.record(judged(), asker="someone")
    book.record(judged("f2", answer="a2"), asker="another")
    assert book.forget("someone") == 1
    assert [one.id for one in book.all()] == ["f2"]
