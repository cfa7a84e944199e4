from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.evals import run, sets

TODAY = date(2026, 11, 23)
HEADER = "licence_id\tquestion_key\texpected_verdict\talso_acceptable\tfacts\n"


def truth(folder: Path, *rows: str) -> Path:
    path = folder / "licence_truth.tsv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_an_answer_looser_than_the_truth_is_counted_by_the_gate(tmp_path: Path) -> None:
    path = truth(tmp_path, "CC0-1.0\tcommercial_use\tnot_allowed\t\t")
    found = sets.licences(path, TODAY)
    assert found.figures["more_permissive"] == 1
    assert found.wrong[0]["given"] == "allowed"


def test_an_answer_stricter_than_the_truth_is_wrong_and_not_loose(tmp_path: Path) -> None:
    path = truth(tmp_path, "CC-BY-NC-4.0\tcommercial_use\tallowed\t\t")
    found = sets.licences(path, TODAY)
    assert found.figures["agreement"] == 0
    assert found.figures["more_permissive"] == 0


def test_a_further_acceptable_answer_counts_as_right(tmp_path: Path) -> None:
    path = truth(tmp_path, "CC0-1.0\tcommercial_use\tnot_allowed\tallowed|unclear_ask_owner\t")
    assert sets.licences(path, TODAY).figures["agreement"] == 1


def test_an_ambiguous_name_is_right_when_it_is_asked_back(tmp_path: Path) -> None:
    path = tmp_path / "langnames.tsv"
    path.write_text(
        "surface\texpected_bcp47\texpected_iso639_3\tambiguous\n"
        "Luo\tluo\tluo\t1\nWelsh\tcy\tcym\t0\nWelsh\tde\tdeu\t0\n",
        encoding="utf-8",
    )
    figures = sets.language_names(path).figures
    assert figures["ambiguous_asked_back"] == 1
    assert figures["right"] == pytest.approx(2 / 3)
    assert figures["wrong"] == pytest.approx(1 / 3)


def test_the_runner_writes_figures_with_model_versions_and_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth(tmp_path, "CC0-1.0\tcommercial_use\tallowed\t\t")
    code = run.main([str(tmp_path), "--out", str(tmp_path / "out"), "--only", "licence_truth"])
    assert code == 0
    assert "licence_truth" in capsys.readouterr().out
    (file,) = (tmp_path / "out").glob("*.json")
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["sets"][0]["figures"] == {"rows": 1, "agreement": 1.0, "more_permissive": 0}
    assert written["model"]
    assert written["date"].startswith("20")
    assert "torch" in written["versions"]


def test_the_runner_fails_when_a_licence_was_judged_too_loosely(tmp_path: Path) -> None:
    truth(tmp_path, "CC0-1.0\tcommercial_use\tnot_allowed\t\t")
    only = ["--only", "licence_truth"]
    assert run.main([str(tmp_path), "--out", str(tmp_path / "out"), *only]) == 1
