"""`search`: rank any BEIR-shaped corpus with the product's own retrieval."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `search`."""
    parser = parsers.add_parser(
        "search", parents=[common], help="rank a corpus of your own for a file of queries"
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="C.jsonl")
    parser.add_argument("--queries", type=Path, required=True, metavar="Q.jsonl")
    parser.add_argument("--top", type=int, default=10, metavar="K", help="documents a query (10)")
    parser.add_argument(
        "--year-filter", action="store_true", help="leave out documents newer than the query"
    )
    parser.set_defaults(run=search)


def search(call: Call) -> int:
    """Print one line for each query, in the file's order."""
    from indexer import evaluate

    options = call.options
    if options.top < 1:
        raise WrongCall(f"--top is {options.top}. Expected at least 1.")
    embedder = wiring.build_embedder(call.settings)
    queries = evaluate.read_queries(options.queries)
    with call.terminal.progress("embedding the corpus") as step:
        corpus = evaluate.open_corpus(
            options.corpus, embedder, kept=call.settings.data / "corpora", progress=step
        )
    ranked = evaluate.rank_corpus(
        corpus, queries, embedder, top=options.top, year_filter=options.year_filter
    )
    for ranking in ranked:
        if call.terminal.json_only:
            call.terminal.line({"qid": ranking.qid, "ranking": list(ranking.ids)})
        else:
            line = f"{ranking.qid}\t{' '.join(ranking.ids)}"
            call.terminal.out.print(line, markup=False, soft_wrap=True)
    return 0
