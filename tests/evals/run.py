"""`make evals`: runs every set in a folder, prints one table and writes one JSON file.

python -m tests.evals.run [EVALS] [--data CATALOGUES] [--out FOLDER] [--only SET ...] [--model NAME]

Requests are judged on a fresh data folder that holds Common Voice, Hugging Face and the Registry
of Open Data only, from the catalogues beside EVALS (../data); the project's own requests
(`starter_queries.jsonl`) on one that holds the starter catalogue only. The unseen requests
(`catalogue_queries*.jsonl`) are asked of the same catalogues, the halves looked at with their
failures, the others with their figures alone. A set whose file is missing is left out, and said so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import fill, wiring
from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.faces.terminal import Step, Terminal
from assistant.feedback import open_feedback
from assistant.history import open_history
from assistant.llm_config import ROWS as LLM_ROWS
from assistant.memory import open_memory
from assistant.reply import Table
from assistant.settings import Settings
from assistant.wishes import open_wishes
from indexer.rank import Leg
from indexer.search import Hit, Search
from prompts.load import versions
from tests.evals import catalogues, rankers, requests, sets, starter, twins
from tests.evals.sets import LEGS, Measured

CATALOGUES = ("commonvoice", "huggingface", "aws")
PACKAGES = ("dataset-assistant", "sentence-transformers", "torch", "faiss-cpu", "numpy")


def main(argv: Sequence[str] | None = None) -> int:
    """Run; 1 when a licence was judged more permissively than its truth allows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evals", type=Path, nargs="?", default=Path(__file__).parent)
    parser.add_argument("--data", type=Path, help="folder of catalogues (EVALS/../data)")
    parser.add_argument("--out", type=Path, default=Path("evals-out"))
    parser.add_argument("--model", default="", help="as DATASET_ASSISTANT_MODEL")
    parser.add_argument(
        "--llm",
        action="store_true",
        help="also with the language model of OPENAI_*, its hits reranked and not (this costs)",
    )
    parser.add_argument("--only", nargs="*", default=[], help="names of sets to run")
    options = parser.parse_args(argv)
    terminal = Terminal(sys.stdout, sys.stderr)
    settings = Settings.from_env(
        {
            "DATASET_ASSISTANT_DATA": str(options.out / "data"),
            "DATASET_ASSISTANT_MODEL": options.model,
            **(language_model(os.environ) if options.llm else {}),
        }
    )
    data = options.data or options.evals.parent / "data"
    measured: list[Measured] = []
    with terminal.progress("measuring") as step:
        for name, run in all_sets(options.evals, data, settings, step):
            if options.only and name not in options.only:
                continue
            terminal.notice(f"{name} ...")
            measured += run()
    rows = tuple(
        (one.name, "  ".join(f"{key} {shown(value)}" for key, value in one.figures.items()))
        for one in measured
    )
    terminal.table(Table(title="", columns=("Set", "Figures"), rows=rows))
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / f"evals-{wiring.now():%Y-%m-%dT%H%M%S}.json"
    file.write_text(json.dumps(report(measured, settings), indent=1, ensure_ascii=False))
    terminal.notice(f"Every figure and every row that went wrong: {file}")
    return int(any(one.figures.get("more_permissive", 0) > 0 for one in measured))


def language_model(environ: Mapping[str, str]) -> dict[str, str]:
    """What is set about a language model, and nothing else."""
    return {row.name: environ[row.name] for row in LLM_ROWS if row.name in environ}


