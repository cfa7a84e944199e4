"""A slow language model in the chat: its words come piece by piece, and a press on stop ends it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests import serving
from tests.assistant.aided import reading
from tests.conftest import program
from tests.faces.visits import PATIENCE_MS, Visit
from tests.openai_server import Body, Say, asks_to_understand, scripted

pytestmark = [pytest.mark.browser, pytest.mark.model]
NAME = "Common Voice Scripted Speech 25.0 - Welsh"
FIRST, SECOND = f"{NAME} has 159 hours.", f"{NAME} has 1,933 speakers."
SHORT = f"{NAME} is under CC0-1.0."


def test_words_come_piece_by_piece_and_stop_ends_them_and_the_models_stream(
    tmp_path: Path,
) -> None:
    chromium = program("chromium", otherwise="apt-get install chromium brings it")
    slow = [True]

    def answer(body: Body) -> Say:
        if asks_to_understand(body):
            return reading()
        if slow[0]:
            return Say(text=f"{FIRST} {SECOND} ", pieces=6, gap_s=0.1, endless=True)
        return Say(text=SHORT)

    with (
        scripted(answer) as model,
        serving.server(
            serving.copied(tmp_path / "data"),
            {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "k",
             "DATASET_ASSISTANT_LLM_SECONDS": "120"},
        ) as running,
        sync_playwright() as playwright,
    ):  # fmt: skip
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(running.address)
        talk = Visit(page=page)
        talk.say("Welsh speech")
        said = page.locator("[data-step-type='assistant_message']")
        expect(said.first).to_contain_text(FIRST, timeout=PATIENCE_MS)
        assert SECOND not in said.first.inner_text()
        expect(said.first).to_contain_text(SECOND, timeout=PATIENCE_MS)

        # The model goes on; the person has read enough.
        page.get_by_role("button", name=re.compile("stop", re.IGNORECASE)).click()
        expect(page.locator("#chat-submit")).to_be_visible(timeout=PATIENCE_MS)
        sent = model.times[-1].left
        until = time.monotonic() + 30
        while _grows(sent):
            assert time.monotonic() < until, f"still read after {len(sent)} pieces"
        kept = said.first.inner_text()
        assert FIRST in kept and SECOND in kept
        assert "and so on" not in kept

        slow[0] = False
        talk.say("only what I may sell")
        expect(said.last).to_contain_text(SHORT, timeout=PATIENCE_MS)
        # What the stopped turn was about is not forgotten.
        expect(page.locator(".da-chips").last).to_contain_text("Welsh")
        assert FIRST in said.first.inner_text()
        browser.close()


def _grows(sent: list[float]) -> bool:
    """Whether more pieces leave within a second."""
    before = len(sent)
    time.sleep(1)
    return len(sent) > before
