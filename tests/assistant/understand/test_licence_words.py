"""Licences in people's words: families, alternatives, what is shut out, given up or added."""

from __future__ import annotations

import pytest

from assistant.phrases import phrases_of
from assistant.understand import rules, say
from tests.evals.paraphrases import understood

Said = tuple[str | None, tuple[str, ...], tuple[str, ...]]


def licences(*turns: str) -> Said:
    need = understood(turns)
    return need.licence_wish, need.licences, need.licences_not


@pytest.mark.parametrize(
    "said",
    [
        "Breton text, copyleft", "Breton text with a ShareAlike licence",
        "Breton text, licencia compartir igual", "Breton text, Copyleft-Lizenz",
        "Breton text under a reciprocal licence",
    ],
)  # fmt: skip
def test_share_alike_is_a_class_of_its_own(said: str) -> None:
    assert licences(said) == (None, ("share-alike",), ())


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("Breton text, CC BY or CC BY-SA", (None, ("CC-BY", "CC-BY-SA"), ())),
        ("English text, CC BY-SA or CC0", (None, ("public_domain", "CC-BY-SA"), ())),
        ("Breton text, CC BY o CC BY-SA, nada de NC", ("commercial", ("CC-BY", "CC-BY-SA"), ())),
        ("Breton text, GPL or LGPL", (None, ("GPL", "LGPL"), ())),
        ("Breton text, permissive or CC BY-SA", (None, ("permissive", "CC-BY-SA"), ())),
        ("Breton text, a permissive licence such as MIT", ("permissive", (), ())),
        ("Breton text, Creative Commons or MIT", (None, ("MIT", "CC"), ())),
        ("CC BY or ODbL for a non-commercial game", (None, ("CC-BY", "ODbL-1.0"), ())),
    ],
)  # fmt: skip
def test_licences_said_with_or_are_alternatives(said: str, need: Said) -> None:
    wish, named, unwanted = licences(said)
    assert (wish, set(named), unwanted) == (need[0], set(need[1]), need[2])


@pytest.mark.parametrize(
    ("said", "wish", "unwanted"),
    [
        ("Breton text, derivatives must be allowed", None, ("ND",)),
        ("Breton text, nothing that prohibits adaptations", None, ("ND",)),
        ("Breton text, we have to be able to edit it", None, ("ND",)),
        ("Breton text, neither NC nor ND", "commercial", ("ND",)),
        ("Breton text, sin ND", None, ("ND",)),
        ("Breton text, Bearbeitungen erlaubt", None, ("ND",)),
        ("Breton text, we can't use NC", "commercial", ()),
        ("Breton text, the NC clause is a problem", "commercial", ()),
        ("Breton text, not limited to research", "commercial", ()),
        ("Breton text, pas de licences non commerciales", "commercial", ()),
        ("Breton text, no GPL, AGPL or LGPL", None, ("GPL", "AGPL", "LGPL")),
        ("Breton text, non-GPL", None, ("GPL",)),
        ("Breton text, copyleft is out", "permissive", ()),
    ],
)
def test_what_is_shut_out_is_asked_for_by_nobody(
    said: str, wish: str | None, unwanted: tuple[str, ...]
) -> None:
    assert licences(said) == (wish, (), unwanted)


@pytest.mark.parametrize(
    "said",
    [
        "NC is no problem", "we don't mind NC", "no objection to NC", "NC is acceptable",
        "NC isn't a problem",
    ],
)  # fmt: skip
def test_no_objection_is_no_refusal(said: str) -> None:
    assert licences("Breton text", said) == ("non_commercial_ok", (), ())


def test_the_name_of_a_language_loosens_no_licence() -> None:
    assert licences("Turkish speech under CC BY 4.0") == (None, ("CC-BY-4.0",), ())
    assert licences("I'd like Polish speech under CC BY-SA") == (None, ("CC-BY-SA",), ())
    assert licences("Breton text, CC BY-ish") == ("permissive", (), ())


def test_a_use_that_is_not_commercial_leaves_the_licence_said_beside_it() -> None:
    assert licences("Breton text, CC0 only, for non-commercial use")[0] == "public_domain"
    assert licences("Breton text, CC BY, non-commercial use") == ("permissive", (), ())