def all_sets(
    evals: Path, data: Path, settings: Settings, step: Step
) -> Iterator[tuple[str, Callable[[], list[Measured]]]]:
    """(name, what runs it) of every set whose files are there."""
    today = wiring.now().date()
    embedder = wiring.build_embedder(settings)
    found: tuple[tuple[str, Path, Callable[[Path], list[Measured]]], ...] = (
        ("licence_truth", evals / "licence_truth.tsv", lambda p: [sets.licences(p, today)]),
        ("licence_combo", evals / "licence_combo.tsv", lambda p: [sets.combinations(p)]),
        ("noodl_user_tier", evals / "noodl_user_tier.tsv", lambda p: [sets.tiers(p, today)]),
        ("langnames", evals / "langnames.tsv", lambda p: [sets.language_names(p)]),
        ("paraphrases", Path(__file__).parent / "paraphrases.jsonl", lambda _: [sets.wordings()]),
        (
            "datafinder",
            evals / "datafinder",
            lambda p: sets.datafinder(p, embedder, kept=settings.data.parent / "kept", tell=step),
        ),
        (
            "queries",
            evals / "queries.jsonl",
            lambda p: asked(p, data, settings, step),
        ),
        (
            "starter_queries",
            evals / "starter_queries.jsonl",
            lambda p: asked_of_the_starter(p, settings, step),
        ),
        (
            "catalogue_queries",
            Path(__file__).parent / "catalogue_queries.jsonl",
            lambda p: unseen(p, data, settings, step),
        ),
        ("twins", Path(__file__).parent / "twins.tsv", lambda p: [twinned(p, settings, step)]),
    )
    for name, path, run in found:
        if path.exists():
            yield name, lambda run=run, path=path: run(path)  # type: ignore[misc]
        else:
            print(f"{name}: {path} is not there; left out", file=sys.stderr)


def asked(path: Path, data: Path, settings: Settings, step: Step) -> list[Measured]:
    """Requests in people's words on the catalogues beside the set."""
    there = [name for name in CATALOGUES if (data / name).is_dir()]
    if not there:
        return [Measured(name="queries", figures={}, note=nothing_in(data))]
    rows = [requests.read_row(raw) for raw in sets.json_lines(path)]
    fresh(settings, {name: data / name for name in there}, step)
    return [*judged("queries", rows, settings), *reordered("queries", rows, settings)]


def unseen(path: Path, data: Path, settings: Settings, step: Step) -> list[Measured]:
    """The project's own requests over the same catalogues.

    What went wrong in halves not looked at stays unsaid, so that their figures remain those of
    requests nobody tuned on.
    """
    if not all((data / name).is_dir() for name in CATALOGUES):
        return [Measured(name="catalogue_queries", figures={}, note=nothing_in(data))]
    fresh(settings, {name: data / name for name in CATALOGUES}, step)
    found = []
    for half in catalogues.HALVES:
        rows = list(catalogues.rows(data, half, path))
        for one in judged(f"catalogue_queries, half {half}", rows, settings, legs=("fused",)):
            found.append(replace(one, wrong=()) if half in catalogues.FIGURES_ONLY else one)
    return found


def nothing_in(data: Path) -> str:
    """The note of a set whose catalogues are missing."""
    return f"no catalogue of {', '.join(CATALOGUES)} in {data}; left out"


def asked_of_the_starter(path: Path, settings: Settings, step: Step) -> list[Measured]:
    """The project's own requests on the starter catalogue alone."""
    apart, rows = on_the_starter(settings, step), list(starter.rows(path))
    return [
        *judged("starter_queries", rows, apart), *reordered("starter_queries", rows, apart),
    ]  # fmt: skip


def twinned(path: Path, settings: Settings, step: Step) -> Measured:
    """Requests in seven languages on the starter catalogue alone."""
    return twins.measured(wiring.build_search(on_the_starter(settings, step)), path)


def on_the_starter(settings: Settings, step: Step) -> Settings:
    """Settings of a fresh data folder with the starter catalogue alone."""
    folder = settings.data.parent / "starter"
    apart = replace(settings, data=folder, database_url=f"sqlite:///{folder / 'catalog.db'}")
    fresh(apart, {"starter": None}, step)
    return apart


def fresh(settings: Settings, catalogues: Mapping[str, Path | None], step: Step) -> None:
    """Fill an empty data folder with exactly these catalogues, and index it.

    What was embedded before stays: a text has the same vector every time.
    """
    shutil.rmtree(settings.index / "generations", ignore_errors=True)
    for name in ("current", "covers.json"):
        (settings.index / name).unlink(missing_ok=True)
    for old in settings.data.glob("*.db*"):
        old.unlink()
    for name, place in catalogues.items():
        for done in fill.sync(settings, [name], path=place, step=step):
            if not done.complete:
                raise SystemExit(f"The catalogue {name!r} could not be read whole: {done.stopped}")
    fill.index(settings, step=step)


