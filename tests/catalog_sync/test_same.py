"""Copies of one dataset are joined, and different datasets are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from catalog_sync import same
from catalog_sync.card import DatasetCard, Modality
from catalog_sync.clauses import Clause, Rule, Terms
from catalog_sync.same import Member
from tests.catalog_sync.composed import card

PAGE = "https://lab.example.edu/welsh"


def member(key: int, one: DatasetCard) -> Member:
    return Member(
        key=key,
        id=one.id,
        source=one.source,
        tokens=same.tokens(one),
        words=same.words(one.name, one.native_id),
        licence=one.terms.licence,
        languages=frozenset(one.languages),
        modalities=frozenset(one.modalities),
    )


def joined(*cards: DatasetCard) -> list[tuple[int, ...]]:
    return same.join([member(key, one) for key, one in enumerate(cards, 1)])


def named(
    source: str,
    name: str,
    *,
    languages: tuple[str, ...] = ("cy",),
    modalities: tuple[Modality, ...] = ("audio",),
    version: str | None = None,
) -> DatasetCard:
    return card(
        "x", source=source, name=name, languages=languages, modalities=modalities, version=version
    )


@pytest.mark.parametrize(
    "other",
    [
        "http://www.lab.example.edu/welsh/",
        "https://LAB.example.edu/welsh/index.html",
        "https://lab.example.edu/welsh?utm_source=mail#top",
    ],
)
def test_one_address_however_spelt_joins(other: str) -> None:
    assert joined(card("a", source="mdc", url=PAGE), card("a", source="aws", url=other)) == [(1, 2)]


def test_a_repository_joins_and_its_owner_does_not() -> None:
    def linked(source: str, link: str) -> DatasetCard:
        return card("a", source=source, links=(link,))

    deep = linked("mdc", "https://github.com/Lab/welsh.git")
    assert joined(deep, linked("aws", "https://github.com/lab/welsh/tree/main")) == [(1, 2)]
    owner = "https://github.com/lab"
    assert joined(linked("mdc", owner), linked("aws", owner)) == []


@pytest.mark.parametrize(
    "link", ["https://lab.example.edu/", "https://arxiv.org/abs/1", "https://example.com/set", "x"]
)
def test_an_address_that_names_no_single_dataset_joins_nothing(link: str) -> None:
    assert joined(card("a", source="mdc", url=link), card("a", source="aws", url=link)) == []


def test_an_address_alone_does_not_join_what_bears_quite_other_names() -> None:
    one = card("a", source="mdc", url=PAGE, name="Welsh speech")
    other = card("b", source="aws", url=PAGE, name="Satellite pictures")
    assert joined(one, other) == []


def test_a_doi_joins_as_a_field_and_as_a_link() -> None:
    one = card("a", source="mdc", doi="10.5281/Zenodo.1", name="Welsh")
    other = card("b", source="aws", links=("https://doi.org/10.5281/zenodo.1",), name="Cymraeg")
    assert joined(one, other) == [(1, 2)]


def test_a_name_joins_with_language_and_release_and_never_alone() -> None:
    one = named("mdc", "Common Voice Scripted Speech 25.0 - Welsh")
    same_release = named("commonvoice", "Common Voice scripted speech - Welsh", version="25")
    assert joined(one, same_release) == [(1, 2)]
    assert joined(named("mdc", "Welsh Corpus"), named("aws", "Welsh Corpus")) == []
    other_release = named("commonvoice", "Common Voice Scripted Speech 24.0 - Welsh")
    assert joined(one, other_release) == []
    other_language = named("aws", "Common Voice Scripted Speech 25.0 - Welsh", languages=("br",))
    assert joined(one, other_language) == []
    text = named("aws", "Common Voice Scripted Speech 25.0 - Welsh", modalities=("text",))
    assert joined(one, text) == []


def test_copies_that_state_different_licences_stay_apart() -> None:
    one = card("a", source="mdc", url=PAGE, licence="CC-BY-4.0")
    assert joined(one, card("a", source="aws", url=PAGE, licence="CC-BY-NC-4.0")) == []
    assert joined(one, card("a", source="aws", url=PAGE, licence=None)) == [(1, 2)]


def test_cards_without_a_common_language_stay_apart() -> None:
    one = card("a", source="mdc", url=PAGE, languages=("cy",))
    assert joined(one, card("a", source="aws", url=PAGE, languages=("br",))) == []
    assert joined(one, card("a", source="aws", url=PAGE, languages=())) == [(1, 2)]


def test_what_two_cards_of_one_source_share_joins_neither() -> None:
    cards = [card("a", source="aws", url=PAGE), card("b", source="aws", url=PAGE)]
    assert joined(*cards, card("a", source="mdc", url=PAGE)) == []


def test_three_sources_make_one_group_whatever_their_order() -> None:
    cards = [
        card("a", source="mdc", url=PAGE, doi="10.1/x"),
        card("a", source="aws", url=PAGE),
        card("a", source="huggingface", doi="10.1/x"),
        card("z", source="huggingface", url="https://lab.example.edu/other"),
    ]
    members = [member(key, one) for key, one in enumerate(cards, 1)]
    assert {tuple(same.join(each)) for each in permutations(members)} == {((1, 2, 3),)}


def test_a_chain_never_brings_together_what_stays_apart() -> None:
    cards = [
        card("a", source="mdc", doi="10.1/x", licence="MIT"),
        card("a", source="aws", doi="10.1/x", url=PAGE, licence=None),
        card("a", source="huggingface", url=PAGE, licence="CC0-1.0"),
    ]
    members = [member(key, one) for key, one in enumerate(cards, 1)]
    assert {tuple(same.join(each)) for each in permutations(members)} == {((1, 2),)}


def test_the_card_that_tells_most_represents_its_group_the_bundled_one_last() -> None:
    full = card("a", source="aws", publisher="A lab", version="2", licence=None)
    licensed = card("a", source="huggingface")
    bundled = card("a", source="starter", publisher="A lab", version="2", url=PAGE)
    no_profit = Rule(
        kind="prohibition",
        action="commercialize",
        clause=Clause(document="datasheet", clause="restrictions", quote="No commercial use."),
    )
    limited = card("a", source="huggingface", terms=Terms(rules=(no_profit,)))
    assert same.merit(limited) > same.merit(full)
    bare = card("b", source="huggingface", description="")
    assert same.merit(licensed) > same.merit(full) > same.merit(bundled)
    assert same.merit(licensed) > same.merit(bare)
