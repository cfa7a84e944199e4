"""The bundled model's exported copy, made once for all tests and runs, as making it takes long.

That the first `index` of a data folder makes its own is tested with a small model, in
`tests/faces/test_another_model.py`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from indexer import embed_copy
from indexer.embed import open_embedder
from tests.turns import turn


@cache
def made() -> Path:
    """A folder of exported copies with the bundled model's in it; not to be written to."""
    maker = Path(embed_copy.__file__).read_bytes() + version("torch").encode()
    name = f"dataset-assistant-models-{hashlib.sha256(maker).hexdigest()[:12]}"
    folder = Path(tempfile.gettempdir()) / name
    # Made anew where it is not there, not whole, or of other weights.
    with turn("models"):
        why = open_embedder(copies=folder).prepare()
    assert why is None, why
    return folder


def lay(data: Path) -> Path:
    """Put the copy into a data folder where it has none; returns the folder."""
    if not (data / "models").exists():
        shutil.copytree(made(), data / "models", copy_function=linked)
    return data


def linked(file: str, where: str) -> None:
    """The model itself by a second name, since it is large; all else as a copy."""
    if file.endswith(".onnx"):
        try:
            os.link(file, where)
        except OSError:
            shutil.copy2(file, where)
    else:
        shutil.copy2(file, where)