def test_a_licence_that_must_be_stated_is_no_leave_to_take_any() -> None:
    need = understood(("Breton text, it must have a licence that allows commercial use",))
    assert need.licence_wish == "commercial"
    need = understood(("Breton text, nothing without a licence",))
    assert (need.licence_wish, need.must) == ("non_commercial_ok", ("licence_wish",))


@pytest.mark.parametrize(
    "said",
    [
        "ignore licences", "licensing is irrelevant", "all licences are acceptable", "forget CC0",
        "it needn't be CC0", "without the CC0 requirement", "toutes les licences conviennent",
        "ignora la licencia", "die Lizenz ist unwichtig", "drop the licence restriction",
    ],
)  # fmt: skip
def test_a_licence_limit_is_taken_back(said: str) -> None:
    assert licences("Breton text, only CC0", said) == (None, (), ())


@pytest.mark.parametrize(
    "said",
    [
        "it's not for a product any more", "no longer commercial", "commercial use isn't needed",
        "commercial use is optional", "we won't sell it", "ya no es para uso comercial",
        "nicht mehr kommerziell",
    ],
)  # fmt: skip
def test_what_was_for_sale_is_so_no_longer(said: str) -> None:
    need = understood(("Breton text for a commercial product", said))
    assert need.licence_wish in (None, "non_commercial_ok") and not need.use.acts


@pytest.mark.parametrize(
    ("before", "said", "need"),
    [
        ("CC0", "CC BY-SA is fine too", (None, ("public_domain", "CC-BY-SA"), ())),
        ("CC BY-SA", "CC0 as well", (None, ("CC-BY-SA", "public_domain"), ())),
        ("MIT", "or Apache", (None, ("MIT", "Apache-2.0"), ())),
        ("CC BY", "CC0 too", ("permissive", (), ())),
        ("permissive licence", "share-alike is fine too", ("commercial", (), ())),
        ("no GPL", "GPL is ok after all", (None, (), ())),
        ("share-alike", "NC is fine too", ("non_commercial_ok", ("SA",), ())),
    ],
)
def test_one_more_licence_will_do(before: str, said: str, need: Said) -> None:
    assert licences(f"Breton text, {before}", said) == need


@pytest.mark.parametrize(
    ("before", "said", "need"),
    [
        ("permissive licence", "no NC", ("permissive", (), ())),
        ("CC0", "nothing non-commercial", ("public_domain", (), ())),
        ("CC BY-SA", "no NC please", ("commercial", ("CC-BY-SA",), ())),
        ("CC BY-SA", "also for commercial use", ("commercial", ("CC-BY-SA",), ())),
        ("CC BY-NC", "for commercial use", ("commercial", (), ())),
        ("any CC", "but no ND", (None, ("CC",), ("ND",))),
    ],
)
def test_what_is_shut_out_later_loosens_nothing_said_before(
    before: str, said: str, need: Said
) -> None:
    assert licences(f"Breton text, {before}", said) == need


@pytest.mark.parametrize(
    ("before", "said", "need"),
    [
        ("CC BY-SA", "make it CC0", ("public_domain", (), ())),
        ("CC0", "CC BY-SA instead", (None, ("CC-BY-SA",), ())),
        ("share-alike", "actually permissive", ("permissive", (), ())),
    ],
)
def test_another_licence_takes_the_place_of_the_one_before(
    before: str, said: str, need: Said
) -> None:
    assert licences(f"Breton text, {before}", said) == need


def test_what_merely_looks_like_a_licence_is_none() -> None:
    for said in ("financial derivatives trading", "text from NC, USA", "GPL-compatible code"):
        assert licences(said)[1:] == ((), ())


def test_a_family_is_named_in_words_and_read_back() -> None:
    need = rules.read("Breton text, CC or share-alike, no ND").stated
    words = [limit.text for limit in say.limits(need) if limit.field.startswith("licences")]
    assert words == ["share-alike licence", "any Creative Commons licence", "not ND"]
    again = rules.read(f"Breton text, {', '.join(words)}").stated
    assert (set(again.licences), again.licences_not) == (set(need.licences), need.licences_not)
    spoken = [limit.text for limit in say.limits(need, phrases_of("de"))]
    assert "Weitergabe unter gleichen Bedingungen" in spoken
