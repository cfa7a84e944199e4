"""How one card fares on each limit of a need: yes, no or unknown, in plain words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant.fit_parts import is_elsewhere
from assistant.limits import Tongues, hard_tasks, hard_topics
from assistant.need import LanguageWish, Need, SizeField, SizeRange
from assistant.reply import Match, MatchState
from assistant.understand.content import task_words, topic_label, topic_tags, topic_words
from catalog_sync import languages, terms, vocab
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Qualities, Terms

_READ = 6000
"""Characters of a description that are searched for a subject."""
_UNITS: dict[SizeField, str] = {
    "hours": "hours", "validated_hours": "validated hours", "records": "examples",
    "speakers": "speakers", "bytes": "bytes", "languages": "languages",
}  # fmt: skip
ACCESS_WORDS = {
    "public": "open to download", "on_request": "on request to the owner",
    "agreement": "after accepting an agreement", "owner_site": "on the owner's own site",
    "private": "private", "unknown": "access not stated",
}  # fmt: skip
LICENCE_WORDS = {
    "public_domain": "public domain or no restrictions", "permissive": "attribution at most",
    "commercial": "commercial use allowed by the licence", "non_commercial_ok": "a stated licence",
}  # fmt: skip


def matches(card: DatasetCard, need: Need, tongues: Tongues) -> tuple[Match, ...]:
    """One match per limit of the need, in the order a person would check them."""
    return (
        *_languages(card, need, tongues),
        *_kinds(card, need, tongues),
        *_topics(card, need),
        *_terms(card, need),
        *(_size(card, size) for size in need.sizes),
        *_rest(card, need),
    )


def _match(field: str, state: MatchState, text: str) -> Match:
    return Match(field=field, state=state, text=text)


def _languages(card: DatasetCard, need: Need, tongues: Tongues) -> Iterator[Match]:
    held = set(card.languages)
    for wish in need.languages:
        met = sorted(tongues.satisfying(wish) & held)
        if met:
            yield _match("languages", "yes", _language_text(wish, met))
        elif need.languages_joined == "all" or len(need.languages) == 1:
            missing: MatchState = "unknown" if not held or card.languages_unread else "no"
            yield _match("languages", missing, f"{wish.label} is not among its stated languages")


def _language_text(wish: LanguageWish, met: list[str]) -> str:
    if wish.tag == "mul":
        named = ", ".join(languages.english_name(tag) for tag in met[:3])
        more = f" and {len(met) - 3} more" if len(met) > 3 else ""
        return f"{wish.label}: {named}{more}"
    tag = met[0]
    name = languages.english_name(tag)
    own = languages.autonym(tag)
    codes = f"{own}, {tag}" if own and own.casefold() != name.casefold() else tag
    return f"{name} ({codes})"


def _kinds(card: DatasetCard, need: Need, tongues: Tongues) -> Iterator[Match]:
    tasks = hard_tasks(need)
    if need.kinds_apart and tasks and set(card.modalities) & set(need.modalities):
        wanted = " or ".join(vocab.MODALITY[m].label for m in need.modalities)
        yield _match("modalities", "yes", wanted)
        tasks = ()
    for task in tasks:
        label = vocab.TASKS[task].label
        if need.languages and is_elsewhere(card, task, need, tongues):
            yield _match("tasks", "unknown", f"its text lists other languages for {label}")
        elif set(card.tasks) & vocab.task_satisfied_by(task):
            yield _match("tasks", "yes", label)
        elif mentions(card, task_words(task)):
            yield _match("tasks", "yes", f"{label}, by its description")
        elif len(tasks) == 1:
            yield _match("tasks", "unknown" if not card.tasks else "no", f"not listed for {label}")
    if need.modalities and not hard_tasks(need):
        wanted = " or ".join(vocab.MODALITY[m].label for m in need.modalities)
        met = bool(set(card.modalities) & set(need.modalities))
        state: MatchState = "yes" if met else "no" if card.modalities else "unknown"
        yield _match("modalities", state, wanted if met else f"not listed as {wanted}")
    if need.speech_style is not None:
        label = vocab.SPEECH_STYLE[need.speech_style].label
        same = card.speech_style == need.speech_style
        state = "yes" if same else "no" if card.speech_style else "unknown"
        yield _match("style", state, label if same else f"not known to be {label}"
                     if state == "unknown" else f"not {label}")  # fmt: skip


def _topics(card: DatasetCard, need: Need) -> Iterator[Match]:
    hard = hard_topics(need)
    for topic in need.topics:
        state = topic_state(card, topic)
        label = topic_label(topic)
        text = {"yes": label, "unknown": f"nothing in it speaks of {label}"}[state]
        if state == "yes" or topic in hard:
            yield _match("topics", state, text)


def topic_state(card: DatasetCard, topic: str) -> MatchState:
    """Whether the card is about a topic: by its tags, or by what its text says."""
    if topic_tags(topic) & set(card.tags) or mentions(card, topic_words(topic)):
        return "yes"
    return "unknown"


@lru_cache(maxsize=2048)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    spelt = sorted(
        (r"[\s-]+".join(re.escape(w) for w in re.split(r"[\s-]+", p) if w) for p in phrases),
        key=len,
        reverse=True,
    )
    # In "pubmed_qa" the line stands for a space.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})(?![^\W_])", re.IGNORECASE)


def mentions(card: DatasetCard, phrases: tuple[str, ...]) -> bool:
    """Whether the card's name, tags, summary or description use one of these phrases."""
    text = "\n".join((card.name, card.summary, " ; ".join(card.tags), card.description[:_READ]))
    return _pattern(phrases).search(text) is not None


