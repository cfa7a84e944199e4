from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from assistant import logs
from assistant.logs import Kind, hide

SECRET = "q8Zr5tYu1IoP3aSd7FgH9jKl2ZxC4vBn6M"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Every test leaves the root logger as it found it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize(
    ("line", "kept", "gone"),
    [
        ("sent to Ann.Lee+x@mail.example.org, done", ", done", "mail.example"),
        ("GET /in?email=ann%40demo.example&x=1", "x=1", "ann"),
        ("<ann@demo.example>: refused", ": refused", "ann"),
        ("psycopg: postgresql://user:pw123@db.example/name failed", "failed", "pw123"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln is bad", "is bad", "eyJ"),
        ("Authorization: Bearer abc.def-ghi", "Authorization", "abc.def"),
        ("open /requests/confirm?token=Ab3-xyz_99&from=mail", "from=mail", "Ab3-xyz"),
        ("key da_0123456789ab_zyxwvut of a program", "of a program", "zyxwvut"),
        (f"sealed {SECRET} here", "here", SECRET),
        ("cookie: dataset_assistant=gAAAAA-very-long", "cookie", "gAAAAA-very"),
        ('{"password": "hunter2hunter"}', "password", "hunter2"),
    ],
)
def test_addresses_tokens_and_secrets_are_taken_out(line: str, kept: str, gone: str) -> None:
    hidden = hide(line)
    assert kept in hidden
    assert gone not in hidden


@pytest.mark.parametrize(
    "line",
    [
        "card commonvoice:scripted-25.0-cy is held: 2 findings",
        "index generation 0000007 covers revision 1234",
        "embedded 1,343 passages in 152.6 s (all-MiniLM-L6-v2)",
        "GET /api/v1/datasets/mdc:cmj8u3okr0001nxxbeshupy5k 200",
        "widget: The site's token is refused. (bad_signature)",
        "sha256 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ],
)
def test_what_helps_to_find_a_fault_stays(line: str) -> None:
    assert hide(line) == line


@pytest.mark.parametrize("kind", ["text", "json"])
def test_nobody_is_named_in_a_log_not_even_by_an_error_of_a_library(kind: Kind) -> None:
    out = io.StringIO()
    logs.set_up(kind, stream=out)
    log = logging.getLogger("dataset_assistant.test")
    try:
        raise ValueError("no mailbox ann@demo.example")
    except ValueError:
        log.exception("could not send to %s with %s", "bob@demo.example", f"token={SECRET}")
    said = out.getvalue()
    assert "ValueError" in said
    assert "demo.example" not in said
    assert SECRET not in said


def test_json_is_one_object_a_line_with_the_fields_beside_the_words() -> None:
    out = io.StringIO()
    logs.set_up("json", stream=out)
    log = logging.getLogger("dataset_assistant.test")
    log.info("answered\nin two lines", extra={"fields": {"ms": 12, "to": "ann@demo.example"}})
    log.warning("second")
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["level"], first["logger"], first["ms"]) == ("info", "dataset_assistant.test", 12)
    assert first["to"] == "[address]"
    assert first["at"].endswith("+00:00")
    assert second["message"] == "second"


def test_a_long_line_is_read_in_no_time() -> None:
    import time

    started = time.process_time()
    hide("a" * 20_000 + "@" * 2_000 + "eyJ" * 5_000 + "token=" * 2_000 + "aB3-" * 5_000)
    assert time.process_time() - started < 2
