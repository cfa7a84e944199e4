"""The soak: 32 writers on 4 processes, workers beside them, all killed at random moments.

`python -m tests.soak.run` takes both databases; it ends with 1 when anything is not as it must be.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests import postgres
from tests.assistant.access.sinks import MailSink, mail_sink
from tests.soak.people import opened, prepare
from tests.soak.verify import Verified, lines, verify

SERVERS = 4
WORKERS = 2
DRAIN_S = 900.0
"""How long the last letters may take once nobody files any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soaked:
    """What one soak did and how it ended."""

    verified: Verified
    kills: int
    seconds: float
    """Until the last command was answered."""
    drained: float
    """Seconds until the last letter had arrived."""


@dataclass
class Crew:
    """The processes of a soak; a killed one is started again at once."""

    work: Path
    url: str
    smtp: str
    rng: random.Random
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    starts: int = 0

    def start(self, name: str) -> None:
        self.starts += 1
        kind, stop = name.split("-")[0], str(self.work / f"stop-{name.split('-')[0]}")
        if kind == "server":
            log = str(self.work / f"{name}.log")
            words = ["tests.soak.writer", self.url, log, str(self.rng.random()), stop]
        else:
            words = ["tests.soak.courier", self.url, self.smtp, stop]
        errors = (self.work / f"{name}.err").open("ab")
        self.running[name] = subprocess.Popen([sys.executable, "-m", *words], stderr=errors)
        errors.close()

    def kill_one(self) -> None:
        """`kill -9` of one of them, and a new one in its place."""
        name = self.rng.choice(sorted(self.running))
        self.running[name].kill()
        self.running[name].wait()
        self.start(name)

    def stop(self, kind: str) -> None:
        (self.work / f"stop-{kind}").touch()
        for name, process in self.running.items():
            if name.startswith(kind):
                process.wait(timeout=120)

    def kill_all(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()

    def answers(self) -> int:
        return sum(len(list(lines(log))) for log in self.logs())

    def logs(self) -> list[Path]:
        return sorted(self.work.glob("server-*.log"))

    def errors(self) -> list[str]:
        found = (file.read_text(errors="replace") for file in sorted(self.work.glob("*.err")))
        return [text[-600:] for text in found if text.strip()]


def soak(url: str, work: Path, *, commands: int, kills: int, seed: int) -> Soaked:
    """Run one soak on an empty database and look at what it left."""
    prepare(url)
    rng = random.Random(seed)
    with mail_sink(MailSink()) as sink:
        crew = Crew(work=work, url=url, smtp=sink.url, rng=rng)
        try:
            begun = time.monotonic()
            for number in range(SERVERS):
                crew.start(f"server-{number}")
            for number in range(WORKERS):
                crew.start(f"worker-{number}")
            _under_load(crew, commands, kills)
            crew.stop("server")
            seconds = time.monotonic() - begun
            office, store = opened(url)
            _drain(lambda: office.parts.outbox.figures().waiting)
            drained = time.monotonic() - begun - seconds
            crew.stop("worker")
        finally:
            crew.kill_all()
        arrived = [each.strip("<>").partition("@")[0] for each in sink.ids()]
        verified = verify(office, crew.logs(), arrived)
        office.close()
        store.close()
    problems = (*verified.wrong, *(f"an error: {text}" for text in crew.errors()))
    whole = replace(verified, wrong=problems)
    return Soaked(verified=whole, kills=kills, seconds=seconds, drained=drained)


def _under_load(crew: Crew, commands: int, kills: int) -> None:
    """Until enough was answered, with the kills spread over it at random moments."""
    at = sorted(crew.rng.randrange(commands // 20, commands) for _ in range(kills))
    while True:
        answered = crew.answers()
        while at and at[0] <= answered:
            at.pop(0)
            crew.kill_one()
            time.sleep(crew.rng.random() * 0.3)
        if answered >= commands:
            return
        if all(process.poll() is not None for process in crew.running.values()):
            raise RuntimeError(f"every process ended: {crew.errors()}")
        time.sleep(0.05)


def _drain(waiting: Callable[[], int]) -> None:
    end = time.monotonic() + DRAIN_S
    while time.monotonic() < end and waiting():
        time.sleep(0.3)


@contextmanager
def database(kind: str, work: Path) -> Iterator[str]:
    """An empty database of this kind."""
    if kind == "sqlite":
        yield f"sqlite:///{work}/soak.db"
        return
    with postgres.cluster() as home, postgres.new_database(home) as url:
        yield url


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default=None)
    options = parser.parse_args(argv)
    bad = 0
    for kind in ("sqlite", "postgresql"):
        if options.only not in (None, kind):
            continue
        with tempfile.TemporaryDirectory(prefix="soak-") as made, database(kind, Path(made)) as url:
            done = soak(
                url, Path(made), commands=options.commands, kills=options.kills, seed=options.seed
            )
        found = done.verified
        print(
            f"{kind}: {found.answers} commands ({found.refused} refused) in {done.seconds:.0f} s, "
            f"{done.kills} kills; {found.requests} requests, {found.events} events; "
            f"{found.letters} letters, {found.arrived} arrivals, drained after "
            f"{done.drained:.0f} s; {len(found.wrong)} wrong"
        )
        for each in found.wrong[:20]:
            print(f"  {each}")
        bad += len(found.wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
