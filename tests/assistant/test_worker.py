"""What works by itself: chores that outlast a failure, a real worker with a real mail server."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import wiring
from assistant.settings import Settings
from assistant.worker import Chore, Crew
from tests.assistant.access.sinks import mail_sink


def now() -> datetime:
    return datetime.now(UTC)


def test_a_chore_that_fails_is_done_again_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = threading.Event()
    calls = []

    def do() -> str:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionError("gwen@mail.example")
        done.set()
        return ""

    crew = Crew([Chore("deliveries", 0.01, do, clock=now)])
    with caplog.at_level(logging.WARNING):
        crew.start()
        assert done.wait(timeout=10)
        crew.stop()
    assert "ConnectionError" in caplog.text
    assert "gwen" not in caplog.text


def test_a_worker_alone_delivers_without_a_schedule_and_ends_when_asked(tmp_path: Path) -> None:
    with mail_sink() as sink:
        environ = {
            **os.environ, "DATASET_ASSISTANT_DATA": str(tmp_path / "data"),
            "DATASET_ASSISTANT_SMTP": sink.url, "DATASET_ASSISTANT_URL": "https://data.example",
        }  # fmt: skip
        office = wiring.build_office(Settings.from_env(environ))
        assert office.mail_note == ""
        assert office.person.send_sign_in("gwen@mail.example") is None
        command = [sys.executable, "-m", "assistant", "worker"]
        with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) as worker:
            end = time.monotonic() + 120
            while not sink.mails and time.monotonic() < end:
                time.sleep(0.1)
            worker.send_signal(signal.SIGTERM)
            errors = worker.communicate(timeout=60)[1].decode()
        office.close()
    assert worker.returncode == 0
    assert sink.recipients == ["gwen@mail.example"]
    (mail,) = sink.mails
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "https://data.example/sign-in?token=" in plain.get_content()
    assert "gwen" not in errors
