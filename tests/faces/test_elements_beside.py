from __future__ import annotations

import json
from dataclasses import replace

from assistant.faces import elements, elements_beside
from assistant.loading import Snippet
from assistant.reply import Offer
from tests import fakes


def test_the_whole_reasoning_is_shown_with_its_clauses_and_safe_links_only() -> None:
    verdict = fakes.verdict()
    clause = replace(fakes.CLAUSE, url="javascript:alert(1)", quote="may\u202e share")
    worse = replace(verdict, reasons=(replace(verdict.reasons[0], clause=clause),))
    snippet = Snippet(title="Client", code="load()", language="python", note="Needs it.")
    props = elements_beside.beside(
        fakes.card(), worse, paragraph="Yes.", credit="# Data used", snippets=[snippet]
    )
    reasons = props["reasons"]
    assert isinstance(reasons, list)
    assert reasons[0]["link"] is None
    assert reasons[0]["quote"] == "may share"
    assert reasons[0]["where"] == "Licence, §2"
    assert props["snippets"] == [
        {"title": "Client", "code": "load()", "note": "Needs it.", "copy": "Copy Client"}
    ]
    assert json.loads(json.dumps(props)) == props


def test_more_is_offered_once_and_by_its_own_button() -> None:
    more = Offer(kind="more", label="Show more", say="show more")
    props = elements.results(fakes.reply(fakes.option(), offers=(more,)))
    assert props is not None
    assert props["more"] is True
    assert props["offers"] == []


def test_a_card_tells_what_it_is_sorted_by() -> None:
    props = elements.card(fakes.option())
    assert props["order"] == {"hours": 10, "records": 0, "freedom": 1, "day": ""}
