from __future__ import annotations

from assistant.desk import Desk
from assistant.need import Asker
from assistant.reply import Question, Reply
from tests.assistant.conftest import ids


def ask(desk: Desk, text: str, *, viewing: str | None = None, about: str | None = None) -> Reply:
    return desk.ask(
        Question(
            text=text, conversation="page", asker=Asker(id="v"), viewing=viewing, about=about
        )
    )  # fmt: skip


def test_this_is_the_dataset_of_the_page(desk: Desk) -> None:
    assert ids(ask(desk, "may I use this in a product?", viewing="voices:cy")) == ["voices:cy"]


def test_on_another_page_this_is_that_pages_dataset(desk: Desk) -> None:
    ask(desk, "may I use this in a product?", viewing="voices:cy")
    assert ids(ask(desk, "may I use this in a product?", viewing="voices:eu")) == ["voices:eu"]


def test_on_the_same_page_it_is_what_was_spoken_of_last(desk: Desk) -> None:
    ask(desk, "may I use this in a product?", viewing="voices:cy")
    ask(desk, "Basque speech", viewing="voices:cy")
    spoken_of = ids(ask(desk, "may I sell the first one?", viewing="voices:cy"))
    assert spoken_of not in ([], ["voices:cy"])
    assert ids(ask(desk, "may I sell it?", viewing="voices:cy")) == spoken_of


def test_a_pressed_button_speaks_of_its_own_card(desk: Desk) -> None:
    first, second = ids(ask(desk, "Basque speech"))[:2]
    for card_id in (second, first, second):
        explained = ask(desk, "Explain the terms of this dataset", about=card_id)
        stored = desk.show(card_id)
        assert stored is not None
        assert stored.card.name in explained.text
