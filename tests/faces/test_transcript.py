from __future__ import annotations

import re
from datetime import UTC, datetime

from assistant.faces import transcript
from assistant.reply import Table
from tests import fakes

AT = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


def test_a_conversation_reads_as_it_was_said() -> None:
    said = [
        transcript.person("Welsh speech <script>"),
        transcript.answered(fakes.reply(fakes.option())),
        transcript.compared(Table(title="", columns=("", "One"), rows=(("Licence", "CC0"),))),
    ]
    text = transcript.markdown(said, title="Welsh speech", at=AT)
    assert text.startswith("# Welsh speech\n\nExported 2026-11-25 09:05 UTC.")
    assert "**You:** Welsh speech \\<script\\>" in text
    assert "Allowed, with conditions" in text
    assert "| Licence | CC0 |" in text


def test_a_strangers_words_do_nothing_in_the_file() -> None:
    bad = fakes.card(name="[click](javascript:alert(1)) <img src=x>")
    text = transcript.markdown([transcript.answered(fakes.reply(fakes.option(bad)))],
                               title="x", at=AT)  # fmt: skip
    assert not re.search(r"(?<!\\)<img", text)
    assert "](javascript" not in text


def test_a_file_name_is_one_that_every_system_takes() -> None:
    assert transcript.file_name("../../Wales: *all* of it?", at=AT) == "wales-all-of-it-20261125.md"
    assert transcript.file_name("أخبار", at=AT) == "conversation-20261125.md"
