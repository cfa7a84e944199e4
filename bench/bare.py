"""Embeds the passages of an index with sentence-transformers alone: the floor of an index run."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.clock import print_peak
from indexer.embed_model import TorchModel, find_model
from indexer.generations import current_path
from indexer.shelf import open_shelf

if __name__ == "__main__":
    shelf = open_shelf(current_path(Path(sys.argv[1])))
    texts = [shelf.text(row) for row in range(len(shelf.card_of))]
    started = time.perf_counter()
    model = TorchModel(find_model(None))
    loaded = time.perf_counter()
    model.encode(texts)
    ended = time.perf_counter()
    found = {"texts": len(texts), "loading": loaded - started, "embedding": ended - loaded}
    sys.stdout.write(json.dumps(found) + "\n")
    print_peak()
