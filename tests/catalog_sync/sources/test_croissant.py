from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from catalog_sync.clauses import Price
from catalog_sync.http import PoliteClient
from catalog_sync.source import BadInput, Failed, Item, RawRecord, SourceBroken, SourceUnreachable
from catalog_sync.sources.croissant import Croissant, make, slug
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply, json_reply

Serve = Callable[[Callable[[Asked], Reply]], Loopback]
DATA = Path(__file__).parents[2] / "data" / "croissant"


def records(found: Iterable[Item]) -> dict[str, RawRecord]:
    return {item.native_id: item for item in found if isinstance(item, RawRecord)}


def one(tmp_path: Path, document: object) -> RawRecord:
    (tmp_path / "one.json").write_text(json.dumps(document), encoding="utf-8")
    found = records(Croissant(path=tmp_path).read(None))
    assert list(found) == ["one"]
    return found["one"]


def dataset(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org/", "@type": "Dataset", "name": "x", **fields}


def test_a_folder_is_read_with_its_subfolders_under_the_file_stems() -> None:
    assert set(records(Croissant(path=DATA).read(None))) == {"harbour", "lantern", "old/quarry"}


def test_one_file_is_read_under_its_stem() -> None:
    assert list(records(Croissant(path=DATA / "harbour.json").read(None))) == ["harbour"]


def test_a_whole_description_is_moved_field_by_field() -> None:
    found = records(Croissant(path=DATA).read(None))["harbour"]
    assert found.name == "harbour_sounds"
    assert found.url == "https://example.org/harbour"
    assert found.links == ("https://example.org/mirror",)
    assert found.doi == "10.5555/harbour.7"
    assert found.version == "1.2.0"
    assert (found.published, found.updated) == (date(2026, 1, 2), date(2026, 2, 3))
    assert found.citation == "@misc{harbour}"
    assert found.tags == ("harbour", "sea", "sound")
    assert found.languages == ("cy", "nan")
    assert found.tasks == ("audio-classification",)
    assert found.publisher == "Harbour Office"
    assert found.formats == ("zip", "csv", "mp3")
    assert found.modalities == ("audio", "image")
    assert [section.title for section in found.datasheet] == ["Data limitations"]


def test_nobodys_mail_address_is_carried_on() -> None:
    assert "gull@example.org" not in repr(records(Croissant(path=DATA).read(None)))


def test_licences_of_every_shape_are_kept_as_stated() -> None:
    found = records(Croissant(path=DATA).read(None))
    assert found["harbour"].terms.licences == (
        "https://creativecommons.org/licenses/by/4.0/",
        "Harbour terms",
    )
    assert found["harbour"].terms.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    zero = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert found["lantern"].terms.licences == (zero,)
    assert found["lantern"].terms.licence_url == zero
    assert found["old/quarry"].terms.licences == ()


def test_words_that_limit_use_reach_the_terms_wherever_they_stand() -> None:
    found = dict(records(Croissant(path=DATA).read(None))["harbour"].terms.datasheet)
    assert found["description"] == "The recordings may not be redistributed."
    assert found["rai:dataLimitations"].endswith("Not for commercial use by anglers.")
    assert found["conditionsOfAccess"] == "Public"


def test_a_usage_policy_is_kept_as_it_stands() -> None:
    found = dict(records(Croissant(path=DATA).read(None))["lantern"].terms.datasheet)
    assert "odrl:permission" in found["usageInfo"]


def test_access_and_price_are_taken_only_from_plain_statements(tmp_path: Path) -> None:
    found = records(Croissant(path=DATA).read(None))
    assert found["harbour"].terms.access == "public"
    assert found["harbour"].terms.price == Price(
        owner_cents=0, currency="USD", platform_fee_cents=0
    )
    assert found["lantern"].terms.access == "unknown"
    assert found["lantern"].terms.price is None
    assert ("isAccessibleForFree", "isAccessibleForFree: false") in (
        found["lantern"].terms.datasheet
    )
    request = one(tmp_path, dataset(conditionsOfAccess="On request."))
    assert request.terms.access == "on_request"
    vague = one(tmp_path, dataset(conditionsOfAccess="Some conditions apply"))
    assert vague.terms.access == "unknown"


def test_a_graph_with_full_addresses_as_keys_and_several_languages_is_read() -> None:
    found = records(Croissant(path=DATA).read(None))["lantern"]
    assert found.name == "Lanterns"
    assert found.description == "Pictures of lanterns."
    assert found.publisher == "Lantern Office"
    assert found.citation == "Lantern Office (2026)"


def test_a_name_in_other_languages_only_is_still_a_name(tmp_path: Path) -> None:
    assert one(tmp_path, dataset(name={"fr": "Phare", "cy": "Goleudy"})).name == "Phare"


def test_sizes_add_up_only_when_every_file_states_one() -> None:
    found = records(Croissant(path=DATA).read(None))
    assert found["harbour"].size.bytes == 2500
    assert found["old/quarry"].size.bytes is None


def test_the_word_none_is_silence() -> None:
    found = records(Croissant(path=DATA).read(None))["old/quarry"]
    assert found.url is None
    assert found.formats == ("csv",)


def test_several_datasets_in_one_document_are_told_apart(tmp_path: Path) -> None:
    graph = [{"@type": "Dataset", "name": name} for name in ("a", "b")]
    (tmp_path / "two.json").write_text(json.dumps({"@graph": graph}), encoding="utf-8")
    assert {
        key: found.name for key, found in records(Croissant(path=tmp_path).read(None)).items()
    } == {
        "two#1": "a",
        "two#2": "b",
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"@type": "Person", "name": "x"}', "no Dataset"),
        ("[1, 2, 3]", "no Dataset"),
        ("null", "no Dataset"),
        ('{"@type": ', "JSON"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_dataset_fails_alone_with_its_name(
    tmp_path: Path, content: str, why: str
) -> None:
    shutil.copy(DATA / "harbour.json", tmp_path / "harbour.json")
    (tmp_path / "other.json").write_text(content, encoding="utf-8")
    found = list(Croissant(path=tmp_path).read(None))
    failed = [item for item in found if isinstance(item, Failed)]
    assert list(records(found)) == ["harbour"]
    assert [item.native_id for item in failed] == ["other"]
    assert why in failed[0].why


def test_two_files_of_one_stem_do_not_share_an_id(tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonld"):
        shutil.copy(DATA / "harbour.json", tmp_path / name)
    found = list(Croissant(path=tmp_path).read(None))
    assert list(records(found)) == ["a"]
    assert [item.native_id for item in found if isinstance(item, Failed)] == ["a.jsonld"]


def test_an_address_is_read_and_names_the_record(serve: Serve, client: PoliteClient) -> None:
    document = json.loads((DATA / "old" / "quarry.json").read_text(encoding="utf-8"))
    server = serve(lambda asked: json_reply(document))
    address = server.url + "/api/datasets/Quarry/croissant"
    found = records(Croissant(url=address, client=client).read(None))
    assert list(found) == ["127-0-0-1-api-datasets-quarry-croissant"]
    assert next(iter(found.values())).url == address


def test_an_address_that_refuses_or_breaks_ends_incomplete(
    serve: Serve, client: PoliteClient
) -> None:
    missing = serve(lambda asked: Reply(status=404))
    with pytest.raises(SourceUnreachable, match="404"):
        list(Croissant(url=missing.url, client=client).read(None))
    broken = serve(lambda asked: Reply(body=b'{"@type"'))
    with pytest.raises(SourceBroken, match="JSON"):
        list(Croissant(url=broken.url, client=client).read(None))


def test_addresses_that_differ_only_in_their_query_have_different_ids() -> None:
    assert slug("https://x.org/c?id=1") != slug("https://x.org/c?id=2")
    assert len(slug("https://x.org/" + "a" * 500)) < 120


def test_it_needs_a_path_or_an_address() -> None:
    with pytest.raises(BadInput, match="--path"):
        make(path=None, url=None, environ={})
    with pytest.raises(BadInput, match="Expected http"):
        make(path=None, url="file:///etc/passwd", environ={})


def test_the_real_examples_are_all_read() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "croissant"
    if not folder.is_dir():
        pytest.skip("the real examples are not beside this checkout")
    found = list(Croissant(path=folder).read(None))
    assert len(records(found)) == 81
    assert not [item for item in found if isinstance(item, Failed)]
    assert "1.0__titanic__metadata" in records(found)
