"""One setting changes the embedding model: what is said before, what mends it, what follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.embed_model import prefixes_of
from tests.faces.test_commands import Shell, filled, shell

__all__ = ["filled", "shell"]
pytestmark = pytest.mark.model
WORDS = ("welsh", "swahili", "voices", "news", "no", "word", "on", "terms", "query", "passage",
         ":", "speech", "text", "in", "audio", "hours")  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole sentence-transformers model, tiny and untrained, of a family with prefixes."""
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("model")
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS)))
    BertTokenizer(str(vocabulary)).save_pretrained(folder / "bert")
    shape = BertConfig(vocab_size=5 + len(WORDS), hidden_size=32, num_hidden_layers=1,
                       num_attention_heads=2, intermediate_size=64)  # fmt: skip
    BertModel(shape).save_pretrained(folder / "bert")
    words = models.Transformer(str(folder / "bert"), max_seq_length=64)
    whole = SentenceTransformer(modules=[words, models.Pooling(32), models.Normalize()])
    whole.save(str(folder / "multilingual-e5-tiny"))
    return folder / "multilingual-e5-tiny"


def test_the_index_of_another_model_is_refused_with_the_mend_and_the_mend_works(
    filled: Shell, model: Path
) -> None:
    assert filled.run("index")[0] == 0
    other = {"DATASET_ASSISTANT_MODEL": str(model)}
    code, _ = filled.run("ask", "Welsh speech", **other)
    assert code == 3
    assert "all-MiniLM-L6-v2' (384 numbers" in filled.err
    assert f"'{model}' (32 numbers" in filled.err
    assert "`dataset-assistant index" in filled.err
    copies = set(filled.data.glob("models/*/model.onnx"))
    assert filled.run("index", **other)[0] == 0, filled.err
    # A copy of the new model too was made for quick questions.
    assert len(set(filled.data.glob("models/*/model.onnx")) - copies) == 1
    code, out = filled.run("ask", "Welsh speech", "--json", **other)
    assert code == 0, filled.err
    assert '"id": "cards:welsh"' in out
    # And back: what the first model had embedded is still there.
    code, out = filled.run("index", "--json")
    assert code == 0, filled.err
    assert '"embedded": 0' in out
    assert filled.run("ask", "Welsh speech")[0] == 0
    # The mend that the error names does the same, and embeds anew.
    code, out = filled.run("index", "--rebuild", "--json", **other)
    assert code == 0, filled.err
    assert '"reused": 0' in out
    assert filled.run("ask", "Welsh speech", **other)[0] == 0, filled.err


def test_a_model_of_a_family_with_prefixes_is_read_with_them(model: Path) -> None:
    found = prefixes_of(str(model), model)
    assert (found.question, found.passage) == ("query: ", "passage: ")
