"""Secrets: what is sealed is read back, by old secrets too, and by nobody else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assistant.secret import Box, SecretError, open_box

OLD, NEW, OTHER = "old-old-old-old-old", "new-new-new-new-new", "other-other-other-other"


def test_what_was_sealed_is_read_back_and_not_to_be_seen() -> None:
    sealed = Box([NEW]).seal("mara@example.org")
    assert "mara" not in sealed
    assert Box([NEW]).open(sealed) == "mara@example.org"


def test_an_old_secret_still_opens_after_a_new_one_was_put_before_it() -> None:
    sealed = Box([OLD]).seal("words")
    assert Box([NEW, OLD]).open(sealed) == "words"
    assert Box([OLD]).mark("words", purpose="p") in Box([NEW, OLD]).marks("words", purpose="p")
    with pytest.raises(SecretError, match="Put the old one back"):
        Box([OTHER]).open(sealed)


def test_a_mark_is_of_its_purpose_and_of_its_text() -> None:
    box = Box([NEW])
    given = box.mark("words", purpose="one")
    assert box.is_mark(given, "words", purpose="one")
    assert not box.is_mark(given, "words", purpose="two")
    assert not box.is_mark(given, "word", purpose="one")


def test_a_short_secret_is_refused_without_being_shown() -> None:
    with pytest.raises(SecretError) as refused:
        Box(["hunter2"])
    assert "hunter2" not in str(refused.value)


def test_the_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = open_box("", tmp_path)
    sealed = first.seal("words")
    assert open_box("", tmp_path).open(sealed) == "words"
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_the_setting_comes_before_the_file(tmp_path: Path) -> None:
    assert open_box(f"{NEW}, {OLD}", tmp_path).open(Box([OLD]).seal("words")) == "words"
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_told_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(SecretError, match="empty"):
        open_box("", tmp_path)
