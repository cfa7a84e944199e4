"""Anyone's catalogue in our own format is read line by line, and a slip is told where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalog_sync.card import Size
from catalog_sync.normalise import normalise
from catalog_sync.source import BadInput, Failed, RawRecord
from catalog_sync.sources.cards import Cards
from catalog_sync.sources.cards_line import CardLine
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply

DOCS = Path(__file__).parents[3] / "docs" / "sources.md"
FULL: dict[str, object] = {
    "id": "kilns/2024", "name": "Voices of the kilns", "url": "https://kilns.example/voices",
    "summary": "Potters talk.", "description": "Potters talk about their work.",
    "languages": ["Yoruba", "en-GB"], "modalities": "speech", "tasks": ["ASR", "glaze naming"],
    "tags": ["Pottery"], "speech_style": "spontaneous", "licence": "CC BY-NC 4.0",
    "restrictions": "None.", "forbidden_use": "Voice cloning is not allowed.",
    "access": "on_request", "access_note": "Write to the guild.",
    "price": {"cents": 10000, "currency": "EUR"}, "labels": ["TK Attribution"],
    "hours": 12.5, "validated_hours": 10, "records": 4000, "speakers": 12, "bytes": 1000,
    "publisher": "Guild of potters", "formats": [".wav", "JASONL"], "version": "2",
    "published": "2024-05-01", "updated": "2025-01-31", "update_frequency": "every year",
    "citation": "Guild (2024)", "doi": "https://doi.org/10.1234/Kilns",
    "links": ["https://mirror.example/kilns"], "datasheet": {"Collection": "In workshops."},
    "releases": [{"version": "1", "published": "2023-05-01", "hours": 3}],
    "evidence": {"hours": "counted by the guild"},
}  # fmt: skip


def lay(folder: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "cards.jsonl").write_text(text, encoding="utf-8")
    return folder


def only(path: Path) -> RawRecord | Failed:
    found = [item for item in Cards(path=path).read(None) if isinstance(item, RawRecord | Failed)]
    assert len(found) == 1
    return found[0]


def test_every_field_of_a_line_reaches_the_card(tmp_path: Path) -> None:
    record = only(lay(tmp_path, FULL))
    assert isinstance(record, RawRecord)
    card = normalise(record)
    assert card.id == "cards:kilns/2024"
    assert card.languages == ("yo", "en-GB")
    assert card.modalities == ("audio",)
    assert card.tasks == ("automatic-speech-recognition",)
    assert card.tags == ("pottery", "glaze naming")
    assert card.formats == ("WAV", "JSONL")
    assert card.terms.licence == "CC-BY-NC-4.0"
    assert card.terms.access == "on_request"
    assert card.terms.price is not None and card.terms.price.owner_cents == 10000
    assert card.terms.labels == ("TK Attribution",)
    assert card.size == Size(
        bytes=1000, hours=12.5, validated_hours=10.0, records=4000, speakers=12
    )
    assert (card.published, card.updated) == (date(2024, 5, 1), date(2025, 1, 31))
    assert card.update_frequency == "yearly"
    assert card.doi == "10.1234/kilns"
    assert card.releases[0].size.hours == 3.0
    assert [section.title for section in card.datasheet] == ["Collection"]
    assert {"hours", "licence", "access"} <= {part.field for part in card.evidence}


def test_a_forbidden_use_becomes_a_rule_with_its_words(tmp_path: Path) -> None:
    record = only(lay(tmp_path, FULL))
    assert isinstance(record, RawRecord)
    terms = normalise(record).terms
    words = [rule.clause.quote for rule in terms.rules] + [part.quote for part in terms.unparsed]
    assert any("Voice cloning" in quote for quote in words)


def test_a_line_with_only_an_id_and_a_name_leaves_all_else_unknown(tmp_path: Path) -> None:
    record = only(lay(tmp_path, {"id": "a", "name": "A"}))
    assert isinstance(record, RawRecord)
    card = normalise(record)
    assert (card.terms.licence, card.terms.access, card.terms.price) == (None, "unknown", None)
    assert (card.languages, card.tasks, card.modalities, card.size) == ((), (), (), Size())
    assert card.evidence == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "JSON object"),
        ({"id": "a"}, "'name' is missing"),
        ({"id": "a", "name": "A", "licens": "MIT"}, "'licens' is not in the format"),
        ({"id": "a b", "name": "A"}, "'id'"),
        ({"id": "a", "name": "A", "hours": "many"}, "'hours'"),
        ({"id": "a", "name": "A", "hours": -1}, "'hours'"),
        ({"id": "a", "name": "A", "access": "open"}, "'access'"),
        ({"id": "a", "name": "A", "published": "last May"}, "'published'"),
        ({"id": "a", "name": "A", "url": "javascript:alert(1)"}, "'url'"),
        ({"id": "a", "name": "A", "price": {"cents": 5, "currency": "dollars"}}, "price.currency"),
    ],
)
def test_a_slip_is_told_with_its_line_and_its_field(tmp_path: Path, line: object, why: str) -> None:
    failed = only(lay(tmp_path, "", line))
    assert isinstance(failed, Failed)
    assert failed.where == "cards.jsonl, line 2"
    assert why in failed.why


def test_a_line_that_is_not_text_and_one_without_end_fail_alone(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "name": "A"}).encode()
    endless = b'{"id": "b", "name": "' + b"x" * 1_100_000 + b'"}'
    (tmp_path / "cards.jsonl").write_bytes(b"\n".join([b"\xff\xfe", good, endless]))
    items = list(Cards(path=tmp_path).read(None))
    assert [item.native_id for item in items if isinstance(item, RawRecord)] == ["a"]
    assert sum(isinstance(item, Failed) for item in items) == 2


def test_one_id_over_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    lay(tmp_path, {"id": "a", "name": "A"})
    (tmp_path / "more.jsonl").write_text('{"id": "a", "name": "Again"}', encoding="utf-8")
    failed = [item for item in Cards(path=tmp_path).read(None) if isinstance(item, Failed)]
    assert "cards.jsonl, line 1" in failed[0].why
    assert failed[0].where == "more.jsonl, line 1"


def test_an_address_is_read_like_a_file(
    serve: Callable[[Callable[[Asked], Reply]], Loopback],
) -> None:
    text = '{"id": "a", "name": "A"}\n{"id": "b", "name": "B"}\n'
    server = serve(lambda asked: Reply(body=text.encode()))
    items = list(Cards(url=f"{server.url}/catalogue.jsonl").read(None))
    assert [item.native_id for item in items if isinstance(item, RawRecord)] == ["a", "b"]


@pytest.mark.parametrize("given", [{}, {"path": Path("x"), "url": "https://example.org"}])
def test_neither_or_both_of_path_and_address_is_the_callers_mistake(
    given: dict[str, object],
) -> None:
    path, url = given.get("path"), given.get("url")
    with pytest.raises(BadInput, match="--path"):
        Cards(
            path=path if isinstance(path, Path) else None, url=url if isinstance(url, str) else None
        )


def test_every_field_of_the_format_is_documented_and_no_other() -> None:
    text = DOCS.read_text(encoding="utf-8")
    part = text[text.index("## The `cards` format") :]
    table = part[: part.index("\n## ", 10)] if "\n## " in part[10:] else part
    named = set(re.findall(r"^\| `([a-z_]+)`", table, re.MULTILINE))
    assert named == set(CardLine.model_fields)
