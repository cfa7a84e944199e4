from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.faces import elements, render, written
from assistant.reply import AskBack, Chart, Chip, Match, Offer, Table
from catalog_sync.card import Size
from catalog_sync.clauses import Price, Terms
from tests.fakes import card, option, reply, verdict

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[press me](javascript:alert(1))",
    "![pixel](https://evil.example/p.png)",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "https://evil.com/login",
    "www.evil.com",
    "write to thief@evil.com",
    "`code` **bold** _em_ ~~gone~~ # title",
    "| a | b |\n| --- | --- |",
    "</article><a href='https://evil.example'>x</a>",
    "&lt;b&gt; &#60;i&#62;",
    "1. one\n2. two\n- three\n> quote",
    "a\\](https://evil.example)",
    "*[x](http://evil.example)*",
    "![[x]](y)",
    "$x$ \\(y\\)",
)


def html(markdown: str) -> str:
    """As a page that follows every extension would show it, addresses and mail made links."""
    page = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    # GitHub's Markdown takes a name such as evil.com for an address only behind www or a scheme.
    page.linkify.set({"fuzzy_link": False})  # type: ignore[union-attr]
    assert not re.search(r"(?i)www\.", markdown), "www. alone is an address to GitHub's Markdown"
    shown: str = page.render(markdown)
    return shown


def alive(page: str) -> set[str]:
    """The tags in a page that do more than hold words."""
    tags = set(re.findall(r"<([a-z0-9]+)", page))
    return tags - {"p", "br", "strong", "em", "ul", "li", "blockquote"}


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_card_comes_alive_in_markdown(words: str) -> None:
    hostile = card(name=words, terms=Terms(licence_stated=(words,)), url=None, tasks=(words,))
    shown = option(hostile, why=words, findings=(words,), copies=(words,),
                   matches=(Match(field="x", state="no", text=words),))  # fmt: skip
    page = html(written.markdown(reply(shown, text=words, notices=(words,))))
    assert alive(page) == set()


@pytest.mark.parametrize("words", HOSTILE)
def test_the_words_of_a_card_stay_readable_after_escaping(words: str) -> None:
    page = html(render.escape(words))
    shown = re.sub(r"<[^>]*>", "", page).replace(render.WORD_JOINER, "")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, sign)
    assert shown.strip() == render.clean(words)


@given(st.text(max_size=300))
def test_no_text_whatever_makes_a_link_an_image_or_html(words: str) -> None:
    assert alive(html("Before " + render.escape(words))) <= set()


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_table_breaks_out_of_its_cell(words: str) -> None:
    table = Table(title=words, columns=("One", words), rows=((words, "two"),))
    page = html(written.table_markdown(table))
    assert alive(page) == {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.count("<td>") == 2


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "//x.example", "x", "http:///a",
     "https://[bad", " "],
)  # fmt: skip
def test_only_web_addresses_are_linked(url: str) -> None:
    assert render.view(option(card(url=url))).url is None


def test_a_web_address_cannot_leave_its_link() -> None:
    url = render.safe_url('https://x.example/a b"><script>alert(1)</script>\n')
    assert url is not None
    assert not set(url) & set(' "<>\n')


def test_signs_that_turn_writing_around_are_taken_out() -> None:
    assert render.clean("safe\u202egpj.exe\u2066\x00\x1b[31m") == "safegpj.exe[31m"


def test_a_verdict_is_told_in_words_and_not_by_its_colour_alone() -> None:
    for outcome, (dot, words) in render.BADGES.items():
        shown = written.markdown(reply(option(verdict=verdict(outcome))))
        assert dot in shown
        assert words in shown.replace("\\", "")


def test_a_card_tells_each_language_by_its_english_and_its_own_name() -> None:
    assert render.view(option(card(languages=("cy", "en")))).languages == "Welsh (Cymraeg), English"


def test_many_languages_are_counted_and_not_listed() -> None:
    many = card(languages=("cy", "en", "de", "fr", "es", "pt"))
    assert render.language_line(many).endswith("and 2 more")


def test_unknown_size_stays_unsaid_and_known_ones_carry_their_unit() -> None:
    assert render.size_line(Size()) == ""
    size = Size(hours=152.31, validated_hours=9.86, records=12_000, bytes=3_200_000_000, speakers=7)
    assert render.size_line(size) == (
        "152 h, 9.9 h validated, 7 speakers, 12,000 records, 3.2 GB"
    )  # fmt: skip


