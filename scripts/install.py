"""Install the project into a virtual environment, with torch built for this machine's CPU.

Needs nothing but Python's own library. The plain torch wheel of Linux brings gigabytes of GPU
packages, so a CPU build is taken from torch's own wheel index when that answers. Where it does
not (no network, a mirror, a local wheel folder) pip is left to find torch as it is configured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from collections import deque
from pathlib import Path

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""Wheel index of torch's CPU builds, https://pytorch.org/get-started/locally/."""
PATIENCE_S = 4.0
OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Install; 0 when all is in place, 1 with the reason on standard error otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    parser.add_argument("--torch", choices=("cpu", "gpu"), default="cpu")
    parser.add_argument("--extra", action="append", default=[])
    options = parser.parse_args()
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        return fail(
            f"Python {have} at {sys.executable!r} is too old: this project needs 3.11 or newer. "
            "Install it and name it: make PYTHON=python3.11 ..."
        )
    python = options.venv / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        say(f"Creating {options.venv} ...")
        venv.create(options.venv, with_pip=True)
    log = options.venv / "install.log"
    log.write_text("", encoding="utf-8")
    wanted = torch_version()
    if wanted is not None and not has_torch(python, wanted):
        pip(python, log, torch_arguments(wanted, options.torch), "torch")
    extras = f"[{','.join(options.extra)}]" if options.extra else ""
    project = ["-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}{extras}"]
    pip(python, log, project, "the project and its packages")
    return 0


def torch_version() -> str | None:
    """The version of torch pinned in constraints.txt; None when it is not pinned."""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if name.strip() == "torch":
            return version.strip()
    return None


def has_torch(python: Path, version: str) -> bool:
    """Whether that version of torch, in whatever build, is there already."""
    code = "from importlib.metadata import version; print(version('torch'))"
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return found.returncode == 0 and found.stdout.strip().split("+")[0] == version


def torch_arguments(version: str, build: str) -> list[str]:
    """What to tell pip to get the build wanted."""
    plain = ["-c", str(ROOT / "constraints.txt"), f"torch=={version}"]
    if build == "gpu" or not sys.platform.startswith("linux"):
        return plain
    if index_answers():
        return ["-c", str(ROOT / "constraints.txt"), "--extra-index-url", CPU_INDEX,
                f"torch=={version}+cpu"]  # fmt: skip
    say("torch's index of CPU builds does not answer: taking torch from where pip is set to look.")
    return plain


def index_answers() -> bool:
    """Whether the CPU wheel index lists torch, asked once and briefly."""
    try:
        with urllib.request.urlopen(f"{CPU_INDEX}/torch/", timeout=PATIENCE_S) as answer:
            return bool(answer.status == 200 and b"torch" in answer.read(4096))
    except (OSError, urllib.error.URLError, ValueError):
        return False


def pip(python: Path, log: Path, arguments: list[str], what: str) -> None:
    """Run `pip install`, all its words into the log, one counting line on the screen.

    Raises:
        SystemExit: pip failed; its last lines were shown.
    """
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check",
               "--progress-bar", "off", *arguments]  # fmt: skip
    say(f"Installing {what} ...")
    tail: deque[str] = deque(maxlen=15)
    seen: set[str] = set()
    with (
        log.open("a", encoding="utf-8") as file,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as run,
    ):
        for line in run.stdout or ():
            file.write(line)
            if "is ignored: it" not in line:
                tail.append(line)
            count(line, seen)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if run.returncode != 0:
        print("".join(tail), file=sys.stderr)
        raise SystemExit(
            f"pip could not install {what} (all it said: {log}). Mend what it names and run "
            "the same make command again; it goes on from here."
        )


def count(line: str, seen: set[str]) -> None:
    """Tell on a terminal how many packages were looked at so far."""
    if line.startswith("Collecting "):
        seen.add(line.split()[1])
        step = f"{len(seen)} packages"
    elif line.startswith("Installing collected"):
        step = f"unpacking {len(seen)} packages (a minute or two)"
    else:
        return
    if sys.stderr.isatty():
        print(f"\r  {step:60}", end="", file=sys.stderr, flush=True)


def say(text: str) -> None:
    """A line for the person who waits."""
    print(text, file=sys.stderr, flush=True)


def fail(text: str) -> int:
    """The line that says why nothing was installed."""
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