def about(need: Need) -> Callable[[DatasetCard], bool]:
    """Whether a card's name, tags or summary, not only its description, speak of the subject."""
    topics = [(topic_tags(t), _pattern(topic_words(t))) for t in hard_topics(need)]
    tasks = [(vocab.task_satisfied_by(t), _pattern(task_words(t))) for t in hard_tasks(need)]

    def is_about(card: DatasetCard) -> bool:
        front = f"{card.name}\n{' ; '.join(card.tags)}\n{card.summary}"
        return all(
            not tags.isdisjoint(card.tags) or said.search(front) for tags, said in topics
        ) and all(not codes.isdisjoint(card.tasks) or said.search(front) for codes, said in tasks)

    return is_about


def _terms(card: DatasetCard, need: Need) -> Iterator[Match]:
    stated = licence_text(card.terms) if need.licence_wish or need.licences else ""
    if need.licence_wish is not None:
        wanted = LICENCE_WORDS[need.licence_wish]
        fits = _licence_fits(card, need.licence_wish)
        state: MatchState = "unknown" if fits is None else "yes" if fits else "no"
        yield _match(
            "licence", state, f"{stated}: {wanted}" if fits else f"{stated}; you asked for {wanted}"
        )
    if need.licences:
        licence = card.terms.licence
        state = "unknown" if licence is None else "no"
        if licence is not None and any(one in licence.split() for one in need.licences):
            state = "yes"
        yield _match("licence", state, stated)
    if need.budget is not None:
        yield _price(card, need.budget.most_cents)
    if need.access:
        access = card.terms.access
        state = "yes" if access in need.access else "unknown" if access == "unknown" else "no"
        yield _match("access", state, ACCESS_WORDS[access])


def licence_text(stated: Terms) -> str:
    """The licence for a reader."""
    if stated.licence is not None and not stated.licence.startswith("LicenseRef-Stated"):
        return stated.licence.replace("LicenseRef-", "")
    if stated.licence_stated:
        words = re.sub(r"<[^>]+>", " ", stated.licence_stated[0])
        words = " ".join(words.split())
        return f'licence as stated: "{words[:80]}{"…" if len(words) > 80 else ""}"'
    return "licence not stated"


def _licence_fits(card: DatasetCard, wish: str) -> bool | None:
    known = _qualities(card.terms)
    if wish == "non_commercial_ok":
        return True if known.stated else None
    value: bool | None = getattr(known, wish)
    return value


