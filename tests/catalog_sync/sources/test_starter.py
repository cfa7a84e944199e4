"""The catalogue inside the package is large enough, true to its format, and made of facts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from catalog_sync import languages
from catalog_sync.card import DatasetCard
from catalog_sync.normalise import normalise
from catalog_sync.source import BadInput, Failed, RawRecord
from catalog_sync.sources import starter
from catalog_sync.sources.starter import Starter

ROOT = Path(__file__).parents[3]
LISTINGS = ROOT.parent / "shared" / "data"


@cache
def records() -> tuple[RawRecord, ...]:
    return tuple(item for item in Starter().read(None) if isinstance(item, RawRecord))


@cache
def cards() -> tuple[DatasetCard, ...]:
    return tuple(normalise(record) for record in records())


def test_it_holds_at_least_450_datasets_in_at_least_300_languages() -> None:
    spoken = {languages.iso639_3(tag) for card in cards() for tag in card.languages}
    assert len(cards()) >= 450
    assert len(spoken) >= 300


def test_every_line_is_read() -> None:
    assert not [item for item in Starter().read(None) if isinstance(item, Failed)]


def test_every_language_is_a_canonical_tag_of_a_known_language() -> None:
    for card in cards():
        assert card.languages_unread == (), card.id
        assert card.languages or card.multilingual, card.id
        for tag in card.languages:
            assert languages.is_known(tag) and languages.canonical(tag) == tag, (card.id, tag)


def test_every_licence_can_be_read() -> None:
    assert [card.id for card in cards() if card.terms.licence is None] == []


def test_every_dataset_has_a_page_a_publisher_and_a_sentence_on_what_it_is() -> None:
    for card in cards():
        assert card.url and card.publisher and card.summary, card.id


def test_no_dataset_is_listed_twice() -> None:
    told = [(card.name.casefold(), card.languages, card.publisher, card.size) for card in cards()]
    assert len(set(told)) == len(told)
    voices = [
        (card.speech_style, card.languages)
        for card in cards()
        if re.match(r"Common Voice (?:Scripted|Spontaneous) Speech", card.name)
    ]
    assert len(set(voices)) == len(voices) == 362


def test_common_voice_lines_carry_their_hours_and_the_promise_not_to_identify() -> None:
    welsh = next(card for card in cards() if card.native_id == "commonvoice-scripted-25.0-cy")
    assert welsh.size.validated_hours is not None and welsh.size.validated_hours > 100
    assert welsh.terms.platform == "mdc"
    assert any(rule.kind == "prohibition" for rule in welsh.terms.rules)


def test_it_is_read_from_the_package_only(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="inside the package"):
        starter.make(path=tmp_path, url=None, environ={})


def test_its_provenance_lies_beside_it() -> None:
    text = (ROOT / "catalog_sync" / "starter" / "PROVENANCE.md").read_text(encoding="utf-8")
    assert "scripts/make_starter.py" in text


def test_the_maker_says_what_it_needs_when_nothing_is_given() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_starter.py")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "FOLDER" in ran.stderr


def test_the_same_listings_give_the_same_file(tmp_path: Path) -> None:
    if not (LISTINGS / "mdc").is_dir():
        pytest.skip("the published listings are not beside this checkout")
    made = []
    for name in ("one", "two"):
        place = tmp_path / name
        (place / "scripts").mkdir(parents=True)
        (place / "catalog_sync" / "starter").mkdir(parents=True)
        shutil.copy(ROOT / "scripts" / "make_starter.py", place / "scripts")
        subprocess.run(
            [sys.executable, str(place / "scripts" / "make_starter.py"), str(LISTINGS)],
            cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True,
        )  # fmt: skip
        made.append((place / "catalog_sync" / "starter" / starter.FILE).read_bytes())
    assert made[0] == made[1]
    assert made[0] == (ROOT / "catalog_sync" / "starter" / starter.FILE).read_bytes()


def test_no_sentence_of_the_listings_is_in_it() -> None:
    listing = LISTINGS / "mdc" / "mdc_listing_feb2026.json"
    if not listing.is_file():
        pytest.skip("the published listings are not beside this checkout")
    sentences = {
        " ".join(span.split()).casefold()
        for row in json.loads(listing.read_text(encoding="utf-8"))
        for span in row["spans"][1:]
    }
    sheets = json.loads((LISTINGS / "commonvoice" / "datasheets-latest.json").read_text("utf-8"))
    for kind in sheets["locales"].values():
        for sheet in kind.values():
            for text in sheet.get("community_fields", {}).values():
                sentences |= {part.strip().casefold() for part in re.split(r"[.\n]", str(text))}
    for template in sheets["templates"].values():
        sentences |= {part.strip().casefold() for part in re.split(r"[.\n]", template["en"])}
    ours = "\n".join(
        " ".join(
            (
                record.summary or "",
                record.description or "",
                *(words for _, words in record.terms.datasheet),
            )
        ).casefold()
        for record in records()
    )
    copied = [sentence for sentence in sentences if len(sentence) > 40 and sentence in ours]
    assert copied == []
