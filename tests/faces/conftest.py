"""Chromium, for the tests that look at real pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import program
from tests.faces.visits import PATIENCE_MS


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module; while it is open, its thread can run no other event loop."""
    found = program("chromium", otherwise="apt-get install chromium brings it")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()
