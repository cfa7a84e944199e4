"""How one card fares on each limit of a need: yes, no or unknown, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant import licence_stems
from assistant.fit_subject import Subject
from assistant.limits import Tongues
from assistant.need import Need, SizeRange
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Match, MatchState
from assistant.stated import access_text, amount, bound_text, figure, licence_text, price_text
from catalog_sync import terms
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Qualities, Terms


def matches(
    card: DatasetCard, need: Need, tongues: Tongues, phrases: Phrases = ENGLISH
) -> tuple[Match, ...]:
    """One match per limit of the need, in the order a person would check them."""
    return fitting(need, tongues, phrases)(card)


def fitting(
    need: Need, tongues: Tongues, phrases: Phrases = ENGLISH
) -> Callable[[DatasetCard], tuple[Match, ...]]:
    """`matches` for many cards and one need."""
    subject = Subject(need, tongues, phrases)

    def of(card: DatasetCard) -> tuple[Match, ...]:
        return (
            *subject.matches(card),
            *_terms(card, need, phrases),
            *(_size(card, size, phrases) for size in need.sizes),
            *_rest(card, need, phrases),
        )

    return of


def _match(field: str, state: MatchState, text: str) -> Match:
    return Match(field=field, state=state, text=text)


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
        if licence_stems.under(card.terms, need.licences):
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
