from __future__ import annotations

import logging
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant import serve_monitor, wiring
from assistant.desk import Desk
from assistant.metrics import Metrics, Standing, may_read
from assistant.need import Asker
from assistant.reply import Question
from assistant.settings import Settings
from tests.assistant.conftest import Talk

STANDING = Standing(
    requests={"submitted": 2, "approved": 1}, outbox_waiting=3, outbox_failed=1,
    outbox_age_s=12.5, datasets=487, catalogue_age_s=60.0, index_age_s=None, index_behind=None,
)  # fmt: skip


def values(metrics: Metrics) -> dict[str, float]:
    """Every sample by its name and labels."""
    families = text_string_to_metric_families(metrics.text().decode())
    return {
        f"{sample.name}{''.join(sample.labels.values()) and sample.labels}": sample.value
        for family in families
        for sample in family.samples
    }


def test_questions_verdicts_and_the_time_of_each_step_are_counted(talk: Talk) -> None:
    metrics = Metrics(lambda: STANDING)
    with metrics.step("answer"), metrics.step("search"):
        metrics.answered(talk("Welsh speech I can use in a product"))
    found = values(metrics)
    assert found["dataset_assistant_questions_total{'intent': 'find'}"] == 1
    assert found["dataset_assistant_verdicts_total{'outcome': 'allowed'}"] >= 1
    for step in ("answer", "search"):
        assert found[f"dataset_assistant_step_seconds_count{{'step': '{step}'}}"] == 1


def test_an_answer_that_fails_is_counted_once() -> None:
    metrics = Metrics(lambda: STANDING)
    with pytest.raises(ValueError, match="no"), metrics.step("answer"), metrics.step("search"):
        raise ValueError("no")
    assert values(metrics)["dataset_assistant_failures_total"] == 1


def test_how_things_stand_is_asked_when_the_figures_are_read() -> None:
    found = values(Metrics(lambda: STANDING))
    assert found["dataset_assistant_requests{'state': 'submitted'}"] == 2
    assert found["dataset_assistant_outbox_age_seconds"] == 12.5
    assert found["dataset_assistant_catalogue_age_seconds"] == 60
    assert "dataset_assistant_index_age_seconds" not in found


def test_a_logged_answer_has_no_word_of_the_question(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "dataset_assistant.answers"):
        Metrics(lambda: STANDING).answered(talk("Welsh speech for ann@demo.example"))
    assert "answered: find" in caplog.text
    assert "Welsh" not in caplog.text
    assert "ann" not in caplog.text


@pytest.mark.parametrize(
    ("token", "shown", "peer", "forwarded", "may"),
    [
        ("", "", "127.0.0.1", False, True),
        ("", "", "::1", False, True),
        ("", "", "127.0.0.1", True, False),
        ("", "", "10.0.0.7", False, False),
        ("", "", "", False, False),
        ("secret", "Bearer secret", "10.0.0.7", True, True),
        ("secret", "Bearer wrong", "127.0.0.1", False, False),
        ("secret", "", "127.0.0.1", False, False),
    ],
)
def test_the_figures_are_closed_to_strangers(
    token: str, shown: str, peer: str, forwarded: bool, may: bool
) -> None:
    assert may_read(token=token, shown=shown, peer=peer, forwarded=forwarded) is may


def test_a_stranger_is_told_that_there_is_nothing() -> None:
    app = FastAPI()
    app.include_router(serve_monitor.router(Metrics(lambda: STANDING), token="secret"))
    with TestClient(app) as client:
        assert client.get("/metrics").status_code == 404
        shown = client.get("/metrics", headers={"authorization": "Bearer secret"})
    assert "dataset_assistant_datasets 487.0" in shown.text


def test_a_new_installation_stands_at_nothing(tmp_path: Path) -> None:
    settings = Settings.from_env({"DATASET_ASSISTANT_DATA": str(tmp_path)})
    found = values(wiring.build_metrics(settings))
    assert found["dataset_assistant_datasets"] == 0
    assert found["dataset_assistant_outbox_waiting"] == 0
    assert "dataset_assistant_index_behind" not in found


def test_the_desk_is_measured_from_when_somebody_measures(tmp_path: Path) -> None:
    settings = Settings.from_env({"DATASET_ASSISTANT_DATA": str(tmp_path)})
    desk: Desk = wiring.build_desk(settings)
    hello = Question(text="hello", conversation="c", asker=Asker(id="a"))
    desk.ask(hello)
    metrics = wiring.build_metrics(settings)
    desk.ask(hello)
    found = values(metrics)
    assert found["dataset_assistant_step_seconds_count{'step': 'answer'}"] == 1
    assert found["dataset_assistant_step_seconds_count{'step': 'remember'}"] == 2
    assert found["dataset_assistant_step_seconds_count{'step': 'understand'}"] == 1
