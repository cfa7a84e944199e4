"""Lays Chainlit's configuration, the page's files and its words in our languages out."""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from assistant.faces import welcome

CHAT = Path(__file__).parent / "faces" / "chat"
SHELLS = {"en": "en-US", "es": "es", "fr": "fr-FR", "pt": "pt-PT", "de": "de-DE", "ar": "ar-SA"}
"""Our language -> Chainlit's own words in it; the others see its page in English."""


def set_chat_up(folder: Path, origins: tuple[str, ...]) -> None:
    """Lay the chat's configuration and its page's files out in `folder`, replacing older ones.

    Chainlit reads them from the folder that CHAINLIT_APP_ROOT names, at its import, and writes
    beside them, which an installed package may not allow.
    """
    shutil.rmtree(folder / "public", ignore_errors=True)
    shutil.rmtree(folder / ".chainlit", ignore_errors=True)
    shutil.copytree(CHAT / "public", folder / "public")
    translate(folder / ".chainlit" / "translations")
    config = (CHAT / "config.toml").read_text(encoding="utf-8")
    allowed = f"[project]\nallow_origins = {json.dumps(list(origins))}\n"
    config = config.replace("[project]\n", allowed, 1)
    (folder / ".chainlit" / "config.toml").write_text(config, encoding="utf-8")
    for page in ("chainlit.md", "chainlit_en-US.md"):
        (folder / page).write_text("", encoding="utf-8")
    os.environ["CHAINLIT_APP_ROOT"] = str(folder.resolve())
    # Chainlit sends every conversation to a foreign service when it finds this key.
    os.environ.pop("LITERAL_API_KEY", None)


def translate(folder: Path) -> None:
    """Write the page's words in each of our languages: Chainlit's, with our own over them."""
    folder.mkdir(parents=True)
    ours = json.loads((CHAT / "translations" / "en-US.json").read_text(encoding="utf-8"))
    for language in welcome.LANGUAGES:
        spoken = welcome.words(language)
        shell = SHELLS.get(language, "en-US")
        found = ours if shell == "en-US" else packaged(shell)
        chat = {**found["chat"], "watermark": spoken.caution}
        chat["input"] = {**chat["input"], "placeholder": spoken.placeholder}
        text = json.dumps({**found, "chat": chat}, ensure_ascii=False, indent=1)
        names = ("en-US", "en") if language == "en" else (language, shell)
        for name in names:
            if name != "en-US" or language == "en":
                (folder / f"{name}.json").write_text(text, encoding="utf-8")


def packaged(name: str) -> dict[str, dict[str, object]]:
    """Chainlit's own words in one language, read without importing it."""
    spec = find_spec("chainlit")
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise ModuleNotFoundError("chainlit is not installed; run the installation again.")
    path = Path(places[0]) / "translations" / f"{name}.json"
    found: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return found
