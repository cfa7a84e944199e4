"""Takes pictures of the chat in ten states, over the starter catalogue, into screenshots/."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from assistant import wiring
from assistant.identity import COOKIE
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ADMIN, OWNER = "admin@example.org", "owner@example.org"
PATIENCE_MS = 90_000
QUESTION = "Welsh speech I can use in a product"


@dataclass(frozen=True)
class Stage:
    """A running server and the browser that looks at it."""

    browser: Browser
    url: str
    settings: dict[str, str]

    def visit(
        self, *, width: int = 1100, height: int = 860, locale: str = "en-GB", dark: bool = False,
        email: str = "",
    ) -> Page:  # fmt: skip
        """A fresh browser on the chat."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale=locale,
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        if email:
            self._sign_in(context, email)
        page = context.new_page()
        page.goto(self.url)
        expect(page.locator(".da-welcome h1")).to_be_visible()
        return page

    def _sign_in(self, context: BrowserContext, email: str) -> None:
        identity = wiring.build_identity(Settings.from_env(self.settings))
        person = identity.person(email)
        if person is None:
            raise ValueError(f"{email!r} is no e-mail address.")
        value = identity.cookie_for(person, now=wiring.now())
        context.add_cookies([{"name": COOKIE, "value": value, "url": self.url}])


def ask(page: Page, words: str, shown: str) -> None:
    """Say something and wait for what it shows."""
    page.locator("#chat-input").click()
    page.keyboard.type(words)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.locator("#chat-submit").click()
    expect(page.locator(shown).last).to_be_visible()
    page.wait_for_timeout(900)


def first(stage: Stage) -> Page:
    """The first screen."""
    return stage.visit()


def results(stage: Stage) -> Page:
    """Cards for a question."""
    page = stage.visit()
    ask(page, QUESTION, ".da-card")
    return page


def terms(stage: Stage) -> Page:
    """The reasoning beside the chat."""
    page = stage.visit(width=1280)
    ask(page, QUESTION, ".da-card")
    page.get_by_role("button", name=re.compile("^Explain the terms")).first.click()
    expect(page.locator(".da-beside")).to_be_visible()
    return page


def compared(stage: Stage) -> Page:
    """Datasets side by side."""
    page = stage.visit()
    ask(page, "Compare Swahili, Kinyarwanda and Luo speech", ".da-sheet")
    page.locator(".da-sheet").last.scroll_into_view_if_needed()
    return page


def coverage(stage: Stage) -> Page:
    """Figures in the dark."""
    page = stage.visit(dark=True)
    ask(page, "Which languages of Kenya have the most hours of speech?", ".da-figures")
    return page


def nothing(stage: Stage) -> Page:
    """Nothing fits: the nearest, and what each misses."""
    page = stage.visit()
    ask(page, "Cornish speech with more than 500 hours", ".da-results")
    return page


def form(stage: Stage) -> Page:
    """The form of a request."""
    # Somebody new each time: who has a request already is shown that one, and no form.
    page = stage.visit(email=f"mara-{uuid.uuid4().hex[:8]}@example.org")
    ask(page, "Welsh speech for a product, we are in Sweden", ".da-card")
    page.get_by_role("button", name=re.compile("^Request access")).first.click()
    name = page.get_by_label("What name should the owner see?")
    name.fill("Mara Lind")
    page.get_by_label(re.compile("What is it for")).fill("Dictation for classrooms in Umeå.")
    page.wait_for_timeout(600)
    return page


def approved(stage: Stage) -> Page:
    """The same request, sent and approved while the chat is open."""
    page = form(stage)
    page.get_by_role("button", name="Review").click()
    shown = page.locator(".da-form").last
    expect(shown.get_by_role("button", name="Confirm and send")).to_be_visible()
    for tick in shown.get_by_role("checkbox").all():
        tick.check()
    shown.get_by_role("button", name="Confirm and send").click()
    expect(shown.locator(".da-badge")).to_have_text("Sent, waiting for the owner")
    waiting = run(stage.settings, "request", "list", "--waiting", "--as", OWNER, "--json")
    found = re.search(r'"id": ?"([^"]+)"', waiting)
    if found is None:
        raise ValueError(f"no request waits for {OWNER}: {waiting!r}")
    run(stage.settings, "request", "approve", found[1], "--as", OWNER, "--until", "2027-06-30")
    expect(shown.locator(".da-badge")).to_have_text("Approved")
    page.wait_for_timeout(900)
    return page


def phone(stage: Stage) -> Page:
    """A phone."""
    page = stage.visit(width=360, height=740)
    ask(page, QUESTION, ".da-card")
    return page


def arabic(stage: Stage) -> Page:
    """Right to left, in the dark."""
    return stage.visit(locale="ar-EG", dark=True)


STATES: dict[str, Callable[[Stage], Page]] = {
    "1-first": first, "2-results": results, "3-terms": terms, "4-compared": compared,
    "5-coverage": coverage, "6-nothing": nothing, "7-form": form, "8-approved": approved,
    "9-phone": phone, "10-arabic": arabic,
}  # fmt: skip


def run(settings: dict[str, str], *words: str) -> str:
    """One command of the program; raises `CalledProcessError`."""
    command = [sys.executable, "-m", "assistant", *words]
    return subprocess.run(
        command, env=settings, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@contextmanager
def served(settings: dict[str, str]) -> Iterator[str]:
    """A server's address, until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve"],
        env=settings, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        told = process.stdout.readline() if process.stdout is not None else ""
        found = re.search(r"http://[\d.:]+", told)
        if found is None:
            raise ValueError(f"the server told no address but {told!r}")
        yield found[0]
        process.terminate()


def main() -> int:
    """Take them all, or the ones that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("states", nargs="*", help=f"of {', '.join(STATES)} (all)")
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--data", type=Path, default=ROOT / "screenshots" / "data")
    options = parser.parse_args()
    expect.set_options(timeout=PATIENCE_MS)
    settings = {
        **os.environ, "PYTHONPATH": str(ROOT), "DATASET_ASSISTANT_DATA": str(options.data),
        "DATASET_ASSISTANT_ADMINISTRATORS": ADMIN, "HOST": "127.0.0.1", "PORT": "0",
    }  # fmt: skip
    options.out.mkdir(parents=True, exist_ok=True)
    run(settings, "sync", "starter", "--index", "--quiet")
    run(settings, "owners", "assign", "source", "starter", OWNER, "--as", ADMIN)
    with served(settings) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        stage = Stage(browser=browser, url=url, settings=settings)
        for name in options.states or STATES:
            page = STATES[name](stage)
            page.wait_for_timeout(1200)
            page.screenshot(path=options.out / f"{name}.png")
            page.context.close()
            print(options.out / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
