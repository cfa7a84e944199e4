"""Requests in the terminal: the whole path, and what ends with which exit code."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.faces.test_commands import Shell

ADMIN = "admin@catalogue.example"
OWNER = "owner@voices.example"
MARA = "mara@lab.example"
SAID = (
    "--name", "Mara Lind", "--country", "se", "--use", "train_research", "--purpose", "Classrooms.",
)  # fmt: skip


@pytest.fixture
def bureau(tmp_path: Path) -> Shell:
    """Two datasets on request, one of them with an owner here."""
    shell = Shell(tmp_path)
    lines = [
        {"id": name, "name": f"{name} voices", "languages": ["cy"], "licence": "CC-BY-4.0",
         "access": "on_request", "publisher": who, "url": f"https://data.example/{name}"}
        for name, who in (("given", "Llais"), ("far", "Nobody"))
    ]  # fmt: skip
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    code, _ = shell.run("sync", "cards", "--path", str(path), "--json")
    assert code == 0, shell.err
    code, _ = run(shell, "owners", "assign", "publisher", "cards/Llais", OWNER, "--as", ADMIN)
    assert code == 0, shell.err
    return shell


def run(shell: Shell, *words: str) -> tuple[int, str]:
    return shell.run(*words, DATASET_ASSISTANT_ADMINISTRATORS=ADMIN)


def asked(shell: Shell, *words: str) -> dict[str, object]:
    code, out = run(shell, *words, "--json")
    assert code == 0, (out, shell.err)
    found: dict[str, object] = json.loads(out)
    return found


def test_a_request_goes_from_the_draft_to_the_end(bureau: Shell) -> None:
    draft = asked(bureau, "request", "new", "cards:given", "--as", MARA)
    assert draft["state"] == "draft"
    missing = [each["field"] for each in draft["missing"]]  # type: ignore[attr-defined]
    assert missing == ["name", "country", "acts", "purpose"]
    filed = asked(bureau, "request", "new", "cards:given", "--as", MARA, *SAID, "--yes")
    assert (filed["id"], filed["state"]) == (draft["id"], "submitted")
    name = str(filed["id"])
    code, out = run(bureau, "request", "list", "--waiting", "--as", OWNER, "--json")
    assert [each["id"] for each in json.loads(out)] == [name]
    asked(bureau, "request", "return", name, "--as", OWNER, "--question", "Which school?")
    asked(bureau, "request", "answer", name, "--as", MARA, "--message", "In Umeå.", "--yes")
    done = asked(bureau, "request", "approve", name, "--as", OWNER, "--until", "2099-03-31")
    assert (done["state"], done["until"]) == ("approved", "2099-03-31")
    kinds = [each["what"] for each in done["events"]]  # type: ignore[attr-defined]
    assert kinds[0] == "RequestDrafted" and kinds[-1] == "RequestApproved"
    may = ("check", "cards:given", "--use", "train_research", "--from", "SE")
    assert "Request access" not in run(bureau, *may, "--as", MARA, "--json")[1]
    for other in ((), ("--as", OWNER)):
        assert "Request access" in run(bureau, *may, *other, "--json")[1]
    code, out = run(bureau, "request", "show", name, "--as", MARA)
    assert code == 0
    assert "You may use given voices until 31 March 2099." in out
    asked(bureau, "request", "extend", name, "--as", MARA, "--until", "2099-06-30")
    ended = asked(bureau, "request", "revoke", name, "--as", OWNER, "--reason", "Misuse.")
    assert ended["state"] == "revoked"


def test_without_yes_nothing_is_sent_and_the_review_shows_the_texts(bureau: Shell) -> None:
    code, out = run(bureau, "request", "new", "cards:given", "--as", MARA, *SAID)
    assert code == 0
    assert "Your request, not sent yet" in out
    assert "I have read the terms of given voices" in out.replace("\n", " ")
    _, out = run(bureau, "request", "list", "--waiting", "--as", OWNER, "--json")
    assert json.loads(out) == []


def test_somebody_elses_request_is_not_there(bureau: Shell) -> None:
    filed = asked(bureau, "request", "new", "cards:given", "--as", MARA, *SAID, "--yes")
    code, out = run(bureau, "request", "show", str(filed["id"]), "--as", "tom@firm.example",
                    "--json")  # fmt: skip
    assert code == 1
    assert json.loads(out)["refusal"]["kind"] == "not_found"
    code, _ = run(bureau, "request", "approve", str(filed["id"]), "--as", MARA)
    assert code == 1


def test_what_is_missing_or_wrong_ends_with_two_and_keeps_the_draft(bureau: Shell) -> None:
    code, _ = run(bureau, "request", "new", "cards:given", "--as", MARA, "--yes")
    assert code == 2
    assert "One answer is missing" in bureau.err and "The draft is kept" in bureau.err
    code, _ = run(bureau, "request", "new", "cards:given", "--as", "nobody")
    assert (code, "Expected an e-mail address" in bureau.err) == (2, True)
    code, _ = run(bureau, "request", "new", "cards:nothing", "--as", MARA)
    assert code == 2


def test_data_of_nobody_here_is_handed_over(bureau: Shell) -> None:
    handed = asked(bureau, "request", "new", "cards:far", "--as", MARA, *SAID, "--yes")
    assert handed["state"] == "handed_over"


def test_the_same_key_does_nothing_twice(bureau: Shell) -> None:
    words = ("request", "new", "cards:given", "--as", MARA, *SAID, "--yes", "--key", "once")
    first, second = asked(bureau, *words), asked(bureau, *words)
    assert first["seq"] == second["seq"]


def test_a_file_of_owners_is_taken_over_whole_or_not_at_all(bureau: Shell, tmp_path: Path) -> None:
    path = tmp_path / "owners.csv"
    path.write_text("kind,value,email\ncard,cards:far,one@a.example\ncard,cards:no,b@b.example\n")
    code, _ = run(bureau, "owners", "import", str(path))
    assert (code, "Nothing of the file" in bureau.err) == (2, True)
    path.write_text("kind,value,email\ncard,cards:far,one@a.example\n")
    assert run(bureau, "owners", "import", str(path))[0] == 0
    found = json.loads(run(bureau, "owners", "list", "--as", ADMIN, "--json")[1])
    assert {each["email"] for each in found} == {OWNER, "one@a.example"}
    assert run(bureau, "owners", "list", "--as", MARA)[0] == 1


def test_a_person_is_told_everything_and_forgotten(bureau: Shell) -> None:
    asked(bureau, "request", "new", "cards:given", "--as", MARA, *SAID, "--yes")
    told = asked(bureau, "person", "export", "--as", MARA)
    assert told["email"] == MARA
    assert run(bureau, "person", "erase", "--as", MARA)[0] == 2
    assert run(bureau, "person", "erase", "--as", MARA, "--yes")[0] == 0
    assert json.loads(run(bureau, "request", "list", "--as", MARA, "--json")[1]) == []


def test_the_doctor_tells_when_the_record_was_tampered_with(bureau: Shell) -> None:
    asked(bureau, "request", "new", "cards:given", "--as", MARA, *SAID, "--yes")
    assert "the chain of events holds" in found_requests(bureau)
    with sqlite3.connect(bureau.data / "catalog.db") as connection:
        connection.execute("UPDATE access_event SET actor = 'p_else' WHERE position = 2")
    assert "not as it was written" in found_requests(bureau)


def found_requests(shell: Shell) -> str:
    checks = json.loads(run(shell, "doctor", "--json")[1])["checks"]
    return str(next(each["found"] for each in checks if each["what"] == "requests"))


def test_datasets_are_kept_and_watched_for(bureau: Shell) -> None:
    made = asked(bureau, "watch", "add", "Ewe speech", "--as", MARA)
    assert asked(bureau, "watch", "add", "Ewe speech", "--as", MARA)["id"] == made["id"]
    assert run(bureau, "watch", "end", str(made["id"]), "--as", "tom@firm.example")[0] == 1
    assert run(bureau, "watch", "end", str(made["id"]), "--as", MARA)[0] == 0
    assert asked(bureau, "saved", "add", "cards:given", "--as", MARA)["new"] is True
    assert json.loads(run(bureau, "saved", "list", "--as", MARA, "--json")[1]) == ["cards:given"]
    assert run(bureau, "saved", "add", "cards:nothing", "--as", MARA)[0] == 2
    assert run(bureau, "saved", "remove", "cards:given", "--as", MARA)[0] == 0
