"""Measures speed and memory and prints one table and one JSON document (`make bench`).

Ratios are taken within one run; absolute figures depend on the machine and what else it does.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    conversations,
    indexing,
    question,
    requests,
    slack,
    start,
    strangers,
    terms,
    understand,
    widget,
    wording,
)
from bench.clock import load

ROOT = Path(__file__).parent.parent
CARDS = ROOT.parent / "shared" / "data" / "huggingface"
SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cards", type=Path, default=CARDS, help="folder of Hugging Face cards")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="catalogue sizes")
    parser.add_argument("--out", type=Path, default=ROOT / "bench-out", help="folder of the JSON")
    parser.add_argument(
        "--only",
        choices=(
            "conversations",
            "indexing",
            "question",
            "requests",
            "slack",
            "start",
            "strangers",
            "terms",
            "understand",
            "widget",
            "wording",
        ),
        default=None,
    )
    parser.add_argument("--people", type=int, default=50, help="conversations held at once")
    parser.add_argument("--seconds", type=float, default=60, help="how long they are held")
    parser.add_argument("--data", type=Path, default=None, help="a filled folder for the server")
    options = parser.parse_args()
    before = load()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        work = Path(made)
        if options.only in (None, "indexing") and options.cards.is_dir():
            _indexing(options.cards, work / "indexing", figures)
        if options.only in (None, "question"):
            _question(options.sizes, work, figures)
        if options.only in (None, "wording"):
            _wording(work / "wording", work / "models", figures)
        if options.only in (None, "start"):
            _start(work / "start", figures)
        if options.only in (None, "requests"):
            _requests(work, figures)
        if options.only in (None, "strangers"):
            _strangers(work / "strangers", figures)
        _served(options, options.data or work / "served", figures)
        if options.only in (None, "slack"):
            _slack(work / "slack", figures)
    if options.only in (None, "terms"):
        _terms(figures)
    if options.only in (None, "understand"):
        _understand(figures)
    figures["load_before"], figures["load_after"] = before, load()
    figures["at"] = datetime.now(UTC).isoformat(timespec="seconds")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    _row("load", f"{before[0]:.1f} before, {load()[0]:.1f} after", "1 minute average")


def _indexing(cards: Path, work: Path, figures: dict[str, object]) -> None:
    found = indexing.measure(cards, work)
    figures["indexing"] = {
        **asdict(found),
        "a": found.against_bare,
        "a_model_loaded": found.against_embedding,
        "b": found.again,
    }
    _row(
        "a first sync and index",
        f"{found.cards / found.first:.1f} cards/s, {found.against_bare:.2f} of bare",
        f"{found.passages} passages in {found.first:.1f} s; bare {found.loading:.1f} s loading and "
        f"{found.embedding:.1f} s embedding ({found.against_embedding:.2f} of it alone)",
    )
    _row(
        "b nothing changed",
        f"{found.again:.3f} of the first",
        f"{found.second:.1f} s, {found.second_cpu:.1f} of processor (first {found.first_cpu:.1f})",
    )
    _row("d peak memory", f"{found.peak_mib:.0f} MiB", f"bare {found.peak_bare_mib:.0f} MiB")


def _question(sizes: list[int], work: Path, figures: dict[str, object]) -> None:
    rows = []
    for size in sizes:
        place = work / f"question-{size}"
        place.mkdir()
        found = question.measure(size, place, work / "models")
        rows.append({**asdict(found), "c": found.ratio})
        _row(
            f"c question, {size:,} cards",
            f"{found.ratio:.2f} of its floor",
            f"{found.whole:.1f} ms (p95 {found.whole_p95:.1f}), of it search {found.search:.1f}; "
            f"floor {found.floor:.1f}; {found.passages:,} passages",
        )
    figures["question"] = rows


def _start(work: Path, figures: dict[str, object]) -> None:
    found = start.measure(work)
    figures["start"] = asdict(found)
    _row("e first answer", f"{found.ask:.2f} s", f"fresh process, {found.ask_peak_mib:.0f} MiB")
    _row("e server", f"{found.serve:.2f} s", "start to the first healthy answer")


def _strangers(work: Path, figures: dict[str, object]) -> None:
    found = strangers.measure(work)
    figures["strangers"] = asdict(found)
    _row(
        "h not yours, not there",
        f"{found.read_differ:.2f} ms apart",
        f"medians of {found.pairs} pairs over HTTP: {found.not_yours:.1f} and "
        f"{found.not_there:.1f} ms; as a write {found.write_differ:.2f} ms apart",
    )


def _slack(work: Path, figures: dict[str, object]) -> None:
    found = slack.measure(work)
    figures["slack"] = asdict(found)
    _row(
        f"i {found.commands} Slack commands",
        f"{found.slowest_s:.2f} s the slowest ack",
        f"median {found.median_s:.2f} s, all sent at once; {found.answered} answered in "
        f"{found.all_answered_s:.1f} s, {found.lost} lost, {found.twice} twice",
    )


def _terms(figures: dict[str, object]) -> None:
    found = terms.measure()
    figures["terms"] = asdict(found)
    _row(
        "f verdict",
        f"{found.cold_s / found.pairs * 1e6:.0f} us cold",
        f"{found.pairs:,} pairs of terms and use, none seen before",
    )
    _row(
        f"f filter, {found.cards:,} cards",
        f"{found.filter_warm_s * 1000:.1f} ms warm",
        f"{found.filter_cold_s * 1000:.1f} ms cold; {found.distinct_terms:,} distinct terms",
    )


def _requests(work: Path, figures: dict[str, object]) -> None:
    rows = []
    for found in requests.measure(work):
        rows.append({**asdict(found), "per_second": found.per_second})
        _row(
            f"h requests, {found.database}",
            f"{found.per_second:.1f} filed a second",
            f"{found.requests} in {found.seconds:.0f} s by {requests.THREADS} people at once; "
            f"{found.cpu_ms:.1f} ms of processor each, longest {found.worst_s:.2f} s",
        )
    figures["requests"] = rows


def _understand(figures: dict[str, object]) -> None:
    found = understand.measure()
    figures["understand"] = found
    _row(
        "g reading a turn",
        f"{found['usual_median_ms']} ms of processor",
        f"worst of the usual {found['usual_worst_ms']} ms; a paste of 10,000 characters "
        f"{found['paste_median_ms']} ms, worst {found['paste_worst_ms']} ms",
    )


def _wording(work: Path, copies: Path, figures: dict[str, object]) -> None:
    work.mkdir()
    found = wording.measure(min(SIZES), work, copies)
    figures["wording"] = asdict(found)
    _row(
        "i first words",
        f"{found.added_p95:.1f} ms p95 added by our code",
        f"median {found.added_p50:.1f}, over {found.questions} questions; of processor "
        f"{found.processor_p50:.1f}, p95 {found.processor_p95:.1f}; with the scripted model's own "
        f"time {found.whole_p50:.1f}, p95 {found.whole_p95:.1f}; without one the whole answer "
        f"{found.alone_p50:.1f}, p95 {found.alone_p95:.1f}",
    )


def _served(options: argparse.Namespace, work: Path, figures: dict[str, object]) -> None:
    """What needs a server process over the starter catalogue, where it is asked for."""
    if options.only in (None, "conversations"):
        _conversations(work, options.people, options.seconds, figures)
    if options.only in (None, "widget"):
        _widget(work, figures)


def _conversations(work: Path, people: int, seconds: float, figures: dict[str, object]) -> None:
    found = conversations.measure(work, people=people, seconds=seconds)
    figures["conversations"] = asdict(found)
    _row(
        f"h {found.people} conversations",
        f"{found.p50_ms:.0f} ms (p95 {found.p95_ms:.0f})",
        f"{found.answers} answers in {found.seconds:.0f} s, {found.failed} failed; "
        f"{found.start_mib:.0f} MiB at the start, {found.end_mib:.0f} at the end",
    )


def _widget(work: Path, figures: dict[str, object]) -> None:
    found = widget.measure(work)
    figures["widget"] = asdict(found)
    _row(
        "j page with the widget",
        f"{found.load_with:.0f} ms, without {found.load_without:.0f}",
        f"from its first byte to its load event: {found.later:+.1f} ms, half between "
        f"{found.later_between[0]:+.1f} and {found.later_between[1]:+.1f}; "
        f"by the tag without code {found.later_plain:+.1f}",
    )
    _row(
        "j chat in a page",
        f"{found.open:.0f} ms",
        f"from the press; {found.script_kb:.1f} kB, then {found.chat_kb:.0f} kB",
    )
    _row("j chat's own page", f"{found.first_answer:.0f} ms", "cold page to the first answer")


def _row(name: str, figure: str, more: str) -> None:
    sys.stdout.write(f"{name:26s} {figure:36s} {more}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