@lru_cache(maxsize=4096)
def _qualities(stated: Terms) -> Qualities:
    return terms.qualities(stated)


def price_text(stated: Terms) -> str:
    """The price for a reader."""
    if stated.price is None:
        return "price not stated" if stated.platform == "mdc" else "no price stated"
    if stated.price.owner_cents == 0 and not stated.price.platform_fee_cents:
        return "free"
    total = stated.price.total_cents
    whole = stated.price.owner_cents if total is None else total
    fee = " plus the platform's fee" if total is None else " with the platform's fee"
    return f"{stated.price.currency} {whole / 100:,.2f}{fee}"


def _price(card: DatasetCard, most_cents: int) -> Match:
    price = card.terms.price
    if price is None:
        free = card.terms.access == "public"
        return _match("price", "yes" if free else "unknown", price_text(card.terms))
    total = price.owner_cents if price.total_cents is None else price.total_cents
    return _match("price", "yes" if total <= most_cents else "no", price_text(card.terms))


def figure(card: DatasetCard, field: SizeField) -> tuple[float | None, float | None]:
    """The least and the most that a figure of the card may be; None where nobody said."""
    size = card.size
    if field == "languages":
        count = float(len(card.languages) + len(card.languages_unread))
        return (count, count) if count else (None, None)
    if field == "records":
        least = size.records if size.records is not None else size.records_at_least
        most = size.records if size.records is not None else size.records_below
        return least, most
    value: float | None = getattr(size, field)
    return value, value


def number(value: float) -> str:
    """A figure for a reader: 2,653 or 0.4."""
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:,.1f}"


def amount(value: float, field: SizeField) -> str:
    """A figure with its unit."""
    if field != "bytes":
        return f"{number(value)} {_UNITS[field]}"
    for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= scale:
            return f"{value / scale:,.1f} {unit}"
    return f"{value:,.0f} bytes"


def _size(card: DatasetCard, asked: SizeRange) -> Match:
    least, most = figure(card, asked.field)
    field = f"sizes:{asked.field}"
    wanted = bound_text(asked)
    if least is None and most is None:
        return _match(field, "unknown", f"{_UNITS[asked.field]} not stated, you asked for {wanted}")
    low = least if least is not None else 0.0
    high = most if most is not None else float("inf")
    sure = (asked.least is None or low >= asked.least) and (
        asked.most is None or high <= asked.most
    )
    never = (asked.least is not None and high < asked.least) or (
        asked.most is not None and low > asked.most
    )
    state: MatchState = "yes" if sure else "no" if never else "unknown"
    held = amount(low, asked.field)
    if most is None or most != least:
        held = f"at least {held}"
    return _match(field, state, f"{held}, you asked for {wanted}")


def bound_text(asked: SizeRange) -> str:
    """A bound for a reader: "at least 100 hours", "between 5 and 10 hours"."""
    if asked.least is not None and asked.most is not None:
        return f"between {number(asked.least)} and {amount(asked.most, asked.field)}"
    if asked.least is not None:
        return f"at least {amount(asked.least, asked.field)}"
    return f"at most {amount(asked.most or 0.0, asked.field)}"


def _rest(card: DatasetCard, need: Need) -> Iterator[Match]:
    if need.update_frequency:
        often = card.update_frequency
        state: MatchState = (
            "unknown" if often is None else "yes" if often in need.update_frequency else "no"
        )
        yield _match("update_frequency", state, f"updated: {often or 'not stated'}")
    if need.updated_since is not None:
        updated = card.updated
        state = (
            "unknown" if updated is None
            else "yes" if updated.isoformat() >= need.updated_since else "no"
        )  # fmt: skip
        yield _match("updated", state, f"last updated {updated or 'unknown'}")
    if need.sources:
        met = card.source in need.sources
        yield _match("sources", "yes" if met else "no", f"source: {card.source}")
    if need.publishers:
        owner = card.publisher
        met = owner is not None and any(p.casefold() in owner.casefold() for p in need.publishers)
        yield _match(
            "publishers", "yes" if met else "no", f"published by {owner or 'nobody named'}"
        )
