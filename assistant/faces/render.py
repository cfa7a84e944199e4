"""What a reply looks like: facts of a card made for scanning, as Markdown and as plain text.

Everything in a card was written by strangers. Markdown made here shows their words and nothing
they do: no link, image, HTML or mention of theirs comes alive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from assistant.reply import Chart, Option, Reply, Table
from assistant.terms.values import Outcome
from catalog_sync import languages, vocab
from catalog_sync.card import DatasetCard, Size
from catalog_sync.clauses import AccessMode, Price

BADGES: dict[Outcome, tuple[str, str]] = {
    "allowed": ("🟢", "Allowed"),
    "allowed_with_conditions": ("🟡", "Allowed, with conditions"),
    "ask_owner": ("🔵", "Ask the owner first"),
    "not_allowed": ("🔴", "Not allowed"),
}
ACCESS: dict[AccessMode, str] = {
    "public": "Open download",
    "on_request": "The owner approves each request",
    "agreement": "After accepting an agreement",
    "owner_site": "On the owner's own site",
    "private": "Not available",
    "unknown": "Access not stated",
}
SHOWN_LANGUAGES = 4
WORD_JOINER = "\u2060"
"""Invisible; keeps an address or a mention from being recognised as one."""
_ALIVE = re.compile(r"(?i)(?<=[a-z]:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=mailto:)|(?<=xmpp:)")
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^=:&])")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\u00ad\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One dataset as every face shows it; plain words, nothing escaped yet."""

    id: str
    name: str
    url: str | None
    """Only http and https."""
    source: str
    languages: str
    tasks: str
    size: str
    licence: str
    access: str
    outcome: Outcome
    dot: str
    badge: str
    why: str
    not_stated: tuple[str, ...]
    """Limits that the card says nothing about."""
    breaks: tuple[str, ...]
    """Limits that it does not keep."""
    notes: tuple[str, ...]


def view(option: Option) -> CardView:
    """What a face shows of one option."""
    card = option.card
    dot, badge = BADGES[option.verdict.outcome]
    copies = f"Also listed as {', '.join(option.copies)}" if option.copies else ""
    return CardView(
        id=card.id,
        name=clean(card.name) or card.id,
        url=safe_url(card.url),
        source=card.source,
        languages=language_line(card),
        tasks=task_line(card),
        size=size_line(card.size),
        licence=licence_line(card),
        access=access_line(card),
        outcome=option.verdict.outcome,
        dot=dot,
        badge=badge,
        why=clean(option.why),
        not_stated=tuple(clean(m.text) for m in option.matches if m.state == "unknown"),
        breaks=tuple(clean(m.text) for m in option.matches if m.state == "no"),
        notes=tuple(clean(note) for note in (*option.findings, copies) if note),
    )  # fmt: skip


def language_line(card: DatasetCard) -> str:
    """Names of the languages, each with its own name where that differs; the rest counted."""
    names = [language_name(tag) for tag in card.languages[:SHOWN_LANGUAGES]]
    more = len(card.languages) - len(names)
    if more > 0:
        names.append(f"and {more} more")
    if not names and card.multilingual:
        return "many languages"
    return ", ".join(names)


def task_line(card: DatasetCard) -> str:
    """What it is for in words; the kinds of data where no task is stated."""
    labels = [vocab.TASKS[code].label if code in vocab.TASKS else code for code in card.tasks]
    return ", ".join(labels or [modality.replace("_", " ") for modality in card.modalities])


def language_name(tag: str) -> str:
    """The English name with the own name behind it; the tag itself when no name is known."""
    english = languages.english_name(tag)
    own = languages.autonym(tag)
    if own and own.casefold() != english.casefold():
        return f"{english} ({own})"
    return english


