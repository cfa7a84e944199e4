"""What an owner granted counts in every turn of that person's talk, and in nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.access.commands import RevokeRequest
from assistant.need import Asker
from assistant.reply import Question, Reply
from assistant.use import Use
from tests.assistant.access.bureau import ANSWERS, MARA, OWNER, SILENT, TOM
from tests.faces.site import Site, open_site

CONDITIONS = "For classrooms only."
USE = Use(acts=("train_research",), from_country="SE", organisation="university")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site where Mara's request for a dataset without a licence was approved."""
    opened = open_site(tmp_path)
    request = opened.bureau.approved(SILENT, conditions=CONDITIONS)
    assert request.judged.verdict.use.acts == ANSWERS.acts
    yield opened
    opened.close()


def said(site: Site, asker: Asker, *turns: str, viewing: str | None = SILENT) -> Reply:
    """The reply to the last of these turns of one talk."""
    for text in turns:
        question = Question(
            text=text, conversation=f"talk:{asker.id}", asker=asker, viewing=viewing
        )
        reply = site.desk.ask(question)
    return reply


MAY_I = "may I train a model on this for research? we are in Sweden"


def test_may_i_is_answered_by_the_grant_for_the_one_it_was_given_to(site: Site) -> None:
    mine, theirs = said(site, MARA, MAY_I), said(site, TOM, MAY_I)
    assert mine.options[0].verdict.outcome == "allowed_with_conditions"
    assert CONDITIONS in mine.text
    documents = {reason.clause.document for reason in mine.options[0].verdict.reasons}
    assert "grant" in documents
    assert theirs.options[0].verdict.outcome == "ask_owner"
    assert CONDITIONS not in theirs.text


def test_the_terms_explained_quote_the_grant_to_its_holder_alone(site: Site) -> None:
    turns = (MAY_I, "explain the terms")
    assert CONDITIONS in said(site, MARA, *turns).text
    assert CONDITIONS not in said(site, TOM, *turns).text


def test_a_search_and_a_comparison_say_what_the_check_says(site: Site) -> None:
    wish = "Welsh speech to train a model for research, we are a university in Sweden"
    outcomes = {
        asker.id: {o.card.id: o.verdict.outcome for o in said(site, asker, wish).options}
        for asker in (MARA, TOM)
    }
    assert outcomes["mara"][SILENT] == "allowed_with_conditions"
    assert outcomes["tom"][SILENT] == "ask_owner"
    others = {key: value for key, value in outcomes["mara"].items() if key != SILENT}
    assert others == {key: value for key, value in outcomes["tom"].items() if key != SILENT}
    ids = (SILENT, "voices:given")
    own = site.desk.compare(ids, USE, asker=MARA)
    assert own != site.desk.compare(ids, USE, asker=TOM) == site.desk.compare(ids, USE)


def test_another_deed_and_an_end_of_the_grant_are_as_for_everybody(site: Site) -> None:
    selling = "may I sell a model trained on this?"
    assert said(site, MARA, selling).options[0].verdict.outcome == "ask_owner"
    (request,) = site.desk.office.mine(MARA, states=("approved",))
    site.bureau.do(RevokeRequest(request_id=request.id, reason="Misuse."), OWNER)
    again = replace(MARA, id="mara-later")
    assert said(site, again, MAY_I).options[0].verdict.outcome == "ask_owner"
