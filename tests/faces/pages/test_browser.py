"""Three people with browsers: a visitor who becomes the requester, the owner, and a stranger.

The mail goes through the real deliverer to a real SMTP server, and is read from there.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import httpx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from assistant import serve
from assistant.access.deliver import Deliverer, Ways
from assistant.access.deliver_mail import SmtpSender
from assistant.access.lookup import RequestLookup
from assistant.access.mail_server import mail_server
from assistant.access.remind import Calendar
from tests.assistant.access.bureau import ADMIN, GIVEN, MARA, OWNER
from tests.assistant.access.sinks import MailSink, mail_sink
from tests.faces.pages.conftest import application
from tests.faces.site import Site, open_site

pytestmark = pytest.mark.browser
SIZES = ((1200, 900), (360, 740))


@dataclass
class Place:
    """A running server, its rooms, and the mail it sent."""

    url: str
    site: Site
    sink: MailSink
    deliverer: Deliverer

    def mail(self, to: str) -> str:
        """Send what is due; the link in the newest mail to this address."""
        self.deliverer.run_until_empty()
        mine = [mail for mail in self.sink.mails if to in str(mail["To"])]
        body = mine[-1].get_body(("plain",))
        assert body is not None
        found = re.search(rf"{re.escape(self.url)}\S+", str(body.get_content()))
        assert found is not None
        return found[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    site = open_site(tmp_path_factory.mktemp("pages"))
    listener = serve.listen("127.0.0.1", 0)
    config = uvicorn.Config(application(site), log_level="warning", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    url = serve.address(listener)
    parts = site.bureau.office.parts
    with mail_sink() as sink:
        sender = SmtpSender(
            mail_server(sink.url), sender="desk@data.example", clock=lambda: site.bureau.moment
        )
        lookup = RequestLookup(
            record=parts.record, links=site.identity, url=url, calendar=Calendar(),
            clock=lambda: site.bureau.moment,
        )  # fmt: skip
        ways = Ways(senders={"mail": sender}, lookup=lookup, site="Dataset assistant")
        deliverer = Deliverer(parts.outbox, ways, clock=lambda: site.bureau.moment)
        yield Place(url=url, site=site, sink=sink, deliverer=deliverer)
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()
    site.close()


def somebody(chromium: Browser, **options: object) -> Page:
    """A browser of their own, with scripts off: the pages need none."""
    context = chromium.new_context(java_script_enabled=False, **options)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    return context.new_page()


def test_from_a_visitors_wish_to_the_owners_yes(place: Place, chromium: Browser) -> None:
    visitor = somebody(chromium)
    visitor.goto(f"{place.url}/requests/new?card={GIVEN}")
    visitor.get_by_label("What name should the owner see?").fill("Mara Lind")
    visitor.get_by_label("In which country will the data be used?").select_option("SE")
    visitor.get_by_label("train a model for research").check()
    visitor.get_by_label("What is it for?").fill("A recogniser for classroom use.")
    visitor.get_by_role("button", name="Save and look at it once more").click()
    expect(visitor.get_by_role("heading", name="Where may the answer go?")).to_be_visible()
    visitor.get_by_label("E-mail address").fill("mara@lab.example")
    visitor.get_by_role("button", name="Send me the link").click()
    expect(visitor.get_by_role("heading", name="Look into your mail")).to_be_visible()

    link = place.mail("mara@lab.example")
    assert httpx.get(link).status_code == 200  # a mail scanner
    mara = somebody(chromium)
    mara.goto(link)
    mara.get_by_role("button", name="Yes, it is mine").click()
    expect(mara.get_by_text("A recogniser for classroom use.")).to_be_visible()
    for box in mara.get_by_role("checkbox").all():
        box.check()
    mara.get_by_role("button", name="Send it to the owner").click()
    expect(mara.get_by_role("status")).to_contain_text("Your request is sent.")
    where = mara.url.split("?")[0]

    decide = place.mail("owner@voices.example")
    for _ in range(2):
        assert httpx.get(decide, follow_redirects=True).status_code == 200
    mara.reload()
    expect(mara.locator(".pill")).to_have_text("Sent, waiting for the owner")

    owner = somebody(chromium)
    owner.goto(f"{place.url}/owner")
    owner.get_by_label("E-mail address").fill("owner@voices.example")
    owner.get_by_role("button", name="Send me a link").click()
    owner.goto(place.mail("owner@voices.example"))
    owner.get_by_role("button", name="Sign in").click()
    owner.get_by_role("link", name="Given Voices").click()
    expect(owner.get_by_text("A recogniser for classroom use.")).to_be_visible()
    expect(owner.get_by_role("heading", name="What the terms say to this use")).to_be_visible()
    owner.get_by_label("Conditions").first.fill("For schools only.")
    owner.get_by_role("button", name="Approve", exact=True).click()
    expect(owner.get_by_role("status")).to_contain_text("Approved.")

    mara.goto(where)
    expect(mara.locator(".pill")).to_have_text("Approved")
    expect(mara.get_by_text("For schools only.").first).to_be_visible()
    assert place.mail("mara@lab.example") == where

    stranger = somebody(chromium)
    answer = stranger.goto(where)
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("heading", name="Not found")).to_be_visible()
    expect(visitor.get_by_text("mara@lab.example")).to_have_count(1)  # only what was typed there
    visitor.goto(where)
    expect(visitor.get_by_role("heading", name="Not found")).to_be_visible()


def note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def paths(place: Place) -> list[tuple[object, str]]:
    """Every page, and who opens it."""
    (request,) = place.site.desk.office.mine(MARA, states=("approved",)) or (None,)
    assert request is not None
    return [
        (None, "/sign-in"), (None, "/requests"), (None, f"/requests/new?card={GIVEN}"),
        (MARA, "/requests"), (MARA, f"/requests/{request.id}"), (MARA, "/mine"),
        (MARA, "/privacy/me"), (MARA, "/requests/r_none"), (OWNER, "/owner"),
        (OWNER, f"/owner/requests/{request.id}"), (OWNER, "/owner/record"),
        (OWNER, "/owner/settings"), (ADMIN, "/admin"), (MARA, "/requests/new?card=voices:priced"),
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_read_by_everybody_on_every_screen(
    place: Place, chromium: Browser, scheme: str
) -> None:
    wrong: list[str] = []
    for asker, path in paths(place):
        context = chromium.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        if asker is not None:
            value = place.site.cookie(asker)  # type: ignore[arg-type]
            name = place.site.identity.cookie_name
            context.add_cookies([{"name": name, "value": value, "url": place.url}])
        page = context.new_page()
        asked: list[str] = []
        page.on("request", partial(note, asked))
        page.goto(place.url + path)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                wrong.append(f"{path} is {wide} wide on {width}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        if found.violations_count:
            wrong.append(f"{path}: {found.generate_report()}")
        wrong += [f"{path} asked {url}" for url in asked if not url.startswith(place.url)]
        context.close()
    assert wrong == []


def test_the_policy_of_the_pages_holds_in_the_browser(place: Place, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{place.url}/sign-in")
    assert said == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"x()\">')")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in each for each in said)
