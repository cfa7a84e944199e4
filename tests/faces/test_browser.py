"""A person with a browser: the real page, server, model and starter catalogue."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect, sync_playwright

from tests.conftest import program

pytestmark = [pytest.mark.browser, pytest.mark.model]
QUESTION = "Welsh speech I can use in a product"
PATIENCE_MS = 90_000


def settings(data: Path) -> dict[str, str]:
    """The environment of a fresh machine: no key, any free port."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATASET_ASSISTANT_DATA": str(data), "PORT": "0", "OMP_NUM_THREADS": "2"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server process over the starter catalogue, filled as `make chat` does."""
    environ = settings(tmp_path_factory.mktemp("chat") / "data")
    command = [sys.executable, "-m", "assistant"]
    filled = subprocess.run(
        [*command, "sync", "starter", "--index", "--json"],
        env=environ, capture_output=True, text=True, check=True, timeout=540,
    )  # fmt: skip
    assert json.loads(filled.stdout)["complete"] is True
    with subprocess.Popen(
        [*command, "serve"], env=environ, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        found = re.search(r"http://[\d.:]+", told)
        assert found is not None, f"the server told no address but {told!r}"
        yield found[0]
        process.terminate()


@pytest.fixture(scope="module")
def page(server: str) -> Iterator[tuple[Page, list[str]]]:
    """An open page, and every address that it asked for."""
    chromium = program("chromium", otherwise="apt-get install chromium brings it")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1100, "height": 900})
        opened.on("request", note)
        opened.set_default_timeout(PATIENCE_MS)
        opened.goto(server)
        yield opened, asked
        browser.close()


def test_a_person_asks_reads_a_card_and_has_its_terms_explained(
    page: tuple[Page, list[str]],
) -> None:
    opened, _ = page
    expect(opened.locator("#chat-input")).to_be_visible()
    expect(opened.locator(".da-welcome small")).to_contain_text("datasets")
    opened.locator("#chat-input").click()
    opened.keyboard.type(QUESTION)
    # The page takes no question before its socket is open.
    expect(opened.locator("#chat-submit")).to_be_enabled(timeout=PATIENCE_MS)
    opened.locator("#chat-submit").click()

    card = opened.locator(".da-card").first
    expect(card).to_be_visible(timeout=PATIENCE_MS)
    expect(card).to_contain_text("Welsh (Cymraeg)")
    expect(card.locator(".da-badge")).to_have_text(
        re.compile("Allowed|Allowed, with conditions")
    )  # fmt: skip
    expect(card.locator("dl")).to_contain_text("Licence")
    expect(card.locator("dl")).to_contain_text("Access")
    link = card.locator("h3 a")
    expect(link).to_have_attribute("href", re.compile("^https://"))

    said = opened.locator("[data-step-type='assistant_message']")
    before = said.count()
    card.get_by_role("button", name="Explain the terms").click()
    expect(said).to_have_count(before + 1, timeout=PATIENCE_MS)
    expect(said.last).to_contain_text(re.compile("CC0|licence", re.IGNORECASE))


def test_what_was_understood_can_be_taken_away_with_one_press(
    page: tuple[Page, list[str]],
) -> None:
    opened, _ = page
    chips = opened.locator(".da-chips").first.get_by_role("button")
    assert "Welsh" in " ".join(chips.all_inner_texts())
    answers = opened.locator(".da-results")
    before = answers.count()
    chips.filter(has_text="Welsh").first.click()
    expect(answers).to_have_count(before + 1, timeout=PATIENCE_MS)
    last = answers.last.locator(".da-chips")
    if last.count():
        expect(last).not_to_contain_text("Welsh")


def test_two_cards_are_compared_side_by_side(page: tuple[Page, list[str]]) -> None:
    opened, _ = page
    results = opened.locator(".da-results", has=opened.locator(".da-card")).last
    for place in (0, 1):
        results.get_by_role("button", name="Compare", exact=True).nth(0).click()
        assert place in (0, 1)
    results.get_by_role("button", name="Compare side by side").click()
    expect(opened.locator("table").last).to_be_visible(timeout=PATIENCE_MS)


def test_the_page_fits_a_phone_without_scrolling_sideways(page: tuple[Page, list[str]]) -> None:
    opened, _ = page
    opened.set_viewport_size({"width": 360, "height": 740})
    wide = opened.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    opened.set_viewport_size({"width": 1100, "height": 900})


def test_no_request_of_the_whole_visit_left_the_machine(
    page: tuple[Page, list[str]], server: str
) -> None:
    _, asked = page
    own = (server, server.replace("http://", "ws://"), "data:", "blob:")
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(own)] == []
