"""The widget on a catalogue site of another origin, in a real browser."""

from __future__ import annotations

import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.identity import Identity
from assistant.identity_rules import IdentityRules
from assistant.identity_store import open_identity_store
from assistant.need import Asker
from assistant.secret import open_box
from assistant.wiring import now
from scripts import demo
from tests import serving
from tests.faces.visits import ADMIN, OWNER, PATIENCE_MS, Site, run

pytestmark = [pytest.mark.browser, pytest.mark.model]
DOCS = Path(__file__).parent.parent.parent / "docs" / "widget.md"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Running]:
    """A server that one site may show, whose address is known before it listens."""
    data = serving.copied(tmp_path_factory.mktemp("widget") / "data")
    port = str(free_port())
    with serving.site(f"http://127.0.0.1:{port}") as origin:
        settings = {
            **serving.SITE, "PORT": port, "DATASET_ASSISTANT_ORIGINS": origin,
            "DATASET_ASSISTANT_ADMINISTRATORS": ADMIN,
        }  # fmt: skip
        owner = ("owners", "assign", "card", f"cards:{serving.BASQUE}", OWNER, "--as", ADMIN)
        run(serving.environment(data, settings), *owner)
        with serving.server(data, settings) as running:
            SITES["listed"] = origin
            OURS["site"] = Site(url=running.address, settings=serving.environment(data, settings))
            yield running


OURS: dict[str, Site] = {}
"""The server's own pages, once it listens."""
SITES: dict[str, str] = {}
"""The listed site's address, once it listens."""