def size_line(size: Size) -> str:
    """The figures that are known, largest meaning first."""
    parts: list[str] = []
    if size.hours is not None:
        parts.append(f"{figure(size.hours)} h")
    if size.validated_hours is not None:
        parts.append(f"{figure(size.validated_hours)} h validated")
    if size.speakers is not None:
        parts.append(f"{size.speakers:,} speakers")
    if size.records is not None:
        parts.append(f"{size.records:,} records")
    elif size.records_at_least is not None and size.records_below is not None:
        parts.append(f"{size.records_at_least:,} to {size.records_below:,} records")
    elif size.records_at_least is not None:
        parts.append(f"{size.records_at_least:,} records or more")
    elif size.records_below is not None:
        parts.append(f"under {size.records_below:,} records")
    if size.bytes is not None:
        parts.append(byte_size(size.bytes))
    return ", ".join(parts)


def figure(value: float) -> str:
    """A figure short enough to read: one decimal below a hundred."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def byte_size(count: int) -> str:
    """Bytes in the unit people use, powers of a thousand."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{figure(amount)} {unit}"
        amount /= 1000
    return f"{figure(amount)} TB"


def licence_line(card: DatasetCard) -> str:
    """The licence read, or the words that stand there, or that nothing does."""
    stated = ", ".join(clean(words) for words in card.terms.licence_stated)
    if card.terms.licence and not card.terms.licence.startswith("LicenseRef-"):
        return clean(card.terms.licence)
    return shorten(stated, 80) or "No licence stated"


def access_line(card: DatasetCard) -> str:
    """How one gets it, and what it costs."""
    words = ACCESS[card.terms.access]
    return f"{words} · {price_line(card.terms.price)}" if card.terms.price else words


def price_line(price: Price) -> str:
    """The owner's price, the platform's fee and the total, as far as they are known."""
    if price.owner_cents == 0:
        return "Free"
    owner = money(price.owner_cents, price.currency)
    if price.platform_fee_cents is None or price.total_cents is None:
        return f"{owner}, platform fee not stated"
    fee = money(price.platform_fee_cents, price.currency)
    return f"{owner} + {fee} fee = {money(price.total_cents, price.currency)}"


def money(cents: int, currency: str) -> str:
    """An amount with its currency in front."""
    return f"{currency} {cents / 100:,.2f}"


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;.") + " …"


