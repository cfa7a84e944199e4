"""Figures for monitoring, in Prometheus's text format. Of this process alone; names nobody."""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant.meter import Step
from assistant.reply import Reply

LOG = logging.getLogger("dataset_assistant.answers")
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand at the moment of asking."""

    requests: Mapping[str, int]
    """State -> how many access requests are in it."""
    outbox_waiting: int
    outbox_failed: int
    """Given up."""
    outbox_age_s: float
    """Since the message that waits longest was due; 0 when none is late."""
    datasets: int
    catalogue_age_s: float | None
    """Since a source was last read whole; None: never."""
    index_age_s: float | None
    """Since the index was last brought up to date; None: there is none."""
    index_behind: int | None
    """Revisions of the store that are not in the index yet; None: there is none."""


class Metrics:
    """Counts and times of one process; a `meter.Meter`."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self.registry = CollectorRegistry()
        self._steps = Histogram(
            "dataset_assistant_step_seconds", "How long each step of an answer took.", ("step",),
            registry=self.registry, buckets=_BOUNDS_S,
        )  # fmt: skip
        self._questions = Counter(
            "dataset_assistant_questions", "Questions answered, by what they were about.",
            ("intent",), registry=self.registry,
        )  # fmt: skip
        self._failures = Counter(
            "dataset_assistant_failures", "Questions that ended in an error.",
            registry=self.registry,
        )  # fmt: skip
        self._verdicts = Counter(
            "dataset_assistant_verdicts", "Verdicts shown, by outcome.", ("outcome",),
            registry=self.registry,
        )  # fmt: skip
        self._unmet = Counter(
            "dataset_assistant_unmet", "Searches that nothing met.", registry=self.registry
        )
        self.registry.register(_AtTheMoment(standing))

    @contextmanager
    def step(self, name: Step) -> Iterator[None]:
        """Times what happens inside; an error of the whole answer counts as a failure."""
        started = time.perf_counter()
        try:
            yield
        except Exception:
            if name == "answer":
                self._failures.inc()
            raise
        finally:
            self._steps.labels(name).observe(time.perf_counter() - started)

    def answered(self, reply: Reply) -> None:
        """Count a reply and its verdicts, and log its figures, without a word of the question."""
        self._questions.labels(reply.intent).inc()
        for option in reply.options:
            self._verdicts.labels(option.verdict.outcome).inc()
        if reply.no_match:
            self._unmet.inc()
        LOG.info(
            "answered: %s, %d shown of %d", reply.intent, len(reply.options), reply.total,
            extra={"fields": {"intent": reply.intent, "shown": len(reply.options),
                              "total": reply.total}},
        )  # fmt: skip

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)


class _AtTheMoment(Collector):
    """Asks how things stand when the figures are read."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self._standing = standing

    def describe(self) -> list[Metric]:
        """Nothing in advance: registering asks nobody."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges; one that cannot be known is left out."""
        now = self._standing()
        requests = GaugeMetricFamily(
            "dataset_assistant_requests", "Access requests by state.", labels=("state",)
        )
        for state, count in sorted(now.requests.items()):
            requests.add_metric((state,), count)
        yield requests
        gauges = (
            ("outbox_waiting", "Messages that wait to be sent.", now.outbox_waiting),
            ("outbox_failed", "Messages that were given up.", now.outbox_failed),
            ("outbox_age_seconds", "How late the message that waits longest is.", now.outbox_age_s),
            ("datasets", "Datasets that can be found.", now.datasets),
            ("catalogue_age_seconds", "Since a source was last read whole.", now.catalogue_age_s),
            ("index_age_seconds", "Since the index was last brought up to date.", now.index_age_s),
            ("index_behind", "Revisions that the index lacks.", now.index_behind),
        )
        for name, meaning, value in gauges:
            if value is not None:
                yield GaugeMetricFamily(f"dataset_assistant_{name}", meaning, value=value)


def may_read(*, token: str, shown: str, peer: str, forwarded: bool) -> bool:
    """Whether the figures are shown to whoever asks.

    With a token to whoever shows it. Without one to programs of this machine alone, and not
    through a proxy, behind which everybody seems to be on this machine.

    Args:
        token: The one that is set; empty: none.
        shown: The `Authorization` header.
        peer: The address that connects.
        forwarded: The call was passed on by a proxy.
    """
    if token:
        return hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())
    try:
        return ip_address(peer).is_loopback and not forwarded
    except ValueError:
        return False