def visit(
    chromium: Browser, origin: str, *, email: str = "", width: int = 1100,
    dataset: str = serving.WELSH,
) -> Page:  # fmt: skip
    """A dataset's page of the site, for a new visitor, signed in there or not."""
    page = chromium.new_context(viewport={"width": width, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    if email:
        page.goto(origin)
        page.get_by_label("E-mail address").fill(email)
        page.get_by_role("button", name="Sign in").click()
    page.goto(f"{origin}/datasets/{dataset}")
    return page


def ask(page: Page, words: str) -> None:
    """Open the chat on the page where it is not open, and say something."""
    box = page.locator("#chat-input")
    if not box.is_visible():
        page.get_by_role("button", name="Ask about this data").first.click()
    box.click()
    page.keyboard.type(words)
    expect(page.locator("#chat-submit")).to_be_enabled(timeout=PATIENCE_MS)
    page.locator("#chat-submit").click()


def answers(page: Page) -> str:
    """Everything the assistant said."""
    return "\n".join(page.locator("[data-step-type='assistant_message']").all_inner_texts())


def test_a_visitor_asks_about_the_page_without_naming_its_dataset_and_without_leaving_it(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = visit(chromium, SITES["listed"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, "may I use this in a product?")
    said = page.locator("[data-step-type='assistant_message']")
    expect(said.first).to_contain_text("Welsh")
    expect(page.locator(".da-card").first).to_contain_text("Welsh (Cymraeg)")
    assert page.url == f"{SITES['listed']}/datasets/{serving.WELSH}"
    hosts = {url.split("/")[2] for url in asked if "://" in url}
    assert hosts <= {assistant.address.split("/")[2], SITES["listed"].split("/")[2]}
    page.close()


def test_the_chat_is_fetched_only_when_somebody_wants_it(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{SITES['listed']}/datasets/{serving.WELSH}")
    button = page.get_by_role("button", name="Ask about this data")
    expect(button).to_be_visible()
    ours = [url for url in asked if url.startswith(assistant.address)]
    assert [url.removeprefix(assistant.address) for url in ours] == ["/widget.js", "/widget/hello"]
    button.hover()
    page.wait_for_function("() => !!window.mountChainlitWidget", timeout=PATIENCE_MS)
    assert any("/widget/copilot-" in url for url in asked)
    assert not any("/embed/" in url for url in asked)
    page.close()


def test_a_page_of_another_origin_gets_no_button_and_no_answer(
    chromium: Browser, assistant: serving.Running
) -> None:
    with serving.site(assistant.address) as foreign:
        page = chromium.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(f"{foreign}/datasets/{serving.WELSH}")
        page.wait_for_event("console", lambda m: "DATASET_ASSISTANT_ORIGINS" in m.text)
        expect(page.get_by_role("button", name="Ask about this data")).to_have_count(0)
        visitor = "0" * 32
        for path in ("/project/settings", "/ws/socket.io/?EIO=4&transport=polling"):
            read = page.evaluate(
                "url => fetch(url, {credentials: 'include'}).then(() => 'read', () => 'refused')",
                f"{assistant.address}/embed/{visitor}{path}",
            )
            assert read == "refused"
        web = page.evaluate(
            "url => new Promise(done => { const web = new WebSocket(url);"
            " web.onopen = () => done('open'); web.onerror = () => done('refused'); })",
            f"{assistant.address}/embed/{visitor}/ws/socket.io/?EIO=4&transport=websocket".replace(
                "http:", "ws:"
            ),
        )
        assert web == "refused"
        page.close()


def test_a_visitor_whom_the_site_signed_in_is_believed(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = visit(chromium, SITES["listed"], email="ann@demo.example")
    before = assistant.said()
    ask(page, "may I use this in a product?")
    expect(page.locator(".da-card").first).to_be_visible()
    assert "could not be confirmed" not in answers(page)
    assert "token is refused" not in assistant.said()[len(before) :]
    page.close()


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"key": "another-key-than-the-server-knows-of"}, "bad_signature"),
     ({"audience": "another-server"}, "wrong_audience")],
)  # fmt: skip
def test_a_forged_token_and_one_for_another_server_make_nobody_signed_in(
    chromium: Browser, assistant: serving.Running, changed: dict[str, str], why: str
) -> None:
    wrong = demo.Site(
        datasets={}, assistant="", key=changed.get("key", serving.KEY),
        audience=changed.get("audience", demo.AUDIENCE),
    )  # fmt: skip
    token = demo.token(wrong, "ann@demo.example")
    page = visit(chromium, SITES["listed"])
    page.evaluate("token => { (window.datasetAssistant ??= {}).token = () => token; }", token)
    ask(page, "may I use this in a product?")
    expect(page.locator(".da-card").first).to_be_visible()
    assert "could not be confirmed" in answers(page)
    log = assistant.said()
    assert why in log
    assert token not in log
    assert "ann@demo.example" not in log
    ask(page, "and to train a model?")
    expect(page.locator("[data-step-type='assistant_message']")).to_have_count(3)
    assert answers(page).count("could not be confirmed") == 1
    page.close()


def test_the_pages_css_variables_colour_the_chat(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = visit(chromium, SITES["listed"])
    button = page.get_by_role("button", name="Ask about this data")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert button.evaluate(colour) == "rgb(91, 42, 134)"
    button.click()
    theirs = page.locator("#chainlit-copilot-button")
    expect(theirs).to_be_visible()
    red, green, blue = map(int, re.findall(r"\d+", theirs.evaluate(colour))[:3])
    assert abs(red - 91) + abs(green - 42) + abs(blue - 134) < 8
    expect(theirs).to_have_attribute("aria-label", "Ask about this data")
    assert assistant.process.poll() is None
    page.close()


def test_the_widget_fits_a_phone(chromium: Browser, assistant: serving.Running) -> None:
    page = visit(chromium, SITES["listed"], width=360)
    ask(page, "may I use this in a product?")
    expect(page.locator(".da-card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.locator("#chainlit-copilot-chat").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert 300 <= box["width"] <= 360
    assert assistant.process.poll() is None
    page.close()


def asks_for_access(page: Page, *, name: str) -> Locator:
    """Up to the last confirm of a request for the dataset of the page; the form."""
    ask(page, "may I train a model on this for research? we are in Sweden")
    page.get_by_role("button", name=re.compile("^Request access")).first.click()
    form = page.locator(".da-form").last
    form.get_by_label("What name should the owner see?").fill(name)
    form.get_by_label(re.compile("What is it for")).fill("Dictation in classrooms.")
    form.get_by_role("button", name="Review").click()
    send = form.get_by_role("button", name="Confirm and send")
    expect(send).to_be_visible()
    for tick in form.get_by_role("checkbox").all():
        tick.check()
    send.click()
    return form


def waiting() -> list[dict[str, object]]:
    """What the owner is asked to decide."""
    words = ("request", "list", "--waiting", "--as", OWNER, "--json")
    found: list[dict[str, object]] = json.loads(run(OURS["site"].settings, *words))
    return found


def test_a_visitor_whom_the_site_signed_in_files_a_request_on_the_page_and_its_owner_sees_it(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = visit(chromium, SITES["listed"], email="mara@lab.example", dataset=serving.BASQUE)
    form = asks_for_access(page, name="Mara Lind")
    expect(form.locator(".da-badge")).to_have_text("Sent, waiting for the owner")
    assert page.url == f"{SITES['listed']}/datasets/{serving.BASQUE}"
    (filed,) = waiting()
    assert (filed["card_id"], filed["state"]) == (f"cards:{serving.BASQUE}", "submitted")

    owner = chromium.new_context()
    owner.set_default_timeout(PATIENCE_MS)
    OURS["site"].signed_in(owner, OWNER)
    desk = owner.new_page()
    desk.goto(f"{assistant.address}/owner/requests/{filed['id']}")
    expect(desk.get_by_text("Dictation in classrooms.")).to_be_visible()
    expect(desk.get_by_text("mara@lab.example").first).to_be_visible()
    desk.get_by_role("button", name="Approve", exact=True).click()
    owner.close()
    # Nobody touched the page meanwhile.
    expect(form.locator(".da-badge")).to_have_text("Approved")
    page.context.close()


def test_a_visitor_of_nobody_is_told_how_to_sign_in_and_loses_no_word(
    chromium: Browser, assistant: serving.Running
) -> None:
    before = waiting()
    page = visit(chromium, SITES["listed"], dataset=serving.BASQUE)
    form = asks_for_access(page, name="Somebody New")
    form.get_by_label("E-mail address").fill("new@lab.example")
    form.get_by_role("button", name="Send me the link").click()
    expect(form).to_contain_text("A link was sent to new@lab.example")
    assert waiting() == before

    new = chromium.new_context()
    new.set_default_timeout(PATIENCE_MS)
    own = new.new_page()
    own.goto(OURS["site"].mailed("new@lab.example", about="/"))
    own.get_by_role("button", name="Yes, it is mine").click()
    expect(own.get_by_text("Dictation in classrooms.")).to_be_visible()
    expect(own.get_by_text("Somebody New").first).to_be_visible()
    for tick in own.get_by_role("checkbox").all():
        tick.check()
    own.get_by_role("button", name="Send it to the owner").click()
    expect(own.get_by_role("status")).to_contain_text("Your request is sent.")
    assert len(waiting()) == len(before) + 1
    assert assistant.process.poll() is None
    new.close()
    page.context.close()


def test_the_dataset_is_read_anew_for_each_question(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = visit(chromium, SITES["listed"])
    ask(page, "may I use this in a product?")
    said = page.locator("[data-step-type='assistant_message']")
    expect(said.first).to_contain_text("Welsh")
    page.evaluate(
        "id => { window.datasetAssistant.dataset = () => id; }", f"cards:{serving.SWAHILI}"
    )
    ask(page, "may I use this in a product?")
    expect(said.last).to_contain_text("Swahili")
    assert assistant.process.poll() is None
    page.close()


@pytest.mark.parametrize("how", ["not there", "hangs"])
def test_a_server_that_is_not_there_or_hangs_leaves_the_page_as_it_was(
    chromium: Browser, how: str
) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        if how == "hangs":
            deaf.listen()
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with serving.site(address) as origin:
            page = chromium.new_page()
            wrong: list[str] = []
            page.on("pageerror", lambda error: wrong.append(str(error)))
            # What waits for an address that never answers waits for ever.
            page.goto(f"{origin}/datasets/{serving.WELSH}", wait_until="domcontentloaded")
            expect(page.get_by_role("heading", name=re.compile("Welsh"))).to_be_visible()
            expect(page.locator("#dataset-assistant")).to_have_count(0)
            page.get_by_role("link", name="Demo catalogue").click(no_wait_after=True)
            page.wait_for_url(f"{origin}/", wait_until="domcontentloaded")
            assert wrong == []
            page.close()


def test_the_load_event_waits_for_nothing_when_the_tag_begins_after_it(chromium: Browser) -> None:
    snippet = code("html", 0)
    with socket.socket() as deaf, serving.site("http://127.0.0.1:1") as origin:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        page = chromium.new_page()
        page.route(
            f"{origin}/later",
            lambda route: route.fulfill(
                content_type="text/html",
                body="<h1>Later</h1>" + snippet.replace("https://assistant.example.org", address),
            ),
        )
        # What waits for an address that never answers waits for ever.
        page.goto(f"{origin}/later", wait_until="load")
        expect(page.locator(f"script[src='{address}/widget.js']")).to_have_count(1)
        page.close()


def test_the_documented_tag_is_let_in_by_its_hash_and_the_chat_by_the_documented_policy(
    chromium: Browser, assistant: serving.Running
) -> None:
    tag, words = code("html", 0), " ".join(DOCS.read_text(encoding="utf-8").split())
    assert f">{demo.TAG}</script>" in tag
    site = demo.Site(datasets={}, assistant="https://assistant.example.org", key="")
    for part in demo.policy(site).split("; ")[1:]:
        name, *allowed = part.split()
        for each in set(allowed) - {"'self'", "data:"}:
            assert re.search(rf"{name} [^;]*{re.escape(each)}", words), (name, each)
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Policy" in m.text else None)
    page.goto(f"{SITES['listed']}/datasets/{serving.WELSH}?strict")
    ask(page, "may I use this in a product?")
    expect(page.locator(".da-card").first).to_contain_text("Welsh (Cymraeg)")
    assert refused == []
    assert assistant.process.poll() is None
    page.close()


def test_the_tag_without_code_shows_the_button_too(
    chromium: Browser, assistant: serving.Running
) -> None:
    page = chromium.new_page()
    page.goto(f"{SITES['listed']}/datasets/{serving.WELSH}?plain")
    button = page.get_by_role("button", name="Ask about this data")
    expect(button).to_be_visible()
    assert "<script async" in code("html", 1)
    assert assistant.process.poll() is None
    page.close()


def code(language: str, place: int) -> str:
    """A block of code of the widget's page in the documentation."""
    found: list[str] = re.findall(
        rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S
    )
    return found[place]


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    rules = IdentityRules(
        site_keys=(("2026-11", serving.KEY),), site_issuer="catalogue.example.org"
    )
    store = open_identity_store(f"sqlite:///{tmp_path / 'identity.db'}")
    return Identity(open_box("", tmp_path), rules, store, clock=now)


def vouched(identity: Identity, token: str) -> str | None:
    found = identity.asker_from_site_token(token, now=now())
    assert isinstance(found, Asker), found
    return found.email


def test_the_documented_python_makes_a_token_that_is_believed(identity: Identity) -> None:
    made = subprocess.run(
        ["python3", "-c", code("python", 0) + "\nimport sys\nprint(visitor_token(*sys.argv[1:]))",
         "2026-11", serving.KEY, "ann@demo.example"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    assert vouched(identity, made) == "ann@demo.example"


def test_the_documented_javascript_makes_a_token_that_is_believed(
    chromium: Browser, identity: Identity
) -> None:
    # `crypto.subtle` is there in secure contexts only, and this machine is one.
    with serving.site("http://127.0.0.1:1") as origin:
        page = chromium.new_page()
        page.goto(f"{origin}/?bare", wait_until="domcontentloaded")
        said = json.dumps(["2026-11", serving.KEY, "ann@demo.example"])
        made = page.evaluate(
            f"() => {{ {code('javascript', 0)}\nreturn visitorToken(...{said}); }}"
        )
        page.close()
    assert vouched(identity, made) == "ann@demo.example"
