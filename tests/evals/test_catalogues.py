from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.evals import catalogues, records, run
from tests.evals.catalogues import fit
from tests.evals.records import Record
from tests.evals.sets import Measured

CARD = """---
language:
- cy
- br
license:
- cc-by-4.0
task_categories:
- token-classification
task_ids:
- named-entity-recognition
size_categories:
- 1K<n<10K
pretty_name: Names of places
---
Found in court records.
"""
ENTRY = """Name: Tide gauges
Tags: [Oceans, aws-pds]
License: CC0
ManagedBy: "[NOAA](http://www.noaa.gov/)"
UpdateFrequency: Every hour
Resources:
  - Type: S3 Bucket
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("commonvoice", "huggingface", "aws"):
        (tmp_path / name).mkdir()
    voices = {"cy": {"totalHrs": 158.5, "validHrs": 124.1, "users": 1933, "size": 4_000}}
    talk = {"ga-IE": {"duration": {"total_hrs": 0.2, "validated_hrs": 0.0}, "users": 4}}
    releases = {"cv-corpus-25.0-2026-03-09": voices, "sps-corpus-3.0-2026-03-09": talk}
    for name, locales in releases.items():
        text = json.dumps({"locales": locales})
        (tmp_path / "commonvoice" / f"{name}.json").write_text(text, encoding="utf-8")
    (tmp_path / "huggingface" / "places.md").write_text(CARD, encoding="utf-8")
    (tmp_path / "aws" / "tides.yaml").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def test_raw_records_of_each_catalogue_give_their_facts(folder: Path) -> None:
    known = {one.id: one for one in records.records(folder)}
    assert set(known) == {"commonvoice:scripted-25.0-cy", "commonvoice:spontaneous-3.0-ga-IE",
                          "huggingface:places", "aws:tides"}  # fmt: skip
    assert known["commonvoice:scripted-25.0-cy"].figures["vhours"] == 124.1
    assert known["commonvoice:spontaneous-3.0-ga-IE"].kind == "spontaneous"
    assert "ga" in known["commonvoice:spontaneous-3.0-ga-IE"].languages
    assert known["huggingface:places"].sizes == {"1K<n<10K"}
    assert known["aws:tides"].tags == {"oceans", "aws-pds"}


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"lang_any": ["cy"]}, {"commonvoice:scripted-25.0-cy", "huggingface:places"}),
        ({"lang_any": ["cy"], "modality": "audio"}, {"commonvoice:scripted-25.0-cy"}),
        ({"lang_all": ["cy", "br"], "modality": "text"}, {"huggingface:places"}),
        ({"task": ["named-*"], "licence": "permissive"}, {"huggingface:places"}),
        ({"task": ["oceans"], "update": "hourly", "publisher": "noaa"}, {"aws:tides"}),
        ({"licence": "stated", "lang_any": ["br"]}, {"huggingface:places"}),
        ({"task": ["oceans"], "access": "open"}, {"aws:tides"}),
        ({"task": ["oceans"], "access": "controlled"}, set()),
        ({"modality": "audio", "hours_min": 159}, set()),
        ({"modality": "audio", "licence": "public_domain", "lang_not": ["ga"]},
         {"commonvoice:scripted-25.0-cy"}),
    ],
)  # fmt: skip
def test_a_predicate_picks_the_records_that_surely_meet_it(
    folder: Path, wanted: dict[str, object], ids: set[str]
) -> None:
    known = records.records(folder)
    assert {one.id for one in known if fit(one, wanted) == "yes"} == ids


def test_a_word_in_the_text_alone_counts_neither_way(folder: Path) -> None:
    places = next(one for one in records.records(folder) if one.id == "huggingface:places")
    assert fit(places, {"about": "court"}) == "unknown"
    assert fit(places, {"about": "names"}) == "yes"
    assert fit(places, {"about": "weather"}) == "no"


@pytest.mark.parametrize(
    ("licences", "state"),
    [(set(), "no"), ({"unknown"}, "no"), ({"other"}, "unknown"), ({"other", "mit"}, "yes")],
)
def test_a_licence_is_stated_when_the_record_names_it(licences: set[str], state: str) -> None:
    card = Record(id="x:1", source="huggingface", languages=frozenset(), tags=frozenset(),
                  licences=frozenset(licences), front="", text="")  # fmt: skip
    assert fit(card, {"licence": "stated"}) == state


@pytest.mark.parametrize(
    ("resources", "access"),
    [
        (["Type: S3 Bucket"], "open"),
        (["ControlledAccess: https://x.invalid"], "controlled"),
        (["Type: S3 Bucket", "ControlledAccess: https://x.invalid"], ""),
        ([], ""),
    ],
)
def test_access_is_told_only_where_all_parts_agree(
    folder: Path, resources: list[str], access: str
) -> None:
    entry = ENTRY.split("Resources:")[0] + "Resources: [{}]\n".format(
        ", ".join(f"{{{each}}}" for each in resources)
    )
    (folder / "aws" / "tides.yaml").write_text(entry, encoding="utf-8")
    tides = next(one for one in records.records(folder) if one.id == "aws:tides")
    assert tides.access == access
    told = {"open": "yes", "controlled": "no", "": "unknown"}
    assert fit(tides, {"access": "open"}) == told[access]


def test_a_rhythm_more_frequent_than_asked_counts_neither_way() -> None:
    hourly = Record(id="x:1", source="x", languages=frozenset(), tags=frozenset(),
                    licences=frozenset(), front="", text="", update="hourly")  # fmt: skip
    assert fit(hourly, {"update": "daily"}) == "unknown"
    assert fit(hourly, {"update": "hourly"}) == "yes"


def test_the_set_is_large_and_parted_in_halves_at_once(folder: Path) -> None:
    rows = [json.loads(line) for line in catalogues.FILE.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 80
    assert len({row["id"] for row in rows}) == len(rows)
    halves = [[row.id for row in catalogues.rows(folder, half)] for half in ("a", "b")]
    assert [len(half) for half in halves] == [68, 67]
    assert not set(halves[0]) & set(halves[1])


def test_the_further_set_has_many_turns_and_requests_that_nothing_meets(folder: Path) -> None:
    further = list(catalogues.rows(folder, "c"))
    known = {row.id for half in ("a", "b") for row in catalogues.rows(folder, half)}
    assert len(further) >= 120
    assert sum(len(row.turns) for row in further if len(row.turns) > 1) >= 60
    assert not known & {row.id for row in further}


def test_the_last_file_is_large_and_shares_no_request_with_the_others(folder: Path) -> None:
    fourth = [*catalogues.rows(folder, "d"), *catalogues.rows(folder, "e")]
    others = [row for half in ("a", "b", "c") for row in catalogues.rows(folder, half)]
    assert len(fourth) == len({row.id for row in fourth}) == 165
    assert sum(len(row.turns) > 1 for row in fourth) >= 25
    assert not {row.id for row in fourth} & {row.id for row in others}
    assert not {row.turns for row in fourth} & {row.turns for row in others}


def test_the_latest_files_are_halved_too_and_one_of_them_holds_conversations(folder: Path) -> None:
    halves = {half: [*catalogues.rows(folder, half)] for half in catalogues.HALVES}
    counts = {half: len(listed) for half, listed in halves.items() if half >= "f"}
    assert counts == {"f": 75, "g": 75, "h": 45, "i": 45, "j": 45, "k": 45, "l": 60, "m": 60,
                      "n": 35, "o": 35, "p": 520, "q": 330}  # fmt: skip
    assert all(len(row.turns) > 1 for half in halves if half in "hinoq" for row in halves[half])
    rows = [row for listed in halves.values() for row in listed]
    assert len(rows) == len({row.id for row in rows})


def test_halves_not_looked_at_give_figures_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    miss = {"id": "told"}

    def judged(what: str, *rest: object, **named: object) -> list[Measured]:
        return [Measured(name=what, figures={"rows": 1}, wrong=[miss])]

    monkeypatch.setattr(run, "fresh", lambda *rest: None)
    monkeypatch.setattr(run, "judged", judged)
    settings = Settings.from_env({"DATASET_ASSISTANT_DATA": str(tmp_path / "data")})
    found = run.unseen(catalogues.FILE, folder, settings, lambda *rest: None)
    assert {one.name[-1]: list(one.wrong) for one in found} == \
        {half: [] if half in "mo" else [miss] for half in catalogues.HALVES}  # fmt: skip


def test_a_slip_in_a_predicate_is_told(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"id": "U1", "turns": ["x"], "predicate": {"langs": ["cy"]}}))
    with pytest.raises(ValueError, match="langs"):
        list(catalogues.rows(folder, path=file))
