"""One function for each evaluation set: its file in, figures and every row that went wrong out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.terms import batch
from assistant.terms.values import SEVERITY, Outcome
from catalog_sync import languages
from indexer import evaluate
from indexer.embed import Embedder
from indexer.rank import Leg
from tests.evals.paraphrases import expected, facts, paraphrases, understood

Row = Mapping[str, str]
LEGS: Mapping[str, frozenset[Leg]] = {
    "fused": frozenset(("dense", "lexical", "standing")),
    "dense alone": frozenset(("dense",)),
    "lexical alone": frozenset(("lexical",)),
}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one set gave."""

    name: str
    figures: Mapping[str, float]
    wrong: Sequence[Mapping[str, object]] = field(default_factory=tuple)
    note: str = ""


def rows_of(path: Path) -> list[Row]:
    """The rows of a tab-separated file with a header; quotes mean nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def outcome(word: str) -> str:
    """The truth tables' word as the contract's."""
    return "ask_owner" if word == "unclear_ask_owner" else word


def also(row: Row) -> frozenset[str]:
    """Further answers that a row accepts."""
    return frozenset(outcome(w) for w in row.get("also_acceptable", "").split("|") if w)


def licences(path: Path, today: date) -> Measured:
    """Verdicts on bare licences; `more_permissive` is the gate and must be 0."""
    right = loose = 0
    wrong = []
    rows = rows_of(path)
    for row in rows:
        given = str(batch.check_row(row, today=today)["outcome"])
        wanted = outcome(row["expected_verdict"])
        if given == wanted or given in also(row):
            right += 1
            continue
        looser = rank(given) < rank(wanted)
        loose += looser
        wrong.append(
            {"licence": row["licence_id"], "use": row["question_key"], "facts": row["facts"],
             "wanted": wanted, "given": given, "more_permissive": looser}
        )  # fmt: skip
    figures = {"rows": len(rows), "agreement": right / len(rows), "more_permissive": loose}
    return Measured(name="licence_truth", figures=figures, wrong=wrong)


def rank(word: str) -> int:
    """How strict an outcome is."""
    known: tuple[Outcome, ...] = SEVERITY
    return next(place for place, each in enumerate(known) if each == word)


def combinations(path: Path) -> Measured:
    """Two licences merged: compatible or not, and under which licence."""
    rows = rows_of(path)
    right = 0
    wrong = []
    for row in rows:
        given = batch.combine_row(row)
        wanted = outcome(row["expected_verdict"].replace("compatible_one_way", "compatible"))
        same = given["outcome"] == wanted or str(given["outcome"]) in also(row)
        named = row["result_licence"]
        if wanted == "compatible" and given["outcome"] == wanted and named:
            same = given["result_licence"] == named
        right += same
        if not same:
            wrong.append(
                {"licences": [row["licence_a"], row["licence_b"]], "wanted": [wanted, named],
                 "given": [given["outcome"], given["result_licence"]]}
            )  # fmt: skip
    return Measured(
        name="licence_combo", figures={"rows": len(rows), "agreement": right / len(rows)},
        wrong=wrong,
    )  # fmt: skip


def tiers(path: Path, today: date) -> Measured:
    """NOODL-1.0 tiers of users in words."""
    rows = rows_of(path)
    wrong = []
    for row in rows:
        given = batch.tier_row(row, today=today)
        if given["tier"] != outcome(row["expected_tier"]):
            wrong.append({"user": row["user"], "wanted": row["expected_tier"], **given})
    share = 1 - len(wrong) / len(rows)
    return Measured(name="noodl_tier", figures={"rows": len(rows), "right": share}, wrong=wrong)


def language_names(path: Path) -> Measured:
    """Names to codes; asked back or not known is not right, and not wrong either."""
    rows = rows_of(path)
    right = mistaken = back = 0
    wrong = []
    for row in rows:
        answer = languages.resolve(row["surface"])
        accepted = set(row["expected_bcp47"].split("|")) | set(row["expected_iso639_3"].split("|"))
        given = set(answer.tags) | set(answer.iso639_3)
        if row["ambiguous"] == "1":
            good = answer.ambiguous
            back += good
        else:
            good = bool(given & accepted) and not answer.ambiguous
        right += good
        if not good:
            bad = bool(given) and not answer.ambiguous
            mistaken += bad
            wrong.append({"name": row["surface"], "wanted": sorted(accepted - {""}),
                          "given": sorted(given), "wrong": bad})  # fmt: skip
    asked = sum(row["ambiguous"] == "1" for row in rows)
    figures = {"rows": len(rows), "right": right / len(rows), "wrong": mistaken / len(rows)}
    if asked:
        figures["ambiguous_asked_back"] = back / asked
    return Measured(name="langnames", figures=figures, wrong=wrong)


def wordings() -> Measured:
    """The project's own paraphrases, by rules alone."""
    rows = list(paraphrases())
    wrong = [row for row in rows if facts(understood(row.turns)) != expected(row)]
    share = 1 - len(wrong) / len(rows)
    return Measured(
        name="paraphrases",
        figures={"rows": len(rows), "right": share},
        wrong=[{"id": row.id, "turns": list(row.turns)} for row in wrong],
    )


def datafinder(
    folder: Path, embedder: Embedder, *, kept: Path, tell: Callable[[str, int, int], None]
) -> list[Measured]:
    """Rankings of a BEIR-shaped corpus at depth 5, each leg alone and fused, with the year
    filter and without."""
    corpus = evaluate.open_corpus(folder / "corpus.jsonl", embedder, kept=kept, progress=tell)
    queries = evaluate.read_queries(folder / "queries.jsonl")
    judged = evaluate.read_judgements(folder / "qrels.tsv")
    found = []
    for year in (True, False):
        for name, legs in LEGS.items():
            ranked = evaluate.rank_corpus(
                corpus, queries, embedder, top=10, year_filter=year, legs=legs
            )
            ids = {each.qid: each.ids for each in ranked}
            five = evaluate.measure(ids, judged, depth=5)
            ten = evaluate.measure(ids, judged, depth=10)
            figures = {"queries": five.queries, "P@5": five.precision, "R@5": five.recall,
                       "MAP@5": five.map, "MRR@5": five.mrr, "nDCG@10": ten.ndcg}  # fmt: skip
            years = "year filter" if year else "no year filter"
            found.append(Measured(name=f"datafinder, {name}, {years}", figures=figures))
    return found


def json_lines(path: Path) -> list[Mapping[str, object]]:
    """The objects of a JSON lines file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