def test_a_class_of_sizes_is_told_with_its_bounds() -> None:
    assert render.size_line(Size(records_at_least=1000, records_below=10_000)) == (
        "1,000 to 10,000 records"
    )


def test_no_licence_is_told_as_such() -> None:
    assert render.licence_line(card(terms=Terms())) == "No licence stated"


def test_a_licence_without_an_spdx_id_is_told_in_the_owners_words() -> None:
    terms = Terms(licence="LicenseRef-own", licence_stated=("Ask our board",))
    assert render.licence_line(card(terms=terms)) == "Ask our board"


def test_price_fee_and_total_are_told_apart() -> None:
    price = Price(owner_cents=50_000, currency="USD", platform_fee_cents=2_500)
    assert render.price_line(price) == "USD 500.00 + USD 25.00 fee = USD 525.00"
    assert "not stated" in render.price_line(replace(price, platform_fee_cents=None))


def test_limits_not_kept_and_limits_not_stated_are_both_shown() -> None:
    shown = render.view(option(matches=(
        Match(field="licence", state="no", text="CC-BY-NC-4.0 forbids sale"),
        Match(field="speakers", state="unknown", text="number of speakers"),
        Match(field="language", state="yes", text="Welsh"),
    )))  # fmt: skip
    assert shown.breaks == ("CC-BY-NC-4.0 forbids sale",)
    assert shown.not_stated == ("number of speakers",)


def test_the_plain_text_names_every_card_with_its_id_and_verdict() -> None:
    text = written.plain(reply(option(card("a")), option(card("b"), verdict=verdict("ask_owner"))))
    assert "id: cards:a" in text
    assert "Ask the owner first" in text


def test_a_question_back_and_its_answers_are_shown() -> None:
    back = AskBack(text="For which use?", field="use", answers=(("Study", "for study"),))
    assert "For which use? (Study)" in written.plain(reply(questions=(back,)))


def test_a_chart_comes_with_its_rows_as_a_table() -> None:
    chart = Chart(title="Hours", columns=("Language", "Hours"), rows=(("Welsh", 12.5),),
                  x="Language", y="Hours")  # fmt: skip
    assert "12.5" in written.plain(reply(charts=(chart,)))
    assert elements.figures(chart)["rows"] == [["Welsh", 12.5]]


def test_a_card_carries_its_own_buttons_and_other_offers_stand_below() -> None:
    props = elements.results(
        reply(option(), offers=(Offer(kind="explain", label="Explain", say="explain"),
                                Offer(kind="more", label="More", say="more"),
                                Offer(kind="say", label="Start over", say="start over")))
    )  # fmt: skip
    assert props is not None
    assert props["offers"] == [
        {"label": "Start over", "say": "start over", "shown": "start over", "url": None}
    ]
    assert props["more"] is True


def test_an_offer_to_open_a_page_that_is_no_web_address_is_not_made() -> None:
    bad = Offer(kind="open", label="Open", url="javascript:alert(1)")
    assert elements.results(reply(offers=(bad,))) is None


def test_words_alone_need_no_element() -> None:
    assert elements.results(reply(text="Hello")) is None


def test_what_was_understood_can_be_taken_away_by_words() -> None:
    chips = (Chip(field="languages", label="Language: Welsh", remove="any language"),)
    props = elements.results(reply(chips=chips))
    assert props is not None
    assert props["chips"] == [
        {"label": "Language: Welsh", "say": "any language", "shown": "any language",
         "take": "Take away: Language: Welsh"}
    ]  # fmt: skip


def test_a_paragraph_after_a_list_is_not_drawn_into_it() -> None:
    page = html(render.prose("Allowed:\n- one\n- two\nNot legal advice."))
    assert page.count("<li>") == 2
    assert "<p>Not legal advice" in page


def test_a_lone_language_is_taken_away_and_one_of_several_by_its_name() -> None:
    def chip(name: str) -> Chip:
        return Chip(field="languages", label=name, remove=f"not {name}")

    assert elements.chips(reply(chips=(chip("Welsh"),)))[0]["say"] == "any language"
    several = elements.chips(reply(chips=(chip("Welsh"), chip("Irish"))))
    assert [each["say"] for each in several] == ["not Welsh", "not Irish"]


def test_a_table_reaches_the_page_as_clean_text() -> None:
    table = Table(title="Side\x00 by side", columns=("", "A"), rows=(("Licence", "CC0\u202e-1.0"),))
    props = elements.sheet(table)
    assert (props["title"], props["columns"]) == ("Side by side", ["", "A"])
    assert props["rows"] == [["Licence", "CC0-1.0"]]
