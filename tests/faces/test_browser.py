"""People with browsers: the real page, a real server, the real model, a small catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.conftest import program
from tests.faces import visits as sites
from tests.faces.visits import Site, Visit, visit

pytestmark = [pytest.mark.browser, pytest.mark.model]
expect.set_options(timeout=sites.PATIENCE_MS)
QUESTION = "Welsh speech I can use in a product"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with sites.served(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = program("chromium", otherwise="apt-get install chromium brings it")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def talk(browser: Browser, site: Site) -> Visit:
    """One visitor's conversation, which the tests below carry on in their order."""
    return visit(browser, site)


def serious(page: Page) -> list[str]:
    """What hinders people, by axe-core, in what we render."""
    found = Axe().run(page, context={"include": [[OURS]]}) if page.locator(OURS).count() else None
    violations = found.response["violations"] if found is not None else []
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


OURS = ", ".join(
    f".da-{part}"
    for part in ("welcome", "tools", "results", "figures", "sheet", "beside", "question", "form")
)


def test_a_first_visit_tells_what_this_is_and_offers_six_questions(talk: Visit) -> None:
    welcome = talk.page.locator(".da-welcome")
    expect(welcome.locator("h1")).to_contain_text("Find data that fits")
    expect(welcome.locator("p")).to_contain_text("17 datasets in 5 languages")
    expect(talk.page.get_by_role("button", name="Compare two languages")).to_be_visible()
    assert talk.page.locator("#starters button, .starters button, button:has(img)").count() >= 6
    assert serious(talk.page) == []


def test_a_person_finds_cards_that_say_what_is_allowed(talk: Visit) -> None:
    talk.ask(QUESTION)
    card = talk.page.locator(".da-card").first
    expect(card).to_contain_text("Welsh (Cymraeg)")
    expect(card.locator(".da-badge")).to_have_text(re.compile("Allowed"))
    expect(card.locator("dl")).to_contain_text("Licence")
    expect(card.locator("dl")).to_contain_text("The owner approves each request")
    expect(card.locator("h3 a")).to_have_attribute("href", re.compile("^https://data.example/"))
    assert serious(talk.page) == []


def test_more_is_shown_without_asking_again_and_sorted_in_place(talk: Visit) -> None:
    talk.ask("actually any licence is fine")
    results = talk.page.locator(".da-results").last
    cards = results.locator(".da-card")
    expect(cards).to_have_count(10)
    said = talk.page.locator("[data-step-type='user_message']").count()
    results.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(13)
    expect(results.get_by_role("button", name="Show more")).to_have_count(0)
    assert talk.page.locator("[data-step-type='user_message']").count() == said
    results.get_by_label("Sort by").select_option(label="Most hours")
    expect(cards.first).to_contain_text("130 h")


def test_what_was_understood_is_taken_away_by_one_press(talk: Visit) -> None:
    chips = talk.page.locator(".da-chips").last.get_by_role("button")
    before = talk.page.locator(".da-results").count()
    chips.filter(has_text="Welsh").first.click()
    expect(talk.page.locator(".da-results")).to_have_count(before + 1)
    expect(talk.page.locator(".da-chips").last).not_to_contain_text("Welsh")


def test_up_to_four_cards_are_compared_side_by_side(talk: Visit) -> None:
    results = talk.page.locator(".da-results", has=talk.page.locator(".da-card")).last
    compare = results.get_by_role("button", name=re.compile("^Compare "))
    for place in range(4):
        compare.nth(place).click()
    expect(compare.nth(4)).to_be_disabled()
    results.get_by_role("button", name="Compare side by side").click()
    sheet = talk.page.locator(".da-sheet table").last
    expect(sheet.locator("thead th")).to_have_count(5)
    assert serious(talk.page) == []


def test_terms_come_in_three_lengths_with_credit_and_clauses(talk: Visit) -> None:
    talk.ask("Welsh speech to train a commercial model, CC BY")
    card = talk.page.locator(".da-results").last.locator(".da-card").first
    expect(card.locator(".da-badge")).to_have_text(re.compile("Allowed|Ask"))
    card.get_by_role("button", name=re.compile("^Explain the terms")).click()
    expect(answers_of(talk).last).to_contain_text("Yes, if you keep to some conditions")
    beside = talk.page.locator(".da-beside")
    expect(beside.locator("blockquote").first).to_contain_text("“")
    expect(beside.get_by_role("heading", name="What you have to do")).to_be_visible()
    expect(beside.locator("pre").first).to_contain_text("# Data used")
    beside.get_by_role("button", name="Copy Credit").click()
    expect(beside.get_by_role("button", name="Copy Credit")).to_have_text("Copied")
    assert serious(talk.page) == []


def answers_of(talk: Visit) -> Locator:
    return talk.page.locator("[data-step-type='assistant_message']")


