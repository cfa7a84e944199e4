"""What a message looks like at its worst: long, hostile, empty; always within Slack's limits."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_chart, slack_tables
from assistant.faces import slack_parts as parts
from assistant.faces.slack_blocks import Bound
from assistant.reply import AskBack, Chart, Chip, Offer, Option, Reply, Table
from catalog_sync.card import Size
from tests import fakes
from tests.faces.slack.limits import faults, message_faults, units
from tests.faces.slack.sender import elements, text_of

BOUND = Bound(user="U1", conversation="slack:T1:private:U1:abc", shown="k")
HOSTILE = "<!channel> <@U2> *bold* `code` <https://evil.example|click> & ~x~ @here"


def whole(reply: Reply) -> dict[str, object]:
    made = blocks.reply(reply, BOUND)
    return {"blocks": list(made.blocks), "text": made.text}


def long_option(n: int, words: str) -> Option:
    card = fakes.card(
        f"{n}-{'i' * 100}", name=words, url=f"https://data.example/{'u' * 200}",
        languages=("cy", "ga", "eu", "sw", "yo"), publisher=words,
        size=Size(hours=12.5, records=3, speakers=4),
    )  # fmt: skip
    return fakes.option(card, why=words, findings=(words, words, words, words))


@pytest.mark.parametrize("words", ["w" * 5000, "long words " * 900, HOSTILE, "🙂" * 4000, "x"])
def test_the_longest_answer_is_within_every_limit(words: str) -> None:
    reply = fakes.reply(
        *(long_option(n, words) for n in range(30)),
        text=f"{words}\n- {words}\n- point\n\n{words}",
        total=30,
        chips=tuple(Chip(field="x", label=f"{words}{n}", remove=words) for n in range(30)),
        questions=(AskBack(text=words, field="x", answers=((words, words),) * 30),),
        offers=(
            Offer(kind="more", label=words, say="more"),
            *(Offer(kind="say", label=words, say=words) for _ in range(30)),
        ),
        notices=(words, words),
        tables=(Table(title=words, columns=("a", "b"), rows=((words, words),) * 200),),
        charts=(Chart(title="c", columns=("a", "b"), rows=((words, 1),) * 200, x="a", y="b"),),
    )  # fmt: skip
    assert message_faults(whole(reply)) == []


@given(st.text(max_size=400), st.integers(3, 300))
def test_a_text_is_cut_at_a_word_and_never_too_long(text: str, limit: int) -> None:
    found = parts.cut(text, limit)
    assert units(found) <= limit
    if units(text) > limit and any(map(str.isspace, text[: limit - 2])):
        kept = found.removesuffix(" …")
        assert text.startswith(kept)


@given(st.lists(st.text(max_size=200), max_size=30).map("\n".join))
def test_any_prose_makes_blocks_that_slack_takes(text: str) -> None:
    assert faults(parts.prose(text)) == []


def test_long_prose_loses_no_word_and_breaks_none() -> None:
    words = [f"word{n}" for n in range(900)]
    made = parts.prose(" ".join(words))
    assert len(made) > 1
    assert text_of({"blocks": made}).split() == words


def test_nothing_that_a_stranger_wrote_comes_alive() -> None:
    card = fakes.card("x", name=HOSTILE, publisher=HOSTILE)
    reply = fakes.reply(fakes.option(card, why=HOSTILE, findings=(HOSTILE,)), text=HOSTILE)
    made = whole(reply)
    assert '"mrkdwn"' not in json.dumps(made)
    assert message_faults(made) == []
    assert "<" not in str(made["text"])
    links = [run["url"] for run in runs(made) if run["type"] == "link"]
    assert links == ["https://data.example/x"]
    assert not [run for run in runs(made) if run["type"] == "user"]


def runs(thing: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if isinstance(thing, dict):
        if thing.get("type") in ("text", "link", "user") and "elements" not in thing:
            found.append(thing)
        for each in thing.values():
            found += runs(each)
    elif isinstance(thing, list):
        for each in thing:
            found += runs(each)
    return found


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "//x", None])
def test_an_address_that_a_page_may_not_link_to_is_no_link(url: str | None) -> None:
    made = whole(fakes.reply(fakes.option(fakes.card("x", url=url))))
    assert not [run for run in runs(made) if run["type"] == "link"]
    assert "open" not in {e["action_id"] for e in elements(made)}


def test_an_empty_answer_is_still_a_message() -> None:
    assert message_faults({"blocks": list(blocks.reply(fakes.reply(text=" "), BOUND).blocks),
                           "text": "x"}) == []  # fmt: skip


def test_a_comparison_of_many_and_of_two_fits() -> None:
    for count in (2, 3, 6):
        names = tuple("name " * 80 for _ in range(count))
        row = ("Licence", *("cell " * 700 for _ in range(count)))
        table = Table(title="Side by side", columns=("", *names), rows=(row,) * 13)
        assert faults(list(parts.message(slack_tables.blocks(table), "x").blocks)) == []


def test_figures_stand_in_line() -> None:
    table = slack_tables.columns(("Language", "Hours"), (("Welsh", "150"), ("Basque", "1,300.5")))
    assert table.splitlines() == [
        "Language    Hours",
        "Welsh         150",
        "Basque    1,300.5",
    ]


def test_a_button_whose_value_would_not_come_back_whole_is_left_out() -> None:
    card = fakes.card("n" * 2100)
    made = whole(fakes.reply(fakes.option(card)))
    assert "terms" not in {e["action_id"] for e in elements(made)}
    assert message_faults(made) == []


CHART = Chart(
    title="Hours", columns=("Language", "Hours"), x="Language", y="Hours",
    rows=(("Norwegian Bokmål", 20.5), ("Kʼicheʼ", 3)),
)  # fmt: skip


@pytest.mark.parametrize("font", [slack_chart.WIDE_FONT, "no such font"])
def test_a_chart_is_drawn_with_any_font(font: str) -> None:
    drawn = slack_chart.draw(CHART, font=font)
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")
    assert slack_chart.bare("Norwegian Bokmål, Kʼicheʼ ɛ") == "Norwegian Bokmal, K'iche' e"


def test_a_chart_of_nothing_is_not_drawn() -> None:
    empty = Chart(title="x", columns=("a", "b"), rows=(("one", 0), ("two", "no figure")),
                  x="a", y="b")  # fmt: skip
    assert slack_chart.draw(empty) is None


def test_the_words_of_a_chart_name_every_row_and_figure() -> None:
    assert blocks.chart_alt(CHART) == (
        "Bar chart, Hours: Hours by Language. Norwegian Bokmål 20.5; Kʼicheʼ 3"
    )


def test_the_validator_refuses_what_slack_would() -> None:
    wrong: list[list[dict[str, object]]] = [
        [parts.divider()] * 51,
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "section"}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [parts.button("a", "x" * 10, "v" * 2001)]}],
        [{"type": "actions", "elements": [parts.button("a", "x"), parts.button("a", "x")]}],
        [{"type": "image", "slack_file": {"id": "F"}, "alt_text": ""}],
        [{"type": "table", "rows": []}],
        [{"type": "input", "label": {"type": "plain_text", "text": "x"}}],
        [parts.rich()],
        [parts.rich(parts.section(parts.words("")))],
    ]
    for each in wrong:
        assert faults(each), each
