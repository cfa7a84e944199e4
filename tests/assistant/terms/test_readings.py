"""Licence by licence and act by act, the engine answers what the texts were read to say."""

import pytest

from assistant.terms.batch import check_licence
from assistant.use import ACTS
from catalog_sync.licences import rows
from tests.assistant.terms.readings import TODAY, differences, readings

NON_COMMERCIAL = [i for i in rows() if "NC" in i.split("-") and "LocalContexts" not in i]
"""A label is a signal and forbids nothing, so it is left out."""


def test_every_licence_of_the_table_is_read_for_every_act() -> None:
    written = {r.licence for r in readings() if r.what == "outcome" and not r.facts}
    assert written == {i.removeprefix("LicenseRef-") for i in rows()}
    assert {len(r.acts) for r in readings()} == {len(ACTS)}


@pytest.mark.parametrize("initial", sorted({r.licence[0] for r in readings()}))
def test_each_licence_answers_as_read(initial: str) -> None:
    only = frozenset(r.licence for r in readings() if r.licence.startswith(initial))
    assert differences(only) == []


@pytest.mark.parametrize("licence_id", sorted(rows()))
def test_no_licence_alone_lets_anyone_clone_a_voice_or_identify_a_speaker(licence_id: str) -> None:
    for act in ("voice_cloning", "reidentify_speaker"):
        verdict = check_licence(licence_id, (act,), {}, today=TODAY)
        assert verdict.outcome in ("ask_owner", "not_allowed")


@pytest.mark.parametrize("licence_id", NON_COMMERCIAL)
def test_a_non_commercial_licence_never_allows_commerce(licence_id: str) -> None:
    for act in ("commercial_use", "train_commercial", "train_commercial_closed_weights"):
        assert check_licence(licence_id, (act,), {}, today=TODAY).outcome == "not_allowed"


@pytest.mark.parametrize("licence_id", [i for i in rows() if "ND" in i.split("-")])
def test_no_derivatives_never_lets_an_adaptation_out(licence_id: str) -> None:
    verdict = check_licence(licence_id, ("publish_derived_other_licence",), {}, today=TODAY)
    assert verdict.outcome == "not_allowed"
    assert check_licence(licence_id, ("publish_model_worldwide",), {}, today=TODAY).outcome in (
        "ask_owner",
        "not_allowed",
    )


@pytest.mark.parametrize("licence_id", [i for i in rows() if "SA" in i.split("-")])
def test_share_alike_binds_the_result_to_itself(licence_id: str) -> None:
    verdict = check_licence(licence_id, ("publish_derived_other_licence",), {}, today=TODAY)
    assert verdict.outcome == "not_allowed"


@pytest.mark.parametrize("licence_id", [i for i in rows() if i.startswith("CC-BY")])
def test_creative_commons_licences_ask_for_credit_when_shared(licence_id: str) -> None:
    verdict = check_licence(
        licence_id, ("use_without_attribution",), {"sharing": "yes"}, today=TODAY
    )
    assert verdict.outcome == "not_allowed"
