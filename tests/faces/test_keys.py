"""API keys on the command line, on a real database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import wiring
from assistant.settings import Settings
from tests.faces.test_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def made(shell: Shell, *words: str) -> dict[str, object]:
    code, out = shell.run("keys", "make", *words, "--json")
    assert code == 0, shell.err
    found: dict[str, object] = json.loads(out)
    return found


def test_a_key_is_shown_once_works_and_ends_when_it_is_revoked(shell: Shell) -> None:
    key = made(shell, "Mara@example.org", "--scope", "read", "--scope", "request", "--days", "9")
    assert (key["email"], key["scopes"]) == ("mara@example.org", ["read", "request"])
    identity = wiring.build_identity(Settings.from_env({"DATASET_ASSISTANT_DATA": str(shell.data)}))
    found = identity.asker_from_api_key(str(key["key"]))
    assert found is not None
    assert found[0].email == "mara@example.org"

    listed = shell.json("keys")
    assert listed == [{name: value for name, value in key.items() if name != "key"}]
    assert str(key["key"]) not in json.dumps(listed)

    assert shell.json("keys", "revoke", str(key["id"])) == {"id": key["id"], "revoked": True}
    assert identity.asker_from_api_key(str(key["key"])) is None


def test_a_key_may_only_read_unless_more_is_asked_for(shell: Shell) -> None:
    assert made(shell, "m@example.org")["scopes"] == ["read"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("make", "mara"), "'mara' is no e-mail address. Expected one such as"),
        (("make", "m@example.org", "--days", "0"), "expected 1 to 3660"),
        (("revoke", "nothing"), "No live key has the id 'nothing'"),
    ],
)
def test_a_wrong_call_is_told_with_the_next_move(
    shell: Shell, words: tuple[str, ...], told: str
) -> None:
    code, out = shell.run("keys", *words)
    assert (code, out) == (2, "")
    assert told in shell.err


def test_a_secret_that_is_too_short_is_a_wrong_call(shell: Shell) -> None:
    code, _ = shell.run("keys", DATASET_ASSISTANT_SECRET="short")
    assert code == 2
    assert "DATASET_ASSISTANT_SECRET has 5 characters" in shell.err