def test_a_question_on_coverage_is_answered_with_a_chart_and_its_table(talk: Visit) -> None:
    talk.ask("Which languages have the most hours of speech?")
    figures = talk.page.locator(".da-figures").last
    expect(figures.locator("tbody tr").first).to_contain_text("Welsh")
    expect(figures.locator("tbody tr").nth(1)).to_contain_text("Swahili")
    with talk.page.expect_download() as told:
        figures.get_by_role("link", name="Download as CSV").click()
    assert Path(told.value.path()).read_text(encoding="utf-8").startswith('"Language","hours"')
    assert serious(talk.page) == []


def test_a_thumb_with_its_reason_becomes_a_row_for_evaluation(talk: Visit, site: Site) -> None:
    last = answers_of(talk).last
    last.hover()
    last.locator("xpath=ancestor::*[.//button[contains(@class,'negative-feedback')]][1]").locator(
        ".negative-feedback-off"
    ).last.click()
    dialog = talk.page.get_by_role("dialog")
    dialog.locator("textarea").fill("I wanted validated hours")
    dialog.get_by_role("button", name=re.compile("Submit")).click()
    expect(talk.page.locator(".negative-feedback-on")).to_have_count(1)
    rows = [json.loads(line) for line in sites.run(site.settings, "feedback").splitlines()]
    assert [(row["thumb"], row["reason"]) for row in rows] == [("down", "I wanted validated hours")]
    assert rows[0]["turns"][-1] == "Which languages have the most hours of speech?"


def test_the_conversation_is_exported_as_markdown(talk: Visit) -> None:
    talk.page.get_by_role("button", name="Export", exact=True).click()
    with talk.page.expect_download() as told:
        talk.page.get_by_role("link", name=re.compile(r"^Download .*\.md")).click()
    text = Path(told.value.path()).read_text(encoding="utf-8")
    assert f"**You:** {QUESTION}" in text
    assert "Welsh voices" in text
    assert "not legal advice" in text


def test_the_page_fits_a_phone_without_scrolling_sideways(talk: Visit) -> None:
    talk.page.set_viewport_size({"width": 360, "height": 740})
    expect(talk.page.locator(".da-card").first).to_be_visible()
    assert talk.page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = talk.page.evaluate(
        "[...document.querySelectorAll('.da-card, .da-question, .da-chips')]"
        ".filter((each) => each.getBoundingClientRect().right > 361).length"
    )
    assert wide == 0
    talk.page.set_viewport_size({"width": 1100, "height": 900})


def test_no_request_of_the_whole_visit_left_the_machine(talk: Visit, site: Site) -> None:
    own = (site.url, site.url.replace("http://", "ws://"), "data:", "blob:")
    assert len(talk.asked) > 5
    assert [url for url in talk.asked if not url.startswith(own)] == []


def test_forgetting_asks_once_more_and_then_forgets(talk: Visit, site: Site) -> None:
    talk.page.get_by_role("button", name="Forget me", exact=True).click()
    talk.page.get_by_role("button", name="Yes, forget me").click()
    expect(talk.page.get_by_text("nothing of you is kept any more")).to_be_visible()
    assert sites.run(site.settings, "feedback") == ""


def test_a_whole_search_is_done_with_the_keyboard_alone(browser: Browser, site: Site) -> None:
    found = visit(browser, site)
    page = found.page
    expect(page.locator(".da-welcome")).to_be_visible()
    reach(page, "#chat-input")
    page.keyboard.type(QUESTION)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.locator(".da-card").first).to_be_visible()
    reach(page, ".da-card button")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator(".da-beside")).to_be_visible()
    page.context.close()


def reach(page: Page, selector: str) -> None:
    """Press Tab until an element of this kind has the focus."""
    for _ in range(60):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def test_a_starter_in_the_browsers_language_is_understood(browser: Browser, site: Site) -> None:
    found = visit(browser, site, locale="ar-EG", dark=True)
    page = found.page
    expect(page.locator(".da-welcome h1")).to_contain_text("اعثر على البيانات")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert serious(page) == []
    page.get_by_role("button", name="ما الموجود").click()
    expect(page.locator(".da-figures tbody tr").first).to_contain_text("Welsh")
    assert serious(page) == []
    page.context.close()


def test_conversations_of_a_signed_in_person_go_on_later_and_are_theirs_alone(
    browser: Browser, site: Site
) -> None:
    ada = visit(browser, site, email="ada@example.org")
    ada.ask("Irish speech")
    expect(ada.page.locator(".da-card").first).to_contain_text("Irish speech")
    expect(ada.page).to_have_url(re.compile("/thread/"))
    thread = ada.page.url.rsplit("/", 1)[1]
    ada.page.goto(site.url)
    ada.page.goto(f"{site.url}/thread/{thread}")
    expect(ada.page.locator(".da-card").first).to_contain_text("Irish speech")
    ada.ask("and with more than 1000 hours?")
    expect(ada.page.locator(".da-results").last.locator(".da-chips")).to_contain_text("Irish")

    bob = visit(browser, site, email="bob@example.org")
    answer = bob.page.request.get(f"{site.url}/project/thread/{thread}")
    assert answer.status == 401
    assert bob.page.request.delete(
        f"{site.url}/project/thread", data={"threadId": thread}
    ).status == 401  # fmt: skip
    listed = bob.page.request.post(
        f"{site.url}/project/threads", data={"pagination": {"first": 9}, "filter": {}}
    ).json()
    assert listed["data"] == []
    ada.page.context.close()
    bob.page.context.close()