def safe_url(url: str | None) -> str | None:
    """The address when it is one that a page may link to."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(url.strip(), safe=":/?#@!$&'*+,;=%~-._")


def sentence(text: str) -> str:
    """The words with a capital at their beginning."""
    return text[:1].upper() + text[1:]


def clean(text: str) -> str:
    """One line without control and invisible characters and marks that turn writing around."""
    return " ".join(_INVISIBLE.sub("", text).split())


def escape(text: str) -> str:
    """Markdown that shows exactly these words: nothing in them is markup any more."""
    return _MARKUP.sub(r"\\\1", _ALIVE.sub(WORD_JOINER, clean(text)))


def markdown(reply: Reply) -> str:
    """The whole reply as GitHub-flavoured Markdown."""
    blocks = [prose(reply.text)]
    blocks += [option_markdown(option, number) for number, option in enumerate(reply.options, 1)]
    if reply.nearest:
        blocks.append("**The nearest:**")
        blocks += [option_markdown(near, number) for number, near in enumerate(reply.nearest, 1)]
    blocks += [table_markdown(table) for table in all_tables(reply)]
    blocks += [f"> {escape(notice)}" for notice in reply.notices]
    for question in reply.questions:
        answers = " / ".join(escape(label) for label, _ in question.answers)
        blocks.append(f"**{escape(question.text)}**" + (f" {answers}" if answers else ""))
    return "\n\n".join(block for block in blocks if block)


def prose(text: str) -> str:
    """Text of several lines: line ends stay, lines that begin with a dash become a list."""
    lines: list[str] = []
    in_list = False
    for line in text.splitlines():
        bullet = re.match(r"\s*[-•]\s+(.*)", line)
        if lines and lines[-1] and (bullet is not None) != in_list:
            lines.append("")
        in_list = bullet is not None
        lines.append(f"- {escape(bullet[1])}" if bullet else escape(line))
    return re.sub(r"(?<=[^\n])\n(?=[^\n-])", "  \n", "\n".join(lines))


def option_markdown(option: Option, number: int) -> str:
    """One card: name, verdict, facts, why."""
    seen = view(option)
    name = escape(seen.name)
    title = f"[{name}](<{seen.url}>)" if seen.url else name
    lines = [f"**{number}. {title}**", f"{seen.dot} **{seen.badge}** · {escape(seen.licence)}"]
    facts = [fact for fact in (seen.languages, seen.tasks, seen.size, seen.access) if fact]
    lines.append(" · ".join(escape(fact) for fact in facts))
    lines += [f"✗ {escape(words)}" for words in seen.breaks]
    if seen.why:
        lines.append(f"*{escape(seen.why)}*")
    lines += [f"⚠ {escape(note)}" for note in seen.notes]
    return "  \n".join(lines)


def table_markdown(table: Table) -> str:
    """A Markdown table with its title."""
    head = "| " + " | ".join(escape(name) for name in table.columns) + " |"
    rule = "|" + " --- |" * len(table.columns)
    rows = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in table.rows]
    title = f"**{escape(table.title)}**\n\n" if table.title else ""
    return title + "\n".join([head, rule, *rows])


def all_tables(reply: Reply) -> tuple[Table, ...]:
    """The tables, and one for each chart that has none of its own."""
    titles = {table.title for table in reply.tables}
    charts = tuple(chart_table(chart) for chart in reply.charts if chart.title not in titles)
    return (*reply.tables, *charts)


def tables_beside_charts(reply: Reply) -> tuple[Table, ...]:
    """The tables to show where charts are drawn with their figures."""
    titles = {chart.title for chart in reply.charts}
    return tuple(table for table in reply.tables if table.title not in titles)


def chart_table(chart: Chart) -> Table:
    """The rows behind a chart, for those who cannot see it."""
    rows = tuple(tuple(cell_text(cell) for cell in row) for row in chart.rows)
    return Table(title=chart.title, columns=chart.columns, rows=rows)


def cell_text(cell: str | float | int) -> str:
    """A cell as people read it."""
    return cell if isinstance(cell, str) else f"{cell:,}" if isinstance(cell, int) else figure(cell)


def plain(reply: Reply) -> str:
    """The whole reply as text for a terminal without colour or a mail."""
    blocks = ["\n".join(clean(line) for line in reply.text.splitlines())]
    blocks += [option_plain(option, number) for number, option in enumerate(reply.options, 1)]
    if reply.nearest:
        blocks.append("The nearest:")
        blocks += [option_plain(near, number) for number, near in enumerate(reply.nearest, 1)]
    blocks += [table_plain(table) for table in all_tables(reply)]
    blocks += [f"Note: {clean(notice)}" for notice in reply.notices]
    for question in reply.questions:
        answers = " / ".join(clean(label) for label, _ in question.answers)
        blocks.append(clean(question.text) + (f" ({answers})" if answers else ""))
    return "\n\n".join(block for block in blocks if block)


def option_plain(option: Option, number: int) -> str:
    """One card as indented lines."""
    seen = view(option)
    lines = [f"{number}. {seen.name}", f"   {seen.dot} {seen.badge} · {seen.licence}"]
    facts = [fact for fact in (seen.languages, seen.tasks, seen.size, seen.access) if fact]
    lines.append("   " + " · ".join(facts))
    lines += [f"   ✗ {words}" for words in seen.breaks]
    lines += [f"   {words}" for words in (seen.why, seen.url or "") if words]
    lines += [f"   ! {note}" for note in seen.notes]
    lines.append(f"   id: {seen.id}")
    return "\n".join(lines)


def table_plain(table: Table) -> str:
    """Columns in line, at most 40 characters each."""
    rows = [tuple(shorten(clean(cell), 40) for cell in row) for row in (table.columns, *table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in rows]  # fmt: skip
    return "\n".join([table.title, *lines] if table.title else lines)
