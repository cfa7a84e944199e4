"""Common Voice releases of every shape become one card a language, with its history."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from catalog_sync.card import Size
from catalog_sync.normalise import normalise
from catalog_sync.source import BadInput, Failed, Gone, RawRecord
from catalog_sync.sources.commonvoice import CommonVoice, make

FIRST = {
    "clips": 5000, "users": 60, "duration": 18_000_000, "size": 150_000_000,
    "buckets": {"train": 400, "dev": 100, "test": 100, "validated": 4200, "invalidated": 80},
    "splits": {"accent": {}, "age": {"": 1}, "gender": {"": 1}},
}  # fmt: skip
SCRIPTED = {
    **FIRST, "clips": 9000, "users": 75, "totalHrs": 12.5, "validHrs": 10.25,
    "validatedSentences": 700, "size": 300_000_000,
    "splits": {
        "accent": {"north": 0.4, "south": 0.1, "": 0.5}, "variant": {"cy-northwes": 20},
        "age": {"twenties": 0.5, "": 0.5}, "gender": {"male": 0.25, "female_feminine": 0.5},
    },
}  # fmt: skip
SPONTANEOUS = {
    "locale": "ga-IE", "clips": 36, "users": 4, "size": 3_300_000,
    "questions": {"total": 104}, "audios": {"total": 36, "transcribed_validated": 4},
    "duration": {"total_ms": 547_200, "total_hrs": 0.15, "validated_hrs": 0.01},
    "buckets": {"train": {"clips": 3, "users": 2, "duration_hrs": 0.01}},
    "demographics": {"age": {"twenties": 1}, "gender": {"transgender": 1}, "variant": {}},
}  # fmt: skip
NAMES = {
    "locales": {
        "cy": {
            "english_name": "Welsh", "native_name": "Cymraeg",
            "variants": [{"code": "cy-northwes", "name": "North-Western Welsh"}],
        }
    }
}  # fmt: skip
OWN_WORDS = "Whoever takes this data agrees to not determine the identity of speakers in it."
SHEETS = {
    "templates": {"scs": {"en": f"# Data\n\n## Licence\n\nFree for all. {OWN_WORDS}\n"}},
    "locales": {
        "scs": {
            "cy": {
                "community_fields": {
                    "language_description": "Spoken in Wales.",
                    "datasheet_authors_list": "someone@example.org",
                }
            }
        },
        "sps": {},
    },
}


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A folder with all that the project publishes."""
    files: dict[str, object] = {
        "cv-corpus-1.json": {"date": "2019-02-25", "locales": {"cy": FIRST}},
        "cv-corpus-9.0-2022-04-27.json": {"locales": {"cy": SCRIPTED, "br": SCRIPTED}},
        "cv-corpus-25.0-2026-03-09.json": {"locales": {"cy": SCRIPTED, "el-CY": SCRIPTED}},
        "cv-corpus-25.0-delta-2026-03-09.json": {"locales": {"cy": FIRST, "kw": FIRST}},
        "sps-corpus-3.0-2026-03-09.json": {"locales": {"ga-IE": SPONTANEOUS}},
        "languagedata-20260612.json": NAMES,
        "datasheets-latest.json": SHEETS,
    }
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def records(path: Path) -> dict[str, RawRecord]:
    return {
        item.native_id: item for item in CommonVoice(path).read(None) if isinstance(item, RawRecord)
    }


def test_the_newest_full_release_of_each_kind_is_the_card(releases: Path) -> None:
    assert set(records(releases)) == {
        "scripted-25.0-cy", "scripted-25.0-el-CY", "scripted-9.0-br", "spontaneous-3.0-ga-IE",
    }  # fmt: skip


def test_release_twenty_five_is_newer_than_release_nine(releases: Path) -> None:
    welsh = records(releases)["scripted-25.0-cy"]
    assert [older.version for older in welsh.releases] == ["9.0", "1"]


def test_a_delta_neither_gives_a_size_nor_makes_a_card(releases: Path) -> None:
    found = records(releases)
    assert not any(native_id.endswith("-kw") for native_id in found)
    assert found["scripted-25.0-cy"].size.records == 9000


def test_figures_come_over_with_their_units(releases: Path) -> None:
    assert records(releases)["scripted-25.0-cy"].size == Size(
        bytes=300_000_000, hours=12.5, validated_hours=10.25, records=9000, speakers=75
    )


def test_a_release_without_hours_gives_them_by_its_milliseconds_and_no_validated_ones(
    releases: Path,
) -> None:
    oldest = records(releases)["scripted-25.0-cy"].releases[-1]
    assert oldest.size.hours == 5.0
    assert oldest.size.validated_hours is None
    assert oldest.published == date(2019, 2, 25)