def judged(
    what: str,
    rows: Iterable[requests.Row],
    settings: Settings,
    legs: Iterable[str] = tuple(LEGS),
) -> list[Measured]:
    """The figures of each leg alone beside the product's."""
    rows = list(rows)
    found = []
    asked = {name: desk(settings, LEGS[name]) for name in legs}
    if settings.llm.is_on:
        asked[f"fused, with {settings.llm.name}"] = desk(settings, LEGS["fused"], "plain")
        asked[f"fused, reranked by {settings.llm.name}"] = desk(settings, LEGS["fused"], "reranked")
    for name, one in asked.items():
        figures, results = requests.evaluate(one, rows)
        wrong = [
            {"id": one.row.id, "recall": round(one.recall, 3), "ndcg": round(one.ndcg, 3),
             "first": one.first, "honest": one.honest, "ranking": list(one.ranking)}
            for one in results
            if not one.honest or (one.row.gold and (one.recall < 1 or one.first < 1))
        ]  # fmt: skip
        found.append(Measured(name=f"{what}, {name}", figures=figures, wrong=wrong))
    return found


def reordered(what: str, rows: Sequence[requests.Row], settings: Settings) -> list[Measured]:
    """What an order of the hits by a language model can bring and cost, by scripted rankers."""

    def opened(url: str, ranker: rankers.Ranker) -> Desk:
        llm = replace(
            settings.llm, base_url=url, name=ranker.name, reranks=ranker.name != rankers.NOBODY,
            seconds=60.0, person_tokens=10**9, all_tokens=10**12,
        )  # fmt: skip
        made = parts(settings, LEGS["fused"], ranker.name)
        ranker.seen = rankers.Watched(made.search)
        ranker.ids = lambda keys: {k: one.card.id for k, one in made.store.get_keys(keys).items()}
        aide = wiring.build_aide(replace(settings, llm=llm))
        return Desk(replace(made, search=ranker.seen, aide=aide))

    return rankers.measured(what, rows, opened)


class OneLeg:
    """The search with some of its legs only."""

    def __init__(self, search: Search, legs: frozenset[Leg]) -> None:
        self._search = search
        self._legs = legs

    def find(
        self, text: str, *, allowed: NDArray[np.int64] | None = None, top: int = 10
    ) -> list[Hit]:
        """The best cards by those legs."""
        return self._search.find(text, allowed=allowed, top=top, legs=self._legs)


def desk(settings: Settings, legs: frozenset[Leg], model: str = "none") -> Desk:
    """The product's desk, its memory in a database of its own for each choice of legs and model.

    `model` is "none", "plain" or "reranked": whether the language model helps, and orders hits.
    """
    rules = replace(settings.llm, reranks=model == "reranked")
    aide = None if model == "none" else wiring.build_aide(replace(settings, llm=rules))
    return Desk(replace(parts(settings, legs, "-".join((model, *sorted(legs)))), aide=aide))


def parts(settings: Settings, legs: frozenset[Leg], memory: str) -> Parts:
    """What the product's desk is built from, without a model; `memory` names its own database."""
    address = f"sqlite:///{settings.data / f'memory-{memory}.db'}"
    return Parts(
        store=wiring.build_store(settings),
        search=OneLeg(wiring.build_search(settings), legs),
        memory=open_memory(address),
        wishes=open_wishes(address),
        feedback=open_feedback(address),
        history=open_history(address),
        clock=wiring.now,
        labels=wiring.LABELS,
        open_office=lambda: wiring.build_office(settings),
    )


def shown(value: float) -> str:
    """A count as it is, a share with three decimals."""
    return str(int(value)) if value == int(value) and value > 1 else f"{value:.3f}"


def report(measured: Sequence[Measured], settings: Settings) -> dict[str, object]:
    """Everything a later reader needs to compare."""
    return {
        "date": f"{wiring.now():%Y-%m-%dT%H:%M:%SZ}",
        "model": wiring.build_embedder(settings).name,
        "precision": settings.precision,
        "language_model": settings.llm.name if settings.llm.is_on else None,
        "prompts": versions(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "sets": [
            {"name": one.name, "figures": dict(one.figures), "note": one.note,
             "wrong": list(one.wrong)}
            for one in measured
        ],
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
