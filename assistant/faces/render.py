"""What a card looks like: its facts made for scanning, in the language of the reply.

Everything in a card was written by strangers. Markdown made here shows their words and nothing
they do: no link, image, HTML or mention of theirs comes alive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from assistant import named
from assistant.faces import welcome
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Option
from assistant.terms.values import Outcome
from assistant.use import Act
from catalog_sync import languages
from catalog_sync.card import DatasetCard, Size
from catalog_sync.clauses import Price

DOTS: Mapping[Outcome, str] = {
    "allowed": "🟢", "allowed_with_conditions": "🟡", "ask_owner": "🔵", "not_allowed": "🔴",
}  # fmt: skip
BADGES: Mapping[Outcome, tuple[str, str]] = {
    outcome: (dot, ENGLISH.say(f"badge_{outcome}")) for outcome, dot in DOTS.items()
}
"""What pages and commands that are in English show."""
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


def view(option: Option, phrases: Phrases = ENGLISH) -> CardView:
    """What a face shows of one option."""
    card = option.card
    dot, badge = verdict_badge(option.verdict.outcome, phrases)
    copies = phrases.say("card_copies", ids=", ".join(option.copies)) if option.copies else ""
    return CardView(
        id=card.id,
        name=clean(card.name) or card.id,
        url=safe_url(card.url),
        source=card.source,
        languages=language_line(card, phrases),
        tasks=task_line(card, phrases),
        size=size_line(card.size, phrases),
        licence=licence_line(card, phrases),
        access=access_line(card, phrases),
        outcome=option.verdict.outcome,
        dot=dot,
        badge=badge,
        why=clean(option.why),
        not_stated=tuple(clean(m.text) for m in option.matches if m.state == "unknown"),
        breaks=tuple(clean(m.text) for m in option.matches if m.state == "no"),
        notes=tuple(clean(note) for note in (*option.findings, copies) if note),
    )  # fmt: skip


def verdict_badge(outcome: Outcome, phrases: Phrases = ENGLISH) -> tuple[str, str]:
    """The dot and the words of a verdict."""
    return DOTS[outcome], phrases.say(f"badge_{outcome}")


def language_line(card: DatasetCard, phrases: Phrases = ENGLISH) -> str:
    """Names of the languages, each with its own name where that differs; the rest counted."""
    names = [language_name(tag, phrases) for tag in card.languages[:SHOWN_LANGUAGES]]
    more = len(card.languages) - len(names)
    if more > 0:
        names.append(phrases.count("card_more_languages", more))
    if not names and card.multilingual:
        return phrases.say("card_many_languages")
    return phrases.say("comma").join(names)


def task_line(card: DatasetCard, phrases: Phrases = ENGLISH) -> str:
    """What it is for in words; the kinds of data where no task is stated."""
    labels = [named.task(code, phrases) for code in card.tasks]
    kinds = [named.modality(code, phrases) for code in card.modalities]
    return phrases.say("comma").join(labels or kinds)


def language_name(tag: str, phrases: Phrases = ENGLISH) -> str:
    """The name with the language's own behind it; the tag itself when no name is known."""
    name = named.language(tag, phrases)
    own = languages.autonym(tag)
    if own and own.casefold() != name.casefold():
        return f"{name} ({own})"
    return name


def size_line(size: Size, phrases: Phrases = ENGLISH) -> str:
    """The figures that are known, largest meaning first."""
    parts: list[str] = []
    if size.hours is not None:
        parts.append(phrases.say("size_hours", figure=figure(size.hours, phrases)))
    if size.validated_hours is not None:
        validated = figure(size.validated_hours, phrases)
        parts.append(phrases.say("size_validated", figure=validated))
    if size.speakers is not None:
        parts.append(phrases.count("size_speakers", size.speakers))
    low, high = size.records_at_least, size.records_below
    if size.records is not None:
        parts.append(phrases.count("size_records", size.records))
    elif low is not None and high is not None:
        between = {"low": phrases.number(low), "high": phrases.number(high)}
        parts.append(phrases.say("size_between", **between))
    elif low is not None:
        parts.append(phrases.count("size_at_least", low))
    elif high is not None:
        parts.append(phrases.count("size_under", high))
    if size.bytes is not None:
        parts.append(byte_size(size.bytes, phrases))
    return phrases.say("comma").join(parts)


def figure(value: float, phrases: Phrases = ENGLISH) -> str:
    """A figure short enough to read: one decimal below a hundred."""
    if value >= 100 or value == int(value):
        return phrases.number(round(value))
    return phrases.number(round(value, 1), decimals=1)


def byte_size(count: int, phrases: Phrases = ENGLISH) -> str:
    """Bytes in the unit people use, powers of a thousand."""
    if count < 1000:
        return phrases.say("size_bytes", figure=figure(count, phrases))
    amount = float(count)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 1000:
            return phrases.say(f"unit.{unit}", figure=figure(amount, phrases))
    return phrases.say("unit.TB", figure=figure(amount / 1000, phrases))


def licence_line(card: DatasetCard, phrases: Phrases = ENGLISH) -> str:
    """The licence read, or the words that stand there, or that nothing does."""
    stated = ", ".join(clean(words) for words in card.terms.licence_stated)
    if card.terms.licence and not card.terms.licence.startswith("LicenseRef-"):
        return clean(card.terms.licence)
    return shorten(stated, 80) or phrases.say("card_no_licence")


def access_line(card: DatasetCard, phrases: Phrases = ENGLISH) -> str:
    """How one gets it, and what it costs."""
    words = phrases.say(f"access_{card.terms.access}")
    price = card.terms.price
    return f"{words} · {price_line(price, phrases)}" if price else words


def price_line(price: Price, phrases: Phrases = ENGLISH) -> str:
    """The owner's price, the platform's fee and the total, as far as they are known."""
    if price.owner_cents == 0:
        return phrases.say("price_free")
    owner = phrases.money(price.owner_cents, price.currency)
    if price.platform_fee_cents is None or price.total_cents is None:
        return phrases.say("price_owner", owner=owner)
    fee = phrases.money(price.platform_fee_cents, price.currency)
    total = phrases.money(price.total_cents, price.currency)
    return phrases.say("price_whole", owner=owner, fee=fee, total=total)


def deeds(acts: Sequence[Act], phrases: Phrases = ENGLISH) -> str:
    """What somebody wants to do, as a line begins."""
    return sentence(phrases.say("comma").join(phrases.say(f"act.{act}") for act in acts))


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


def isolated(text: str, phrases: Phrases) -> str:
    """Words of another writing within a sentence from right to left: they keep their own order."""
    return f"\u2068{text}\u2069" if welcome.direction(phrases.tag) == "rtl" else text


def escape(text: str) -> str:
    """Markdown that shows exactly these words: nothing in them is markup any more."""
    return _MARKUP.sub(r"\\\1", _ALIVE.sub(WORD_JOINER, clean(text)))


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


def cell_text(cell: str | float | int, phrases: Phrases = ENGLISH) -> str:
    """A cell as people read it."""
    if isinstance(cell, str):
        return cell
    return phrases.number(cell) if isinstance(cell, int) else figure(cell, phrases)