def test_spontaneous_figures_are_read_from_their_own_shape(releases: Path) -> None:
    irish = records(releases)["spontaneous-3.0-ga-IE"]
    assert irish.speech_style == "spontaneous"
    assert (irish.size.hours, irish.size.validated_hours) == (0.15, 0.01)
    assert irish.name is not None and "Spontaneous Speech 3.0 - Irish" in irish.name


def test_the_day_of_a_release_is_the_one_in_its_file_name(releases: Path) -> None:
    assert records(releases)["scripted-25.0-cy"].published == date(2026, 3, 9)


def test_names_and_datasheet_are_taken_from_the_projects_own_files(releases: Path) -> None:
    welsh = records(releases)["scripted-25.0-cy"]
    assert welsh.summary is not None and "Welsh (Cymraeg)" in welsh.summary
    assert welsh.description is not None and "North-Western Welsh" in welsh.description
    assert [section.title for section in welsh.datasheet] == ["Language"]


def test_addresses_of_datasheet_authors_are_left_out(releases: Path) -> None:
    assert "someone@example.org" not in repr(records(releases))


def test_few_speakers_are_not_described_by_age_and_gender(releases: Path) -> None:
    found = records(releases)
    assert "twenties 50%" in (found["scripted-25.0-cy"].description or "")
    assert "Ages" not in (found["spontaneous-3.0-ga-IE"].description or "")
    assert "Genders" not in (found["spontaneous-3.0-ga-IE"].description or "")


def test_the_licence_is_told_with_where_it_stands_and_the_promise_not_to_identify(
    releases: Path,
) -> None:
    card = normalise(records(releases)["scripted-25.0-cy"])
    said = next(part for part in card.evidence if part.field == "licence")
    assert card.terms.licence == "CC0-1.0"
    assert "README" in said.quote
    assert any("identi" in rule.action for rule in card.terms.rules if rule.kind == "prohibition")


def test_the_promise_is_quoted_from_the_projects_datasheets_where_they_are_given(
    releases: Path,
) -> None:
    found = records(releases)
    assert found["scripted-25.0-cy"].terms.datasheet == (("Licence", OWN_WORDS),)
    told = dict(found["spontaneous-3.0-ga-IE"].terms.datasheet)["Licence"]
    assert told != OWN_WORDS and "identity" in told


def test_a_card_is_read_aloud_audio_for_speech_recognition(releases: Path) -> None:
    card = normalise(records(releases)["scripted-25.0-el-CY"])
    assert card.id == "commonvoice:scripted-25.0-el-CY"
    assert card.languages == ("el-CY",)
    assert card.modalities == ("audio",)
    assert card.tasks == ("automatic-speech-recognition",)
    assert card.speech_style == "scripted"


def test_one_file_is_read_alone(releases: Path) -> None:
    found = records(releases / "cv-corpus-1.json")
    assert set(found) == {"scripted-1-cy"}
    assert found["scripted-1-cy"].releases == ()


def test_only_a_delta_is_the_callers_mistake(releases: Path) -> None:
    with pytest.raises(BadInput, match=r"only deltas.*full release"):
        list(CommonVoice(releases / "cv-corpus-25.0-delta-2026-03-09.json").read(None))


def test_an_entry_without_figures_and_a_file_of_another_kind_fail_by_name(tmp_path: Path) -> None:
    release = {"locales": {"cy": SCRIPTED, "br": {"splits": {}}}}
    (tmp_path / "cv-corpus-25.0-2026-03-09.json").write_text(json.dumps(release), "utf-8")
    (tmp_path / "notes.json").write_text("{}", "utf-8")
    failed = {
        item.native_id: item.why
        for item in CommonVoice(tmp_path).read(None)
        if isinstance(item, Failed)
    }
    assert set(failed) == {"notes.json", "scripted-25.0-br"}
    assert "cv-corpus-25.0" in failed["notes.json"]


def test_an_older_release_is_gone_because_a_newer_one_took_its_place(releases: Path) -> None:
    answer = CommonVoice(releases).look("scripted-9.0-cy")
    assert isinstance(answer, Gone)
    assert "scripted-25.0-cy" in answer.why


def test_without_a_path_the_mistake_says_what_to_give() -> None:
    with pytest.raises(BadInput, match="--path"):
        make(path=None, url=None, environ={})


def test_the_published_releases_give_290_read_and_72_spontaneous_cards() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "commonvoice"
    if not folder.is_dir():
        pytest.skip("the published release files are not beside this checkout")
    found = records(folder)
    kinds = [record.speech_style for record in found.values()]
    assert (kinds.count("scripted"), kinds.count("spontaneous")) == (290, 72)
    assert {"scripted-25.0-cy", "spontaneous-3.0-ga-IE"} <= set(found)
