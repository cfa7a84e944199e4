from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evals import starter

WELSH = {"id": "w", "languages": ["cy"], "modalities": ["audio"], "tasks": ["ASR"],
         "licence": "CC0-1.0", "hours": 120, "speech_style": "scripted"}  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "state"),
    [
        ({"lang_any": ["cy", "br"], "modality": "audio"}, "yes"),
        ({"lang_any": ["br"]}, "no"),
        ({"lang_all": ["cy", "br"]}, "no"),
        ({"hours_min": 120}, "yes"),
        ({"hours_min": 121}, "no"),
        ({"speakers_min": 3}, "unknown"),
        ({"speakers_min": 3, "style": "spontaneous"}, "no"),
        ({"licence": "commercial"}, "yes"),
        ({"licence": "CC-BY-4.0"}, "no"),
    ],
)
def test_a_line_fits_a_predicate_or_does_not_say(wanted: dict[str, object], state: str) -> None:
    assert starter.fit(WELSH, wanted) == state


def test_data_in_many_languages_neither_counts_for_a_language_nor_against() -> None:
    line = {**WELSH, "languages": ["multilingual"]}
    assert starter.fit(line, {"lang_any": ["cy"], "modality": "audio"}) == "unknown"
    assert starter.fit(line, {"lang_any": ["cy"], "modality": "text"}) == "no"


def test_every_request_asks_for_what_it_was_meant_to() -> None:
    """Ids beginning with N were written so that nothing fits, with M so that it takes turns."""
    kinds = {"S": "single", "M": "multi_turn", "N": "no_match"}
    rows = list(starter.rows())
    assert len(rows) >= 40
    assert {row.id: row.type for row in rows} == {row.id: kinds[row.id[0]] for row in rows}


def test_a_slip_in_a_predicate_is_told(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"id": "S1", "turns": ["x"], "predicate": {"langs": ["cy"]}}))
    with pytest.raises(ValueError, match="langs"):
        list(starter.rows(file))
