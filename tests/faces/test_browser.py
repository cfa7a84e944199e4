"""People with browsers: the real page, a real server, the real model, a small catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.faces import welcome
from assistant.identity import COOKIE
from tests.faces import visits as sites
from tests.faces.visits import Site, Visit, serious, visit

pytestmark = [pytest.mark.browser, pytest.mark.model]
QUESTION = "Welsh speech I can use in a product"
COVERAGE = "Which languages have the most hours of speech?"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with sites.served(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def talk(chromium: Browser, site: Site) -> Iterator[Visit]:
    """A new visitor in a browser of their own."""
    found = visit(chromium, site)
    yield found
    found.page.context.close()


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
    talk.ask(QUESTION)
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
    talk.ask(QUESTION)
    expect(talk.page.locator(".da-card").first).to_be_visible()
    chips = talk.page.locator(".da-chips").last.get_by_role("button")
    before = talk.page.locator(".da-results").count()
    chips.filter(has_text="Welsh").first.click()
    expect(talk.page.locator(".da-results")).to_have_count(before + 1)
    expect(talk.page.locator(".da-chips").last).not_to_contain_text("Welsh")


def test_up_to_four_cards_are_compared_side_by_side(talk: Visit) -> None:
    talk.ask("Welsh speech")
    results = talk.page.locator(".da-results").last
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
    talk.ask(COVERAGE)
    figures = talk.page.locator(".da-figures").last
    expect(figures.locator("tbody tr").first).to_contain_text("Welsh")
    expect(figures.locator("tbody tr").nth(1)).to_contain_text("Swahili")
    with talk.page.expect_download() as told:
        figures.get_by_role("link", name="Download as CSV").click()
    assert Path(told.value.path()).read_text(encoding="utf-8").startswith('"Language","hours"')
    assert serious(talk.page) == []


def thumb_down(talk: Visit, reason: str) -> None:
    """Press the thumb of the last answer and say why."""
    last = answers_of(talk).last
    last.hover()
    last.locator("xpath=ancestor::*[.//button[contains(@class,'negative-feedback')]][1]").locator(
        ".negative-feedback-off"
    ).last.click()
    dialog = talk.page.get_by_role("dialog")
    dialog.locator("textarea").fill(reason)
    dialog.get_by_role("button", name=re.compile("Submit")).click()
    expect(talk.page.locator(".negative-feedback-on")).to_have_count(1)


def kept_feedback(site: Site, reason: str) -> list[dict[str, object]]:
    """The rows for evaluation that were given this reason."""
    rows = [json.loads(line) for line in sites.run(site.settings, "feedback").splitlines()]
    return [row for row in rows if row["reason"] == reason]


def test_a_thumb_with_its_reason_becomes_a_row_for_evaluation(talk: Visit, site: Site) -> None:
    talk.ask(COVERAGE)
    thumb_down(talk, "I wanted validated hours")
    rows = kept_feedback(site, "I wanted validated hours")
    assert [(row["thumb"], row["turns"]) for row in rows] == [("down", [COVERAGE])]


def test_the_conversation_is_exported_as_markdown(talk: Visit) -> None:
    talk.ask(QUESTION)
    talk.page.get_by_role("button", name="Export", exact=True).click()
    with talk.page.expect_download() as told:
        talk.page.get_by_role("link", name=re.compile(r"^Download .*\.md")).click()
    text = Path(told.value.path()).read_text(encoding="utf-8")
    assert f"**You:** {QUESTION}" in text
    assert "Welsh voices" in text
    assert "not legal advice" in text


def test_the_page_fits_a_phone_without_scrolling_sideways(talk: Visit) -> None:
    talk.ask(QUESTION)
    talk.page.set_viewport_size({"width": 360, "height": 740})
    expect(talk.page.locator(".da-card").first).to_be_visible()
    assert talk.page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = talk.page.evaluate(
        "[...document.querySelectorAll('.da-card, .da-question, .da-chips')]"
        ".filter((each) => each.getBoundingClientRect().right > 361).length"
    )
    assert wide == 0


def test_no_request_of_the_whole_visit_left_the_machine(talk: Visit, site: Site) -> None:
    talk.ask(QUESTION)
    talk.page.get_by_role("button", name=re.compile("^Explain the terms")).first.click()
    expect(talk.page.locator(".da-beside")).to_be_visible()
    talk.ask(COVERAGE)
    expect(talk.page.locator(".da-figures")).to_be_visible()
    own = (site.url, site.url.replace("http://", "ws://"), "data:", "blob:")
    assert len(talk.asked) > 5
    assert [url for url in talk.asked if not url.startswith(own)] == []


def test_forgetting_asks_once_more_and_then_forgets(talk: Visit, site: Site) -> None:
    talk.ask(QUESTION)
    thumb_down(talk, "to be forgotten")
    assert len(kept_feedback(site, "to be forgotten")) == 1
    talk.page.get_by_role("button", name="Forget me", exact=True).click()
    talk.page.get_by_role("button", name="Yes, forget me").click()
    expect(talk.page.get_by_text("nothing of you is kept any more")).to_be_visible()
    assert kept_feedback(site, "to be forgotten") == []


def test_a_whole_search_is_done_with_the_keyboard_alone(chromium: Browser, site: Site) -> None:
    found = visit(chromium, site)
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


def test_a_starter_in_the_browsers_language_is_understood(chromium: Browser, site: Site) -> None:
    found = visit(chromium, site, locale="ar-EG", dark=True)
    page = found.page
    expect(page.locator(".da-welcome h1")).to_contain_text("اعثر على البيانات")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.lang") == "ar"
    assert serious(page) == []
    page.get_by_role("button", name="ما الموجود").click()
    expect(page.locator(".da-figures tbody tr").first).to_contain_text("الويلزية")
    assert serious(page) == []
    page.context.close()


@pytest.mark.parametrize(
    ("locale", "shell", "ours"),
    [("en-GB", "en", "en"), ("sw-KE", "en", "sw"), ("he-IL", "en", "en"), ("pt-BR", "pt", "pt")],
)
def test_the_page_tells_the_language_it_is_written_in(
    chromium: Browser, site: Site, locale: str, shell: str, ours: str
) -> None:
    page = visit(chromium, site, locale=locale).page
    spoken = welcome.words(locale)
    for selector, words in (
        ("#starters", spoken.starters[0].label), (".da-welcome", spoken.sentence),
        (".da-tools", spoken.export),
    ):  # fmt: skip
        shown = page.locator(selector).first
        expect(shown).to_contain_text(words)
        assert shown.evaluate("(node) => node.closest('[lang]').lang") == ours, selector
    assert page.evaluate("document.documentElement.lang") == shell
    page.context.close()


def test_conversations_of_a_signed_in_person_go_on_later_and_are_theirs_alone(
    chromium: Browser, site: Site
) -> None:
    ada = visit(chromium, site, email="ada@example.org")
    ada.ask("Irish speech")
    expect(ada.page.locator(".da-card").first).to_contain_text("Irish speech")
    expect(ada.page).to_have_url(re.compile("/thread/"))
    thread = ada.page.url.rsplit("/", 1)[1]
    ada.page.goto(site.url)
    ada.page.goto(f"{site.url}/thread/{thread}")
    expect(ada.page.locator(".da-card").first).to_contain_text("Irish speech")
    ada.ask("and with more than 1000 hours?")
    expect(ada.page.locator(".da-results").last.locator(".da-chips")).to_contain_text("Irish")

    bob = visit(chromium, site, email="bob@example.org")
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


def signed_in_by_mail(chromium: Browser, site: Site, email: str, *, path: str) -> Page:
    """A browser of its own that opens a page, asks for the link, and follows it from the mail."""
    context = chromium.new_context()
    context.set_default_timeout(sites.PATIENCE_MS)
    page = context.new_page()
    page.goto(site.url + path)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a link").click()
    page.goto(site.mailed(email, about="/sign-in"))
    page.get_by_role("button", name="Sign in").click()
    return page


def test_a_request_is_filed_in_the_chat_and_the_owners_approval_shows_there(
    chromium: Browser, site: Site
) -> None:
    mara = visit(chromium, site, email="mara@lab.example")
    page = mara.page
    mara.ask("Welsh speech to train a model for research, we are in Sweden")
    card = page.locator(".da-card").first
    dataset = card.locator("h3 a").inner_text()
    card.get_by_role("button", name=re.compile("^Request access")).click()
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

    owner = signed_in_by_mail(chromium, site, sites.OWNER, path="/owner")
    owner.get_by_role("link", name=dataset, exact=True).click()
    expect(owner.get_by_text("Dictation in classrooms.")).to_be_visible()
    owner.get_by_label("Conditions").first.fill("For schools only.")
    owner.get_by_role("button", name="Approve", exact=True).click()
    expect(owner.get_by_role("status")).to_contain_text("Approved.")
    owner.context.close()
    # Nobody touched the chat meanwhile.
    expect(form.locator(".da-badge")).to_have_text("Approved")
    expect(form).to_contain_text("For schools only.")
    expect(answers_of(mara).last).to_contain_text("You may use")

    mara.say("Where is my request?")
    expect(page.locator(".da-form")).to_have_count(2)
    expect(page.locator(".da-form").last.locator(".da-badge")).to_have_text("Approved")
    page.context.close()


def test_a_visitors_request_waits_for_an_address_and_is_not_sent(
    chromium: Browser, site: Site
) -> None:
    found = visit(chromium, site)
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


def test_files_that_are_free_to_take_need_no_request(chromium: Browser, site: Site) -> None:
    found = visit(chromium, site)
    found.ask("Irish speech")
    card = found.page.locator(".da-card").first
    card.get_by_role("button", name=re.compile("^Request access")).click()
    expect(found.page.locator(".da-form")).to_contain_text("open to everybody")
    found.page.context.close()


def test_a_visitor_is_nobody_whose_words_are_kept(chromium: Browser, site: Site) -> None:
    found = visit(chromium, site)
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


def test_a_new_browser_sends_the_form_of_the_first_page_it_opens(site: Site) -> None:
    with httpx.Client(base_url=site.url, headers={"accept": "text/html"}) as client:
        page = client.get("/sign-in")
        set_by = [each.split("=")[0] for each in page.headers.get_list("set-cookie")]
        assert set_by.count(COOKIE) == 1
        token = re.search(r'name="form_token" value="([^"]+)"', page.text)
        assert token is not None
        fields = {"form_token": token[1], "email": "first@example.org", "next": "/mine"}
        answer = client.post("/sign-in", data=fields, headers={"origin": site.url})
    assert answer.status_code < 400, answer.text
    assert site.mailed("first@example.org", about="/sign-in")


def test_signing_out_ends_the_sign_in_on_the_server_and_in_the_chat_that_is_open(
    chromium: Browser, site: Site
) -> None:
    rosa = visit(chromium, site, email="rosa@example.org")
    page = rosa.page
    rosa.ask("Irish speech")
    expect(page).to_have_url(re.compile("/thread/"))
    threads = {"pagination": {"first": 9}, "filter": {}}
    kept = {each["name"]: each["value"] for each in page.context.cookies()}
    mine = {"cookie": "; ".join(f"{name}={value}" for name, value in kept.items())}
    assert httpx.post(f"{site.url}/project/threads", json=threads, headers=mine).json()["data"]
    assert httpx.get(f"{site.url}/requests", headers=mine).status_code == 200

    other = page.context.new_page()
    other.goto(f"{site.url}/requests")
    other.get_by_role("button", name="Sign out").click()
    expect(other).to_have_url(re.compile("/sign-in"))
    # Whoever kept a copy of the cookies, the chat's too, is nobody.
    assert httpx.post(
        f"{site.url}/project/threads", json=threads, headers=mine
    ).status_code == 401  # fmt: skip
    assert "Mara" not in httpx.get(f"{site.url}/mine", headers=mine).text
    assert httpx.get(f"{site.url}/mine", headers=mine).status_code == 303
    # The chat that was open before goes on as a visitor's.
    rosa.say("Where is my request?")
    expect(answers_of(rosa).last).to_contain_text(re.compile("sign in|Sign in"))
    page.context.close()


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
