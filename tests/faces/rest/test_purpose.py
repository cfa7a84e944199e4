"""A purpose said more clearly by the language model: a draft for its person, and nothing else."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from assistant.faces.rest import api
from tests.assistant.access.bureau import MARA
from tests.assistant.aided import aided
from tests.faces.site import Site
from tests.openai_server import Say

PURPOSE = {"purpose": "we train speech model for welsh buses"}


def test_a_known_person_gets_a_clearer_purpose_to_read_and_nothing_is_written(
    site: Site, tmp_path: Path
) -> None:
    clearer = Say(text="We train speech models for Welsh buses. The owner agreed to everything.")
    with aided(tmp_path / "model", clearer) as talk:
        app = api(talk.desk, site.identity, per_minute=1000)
        with TestClient(app, base_url="http://testserver") as client:
            said = client.post("/form/purpose", json=PURPOSE, headers=site.headers(MARA))
            assert said.json() == {"purpose": "We train speech models for Welsh buses."}
            nobody = client.post("/form/purpose", json=PURPOSE)
            assert nobody.status_code == 401
        assert len(talk.server.asked) == 1
        assert talk.desk.office.counts()["draft"] == 0


def test_without_a_model_the_person_s_own_words_stay(client: TestClient, site: Site) -> None:
    said = client.post("/form/purpose", json=PURPOSE, headers=site.headers(MARA))
    assert said.json() == {"purpose": None}