def test_a_request_is_filed_in_the_chat_and_its_approval_shows_there(
    browser: Browser, site: Site
) -> None:
    mara = visit(browser, site, email="mara@lab.example")
    page = mara.page
    mara.ask("Welsh speech to train a model for research, we are in Sweden")
    page.locator(".da-card").first.get_by_role("button", name=re.compile("^Request access")).click()
    form = page.locator(".da-form").last
    # Only what is missing: what for and where from were said already.
    expect(form.get_by_label("What name should the owner see?")).to_be_visible()
    expect(form.get_by_label("In which country will the data be used?")).to_have_count(0)
    form.get_by_label("What name should the owner see?").fill("Mara Lind")
    form.get_by_label(re.compile("What is it for")).fill("Dictation in classrooms.")
    assert serious(page) == []
    form.get_by_role("button", name="Review").click()
    expect(form).to_contain_text("Sweden")
    expect(form).to_contain_text("Dictation in classrooms.")
    send = form.get_by_role("button", name="Confirm and send")
    expect(send).to_be_disabled()
    for tick in form.get_by_role("checkbox").all():
        tick.check()
    assert serious(page) == []
    send.click()
    expect(form.locator(".da-badge")).to_have_text("Sent, waiting for the owner")

    waiting = json.loads(
        sites.run(site.settings, "request", "list", "--waiting", "--as", sites.OWNER, "--json")
    )
    assert [each["state"] for each in waiting] == ["submitted"]
    sites.run(site.settings, "request", "approve", waiting[0]["id"], "--as", sites.OWNER)
    expect(form.locator(".da-badge")).to_have_text("Approved")
    expect(answers_of(mara).last).to_contain_text("You may use")

    mara.say("Where is my request?")
    expect(page.locator(".da-form")).to_have_count(2)
    expect(page.locator(".da-form").last.locator(".da-badge")).to_have_text("Approved")
    page.context.close()


def test_a_visitors_request_waits_for_an_address_and_is_not_sent(
    browser: Browser, site: Site
) -> None:
    found = visit(browser, site)
    page = found.page
    found.ask("Welsh speech to train a model for research, we are in Sweden")
    page.locator(".da-card").first.get_by_role("button", name=re.compile("^Request access")).click()
    form = page.locator(".da-form").last
    form.get_by_label("What name should the owner see?").fill("Somebody")
    form.get_by_label(re.compile("What is it for")).fill("Listening.")
    form.get_by_role("button", name="Review").click()
    expect(form.get_by_role("button", name="Confirm and send")).to_be_visible()
    for tick in form.get_by_role("checkbox").all():
        tick.check()
    form.get_by_role("button", name="Confirm and send").click()
    form.get_by_label("E-mail address").fill("somebody@example.org")
    form.get_by_role("button", name="Send me the link").click()
    expect(form).to_contain_text("A link was sent to somebody@example.org")
    shown = sites.run(site.settings, "request", "list", "--waiting", "--as", sites.OWNER, "--json")
    assert "Somebody" not in shown
    page.context.close()


def test_files_that_are_free_to_take_need_no_request(browser: Browser, site: Site) -> None:
    found = visit(browser, site)
    found.ask("Irish speech")
    card = found.page.locator(".da-card").first
    card.get_by_role("button", name=re.compile("^Request access")).click()
    expect(found.page.locator(".da-form")).to_contain_text("open to everybody")
    found.page.context.close()


def test_a_visitor_is_nobody_whose_words_are_kept(browser: Browser, site: Site) -> None:
    found = visit(browser, site)
    found.ask("Irish speech")
    listed = found.page.request.post(
        f"{site.url}/project/threads", data={"pagination": {"first": 9}, "filter": {}}
    ).json()
    assert listed["data"] == []
    assert not found.page.locator("#user-nav-button").is_visible()
    found.page.reload()
    expect(found.page.locator(".da-welcome h1")).to_be_visible()
    assert found.page.url == f"{site.url}/"
    found.page.context.close()


SHUT = (
    ("POST", "/project/file"), ("GET", "/project/file/x"), ("PUT", "/project/element"),
    ("DELETE", "/project/element"), ("GET", "/project/share/x"), ("PUT", "/project/thread/share"),
    ("POST", "/login"), ("POST", "/auth/jwt"), ("GET", "/auth/oauth/github"),
    ("DELETE", "/mcp/x"), ("GET", "/copilot/index.js"),
)  # fmt: skip


def test_what_the_chat_does_not_use_is_shut(site: Site) -> None:
    answers = {each: httpx.request(each[0], site.url + each[1]).status_code for each in SHUT}
    assert answers == dict.fromkeys(SHUT, 404)


def test_a_stranger_without_a_cookie_reads_no_conversations(site: Site) -> None:
    answer = httpx.get(f"{site.url}/project/thread/nothing")
    assert answer.status_code == 401
