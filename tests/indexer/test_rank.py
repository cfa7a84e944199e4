from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.embed import HashEmbedder
from indexer.gather import Vocabulary, empty_table, merge, read
from indexer.passages import KINDS, Document, Passage
from indexer.rank import Asked, Leg, Ranked, Weights, rank
from indexer.shelf import Shelf, make_shelf

EMBEDDER = HashEmbedder(dimension=64)


def document(name: str, text: str, *more: Passage) -> Document:
    return Document(
        name=name,
        passages=(Passage("summary", f"{name} {text}"), *more),
        fields={"name": name, "tags": "", "text": text},
        text=text,
    )


def shelf_of(documents: Mapping[int, Document]) -> Shelf:
    vocabulary = Vocabulary()
    table = merge(
        empty_table(),
        {key: read(one) for key, one in documents.items()},
        vocabulary=vocabulary,
        next_passage=0,
    )
    texts = [table.texts.of(row).tobytes().decode() for row in range(len(table.kinds))]
    return make_shelf(table, EMBEDDER.passages(texts), vocabulary.numbers)


def asked(shelf: Shelf, text: str, *legs: Leg, weights: Weights | None = None) -> list[Ranked]:
    return rank(
        shelf,
        Asked(
            text=text,
            vector=EMBEDDER.question(text),
            legs=frozenset(legs or ("dense", "lexical", "standing")),
            weights=weights or Weights(),
        ),
    )


SHELF = shelf_of(
    {
        10: document("MenuPix", "menus photographed"),
        20: document("Rivers", "water levels"),
        30: document("DishMap", "menus and dishes, labelled as in MenuPix"),
        40: document("MenuOld", "menus photographed"),
    }
)


def keys(found: list[Ranked]) -> list[int]:
    return [int(SHELF.table.keys[one.position]) for one in found]


def test_each_leg_alone_finds_by_its_own_measure() -> None:
    dense, lexical = asked(SHELF, "water levels", "dense"), asked(SHELF, "water", "lexical")
    assert keys(dense)[0] == 20 and dense[0].score == dense[0].cosine
    assert keys(lexical) == [20] and lexical[0].score == lexical[0].share


def test_a_card_that_a_relevant_card_names_rises_above_its_equal() -> None:
    found = keys(asked(SHELF, "menus photographed", weights=Weights(relevant=0.0)))
    assert found.index(10) < found.index(40)


def test_a_card_named_only_by_others_is_proposed_too() -> None:
    found = asked(SHELF, "dishes", "lexical", "standing", weights=Weights(relevant=0.0))
    assert set(keys(found)) == {10, 30}


def test_the_share_says_how_much_of_the_question_a_card_holds() -> None:
    full = asked(SHELF, "water levels", "lexical")[0]
    half = asked(SHELF, "water zyx", "lexical")[0]
    assert 0 < half.share < full.share < 1


def test_a_passage_on_terms_counts_less_than_one_on_the_subject() -> None:
    text = "open to download"
    shelf = shelf_of(
        {
            1: document("A1", "quite another thing", Passage("terms", text)),
            2: document("B2", "quite another thing", Passage("description", text)),
        }
    )
    found = asked(shelf, text, "dense")
    assert [int(shelf.table.keys[one.position]) for one in found] == [2, 1]
    assert found[0].cosine - found[1].cosine > 0.1
    assert KINDS[shelf.table.kinds[found[0].row]] == "description"


def test_the_order_of_equals_does_not_change() -> None:
    shelf = shelf_of({key: document("Same", "the very same") for key in (5, 3, 9)})
    found = asked(shelf, "the very same")
    assert [int(shelf.table.keys[one.position]) for one in found] == [3, 5, 9]


def test_nothing_is_found_on_an_empty_shelf_or_for_no_place() -> None:
    assert asked(shelf_of({}), "water") == []
    nothing = Asked(text="water", vector=EMBEDDER.question("water"), top=0)
    assert rank(SHELF, nothing) == []


def test_no_allowed_card_gives_no_answer() -> None:
    vector = EMBEDDER.question("water")
    assert rank(SHELF, Asked(text="water", vector=vector, allowed=np.zeros(0, np.int64))) == []
