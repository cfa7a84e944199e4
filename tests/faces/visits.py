"""A real server process over a small catalogue of our own, and browsers that visit it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from assistant import wiring
from assistant.identity import COOKIE
from assistant.settings import Settings
from tests import models

PATIENCE_MS = 90_000
"""A machine that does much else takes longer than the five seconds that are usual."""
ADMIN = "admin@catalogue.example"
OWNER = "owner@llais.example"
SECRET = "a secret that only these tests know"


def lines() -> Iterator[dict[str, object]]:
    """Cards: thirteen in Welsh, so that one list does not hold them all, and some others."""
    licences = ("CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-SA-4.0")
    for number in range(1, 14):
        yield {
            "id": f"welsh-{number}", "name": f"Welsh voices {number}", "languages": ["cy"],
            "tasks": ["ASR"], "modalities": ["audio"], "licence": licences[number % 4],
            "hours": 10 * number, "url": f"https://data.example/welsh-{number}",
            "summary": "Welsh speech read aloud.", "access": "on_request",
            "publisher": "Llais", "updated": f"2026-01-{number:02d}",
        }  # fmt: skip
    for tag, name, hours in (("ga", "Irish", 40), ("sw", "Swahili", 400), ("luo", "Dholuo", 60)):
        yield {
            "id": f"{tag}-speech", "name": f"{name} speech", "languages": [tag], "tasks": ["ASR"],
            "modalities": ["audio"], "licence": "CC-BY-4.0", "hours": hours, "access": "public",
            "url": f"https://data.example/{tag}", "summary": f"{name} speech.",
        }  # fmt: skip
    yield {
        "id": "ar-news", "name": "أخبار <b>عربية</b>", "languages": ["ar"], "modalities": ["text"],
        "licence": "CC-BY-4.0", "summary": "Arabic news.", "url": "https://data.example/ar",
    }  # fmt: skip


def environ(data: Path) -> dict[str, str]:
    """A fresh machine's: no key, any free port, a secret that the tests know."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DATASET_ASSISTANT_DATA": str(data),
        "DATASET_ASSISTANT_SECRET": SECRET,
        "DATASET_ASSISTANT_ADMINISTRATORS": ADMIN,
        "PORT": str(free_port()),
        "OMP_NUM_THREADS": "2",
    }


def free_port() -> int:
    """A port that is free now: links in mails name the one of the settings, which must be real."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def run(settings: Mapping[str, str], *words: str) -> str:
    """One command of the program, in a process of its own; its standard output."""
    command = [sys.executable, "-m", "assistant", *words]
    done = subprocess.run(
        command, env=settings, capture_output=True, text=True, check=False, timeout=540
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A server over the small catalogue, until the block ends."""
    settings = environ(models.lay(folder / "data"))
    cards = folder / "cards.jsonl"
    cards.write_text("".join(json.dumps(line) + "\n" for line in lines()), encoding="utf-8")
    run(settings, "sync", "cards", "--path", str(cards), "--index", "--quiet")
    run(settings, "owners", "assign", "publisher", "cards/Llais", OWNER, "--as", ADMIN)
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve"],
        env=settings, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = process.stdout.readline()
        found = re.search(r"http://[\d.:]+", told)
        assert found is not None, f"the server told no address but {told!r}"
        try:
            yield Site(url=found[0], settings=settings)
        finally:
            process.terminate()


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where the server is, and with which settings it runs."""

    url: str
    settings: Mapping[str, str]

    def signed_in(self, context: BrowserContext, email: str) -> None:
        """Let a browser be this person's, as after a link in a mail."""
        identity = wiring.build_identity(Settings.from_env(self.settings))
        person = identity.person(email)
        assert person is not None
        value = identity.cookie_for(person, now=wiring.now())
        context.add_cookies([{"name": COOKIE, "value": value, "url": self.url}])

    def mailed(self, email: str, *, about: str) -> str:
        """The link to this path in the mail that the server wrote to this person; waits for it."""
        folder = Path(self.settings["DATASET_ASSISTANT_DATA"]) / "mail"
        until = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < until:
            for file in folder.glob("*.eml"):
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
                text = str(body.get_content()) if body is not None else ""
                found = re.search(rf"{re.escape(self.url + about)}\S*token=\S+", text)
                if found is not None and email in str(mail["To"]):
                    return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {email} with a link to {about} in {folder}")


@dataclass(kw_only=True)
class Visit:
    """One open page, and every address that it asked for."""

    page: Page
    asked: list[str] = field(default_factory=list)

    def note(self, request: Request) -> None:
        """Remember an address."""
        self.asked.append(request.url)

    def say(self, words: str) -> None:
        """Type and send."""
        self.page.locator("#chat-input").click()
        self.page.keyboard.type(words)
        # The page takes no question before its socket is open.
        expect(self.page.locator("#chat-submit")).to_be_enabled()
        self.page.locator("#chat-submit").click()

    def ask(self, words: str) -> None:
        """Type, send, and wait for the answer."""
        answers = self.page.locator("[data-step-type='assistant_message']")
        before = answers.count()
        self.say(words)
        expect(answers).to_have_count(before + 1)


def visit(
    browser: Browser, site: Site, *, email: str = "", locale: str = "en-US", width: int = 1100,
    path: str = "/", dark: bool = False,
) -> Visit:  # fmt: skip
    """A browser of its own that opens the chat."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=locale,
        color_scheme="dark" if dark else "light", accept_downloads=True,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    if email:
        site.signed_in(context, email)
    found = Visit(page=context.new_page())
    found.page.on("request", found.note)
    found.page.goto(site.url + path)
    expect(found.page.locator("#chat-input")).to_be_visible(timeout=PATIENCE_MS)
    return found


def serious(page: Page) -> list[str]:
    """What hinders people, by axe-core, in what we render."""
    page.wait_for_function(SHOWN, arg=OURS)
    found = Axe().run(page, context={"include": [[OURS]]}) if page.locator(OURS).count() else None
    violations = found.response["violations"] if found is not None else []
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


SHOWN = """(selector) => [...document.querySelectorAll(selector)].every((node) => {
  for (let each = node; each; each = each.parentElement)
    if (getComputedStyle(each).opacity !== "1") return false
  return true
})"""
"""Nothing of ours is still fading in: colours have not their contrast before."""
OURS = ", ".join(
    f".da-{part}"
    for part in ("welcome", "tools", "results", "figures", "sheet", "beside", "question", "form")
)
