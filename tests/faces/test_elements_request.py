from __future__ import annotations

from assistant.access.values import Answers
from assistant.faces import elements_request
from assistant.use import Use

BEFORE = Answers(name="Mara", country="SE", acts=("train_research",), custom=(("q1", "yes"),))


def test_what_a_browser_sends_is_taken_only_in_its_right_shape() -> None:
    said = {
        "name": ["no", "text"], "country": "de", "acts": ["train_research", "rob_a_bank", 7],
        "organisation_kind": "cartel", "purpose": "x" * 9000, "custom:q2": "blue", 5: "five",
        "custom:q3": {"a": 1}, "admin": "yes",
    }  # fmt: skip
    read = elements_request.read(said, BEFORE)
    assert read.name == "Mara"
    assert read.country == "DE"
    assert read.acts == ("train_research",)
    assert read.organisation_kind is None
    assert len(read.purpose) == elements_request.LONGEST
    assert read.custom == (("q1", "yes"), ("q2", "blue"))


def test_nothing_sent_changes_nothing() -> None:
    assert elements_request.read("nonsense", BEFORE) == BEFORE
    assert elements_request.read(None, BEFORE) == BEFORE


def test_answers_go_to_the_page_and_come_back_the_same() -> None:
    assert elements_request.read(elements_request.given(BEFORE), Answers()) == BEFORE


def test_what_was_said_before_is_not_asked_again() -> None:
    use = Use(acts=("commercial_use",), from_country="KE", organisation="company")
    known = elements_request.known(use, Answers(name="Mara", organisation="Lab", country="SE"))
    assert (known.name, known.organisation, known.country) == ("Mara", "Lab", "KE")
    assert known.acts == ("commercial_use",)
    assert known.purpose == ""


def test_a_country_that_is_none_is_asked_for() -> None:
    assert elements_request.known(Use(from_country="XX"), None).country is None
