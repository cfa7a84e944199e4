"""How one card fares on each limit of a need: yes, no or unknown, in plain words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant import named
from assistant.fit_parts import is_elsewhere
from assistant.limits import Tongues, hard_tasks, hard_topics
from assistant.need import LanguageWish, Need, SizeRange
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Match, MatchState
from assistant.stated import access_text, amount, bound_text, figure, licence_text, price_text
from assistant.understand.content import task_words, topic_tags, topic_words
from catalog_sync import languages, terms, vocab
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Qualities, Terms

_READ = 6000
"""Characters of a description that are searched for a subject."""


def matches(
    card: DatasetCard, need: Need, tongues: Tongues, phrases: Phrases = ENGLISH
) -> tuple[Match, ...]:
    """One match per limit of the need, in the order a person would check them."""
    return (
        *_languages(card, need, tongues, phrases),
        *_kinds(card, need, tongues, phrases),
        *_topics(card, need, phrases),
        *_terms(card, need, phrases),
        *(_size(card, size, phrases) for size in need.sizes),
        *_rest(card, need, phrases),
    )


def _match(field: str, state: MatchState, text: str) -> Match:
    return Match(field=field, state=state, text=text)


def _languages(
    card: DatasetCard, need: Need, tongues: Tongues, phrases: Phrases
) -> Iterator[Match]:
    held = set(card.languages)
    for wish in need.languages:
        met = sorted(tongues.satisfying(wish) & held)
        if met:
            yield _match("languages", "yes", _language_text(wish, met, phrases))
        elif need.languages_joined == "all" or len(need.languages) == 1:
            missing: MatchState = "unknown" if not held or card.languages_unread else "no"
            text = phrases.say("fit.language_missing", name=named.wish(wish, phrases))
            yield _match("languages", missing, text)


def _language_text(wish: LanguageWish, met: list[str], phrases: Phrases) -> str:
    if wish.tag == "mul":
        said = ", ".join(named.language(tag, phrases) for tag in met[:3])
        if len(met) > 3:
            said = phrases.count("and_more", len(met) - 3, items=said)
        return phrases.say("line", name=named.wish(wish, phrases), what=said)
    tag = met[0]
    name = named.language(tag, phrases)
    own = languages.autonym(tag)
    codes = f"{own}, {tag}" if own and own.casefold() != name.casefold() else tag
    return f"{name} ({codes})"


def _kinds(card: DatasetCard, need: Need, tongues: Tongues, phrases: Phrases) -> Iterator[Match]:
    tasks = hard_tasks(need)
    wanted = named.either([named.modality(m, phrases) for m in need.modalities], phrases)
    if need.kinds_apart and tasks and set(card.modalities) & set(need.modalities):
        yield _match("modalities", "yes", wanted)
        tasks = ()
    for task in tasks:
        match = _task(card, task, need, tongues, phrases)
        if match is not None:
            yield match
    if need.modalities and not hard_tasks(need):
        met = bool(set(card.modalities) & set(need.modalities))
        state: MatchState = "yes" if met else "no" if card.modalities else "unknown"
        text = wanted if met else phrases.say("fit.kind_missing", kinds=wanted)
        yield _match("modalities", state, text)
    if need.speech_style is not None:
        label = phrases.say(f"style.{need.speech_style}")
        same = card.speech_style == need.speech_style
        state = "yes" if same else "no" if card.speech_style else "unknown"
        key = "fit.style_other" if state == "no" else "fit.style_missing"
        text = label if same else phrases.say(key, style=label)
        yield _match("style", state, text)


def _task(
    card: DatasetCard, task: str, need: Need, tongues: Tongues, phrases: Phrases
) -> Match | None:
    label = named.task(task, phrases)
    if need.languages and is_elsewhere(card, task, need, tongues):
        return _match("tasks", "unknown", phrases.say("fit.task_elsewhere", task=label))
    if set(card.tasks) & vocab.task_satisfied_by(task):
        return _match("tasks", "yes", label)
    if mentions(card, task_words(task)):
        return _match("tasks", "yes", phrases.say("fit.task_described", task=label))
    if len(hard_tasks(need)) > 1:
        return None
    state: MatchState = "unknown" if not card.tasks else "no"
    return _match("tasks", state, phrases.say("fit.task_missing", task=label))


def _topics(card: DatasetCard, need: Need, phrases: Phrases) -> Iterator[Match]:
    hard = hard_topics(need)
    for topic in need.topics:
        state = topic_state(card, topic)
        label = named.topic(topic, phrases)
        text = label if state == "yes" else phrases.say("fit.topic_missing", topic=label)
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


def _terms(card: DatasetCard, need: Need, phrases: Phrases) -> Iterator[Match]:
    if need.licence_wish is not None or need.licences:
        yield from _licence(card, need, licence_text(card.terms, phrases), phrases)
    if need.budget is not None:
        yield _price(card, need.budget.most_cents, phrases)
    if need.access:
        access = card.terms.access
        state: MatchState = (
            "yes" if access in need.access else "unknown" if access == "unknown" else "no"
        )
        yield _match("access", state, access_text(card.terms, phrases))


def _licence(card: DatasetCard, need: Need, stated: str, phrases: Phrases) -> Iterator[Match]:
    if need.licence_wish is not None:
        fits = _licence_fits(card, need.licence_wish)
        state: MatchState = "unknown" if fits is None else "yes" if fits else "no"
        key = "fit.licence" if fits else "fit.licence_missing"
        wanted = phrases.say(f"licence_class.{need.licence_wish}")
        yield _match("licence", state, phrases.say(key, stated=stated, wanted=wanted))
    if need.licences:
        licence = card.terms.licence
        state = "unknown" if licence is None else "no"
        if licence is not None and any(one in licence.split() for one in need.licences):
            state = "yes"
        yield _match("licence", state, stated)


def _licence_fits(card: DatasetCard, wish: str) -> bool | None:
    known = _qualities(card.terms)
    if wish == "non_commercial_ok":
        return True if known.stated else None
    value: bool | None = getattr(known, wish)
    return value


@lru_cache(maxsize=4096)
def _qualities(stated: Terms) -> Qualities:
    return terms.qualities(stated)


def _price(card: DatasetCard, most_cents: int, phrases: Phrases) -> Match:
    price = card.terms.price
    text = price_text(card.terms, phrases)
    if price is None:
        return _match("price", "yes" if card.terms.access == "public" else "unknown", text)
    total = price.owner_cents if price.total_cents is None else price.total_cents
    return _match("price", "yes" if total <= most_cents else "no", text)


def _size(card: DatasetCard, asked: SizeRange, phrases: Phrases) -> Match:
    least, most = figure(card, asked.field)
    field = f"sizes:{asked.field}"
    wanted = bound_text(asked, phrases)
    if least is None and most is None:
        return _match(field, "unknown", phrases.say(f"fit.unstated.{asked.field}", wanted=wanted))
    low = least if least is not None else 0.0
    high = most if most is not None else float("inf")
    sure = (asked.least is None or low >= asked.least) and (
        asked.most is None or high <= asked.most
    )
    never = (asked.least is not None and high < asked.least) or (
        asked.most is not None and low > asked.most
    )
    state: MatchState = "yes" if sure else "no" if never else "unknown"
    held = amount(low, asked.field, phrases)
    if most is None or most != least:
        held = phrases.say("bound.least", amount=held)
    return _match(field, state, phrases.say("fit.size", held=held, wanted=wanted))


def _rest(card: DatasetCard, need: Need, phrases: Phrases) -> Iterator[Match]:
    if need.update_frequency:
        often = card.update_frequency
        state: MatchState = (
            "unknown" if often is None else "yes" if often in need.update_frequency else "no"
        )
        said = phrases.say("unstated" if often is None else f"often.{often}")
        yield _match("update_frequency", state, phrases.say("fit.often", often=said))
    if need.updated_since is not None:
        updated = card.updated
        state = (
            "unknown" if updated is None
            else "yes" if updated.isoformat() >= need.updated_since else "no"
        )  # fmt: skip
        text = (
            phrases.say("fit.updated_unknown")
            if updated is None
            else phrases.say("fit.updated", day=updated.isoformat())
        )
        yield _match("updated", state, text)
    if need.sources:
        met = card.source in need.sources
        yield _match("sources", "yes" if met else "no", phrases.say("fit.source", name=card.source))
    if need.publishers:
        owner = card.publisher
        met = owner is not None and any(p.casefold() in owner.casefold() for p in need.publishers)
        text = (
            phrases.say("fit.publisher", name=owner) if owner else phrases.say("fit.nobody_named")
        )
        yield _match("publishers", "yes" if met else "no", text)
