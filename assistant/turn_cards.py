"""Turns about datasets in view: show, compare, may I, explain, combine, credit, request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant import answer, answer_cards, answer_terms, fit, turn_requests
from assistant.dialogue import State
from assistant.phrases import Phrases
from assistant.reply import Intent, Offer, Option, Question, Reply
from assistant.room import Room
from assistant.terms import verdict
from assistant.understand.reading import Reading
from assistant.use import Use
from catalog_sync import languages
from catalog_sync.stored import StoredCard

Answered = tuple[Reply, State]
_MOST = 10


def take(question: Question, reading: Reading, state: State, room: Room) -> Answered | None:
    """The reply; None where no dataset is meant and the words are better searched for."""
    if reading.intent == "explain" and reading.terms:
        return _meaning(reading, state, room)
    ids = _meant(question, reading, state, room)
    stored = room.stored(ids)[:_MOST]
    if not stored and reading.pointer.places and state.shown:
        return _out_of_view(reading, state, room)
    if not stored:
        return _without(reading, state, room)
    return _INTENTS[reading.intent](question, reading, state, room, stored)


def _meant(question: Question, reading: Reading, state: State, room: Room) -> tuple[str, ...]:
    if reading.intent == "compare" and not reading.pointer:
        return _by_language(reading, state, room) or state.shown[:2]
    if reading.intent == "attribution" and not reading.pointer and not state.focus:
        return state.shown
    if reading.stated.languages and not reading.pointer.places:
        named = _by_language(reading, state, room)
        if named:
            return named
    return room.pointed(reading.pointer, state, viewing=question.viewing)


def _by_language(reading: Reading, state: State, room: Room) -> tuple[str, ...]:
    """Such as "that Basque one": the ones in view in the languages named."""
    found = []
    for wish in reading.stated.languages:
        tags = {s for tag in wish.tags for s in languages.satisfied_by(tag)}
        found += [c.id for c in room.cards(state.shown) if tags & set(c.languages)][:1]
    return tuple(found)


def _without(reading: Reading, state: State, room: Room) -> Answered | None:
    if reading.stated.languages or reading.stated.tasks:
        return None
    if reading.words and reading.intent != "request":
        return None
    key = "view.how_to_request" if reading.intent == "request" else "view.nothing"
    reply = Reply(
        text=room.phrases.say(key),
        intent=reading.intent,
        need=state.need,
        chips=answer.chips(state.need, room.phrases),
    )
    return reply, state


def _out_of_view(reading: Reading, state: State, room: Room) -> Answered:
    reply = Reply(
        text=room.phrases.count("view.only", len(state.shown)),
        intent=reading.intent,
        need=state.need,
        chips=answer.chips(state.need, room.phrases),
    )
    return reply, state


def _option(stored: StoredCard, use: Use, state: State, room: Room) -> Option:
    (own,) = room.granted([stored], use)
    return Option(
        card=stored.card,
        score=0.0,
        verdict=verdict.judge(own.card.terms, use, today=room.today, phrases=room.phrases),
        matches=fit.matches(stored.card, state.need, room.tongues, room.phrases),
        why=room.phrases.say("why.in_view"),
        copies=stored.copies,
        findings=tuple(finding.text for finding in stored.findings),
    )


def _reply(
    reading: Reading, state: State, stored: list[StoredCard], text: str, options: bool, room: Room,
    use: Use | None = None,
) -> Reply:  # fmt: skip
    used = use or state.use
    return Reply(
        text=text,
        intent=reading.intent,
        need=state.need,
        chips=answer.chips(state.need, room.phrases),
        options=tuple(_option(s, used, state, room) for s in stored) if options else (),
        offers=_offers(stored, room.phrases),
    )


def _offers(stored: list[StoredCard], phrases: Phrases) -> tuple[Offer, ...]:
    first = stored[0].card
    offers = [
        Offer(kind="explain", label=phrases.say("offer.explain"), say="explain the terms",
              card_ids=(first.id,)),
        Offer(kind="request", label=phrases.say("offer.request"), say="request access",
              card_ids=(first.id,), url=first.url),
    ]  # fmt: skip
    if first.url:
        label = phrases.say("offer.open")
        offers.append(Offer(kind="open", label=label, card_ids=(first.id,), url=first.url))
    return tuple(offers)


def _show(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    del question
    asks = reading.asks or ("about",)
    said = [
        answer_cards.field_text(one.card, ask, room.labels, room.phrases)
        for one in stored[:3]
        for ask in asks
    ]
    reply = _reply(reading, state, stored[:1], "\n".join(said), "about" in asks, room)
    return reply, _focused(state, stored)


def _compare(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    del question
    cards = [one.card for one in stored[:4]]
    if len(cards) < 2:
        text = room.phrases.say("view.compare_one")
        return _reply(reading, state, stored, text, True, room), _focused(state, stored)
    own = room.granted(stored[:4], state.use)
    judged = [verdict.judge(one.card.terms, state.use, today=room.today) for one in own]
    reply = replace(
        _reply(reading, state, stored, answer_cards.differences(cards, room.phrases), False, room),
        tables=(answer_cards.compared(cards, judged, room.labels, room.phrases),),
    )
    return reply, _focused(state, stored)


def _check_use(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    use = answer_terms.use_asked(
        question.text, reading.stated.use, state.use, training=reading.training
    )
    own = room.granted(stored, use)
    cards = [one.card for one in own]
    text = answer_terms.checked(cards, use, today=room.today, phrases=room.phrases)
    first = verdict.judge(own[0].card.terms, use, today=room.today)
    asked = answer_terms.missing_question(first, room.phrases) if len(stored) == 1 else None
    reply = replace(
        _reply(reading, state, stored, text, True, room, use),
        questions=(asked,) if asked is not None else (),
        notices=(room.phrases.say("notice.no_advice"),),
    )
    return reply, replace(_focused(state, stored), use=use)


def _explain(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    use = answer_terms.use_asked(
        question.text, reading.stated.use, state.use, training=reading.training
    )
    card = room.granted(stored[:1], use)[0].card
    text = answer_terms.reasoned(card, use, today=room.today, phrases=room.phrases)
    reply = _reply(reading, state, stored[:1], text, False, room, use)
    return reply, replace(_focused(state, stored[:1]), use=use)


def _meaning(reading: Reading, state: State, room: Room) -> Answered:
    cards = room.cards(state.focus or state.shown[:1])
    said = [
        answer_terms.meaning(term, cards[0] if cards else None, room.phrases)
        for term in reading.terms
    ]
    reply = Reply(
        text="\n".join(said),
        intent="explain",
        need=state.need,
        chips=answer.chips(state.need, room.phrases),
    )
    return reply, state


def _combine(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    named, wanted = answer_terms.licences_named(question.text)
    first = stored[0].card
    others = [licence for licence in named if licence != first.terms.licence] or list(named)
    if len(stored) > 1:
        text = answer_terms.combined(
            first, stored[1].card, text=question.text, wanted=wanted, phrases=room.phrases
        )
    elif others:
        text = answer_terms.combined(
            first, others[0], text=question.text, wanted=wanted, phrases=room.phrases
        )
    else:
        text = room.phrases.say("view.mix_with", name=first.name)
    return _reply(reading, state, stored[:2], text, False, room), _focused(state, stored[:2])


def _credit(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    del question
    text = answer_terms.credits([one.card for one in stored], room.phrases)
    return _reply(reading, state, stored, text, False, room), _focused(state, stored)


def _request(
    question: Question, reading: Reading, state: State, room: Room, stored: list[StoredCard]
) -> Answered:
    text = turn_requests.access(stored[0].card, question, state.use, room)
    return _reply(reading, state, stored[:1], text, False, room), _focused(state, stored[:1])


def _focused(state: State, stored: list[StoredCard]) -> State:
    return replace(state, focus=tuple(one.card.id for one in stored))


_Step = Callable[[Question, Reading, State, Room, list[StoredCard]], Answered]
_INTENTS: Mapping[Intent, _Step] = {
    "show": _show, "compare": _compare, "check_use": _check_use, "explain": _explain,
    "combine": _combine, "attribution": _credit, "request": _request,
}  # fmt: skip
INTENTS = frozenset(_INTENTS)
"""The intents answered here."""
