"""Turns about the whole catalogue: counts, languages, freshness, and unmet wishes."""

from __future__ import annotations

from dataclasses import replace

from assistant import answer, coverage
from assistant.dialogue import State, is_empty
from assistant.need import Need
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
        return _language(reading, state), state
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
        tongues=room.tongues, labels=room.labels,
    )  # fmt: skip
    offers: tuple[Offer, ...] = ()
    if say.phrases(need):
        offers = (Offer(kind="say", label="Show the datasets", say=say.sentence(need)),)
    return Reply(
        text=counted.text,
        intent="coverage",
        need=need,
        chips=answer.chips(need),
        total=counted.figures.total,
        charts=(counted.chart,) if counted.chart is not None else (),
        tables=(counted.table,) if counted.table is not None else (),
        offers=offers,
        trace=("figures from the catalogue's database",),
    )


def _language(reading: Reading, state: State) -> Reply:
    said = []
    for wish in reading.stated.languages:
        own = languages.autonym(wish.tag)
        named = f" ({own})" if own and own != wish.label else ""
        other = [n for n in languages.names(wish.tag, 6) if n not in (wish.label, own)]
        also = f"; also called {', '.join(other)}" if other else ""
        codes = f"BCP 47 {wish.tag}, ISO 639-3 {languages.iso639_3(wish.tag)}"
        said.append(f"{wish.label}{named}: {codes}{also}.")
    for unclear in reading.unclear:
        options = "; ".join(f"{c.label} ({c.iso639_3})" for c in unclear.candidates)
        said.append(f"“{unclear.name}” may mean: {options}.")
    text = "\n".join(said) or "I do not know a language by that name. How else is it called?"
    return Reply(text=text, intent="language", need=state.need, chips=answer.chips(state.need))


def _freshness(reading: Reading, state: State, room: Room) -> Reply:
    said = []
    for one in room.store.freshness():
        label = room.labels.get(one.source, one.source)
        when = f"{one.complete_at:%d %B %Y, %H:%M} UTC" if one.complete_at else "never completely"
        said.append(f"{label}: {one.visible:,} datasets, last read through {when}.")
    text = "\n".join(said) or "No catalogue has been read yet."
    return Reply(text=text, intent=reading.intent, need=state.need, chips=answer.chips(state.need))


def _wish(question: Question, reading: Reading, state: State, room: Room) -> tuple[Reply, State]:
    need: Need = state.need if is_empty(reading.stated) else reading.stated
    if is_empty(need) and not need.wish:
        reply = Reply(
            text="What is it that you wish for? Say it in a few words, and I write it down.",
            intent="wish",
            need=need,
        )
        return reply, state
    words = say.title(need)
    may_name = question.asker.email is not None and "my name" in question.text.casefold()
    wish = room.wishes.record(
        words, need=need, asker=question.asker.id, may_name=may_name, now=room.now
    )
    same = next((f for f in room.wishes.figures() if f.text.casefold() == words.casefold()), None)
    people = same.people if same is not None else 1
    others = f" {people} people have wished for this." if people > 1 else ""
    name = "with your name" if wish.by else "without your name"
    text = f"Recorded, {name}: {words}.{others} Communities that make data can see it."
    reply = Reply(text=text, intent="wish", need=need, chips=answer.chips(need))
    return reply, replace(state, unmet=False)
