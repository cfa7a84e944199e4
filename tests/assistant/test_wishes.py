from __future__ import annotations

from pathlib import Path

from assistant.need import Need
from assistant.wishes import open_wishes
from tests.assistant.conftest import NOW


def test_the_same_wish_of_several_people_is_counted_by_people(tmp_path: Path) -> None:
    book = open_wishes(f"sqlite:///{tmp_path}/wishes.db")
    for asker in ("x", "y", "y"):
        book.record("Sumerian speech", need=Need(), asker=asker, may_name=False, now=NOW)
    book.record("Ubykh text", need=Need(), asker="x", may_name=False, now=NOW)
    first = book.figures()[0]
    assert (first.text, first.wishes, first.people) == ("Sumerian speech", 2, 2)
    book.close()


def test_a_name_is_shown_only_where_the_person_agreed(tmp_path: Path) -> None:
    book = open_wishes(f"sqlite:///{tmp_path}/wishes.db")
    book.record("one", need=Need(topics=("weather",)), asker="x", may_name=False, now=NOW)
    book.record("two", need=Need(), asker="y", may_name=True, now=NOW)
    two, one = book.all()
    assert (two.by, one.by) == ("y", None)
    assert one.need.topics == ("weather",)
    assert book.forget("x") == 1
    book.close()
