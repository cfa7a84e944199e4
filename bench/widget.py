"""What the widget costs a page, and how long a first answer takes on a cold one, in Chromium."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from bench.clock import run
from scripts import demo

PAGE = "/datasets/commonvoice-scripted-25.0-cy"
ROUNDS = 60
TAGS = ("?bare", "", "?plain")
"""The demo site's page without the widget, with the documented tag, with the one without code."""
LOADED = (
    "(page => page.loadEventEnd - page.responseStart)"
    "(performance.getEntriesByType('navigation')[0])"
)
"""From the page's first byte, before which no tag can cost anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Milliseconds, medians of several new visitors; kilobytes as they were sent."""

    load_without: float
    """From the host page's first byte to its `load` event, without the widget."""
    load_with: float
    """The same with the documented tag."""
    load_plain: float
    """The same with the tag that has no code in it."""
    later: float
    """By how much the documented tag delays that event: the median of the rounds' differences."""
    later_between: tuple[float, float]
    """The quarters of those differences: half of them lie between."""
    later_plain: float
    open: float
    """From the press until the chat can be typed in, nothing in the browser's cache."""
    first_answer: float
    """From asking for the chat's own page, cold, until the first answer is shown."""
    script_kb: float
    chat_kb: float


def measure(work: Path) -> Page:
    """Fills a folder with the starter catalogue, serves it and the demo site, and visits both."""
    if not (work / "catalog.db").exists():
        run(["-m", "assistant", "sync", "starter", "--index", "--data", str(work), "--json"])
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("Chromium is not installed: apt-get install chromium brings it.")
    with _served(work) as (assistant, origin), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        answer = _median(_first_answer(browser, assistant) for _ in range(5))
        rounds = [_round(browser, origin, number) for number in range(ROUNDS)]
        opens = _median(_open(browser, origin) for _ in range(5))
        script_kb, chat_kb = _sent_kb(f"{assistant}/widget.js"), _sent_kb(_chat(assistant))
        browser.close()
    without, with_it, plain = zip(*rounds, strict=True)
    later = sorted(there - bare for bare, there, _ in rounds)
    return Page(
        load_without=_median(iter(without)), load_with=_median(iter(with_it)),
        load_plain=_median(iter(plain)), later=_median(iter(later)),
        later_between=(later[ROUNDS // 4], later[-1 - ROUNDS // 4]),
        later_plain=_median(there - bare for bare, _, there in rounds),
        open=opens, first_answer=answer, script_kb=script_kb, chat_kb=chat_kb,
    )  # fmt: skip


@contextmanager
def _served(work: Path) -> Iterator[tuple[str, str]]:
    """The addresses of the assistant and of the demo site that may show it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assistant = f"http://127.0.0.1:{port}"
    site = demo.Site(datasets=demo.starter(), assistant=assistant, key=secrets.token_urlsafe(32))
    listening = demo.listen(site, 0)
    origin = f"http://127.0.0.1:{listening.server_port}"
    environ = {
        **os.environ, "PORT": str(port), "DATASET_ASSISTANT_DATA": str(work),
        "DATASET_ASSISTANT_ORIGINS": origin, "DATASET_ASSISTANT_ADDRESS_PER_MINUTE": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "assistant", "serve"]
    with subprocess.Popen(
        command, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            if not (server.stdout and server.stdout.readline()):
                raise RuntimeError("the server ended before it told its address")
            Thread(target=listening.serve_forever, daemon=True).start()
            yield assistant, origin
        finally:
            listening.shutdown()
            server.terminate()


def _round(browser: Browser, origin: str, number: int) -> tuple[float, float, float]:
    """One load with each tag; each comes first, in the middle and last equally often."""
    order = [TAGS[(number + place) % len(TAGS)] for place in range(len(TAGS))]
    found = {tag: _load(browser, origin, tag) for tag in order}
    bare, documented, plain = (found[tag] for tag in TAGS)
    return bare, documented, plain


def _load(browser: Browser, origin: str, query: str) -> float:
    page = browser.new_context().new_page()
    page.goto(f"{origin}{PAGE}{query}", wait_until="load")
    took = float(page.evaluate(LOADED))
    page.context.close()
    return took


def _open(browser: Browser, origin: str) -> float:
    page = browser.new_context().new_page()
    page.goto(f"{origin}{PAGE}")
    button = page.get_by_role("button", name="Ask about this data")
    button.wait_for()
    started = time.perf_counter()
    button.click()
    page.locator("#chat-input").wait_for()
    took = time.perf_counter() - started
    page.context.close()
    return took * 1000


def _first_answer(browser: Browser, assistant: str) -> float:
    page = browser.new_context().new_page()
    started = time.perf_counter()
    page.goto(assistant)
    page.locator("#chat-input").click()
    page.keyboard.type("Welsh speech I can use in a product")
    page.locator("#chat-submit:not([disabled])").click()
    page.locator(".da-card").first.wait_for()
    took = time.perf_counter() - started
    page.context.close()
    return took * 1000


def _sent_kb(url: str) -> float:
    """What is sent for a file when the browser takes it packed."""
    asked = urllib.request.Request(url, headers={"accept-encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        return len(answer.read()) / 1000


def _chat(assistant: str) -> str:
    """Where the chat's script is."""
    with urllib.request.urlopen(f"{assistant}/widget/hello") as answer:
        return assistant + str(json.load(answer)["bundle"])


def _median(values: Iterator[float]) -> float:
    found = sorted(values)
    return found[len(found) // 2]
