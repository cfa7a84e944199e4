"""Putting datasets together: one licence that every part accepts, or none, or a question."""

import pytest

from assistant.terms.combine import combine, combine_all
from catalog_sync.clauses import StatedTerms
from catalog_sync.terms import derive

COMPATIBLE = {
    ("CC0-1.0", "CC-BY-4.0"): "CC-BY-4.0",
    ("CC0-1.0", "ODbL-1.0"): "ODbL-1.0",
    ("CC-BY-4.0", "CC-BY-SA-4.0"): "CC-BY-SA-4.0",
    ("CC-BY-4.0", "CC-BY-NC-4.0"): "CC-BY-NC-4.0",
    ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"): "CC-BY-NC-SA-4.0",
    ("CC-BY-SA-3.0", "CC-BY-SA-4.0"): "CC-BY-SA-4.0",
    ("CC-BY-SA-4.0", "GPL-3.0"): "GPL-3.0-only",
    ("CC-BY-3.0", "CC-BY-4.0"): "CC-BY-4.0",
    ("OGL-UK-3.0", "CC-BY-4.0"): "CC-BY-4.0",
    ("etalab-2.0", "CC-BY-SA-4.0"): "CC-BY-SA-4.0",
    ("OGDL-Taiwan-1.0", "CC-BY-4.0"): "CC-BY-4.0",
    ("MIT", "GPL-3.0"): "GPL-3.0-only",
    ("Apache-2.0", "MIT"): "MIT",
    ("ODC-By-1.0", "ODbL-1.0"): "ODbL-1.0",
    ("CDLA-Permissive-2.0", "CDLA-Sharing-1.0"): "CDLA-Sharing-1.0",
    ("CC0-1.0", "GPL-2.0"): "GPL-2.0-only",
    ("CC0-1.0", "LGPL-3.0"): "LGPL-3.0-only",
    ("CC0-1.0", "LGPL-2.1"): "LGPL-2.1-only",
    ("CC0-1.0", "LGPLLR"): "LGPLLR",
    ("CC0-1.0", "MPL-2.0"): "MPL-2.0",
    ("CC0-1.0", "EUPL-1.2"): "EUPL-1.2",
    ("CC0-1.0", "GFDL-1.3"): "GFDL-1.3",
    ("CC0-1.0", "OPUBL-1.0"): "OPUBL-1.0",
    ("CC0-1.0", "MS-PL"): "MS-PL",
    ("CC0-1.0", "C-UDA-1.0"): "C-UDA-1.0",
    ("NOODL-1.0", "CC-BY-4.0"): "LicenseRef-NOODL-1.0",
    ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0"): "CC-BY-NC-SA-4.0",
    ("CC-BY-NC-4.0 OR CC0-1.0", "CC-BY-SA-4.0"): "CC-BY-SA-4.0",
}
INCOMPATIBLE = [
    ("CC-BY-SA-4.0", "CC-BY-NC-4.0"),
    ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"),
    ("CC-BY-SA-4.0", "ODbL-1.0"),
    ("CC-BY-ND-4.0", "CC0-1.0"),
    ("CC-BY-NC-ND-3.0", "CC-BY-NC-4.0"),
    ("CC-BY-ND-2.0", "CC0-1.0"),
    ("KOGL Type 3", "KOGL Type 1"),
    ("ELRA", "CC-BY-4.0"),
    ("CDLA-Sharing-1.0", "CC-BY-NC-4.0"),
    ("ODbL-1.0", "CC-BY-NC-4.0"),
    ("GPL-3.0", "CC-BY-NC-4.0"),
    ("Apache-2.0", "GPL-2.0"),
    ("GFDL-1.3", "CC-BY-SA-4.0"),
    ("NOODL-1.0", "CC-BY-SA-4.0"),
    ("bigscience-openrail-m", "CC-BY-SA-4.0"),
    ("LDC", "CC-BY-4.0"),
]
ASK = [
    ("unknown", "CC-BY-4.0"),
    ("ODbL-1.0", "CC-BY-4.0"),
    ("Kaitiakitanga", "CC-BY-4.0"),
    ("research-only", "CC-BY-4.0"),
    ("LocalContexts-TK-A", "CC0-1.0"),
    ("CC-BY-SA-3.0", "GPL-3.0"),
    ("Llama-3.1", "CC-BY-4.0"),
]


@pytest.mark.parametrize("pair", COMPATIBLE, ids=" + ".join)
def test_a_merged_dataset_goes_out_under_the_licence_all_accept(pair: tuple[str, str]) -> None:
    answer = combine(*pair)
    assert (answer.outcome, answer.result_licence) == ("compatible", COMPATIBLE[pair])


@pytest.mark.parametrize("pair", INCOMPATIBLE, ids=" + ".join)
def test_no_licence_fits_these(pair: tuple[str, str]) -> None:
    answer = combine(*pair)
    assert (answer.outcome, answer.result_licence) == ("incompatible", None)
    assert answer.reasons[0].clause.quote


@pytest.mark.parametrize("pair", ASK, ids=" + ".join)
def test_where_nobody_can_tell_the_owners_are_asked(pair: tuple[str, str]) -> None:
    answer = combine(*pair)
    assert (answer.outcome, answer.result_licence) == ("ask_owner", None)


def test_one_misfit_spoils_the_whole() -> None:
    assert combine_all(("CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0", "MIT")).outcome == "compatible"
    assert combine_all(("CC0-1.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0")).outcome == "incompatible"
    assert combine_all(("MIT", "CC-BY-4.0", "ODbL-1.0")).outcome == "ask_owner"


def test_side_by_side_each_part_keeps_its_licence() -> None:
    answer = combine("CC-BY-SA-4.0", "CC-BY-NC-ND-4.0", scenario="collection")
    assert answer.outcome == "compatible"
    assert answer.result_licence == "CC-BY-NC-ND-4.0 AND CC-BY-SA-4.0"
    assert combine("LDC", "CC0-1.0", scenario="collection").outcome == "incompatible"
    assert combine("unknown", "CC0-1.0", scenario="collection").outcome == "ask_owner"


def test_the_platform_and_the_datasheet_count_when_combining() -> None:
    plain = derive(StatedTerms(licences=("CC0-1.0",)))
    hosted = derive(StatedTerms(licences=("CC0-1.0",), platform="mdc"))
    closed = derive(
        StatedTerms(licences=("CC0-1.0",), datasheet=(("restrictions", "It may not be modified."),))
    )
    assert combine(plain, "CC-BY-4.0").outcome == "compatible"
    assert combine(hosted, "CC-BY-4.0").outcome == "ask_owner"
    assert combine(hosted, "CC-BY-4.0", scenario="collection").outcome == "incompatible"
    assert combine(closed, "CC-BY-4.0").outcome == "incompatible"


def test_the_duties_of_every_part_are_listed() -> None:
    duties = {d.action for d in combine("CC-BY-NC-4.0", "MIT").duties}
    assert {"attribute", "include", "nonCommercialOnly"} <= duties


def test_nothing_to_combine_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to combine"):
        combine_all(())
