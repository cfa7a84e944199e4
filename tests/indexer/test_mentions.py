from __future__ import annotations

import numpy as np

from indexer.mentions import MOST_CITING, link, name_hashes, plain_name, runs
from indexer.ragged import Ragged, ragged


def linked(
    names: list[str], texts: list[str], *, ordinary: list[int] | None = None
) -> Ragged[np.int32]:
    return link(
        ragged([name_hashes([name]) for name in names], np.uint64),
        ragged([runs(text) for text in texts], np.uint64),
        ordinary=np.array(ordinary or [0] * len(names), np.int64),
    )


def test_a_record_named_in_another_ones_text_is_linked() -> None:
    found = linked(["MenuPix", "Rivers 2"], ["About menus.", "Compared with MenuPix here."])
    assert found.of(0).tolist() == [1]
    assert found.of(1).tolist() == []


def test_a_name_of_several_words_is_found_as_a_whole() -> None:
    found = linked(["Open River Survey", "X1"], ["", "from the Open River Survey and more"])
    assert found.of(0).tolist() == [1]
    assert linked(["Open River Survey", "X1"], ["", "Open River. Survey"]).of(0).tolist() == []


def test_its_own_text_does_not_count() -> None:
    assert linked(["MenuPix"], ["MenuPix is MenuPix."]).of(0).tolist() == []


def test_naming_twice_counts_once() -> None:
    assert linked(["MenuPix", "B2"], ["", "MenuPix, MenuPix."]).of(0).tolist() == [1]


def test_case_matters() -> None:
    assert linked(["MenuPix", "B2"], ["", "menupix"]).of(0).tolist() == []


def test_a_name_that_two_records_share_says_nothing() -> None:
    found = linked(["MenuPix", "MenuPix", "C3"], ["", "", "MenuPix"])
    assert len(found.values) == 0


def test_an_ordinary_word_counts_only_where_it_mostly_stands_with_a_capital() -> None:
    names, texts = ["Text", "B2", "C3"], ["", "Text of law", "Text"]
    assert linked(names, texts, ordinary=[100, 0, 0]).of(0).tolist() == []
    assert linked(names, texts, ordinary=[2, 0, 0]).of(0).tolist() == [1, 2]


def test_numbers_and_lower_case_names_are_not_looked_for() -> None:
    assert len(name_hashes(["2019", "speech corpus", "ab"])) == 0


def test_which_names_could_be_ordinary_words() -> None:
    assert plain_name("Text") == "Text"
    assert plain_name("MenuPix") is None
    assert plain_name("Text 2") is None


def test_no_more_than_some_naming_records_are_kept() -> None:
    names = ["MenuPix", *(f"N{n}x" for n in range(MOST_CITING + 20))]
    found = linked(names, ["", *("MenuPix" for _ in range(MOST_CITING + 20))])
    assert len(found.of(0)) == MOST_CITING


def test_no_records_give_no_links() -> None:
    assert len(linked([], [])) == 0
