from __future__ import annotations

from pathlib import Path

from indexer.embed import HashEmbedder
from scripts.conversation_page import PAGE, TURNS, page, starter_desk


def test_the_conversation_in_the_docs_is_what_the_program_answers(tmp_path: Path) -> None:
    """The turns are chosen so that limits, and not the model's ranking, decide the answers."""
    text = (Path(__file__).parent.parent / PAGE).read_text(encoding="utf-8")
    assert text == page(starter_desk(tmp_path, HashEmbedder()))


def test_the_conversation_has_at_least_fifteen_turns() -> None:
    assert len(TURNS) >= 15
