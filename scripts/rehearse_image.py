"""Follow the Dockerfile without an engine: its copies and commands, in a fresh folder.

Paths of the image stand for paths in that folder. Afterwards the program is filled with the
starter catalogue, served, and asked whether it is ready.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ("/venv", "/app", "/data")
"""Folders of the image that the rehearsal has of its own."""


def instructions(text: str) -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with its words on one line."""
    joined = re.sub(r"\\\n\s*", " ", text)
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def inside(words: str, root: Path) -> str:
    """The words with the image's own folders moved into `root`."""
    for folder in OWN:
        words = re.sub(rf"(?<![\w./]){folder}(?![\w.-])", f"{root}{folder}", words)
    return words


def copy(words: str, root: Path) -> None:
    """COPY from the project; from another stage there is nothing to do, it is the same folder."""
    parts = shlex.split(words)
    if parts[0].startswith("--from="):
        return
    *sources, target = parts
    for source in sources:
        to = root / "app" / target
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, to, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            to = to / source if target.endswith("/") else to
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, to)


def follow(root: Path) -> dict[str, str]:
    """Copy and run what the Dockerfile says; the environment that the image would have."""
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    for word, words in instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        if word == "COPY":
            copy(words, root)
        elif word == "RUN" and not words.startswith("useradd"):
            print(f"RUN {words}", flush=True)
            subprocess.run(
                inside(words, root).replace("python ", f"{shlex.quote(sys.executable)} ", 1),
                shell=True, check=True, cwd=root / "app", env=environ,
            )  # fmt: skip
        elif word == "ENV":
            for pair in shlex.split(words):
                name, _, value = pair.partition("=")
                environ[name] = inside(value, root).replace("$PATH", environ["PATH"])
    return environ


def ask(root: Path, environ: dict[str, str]) -> str:
    """Fill, serve and ask; what `/ready` said."""
    program = str(root / "venv" / "bin" / "dataset-assistant")
    here = {**environ, "HOST": "127.0.0.1", "PORT": "0"}
    place = root / "app"
    subprocess.run(
        [program, "sync", "starter", "--index", "--quiet"], env=here, cwd=place, check=True
    )
    with subprocess.Popen(
        [program, "serve"], env=here, cwd=place, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            told = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://[\d.:]+", told)
            if found is None:
                raise SystemExit(f"The server told no address but {told!r}.")
            with urllib.request.urlopen(f"{found[0]}/ready", timeout=120) as answer:
                return str(answer.read().decode())
        finally:
            server.terminate()


def main() -> None:
    """Rehearse in a folder that is removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        root = Path(folder)
        (root / "data").mkdir()
        print(ask(root, follow(root)))


if __name__ == "__main__":
    main()
