"""The image and the compose file: what they copy is there, and what they copy is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import yaml

from assistant.__main__ import parser
from assistant.settings import SETTINGS
from scripts import rehearse_image

ROOT = Path(__file__).parent.parent
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def test_what_the_image_copies_is_enough_to_run_every_command(tmp_path: Path) -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for word, words in rehearse_image.instructions(text):
        if word == "COPY":
            rehearse_image.copy(words, tmp_path)
    place = tmp_path / "app"
    assert (place / "scripts" / "install.py").exists()
    code = (
        "import app, assistant.serve, assistant.__main__, sys; "
        "print(assistant.__main__.__file__); assistant.__main__.main(['--help'])"
    )
    environ = {**os.environ, "PYTHONPATH": str(place), "CHAINLIT_APP_ROOT": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place, env=environ, capture_output=True, text=True
    )
    assert done.stdout.startswith(str(place)), done.stderr
    assert "serve" in done.stdout


def test_paths_of_the_image_are_moved_into_the_rehearsals_folder_and_no_others() -> None:
    moved = rehearse_image.inside("python /app/x --venv /venv /data /usr/bin", Path("/r"))
    assert moved == "python /r/app/x --venv /r/venv /r/data /usr/bin"


def test_the_compose_file_names_settings_and_commands_that_there_are() -> None:
    services = yaml.safe_load(COMPOSE)["services"]
    known = {row.name for row in SETTINGS}
    commands = parser().format_help()
    for name in ("fill", "worker", "one", "two"):
        service = services[name]
        assert set(service["environment"]) <= known, name
        assert service.get("command", ["serve"])[0] in commands, name
        assert service["stop_grace_period"] == "30s"


def test_no_password_is_written_into_the_compose_file() -> None:
    assert ":?set a password" in COMPOSE
    assert ":?set a secret" in COMPOSE
    assert "POSTGRES_PASSWORD: ${" in COMPOSE
