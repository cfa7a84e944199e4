"""Turns about the whole catalogue: counts, languages, freshness, and unmet wishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assistant import answer, coverage, named
from assistant.dialogue import State, is_empty
from assistant.need import LanguageWish, Need
from assistant.phrases import Phrases
from assistant.reply import Intent, Offer, Question, Reply
from assistant.room import Room
from assistant.understand import say
from assistant.understand.reading import Counting, Reading
from catalog_sync import languages

INTENTS: frozenset[Intent] = frozenset({"coverage", "language", "freshness", "wish"})
"""The intents answered here."""


def take(question: Question, reading: Reading, state: State, room: Room) -> tuple[Reply, State]:
    """The reply to a question on the catalogue as a whole."""
    if reading.intent == "coverage":
        return _coverage(reading, state, room), state
    if reading.intent == "language":
        return _language(reading, state, room), state
    if reading.intent == "freshness":
        return _freshness(reading, state, room), state
    return _wish(question, reading, state, room)


def _coverage(reading: Reading, state: State, room: Room) -> Reply:
    need = reading.stated
    whole = reading.counting is not None and reading.counting.by is not None
    if is_empty(need) and (reading.pointer or not whole):
        need = state.need
    counted = coverage.answer(
        reading.counting or Counting(), replace(need, wish=""), store=room.store,
        tongues=room.tongues, labels=room.labels, phrases=room.phrases,
    )  # fmt: skip
    offers: tuple[Offer, ...] = ()
    if say.limits(need):
        label = room.phrases.say("offer.show")
        offers = (Offer(kind="say", label=label, say=say.sentence(need)),)
    return Reply(
        text=counted.text,
        intent="coverage",
        need=need,
        chips=answer.chips(need, room.phrases),
        total=counted.figures.total,
        charts=(counted.chart,) if counted.chart is not None else (),
        tables=(counted.table,) if counted.table is not None else (),
        offers=offers,
        trace=("figures from the catalogue's database",),
    )


def _language(reading: Reading, state: State, room: Room) -> Reply:
    phrases = room.phrases
    said = [_called(wish, phrases) for wish in reading.stated.languages]
    for unclear in reading.unclear:
        meant = [f"{named.language(c.tag, phrases)} ({c.iso639_3})" for c in unclear.candidates]
        options = phrases.say("limit.apart").join(meant)
        said.append(phrases.say("language.unclear", name=unclear.name, options=options))
    text = "\n".join(said) or phrases.say("language.unknown")
    chips = answer.chips(state.need, phrases)
    return Reply(text=text, intent="language", need=state.need, chips=chips)


def _called(wish: LanguageWish, phrases: Phrases) -> str:
    """One language by its codes and its other names."""
    own = languages.autonym(wish.tag)
    name = named.wish(wish, phrases)
    values = {
        "name": f"{name} ({own})" if own and own not in (wish.label, name) else name,
        "tag": wish.tag,
        "code": languages.iso639_3(wish.tag),
    }
    other = [n for n in languages.names(wish.tag, 6) if n not in (wish.label, own, name)]
    if not other:
        return phrases.say("language.codes", **values)
    return phrases.say("language.codes_and_names", names=", ".join(other), **values)


def _freshness(reading: Reading, state: State, room: Room) -> Reply:
    phrases = room.phrases
    said = []
    for one in room.store.freshness():
        name = named.catalogue(one.source, room.labels, phrases)
        if one.complete_at is None:
            said.append(phrases.count("fresh.never", one.visible, name=name))
        else:
            moment = _moment(one.complete_at, phrases)
            said.append(phrases.count("fresh.read", one.visible, name=name, moment=moment))
    text = "\n".join(said) or phrases.say("fresh.nothing")
    chips = answer.chips(state.need, phrases)
    return Reply(text=text, intent=reading.intent, need=state.need, chips=chips)


def _moment(when: datetime, phrases: Phrases) -> str:
    day = f"{when:%d %B %Y}" if phrases.tag == "en" else phrases.day(when.date())
    return phrases.say("fresh.moment", day=day, time=f"{when:%H:%M}")


def _wish(question: Question, reading: Reading, state: State, room: Room) -> tuple[Reply, State]:
    phrases = room.phrases
    need: Need = state.need if is_empty(reading.stated) else reading.stated
    if is_empty(need) and not need.wish:
        return Reply(text=phrases.say("wish.what"), intent="wish", need=need), state
    words = say.title(need)
    may_name = question.asker.email is not None and "my name" in question.text.casefold()
    wish = room.wishes.record(
        words, need=need, asker=question.asker.id, may_name=may_name, now=room.now
    )
    same = next((f for f in room.wishes.figures() if f.text.casefold() == words.casefold()), None)
    people = same.people if same is not None else 1
    said = [phrases.say("wish.named" if wish.by else "wish.unnamed", wish=say.title(need, phrases))]
    if people > 1:
        said.append(phrases.count("wish.people", people, figure=str(people)))
    text = " ".join((*said, phrases.say("wish.seen")))
    reply = Reply(text=text, intent="wish", need=need, chips=answer.chips(need, phrases))
    return reply, replace(state, unmet=False)
