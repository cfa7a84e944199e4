"""Asking from the command line, with the real bundled model over a small catalogue."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from tests import models
from tests.faces.test_commands import LINES

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three datasets in its index."""
    folder = tmp_path_factory.mktemp("asked")
    file = folder / "mine.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    code, _, err = run(models.lay(folder / "data"), "sync", "cards", "--path", str(file), "--index")
    assert code == 0, err
    return folder / "data"


def run(data: Path, *words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    environ = {"DATASET_ASSISTANT_DATA": str(data)}
    return main(words, environ=environ, out=out, err=err), out.getvalue(), err.getvalue()


def test_each_turn_of_a_conversation_is_answered_in_the_contracts_shape(data: Path) -> None:
    code, out, err = run(data, "ask", "Welsh speech", "only what I may sell", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert len(answer["turns"]) == 2
    first = answer["turns"][0]
    assert {"intent", "need", "results", "no_match", "nearest", "questions", "text"} <= set(first)
    best = first["results"][0]
    assert best["id"] == "cards:welsh"
    assert {"id", "name", "url", "score", "verdict", "matches"} <= set(best)
    assert answer["turns"][1]["results"][0]["verdict"]["outcome"] == "allowed_with_conditions"


def test_a_file_of_conversations_is_answered_line_by_line_each_on_its_own(
    data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "asked.jsonl"
    rows = [{"id": "a", "turns": ["Welsh speech"]}, {"id": "b", "turns": ["text in Swahili"]}]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code, out, _ = run(data, "ask", "--batch", str(file), "--json", "--top", "1")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in found] == ["a", "b"]
    ids = [row["turns"][0]["results"][0]["id"] for row in found]
    assert ids == ["cards:welsh", "cards:swahili"]


def test_a_line_without_turns_is_refused_by_its_number(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "asked.jsonl"
    file.write_text('{"id": "a", "turns": ["x"]}\n{"id": "b"}\n', encoding="utf-8")
    code, out, err = run(data, "ask", "--batch", str(file), "--json")
    assert (code, out) == (2, "")
    assert "Line 2" in err


def test_nothing_that_is_not_in_the_catalogue_is_named(data: Path) -> None:
    _, out, _ = run(data, "ask", "Sumerian speech", "--json")
    turn = json.loads(out)["turns"][0]
    assert turn["no_match"] is True
    assert turn["results"] == []
    assert {near["id"] for near in turn["nearest"]} <= {f"cards:{line['id']}" for line in LINES}


def test_people_read_the_card_with_its_verdict_and_address(data: Path) -> None:
    _, out, _ = run(data, "ask", "Welsh speech I can sell")
    assert "Welsh voices" in out
    assert "Allowed, with conditions" in out
    assert "https://data.example/welsh" in out


def test_a_second_index_embeds_nothing(data: Path) -> None:
    _, out, _ = run(data, "index", "--json")
    assert json.loads(out)["embedded"] == 0


def test_all_is_well_to_the_doctor(data: Path) -> None:
    _, out, _ = run(data, "doctor", "--json")
    found = {check["what"]: check for check in json.loads(out)["checks"]}
    assert found["index"]["ok"], found["index"]
    assert found["model"]["ok"], found["model"]


def test_a_first_answer_waits_neither_for_torch_nor_for_the_chat(data: Path) -> None:
    code = (
        "import sys; from assistant.__main__ import main; "
        f"assert main(['ask', 'Welsh speech', '--json', '--data', {str(data)!r}]) == 0; "
        "print([m for m in ('torch', 'transformers', 'chainlit', 'llama_index') "
        "if m in sys.modules])"
    )
    environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          env=environ, check=True)  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
