"""Any value in any field: the record is read, or fails by name; nothing else happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_sync.source import Failed, Item, RawRecord
from catalog_sync.sources.croissant import Croissant
from catalog_sync.sources.huggingface import HuggingFace
from catalog_sync.sources.mdc import Mdc
from tests.catalog_sync.sources.collective import dataset
from tests.catalog_sync.sources.hub import Hub, listed
from tests.catalog_sync.sources.loopback import serving

ODD: tuple[object, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, "", "None", "x" * 5000, "<b>", [], {}, [[]], [None],
    [{}], ["a", 1, {"name": ["q"]}], {"@value": None}, {"@id": "x"}, {"@type": 5},
    {"en": {"fr": 1}}, {"@type": "Dataset"}, {"name": {"@value": ["x"]}},
)  # fmt: skip


def changed(whole: dict[str, object], *more: str, but: str = "") -> Iterator[dict[str, object]]:
    """`whole` with each field, those of `but` left alone, at each odd value in turn."""
    for field in [*whole, *more]:
        for value in ODD if field not in but.split() else ():
            yield {**whole, field: value}


def told(found: list[Item]) -> int:
    return sum(isinstance(item, RawRecord | Failed) for item in found)


@pytest.fixture
def harbour() -> dict[str, object]:
    path = Path(__file__).parents[2] / "data" / "croissant" / "harbour.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_the_collectives_records(tmp_path: Path) -> None:
    fields = changed(dataset(1), "pricing", "restrictions", "licenseUrl", but="id")
    rows = [{**row, "id": f"c{number:07d}x"} for number, row in enumerate(fields)]
    (tmp_path / "page.json").write_text(json.dumps({"items": rows}), encoding="utf-8")
    assert told(list(Mdc(path=tmp_path).read(None))) == len(rows)


def test_an_odd_id_is_a_failure_that_is_named(tmp_path: Path) -> None:
    rows = list(changed({"id": "x"}, but=""))
    (tmp_path / "page.json").write_text(json.dumps(rows), encoding="utf-8")
    found = list(Mdc(path=tmp_path).read(None))
    assert not [item for item in found if isinstance(item, RawRecord)]
    assert all(item.native_id for item in found if isinstance(item, Failed))


def test_croissant_documents(tmp_path: Path, harbour: dict[str, object]) -> None:
    documents = list(changed(harbour, "@graph", "@id", "usageInfo", "contentSize"))
    for number, document in enumerate(documents):
        path = tmp_path / f"d{number:04d}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
    assert told(list(Croissant(path=tmp_path).read(None))) >= len(documents)


def test_the_hubs_records() -> None:
    whole = listed("hills/songs")
    card = whole["cardData"]
    assert isinstance(card, dict)
    rows = list(changed(whole, but="id private disabled"))
    rows += [
        {**whole, "cardData": front}
        for front in changed(card, "dataset_info", "license_link", "extra_gated_prompt", "tags")
    ]
    rows = [{**row, "id": f"hills/songs_{number}"} for number, row in enumerate(rows)]
    with serving(Hub(rows, page=len(rows))) as server:
        assert told(list(HuggingFace(url=server.url).read(None))) == len(rows)


def test_an_odd_id_of_the_hub_is_never_part_of_an_address() -> None:
    rows = [listed("x", id=value) for value in (*ODD, "../secrets", "a/b/c", "a b")]
    with serving(Hub(rows, page=len(rows))) as server:
        found = list(HuggingFace(url=server.url, cards=True).read(None))
    read = [item.native_id for item in found if isinstance(item, RawRecord)]
    assert read == ["None"]
    assert not [asked for asked in server.asked if ".." in asked.path]
