"""Writes docs/conversation.md: a conversation as a new user would have it, held by the program.

Run it from the repository root; `--check` only says whether the page is what the program answers
today. It talks to the starter catalogue with the bundled model, in a folder of its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from assistant.access.opening import open_office
from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.feedback import open_feedback
from assistant.history import open_history
from assistant.memory import open_memory
from assistant.need import Asker
from assistant.reply import Option, Question, Reply
from assistant.secret import Box
from assistant.wiring import LABELS
from assistant.wishes import open_wishes
from catalog_sync.job import sync
from catalog_sync.normalise import normalise
from catalog_sync.registry import open_source
from catalog_sync.store import open_store
from indexer.build import bring_up_to_date
from indexer.embed import Embedder, open_embedder
from indexer.search import Search

PAGE = Path("docs/conversation.md")
TURNS = (
    "hello",
    "I need Swahili speech",
    "at least 100 hours, and we want to sell the product",
    "who owns the first one?",
    "may a German firm train and sell a TTS voice on it?",
    "what do I have to write in the credits?",
    "actually Basque",
    "only spontaneous speech",
    "forget that",
    "Which languages of Kenya have more than 50 hours of speech?",
    "Sumerian speech recordings",
    "record my wish",
    "spontaneous speech in Irish",
    "what does NC mean?",
    "request access to the first one",
    "thanks!",
)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_SHOWN = 3
_HEAD = """# A conversation

What the program answers to a new user, with the starter catalogue and without any language model.
Written by `scripts/conversation_page.py`; do not edit it by hand.
"""


def starter_desk(folder: Path, embedder: Embedder) -> Desk:
    """A desk over the starter catalogue, built in `folder`."""
    store = open_store(f"sqlite:///{folder}/catalog.db")
    source = open_source("starter", environ={})
    sync(source, store, normalise=normalise, clock=lambda: NOW)
    bring_up_to_date(store, folder / "index", embedder)
    return Desk(
        Parts(
            store=store,
            search=Search.open(folder / "index", embedder),
            memory=open_memory(f"sqlite:///{folder}/talk.db"),
            wishes=open_wishes(f"sqlite:///{folder}/talk.db"),
            feedback=open_feedback(f"sqlite:///{folder}/talk.db"),
            history=open_history(f"sqlite:///{folder}/talk.db"),
            clock=lambda: NOW,
            labels=LABELS,
            open_office=lambda: open_office(
                f"sqlite:///{folder}/catalog.db",
                box=Box(["page-page-page-page"]),
                store=store,
                clock=lambda: NOW,
            ),
        )
    )


def page(desk: Desk) -> str:
    """The conversation as Markdown."""
    said = [_HEAD]
    for text in TURNS:
        reply = desk.ask(
            Question(text=text, conversation="page", asker=Asker(id="reader"), top=_SHOWN)
        )
        said.append(f"**You:** {text}\n\n{drawn(reply)}")
    return "\n".join(said)


def drawn(reply: Reply) -> str:
    """One reply as a reader sees it."""
    whole = reply.intent in ("attribution", "explain") and "\n" in reply.text
    text = f"```text\n{reply.text.strip()}\n```" if whole else reply.text.replace("\n", "  \n")
    lines = [text, ""]
    if reply.options and reply.intent in ("find", "refine", "more"):
        lines += [*(_line(option) for option in reply.options), ""]
    if reply.nearest:
        lines += [*(_line(option, near=True) for option in reply.nearest[:_SHOWN]), ""]
    lines += [
        f"{question.text}\n" for question in reply.questions if question.text not in reply.text
    ]
    for table in reply.tables[:1]:
        lines += [
            " | ".join(("", *table.columns, "")).strip(),
            "|".join(("", *("---" for _ in table.columns), "")),
            *(" | ".join(("", *row, "")).strip() for row in table.rows[:8]),
            "",
        ]
    if reply.chips and reply.intent in ("find", "refine"):
        lines += ["Understood: " + ", ".join(f"`{chip.label}`" for chip in reply.chips), ""]
    return "\n".join(lines)


def _line(option: Option, *, near: bool = False) -> str:
    outcome = option.verdict.outcome.replace("_", " ")
    card = option.card
    if near:
        missed = "; ".join(match.text for match in option.matches if match.state != "yes")
        return f"- {card.name}: {missed}"
    met = "; ".join(match.text for match in option.matches)
    return f"- [{card.name}]({card.url}): {met}. Your use: {outcome}."


def main() -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if it differs")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = page(starter_desk(Path(folder), open_embedder()))
    if wanted.check:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("docs/conversation.md is current." if same else "Run scripts/conversation_page.py.")
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
