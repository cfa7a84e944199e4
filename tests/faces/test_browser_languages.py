"""People who speak Spanish or Arabic: what the real page shows them, and what a press says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.bookshelf import Shelf
from tests.assistant import translator
from tests.assistant.conftest import NOW
from tests.assistant.test_phrases_check import made
from tests.faces.visits import Site, Visit, serious, served, visit

pytestmark = [pytest.mark.browser, pytest.mark.model]
SPANISH = "Voz en galés que pueda usar en un producto"
HEBREW = "דיבור בוולשית"
ARABIC = "تسجيلات صوتية بالويلزية لمنتج تجاري"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With a Hebrew phrasebook that somebody accepted, in made-up words."""
    folder = tmp_path_factory.mktemp("site")
    book = made("he", translator.hebrew, translator.out_of_hebrew)
    Shelf(folder / "data" / "phrasebook").accept(book, by="Ada", at=NOW)
    with served(folder) as found:
        yield found


@pytest.fixture
def ana(chromium: Browser, site: Site) -> Iterator[Visit]:
    """Somebody whose browser is Spanish, with an answer before her."""
    found = visit(chromium, site, locale="es-ES")
    found.ask(SPANISH)
    yield found
    found.page.context.close()


@pytest.fixture
def nour(chromium: Browser, site: Site) -> Iterator[Visit]:
    """Somebody whose browser is Arabic and who is signed in, with an answer before her."""
    found = visit(chromium, site, locale="ar-EG", email="nour@lab.example")
    found.ask(ARABIC)
    yield found
    found.page.context.close()


@pytest.fixture
def noa(chromium: Browser, site: Site) -> Iterator[Visit]:
    """Somebody whose browser is Hebrew, with an answer before her."""
    found = visit(chromium, site, locale="he-IL")
    found.ask(HEBREW)
    yield found
    found.page.context.close()


def hebrew(english: str) -> str:
    return translator.said(english, translator.hebrew)


def said(page: Page) -> Locator:
    """What the person said, newest last."""
    return page.locator("[data-step-type='user_message']")


def answered(page: Page) -> Locator:
    """What was answered, newest last."""
    return page.locator("[data-step-type='assistant_message']")


def test_a_pressed_chip_shows_its_label_and_keeps_the_talk_spanish(ana: Visit) -> None:
    page = ana.page
    page.get_by_role("button", name="Quitar: uso comercial").click()
    expect(page.locator(".da-results")).to_have_count(2)
    shown = said(page).last
    expect(shown).to_contain_text("Quitar: uso comercial")
    assert "drop the licence limit" not in shown.inner_text()
    expect(answered(page).last).to_contain_text("galés")
    expect(page.locator(".da-chips").last).not_to_contain_text("uso comercial")
    expect(page.locator(".da-results").last).to_have_attribute("lang", "es")


def test_the_export_reads_as_the_talk_did(ana: Visit) -> None:
    page = ana.page
    page.get_by_role("button", name="Quitar: uso comercial").click()
    expect(page.locator(".da-results")).to_have_count(2)
    page.get_by_role("button", name="Exportar", exact=True).click()
    with page.expect_download() as told:
        page.get_by_role("link", name=re.compile(r"^Descargar .*\.md")).click()
    text = told.value.path().read_text(encoding="utf-8").replace("\\", "")
    assert f"**Tú:** {SPANISH}" in text
    assert "**Tú:** Quitar: uso comercial" in text
    assert "no asesoramiento jurídico" in text


def test_terms_beside_the_chat_are_spanish_and_quotes_stay(ana: Visit) -> None:
    page = ana.page
    page.get_by_role("button", name=re.compile("^Explica las condiciones")).first.click()
    beside = page.locator(".da-beside")
    expect(beside.get_by_role("heading", name="Por qué")).to_be_visible()
    expect(said(page).last).to_contain_text("Explica las condiciones de")
    expect(beside.locator("blockquote").first).to_contain_text("“")
    assert not re.search(r"\b(you may|Allowed|Credit|Copy)\b", beside.inner_text())
    assert serious(page) == []


def test_an_answer_in_arabic_runs_from_right_to_left(nour: Visit) -> None:
    page = nour.page
    card = page.locator(".da-card").first
    expect(page.locator(".da-results").last).to_have_attribute("dir", "rtl")
    title, badge = card.locator("h3").bounding_box(), card.locator(".da-badge").bounding_box()
    assert title is not None and badge is not None
    assert title["x"] > badge["x"], "the badge stands after the name, to its left"
    assert card.locator("h3 bdi").evaluate("(node) => getComputedStyle(node).direction") == "ltr"
    assert serious(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_access_is_asked_for_in_arabic(nour: Visit) -> None:
    page = nour.page
    page.locator(".da-card").first.get_by_role("button", name=re.compile("^طلب الوصول إلى")).click()
    form = page.locator(".da-form").last
    form.get_by_label("ما الاسم الذي يراه المالك؟").fill("نور")
    form.get_by_label(re.compile("الغرض")).fill("تعليم القراءة.")
    form.get_by_label("في أي بلد ستُستخدم البيانات؟").select_option("EG")
    assert serious(page) == []
    form.get_by_role("button", name="مراجعة").click()
    send = form.get_by_role("button", name="تأكيد وإرسال")
    expect(send).to_be_disabled()
    expect(form).to_contain_text("مصر")
    for tick in form.get_by_role("checkbox").all():
        tick.check()
    assert serious(page) == []
    send.click()
    expect(form.locator(".da-badge")).not_to_have_text(re.compile("[A-Za-z]"))
    expect(form.locator(".da-badge")).to_contain_text("المالك")


def test_an_accepted_language_is_spoken_by_the_whole_answer_from_right_to_left(noa: Visit) -> None:
    page = noa.page
    results = page.locator(".da-results").last
    expect(results).to_have_attribute("dir", "rtl")
    expect(results).to_have_attribute("lang", "he")
    expect(answered(page).last).to_contain_text(hebrew("datasets"))
    explain = page.locator(".da-card").first.get_by_role(
        "button", name=re.compile(f"^{hebrew('Explain the terms of')}")
    )
    explain.click()
    beside = page.locator(".da-beside")
    expect(beside.get_by_role("heading", name=hebrew("Why"))).to_be_visible()
    expect(beside.locator("blockquote").first).to_contain_text("“")
    assert not re.search(r"\b(you may|Allowed|Credit|Copy|Licence)\b", beside.inner_text())
    assert serious(page) == []
