"""Entries of the Registry of Open Data are read whole, and what they do not say stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog_sync.card import Size
from catalog_sync.normalise import normalise
from catalog_sync.source import BadInput, Failed, RawRecord
from catalog_sync.sources.aws import Aws, make

RIVERS = """\
Name: River Gauges
Description: |
  Water levels of [one thousand rivers](https://rivers.example).<br/>
  Measured by gauges &amp; checked by hand.
Documentation: "[Handbook](https://rivers.example/handbook) and https://doi.org/10.1234/RIVERS.1"
Contact: gauges@rivers.example
ManagedBy: "[River Office](https://rivers.example)"
UpdateFrequency: Every 15 minutes
Collabs:
  ASDI:
    Tags:
      - water
Tags:
  - aws-pds
  - hydrology
  - Geospatial
  - netcdf
License: |
  "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)"
Resources:
  - Description: Levels
    ARN: arn:aws:s3:::rivers
    Region: eu-west-1
    Type: S3 Bucket
    RequesterPays: True
  - Description: News of new files
    ARN: arn:aws:sns:eu-west-1:1:rivers
    Region: eu-west-1
    Type: SNS Topic
DataAtWork:
  Publications:
    - Title: How rivers rise
      URL: https://rivers.example/paper
      AuthorName: A. Gauge
  Tutorials:
DeprecatedNotice:
Citation:
"""


def entry(folder: Path, text: str, name: str = "rivers") -> RawRecord:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = [item for item in Aws(folder).read(None) if isinstance(item, RawRecord)]
    return next(record for record in found if record.native_id == name)


def test_links_and_breaks_become_plain_words(tmp_path: Path) -> None:
    rivers = entry(tmp_path, RIVERS)
    assert rivers.description == (
        "Water levels of one thousand rivers.\n\nMeasured by gauges & checked by hand."
    )
    assert rivers.publisher == "River Office"


def test_the_id_is_the_file_name_and_the_page_the_registrys(tmp_path: Path) -> None:
    card = normalise(entry(tmp_path, RIVERS))
    assert card.id == "aws:rivers"
    assert card.url == "https://registry.opendata.aws/rivers/"


def test_the_licence_text_keeps_its_address_so_that_it_can_be_read(tmp_path: Path) -> None:
    card = normalise(entry(tmp_path, RIVERS))
    assert card.terms.licence == "CC-BY-4.0"


def test_keywords_tell_kinds_and_formats_in_lower_case(tmp_path: Path) -> None:
    card = normalise(entry(tmp_path, RIVERS))
    assert card.tags == ("aws-pds", "hydrology", "geospatial", "netcdf", "water")
    assert card.modalities == ("geospatial",)
    assert card.formats == ("NetCDF",)


def test_what_the_registry_has_no_field_for_stays_unknown(tmp_path: Path) -> None:
    card = normalise(entry(tmp_path, RIVERS))
    assert (card.languages, card.multilingual, card.tasks) == ((), None, ())
    assert card.size == Size()
    assert (card.version, card.published, card.updated, card.citation) == (None, None, None, None)


def test_requester_pays_is_a_cost_to_the_reader_and_no_price(tmp_path: Path) -> None:
    rivers = entry(tmp_path, RIVERS)
    assert rivers.terms.price is None
    assert any("pays" in section.text for section in rivers.datasheet)


def test_titles_of_publications_can_be_searched(tmp_path: Path) -> None:
    sections = {part.title: part.text for part in entry(tmp_path, RIVERS).datasheet}
    assert sections["Publications"] == "How rivers rise (A. Gauge)"
    assert "Tutorials" not in sections


def test_a_doi_and_addresses_are_found_in_the_documentation(tmp_path: Path) -> None:
    card = normalise(entry(tmp_path, RIVERS))
    assert card.doi == "10.1234/rivers.1"
    assert "https://rivers.example/handbook" in card.links


@pytest.mark.parametrize(
    ("controlled", "access"),
    [
        ("", "public"),
        ("\n    ControlledAccess: https://rivers.example/apply", "on_request"),
        ("\n    ControlledAccess: https://login.example/s3credentials", "agreement"),
    ],
)
def test_controlled_access_becomes_a_way_of_access_with_its_words(
    tmp_path: Path, controlled: str, access: str
) -> None:
    text = RIVERS.replace("RequesterPays: True", f"AccountRequired: False{controlled}")
    rivers = entry(tmp_path, text)
    assert rivers.terms.access == access
    assert "ControlledAccess" in (rivers.terms.access_quote or "")


def test_an_entry_without_a_bucket_says_nothing_about_access(tmp_path: Path) -> None:
    text = RIVERS[: RIVERS.index("Resources:")]
    assert entry(tmp_path, text).terms.access == "unknown"


def test_a_withdrawn_dataset_says_so(tmp_path: Path) -> None:
    rivers = entry(tmp_path, RIVERS + "Deprecated: True\n")
    assert "deprecated" in rivers.tags
    assert rivers.datasheet[0].title == "Deprecated"


def test_a_placeholder_for_the_publisher_is_silence(tmp_path: Path) -> None:
    text = RIVERS.replace('"[River Office](https://rivers.example)"', "FILL UP MANUALLY - CHECK")
    assert normalise(entry(tmp_path, text)).publisher is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Name: [unclosed", "YAML"),
        ("- a\n- list\n", "mapping"),
        ("Description: nameless\n", "'Name'"),
        ("Name: \tx\n\t- y", "YAML"),
    ],
)
def test_an_entry_that_cannot_be_read_fails_alone_with_the_reason(
    tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    entry(tmp_path, RIVERS)
    failed = [item for item in Aws(tmp_path).read(None) if isinstance(item, Failed)]
    assert [item.native_id for item in failed] == ["odd"]
    assert why in failed[0].why


def test_an_entry_that_is_not_text_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_bytes(b"Name: \xff\xfe\n")
    failed = [item for item in Aws(tmp_path).read(None) if isinstance(item, Failed)]
    assert [item.native_id for item in failed] == ["odd"]


def test_language_data_is_told_by_the_languages_its_text_names(tmp_path: Path) -> None:
    text = (
        RIVERS.replace("  - hydrology\n", "  - natural language processing\n  - japanese\n")
        .replace("River Gauges", "Corpus of Japanese letters")
        .replace("Water levels of", "Translated into Swahili, from")
    )
    card = normalise(entry(tmp_path, text))
    assert set(card.languages) == {"ja", "sw"}
    said = next(part for part in card.evidence if part.field == "languages")
    assert "Swahili" in said.quote


def test_a_set_of_languages_closed_by_law_states_each_of_them(tmp_path: Path) -> None:
    text = RIVERS.replace("  - hydrology\n", "  - machine translation\n")
    whole = text.replace("Water levels of", "From English to all official EU languages, of")
    card = normalise(entry(tmp_path, whole))
    assert len(card.languages) == 24
    assert {"mt", "ga", "en"} <= set(card.languages)
    vague = text.replace("Water levels of", "In many European languages, of")
    card = normalise(entry(tmp_path, vague, name="vague"))
    assert (card.languages, card.multilingual) == ((), True)


def test_a_language_named_beside_other_data_is_no_language_of_the_data(tmp_path: Path) -> None:
    text = RIVERS.replace("Water levels of", "With a handbook in Japanese, levels of")
    assert normalise(entry(tmp_path, text)).languages == ()


def test_an_address_instead_of_a_folder_is_the_callers_mistake() -> None:
    with pytest.raises(BadInput, match=r"--path"):
        make(path=None, url="https://registry.opendata.aws", environ={})


def test_all_published_entries_are_read() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "aws"
    if not folder.is_dir():
        pytest.skip("the published registry entries are not beside this checkout")
    items = list(Aws(folder).read(None))
    assert sum(isinstance(item, RawRecord) for item in items) == 1190
    assert not [item for item in items if isinstance(item, Failed)]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["[", "<", "< ", "](", "<a ", "https://"])
def test_an_entry_of_endless_marks_holds_nothing_up(tmp_path: Path, piece: str) -> None:
    text = RIVERS.replace("River Gauges", f"'{piece * 50_000}x'")
    assert entry(tmp_path, text).native_id == "rivers"
