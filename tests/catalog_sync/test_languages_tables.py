"""The tables of language names: well made, and what the installed packages give."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from catalog_sync import languages
from catalog_sync.language_codes import canonical, codes, iso639_3
from catalog_sync.language_groups import of_place
from catalog_sync.language_names import ambiguous, hand_names, raw_index
from catalog_sync.language_tables import rows
from scripts import language_tables

EVALS = Path(__file__).parent.parent / "evals" / "langnames.tsv"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "commonvoice"


def test_every_tag_written_by_hand_is_a_language() -> None:
    tags = {tag.split("-")[0] for tag in hand_names()}
    tags |= {tag.split("-")[0] for meanings in ambiguous().values() for tag, _ in meanings}
    assert tags <= set(codes())


def test_every_ambiguous_name_has_two_meanings_or_more() -> None:
    short = {name for name, meanings in ambiguous().items() if len({t for t, _ in meanings}) < 2}
    assert short == set()


def test_every_country_of_our_own_table_has_known_languages() -> None:
    for _, tags in rows("spoken.tsv"):
        assert {canonical(tag) for tag in tags.split()} <= set(codes())


def test_a_place_without_languages_gives_none() -> None:
    assert of_place(frozenset({"AQ"})) == frozenset()


def test_the_made_tables_are_what_the_packages_give() -> None:
    folder = language_tables.FOLDER
    assert (folder / "codes.tsv").read_text(encoding="utf-8") == language_tables.codes_table()
    assert (folder / "aliases.tsv").read_text(encoding="utf-8") == language_tables.aliases_table()
    packed = gzip.decompress((folder / "names.tsv.gz").read_bytes()).decode()
    assert packed == language_tables.names_table()
    assert len(raw_index()) > 70_000


def _judge(row: dict[str, str]) -> str:
    found = languages.resolve(row["surface"])
    expected = set(row["expected_iso639_3"].split("|"))
    asked = {candidate.iso639_3 for candidate in found.candidates}
    if row["ambiguous"] == "1":
        return "right" if found.ambiguous and asked & expected else "wrong"
    if found.tags:
        return "right" if set(found.iso639_3) & expected else "wrong"
    return "open"


def test_our_own_names_come_out_right_and_none_is_guessed_wrongly() -> None:
    with EVALS.open(encoding="utf-8") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    judged = [_judge(row) for row in table]
    assert judged.count("right") >= 0.97 * len(table)
    assert judged.count("wrong") <= 0.01 * len(table)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_every_common_voice_locale_resolves_by_both_its_names() -> None:
    path = next(SHARED.glob("languagedata-*.json"))
    locales = json.loads(path.read_text(encoding="utf-8"))["locales"]
    missed = []
    for code, locale in locales.items():
        for name in {locale["english_name"], locale["native_name"]} - {code}:
            found = languages.resolve(name)
            said = {*found.iso639_3, *(c.iso639_3 for c in found.candidates)}
            if iso639_3(code) not in said:
                missed.append((code, name))
    assert missed == []
    assert len(locales) == 436
