"""The MCP inspector of npm, as a program: installed once into a temporary folder of its own."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.conftest import program
from tests.turns import turn

INSPECTOR = "@modelcontextprotocol/inspector@2.12.0"
NODE = "22.23.3"
"""The inspector needs 22.19; where the machine's is older, npm brings this one."""
OLDEST = (22, 19)


def inspector() -> list[str]:
    """The command that starts the inspector without a browser; skipped or failed without npm."""
    npm = program("npm", otherwise="apt-get install npm brings it")
    place = Path(tempfile.gettempdir()) / f"dataset-assistant-{INSPECTOR.split('/')[1]}"
    node = own_node()
    wanted = [INSPECTOR] if node else [INSPECTOR, f"{node_package()}@{NODE}"]
    with turn("inspector"):
        if not (place / "whole").exists():
            install(npm, place, wanted)
    modules = place / "node_modules"
    start = modules / "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
    return [node or str(modules / node_package() / "bin" / "node"), str(start), "--cli"]


def install(npm: str, place: Path, wanted: list[str]) -> None:
    """Bring these packages into a folder, and mark it as whole."""
    place.mkdir(exist_ok=True)
    (place / "package.json").write_text("{}", encoding="utf-8")
    done = subprocess.run(
        [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", *wanted],
        cwd=place, capture_output=True, text=True, check=False, timeout=540,
    )  # fmt: skip
    if done.returncode != 0:
        missing(done.stderr[-600:])
    (place / "whole").touch()


def missing(why: str) -> None:
    """Skip, or fail where everything must run."""
    words = f"npm could not install {INSPECTOR}: {why}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def own_node() -> str | None:
    """The machine's node where it is new enough."""
    try:
        told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.match(r"v(\d+)\.(\d+)", told.stdout)
    return "node" if found and (int(found[1]), int(found[2])) >= OLDEST else None


def node_package() -> str:
    """The npm package that carries node for this machine."""
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"node-{sys.platform}-{machine}"


def inspect(command: list[str], *words: str, environ: dict[str, str]) -> dict[str, object]:
    """What the inspector says of one method."""
    done = subprocess.run(
        [*command, *words, "--format", "json", "--connect-timeout", "60000"],
        capture_output=True, text=True, env=environ, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"{words}: {done.stdout[-500:]} {done.stderr[-1500:]}"
    result: dict[str, object] = json.loads(done.stdout)["result"]
    return result
