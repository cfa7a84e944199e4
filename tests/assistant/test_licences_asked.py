"""Licences asked for by family, by class and with "or", on cards with terms read by a sync."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant import coverage, filters, licence_stems
from assistant.fit import matches
from assistant.limits import Tongues
from assistant.need import Need
from assistant.understand import rules
from catalog_sync.licences import rows
from tests.assistant import conftest
from tests.evals.paraphrases import understood

LICENCES = (
    "CC0-1.0", "CC-BY-4.0", "CC-BY-3.0-US", "CC-BY-SA-3.0", "CC-BY-SA", "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "MIT", "BSD-2-Clause", "Apache-2.0", "GPL-3.0-only",
    "LGPL-3.0-only", "ODbL-1.0", "GFDL-1.3", "MIT AND CC-BY-NC-4.0",
)  # fmt: skip
CARDS = tuple(
    conftest.made(f"one-{at}", name=f"Welsh {at}", licence=licence, languages=("cy",))
    for at, licence in enumerate(LICENCES)
)
UNNAMED = conftest.made("none", name="Welsh nothing", licence=None, languages=("cy",))
TODAY = date(2026, 11, 23)
TONGUES = Tongues(present=frozenset({"cy"}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("licences")


def found(folder: Path, *turns: str) -> set[str]:
    """Licences of the cards that surely fit what was said."""
    with conftest.parts(folder, only=(*CARDS, UNNAMED)) as parts:
        need = understood(turns)
        asked = filters.filter_for(
            need, store=parts.store, tongues=TONGUES, today=TODAY, certain=True
        )
        held = parts.store.get_keys(parts.store.matching(asked))
        return {one.card.terms.licence or "" for one in held.values() if one.card is not None}


@pytest.mark.parametrize(
    ("said", "licences"),
    [
        (
            "Welsh under a share-alike licence",
            {
                "CC-BY-SA-3.0", "LicenseRef-CC-BY-SA", "GPL-3.0-only", "LGPL-3.0-only",
                "ODbL-1.0", "GFDL-1.3",
            },
        ),
        (
            "Welsh, licensed CC BY or CC BY-SA, nothing non-commercial",
            {"CC-BY-4.0", "CC-BY-3.0-US", "CC-BY-SA-3.0", "LicenseRef-CC-BY-SA"},
        ),
        ("Welsh, GPL", {"GPL-3.0-only"}),
        ("Welsh, BSD or ODbL", {"BSD-2-Clause", "ODbL-1.0"}),
        ("Welsh, public domain or MIT", {"CC0-1.0", "MIT"}),
        ("Welsh, CC BY-NC", {"CC-BY-NC-4.0", "MIT AND CC-BY-NC-4.0"}),
        (
            "Welsh, CC or Apache, no NC",
            {
                "CC0-1.0", "CC-BY-4.0", "CC-BY-3.0-US", "CC-BY-SA-3.0", "LicenseRef-CC-BY-SA",
                "CC-BY-ND-4.0", "Apache-2.0",
            },
        ),
    ],
)  # fmt: skip
def test_any_of_the_licences_said_will_do_and_no_other(
    folder: Path, said: str, licences: set[str]
) -> None:
    assert found(folder, said) == licences


def test_creative_commons_is_each_of_its_licences(folder: Path) -> None:
    held = found(folder, "Welsh under a Creative Commons licence")
    assert {"CC0-1.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "LicenseRef-CC-BY-SA"} <= held
    assert not held & {"MIT", "GPL-3.0-only", ""}


def test_what_forbids_derivatives_is_shut_out_and_silence_is_not(folder: Path) -> None:
    held = found(folder, "Welsh, no licences that forbid derivatives")
    assert "CC-BY-ND-4.0" not in held
    assert {"CC-BY-SA-3.0", "CC-BY-NC-4.0", ""} <= held


def test_share_alike_with_non_commercial_allowed_holds_both(folder: Path) -> None:
    held = found(folder, "Welsh under a share-alike licence", "non-commercial is fine too")
    assert {"CC-BY-NC-SA-4.0", "CC-BY-SA-3.0"} <= held and "CC-BY-4.0" not in held


def test_a_family_is_counted_as_it_is_searched_for(folder: Path) -> None:
    with conftest.parts(folder, only=(*CARDS, UNNAMED)) as parts:
        need = Need(licences=("CC-BY-SA", "GPL"))
        figures = coverage.figures(None, need, store=parts.store, tongues=TONGUES, labels={})
    assert figures.total == 3


def test_a_card_says_whether_it_is_under_one_of_the_licences() -> None:
    need = rules.read("Welsh, CC BY or CC BY-SA").stated
    states = {
        card.terms.licence: match.state
        for card in CARDS
        for match in matches(card, need, TONGUES)
        if match.field == "licence"
    }
    assert states["CC-BY-4.0"] == states["LicenseRef-CC-BY-SA"] == "yes"
    assert states["CC-BY-NC-4.0"] == states["CC0-1.0"] == "no"


def test_a_version_is_that_version_and_a_family_no_longer_name() -> None:
    assert licence_stems.of("CC-BY-SA-4.0", "CC-BY-SA")
    assert not licence_stems.of("CC-BY-SA-4.0", "CC-BY")
    assert not licence_stems.of("CC-BY-NC-4.0", "CC-BY-4.0")
    assert not licence_stems.of("LGPL-3.0-only", "GPL")
    assert all(licence_stems.of(licence, licence) for licence in rows())
