"""One turn of a conversation: words and state in, reply and state out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from assistant import (
    answer,
    answer_cards,
    dialogue,
    retrieve,
    talk,
    turn_cards,
    turn_figures,
    turn_requests,
)
from assistant.aide import TurnAide
from assistant.dialogue import State
from assistant.found import Candidate, Found
from assistant.limits import limits
from assistant.need import Need
from assistant.phrases import ENGLISH, LANGUAGES, Phrases
from assistant.reply import Offer, Option, Question, Reply
from assistant.room import Room
from assistant.spoken import language_of, settled, unanswered
from assistant.understand import rules, say
from assistant.understand.reading import Reading
from catalog_sync import languages

_DEEPEST = 200
"""Results one can page to."""
_COMPARED = 4
"""Datasets side by side at most."""
_BESIDE = ThreadPoolExecutor(thread_name_prefix="ahead")
"""Makes vectors, which keeps no other thread from running."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A reply, and the conversation after it."""

    reply: Reply
    state: State


def take(question: Question, state: State, room: Room, aide: TurnAide | None = None) -> Turned:
    """Answer one turn; with an aide, it reads the words too and words the reply."""
    state = _turned_to(question, state)
    heard = "" if question.pressed else language_of(question.text, state.language, room.books)
    with room.meter.step("understand"):
        reading = rules.read(
            question.text,
            in_view=bool(state.shown or state.focus or question.viewing),
            has_need=not dialogue.is_empty(state.need),
            owners=room.owners,
        )
        if aide is not None:
            names = [card.name for card in room.cards(state.shown)]
            prepare = ahead(question, reading, state, room)
            reading = aide.read(reading, state, names, room.today, meanwhile=prepare)
            if not question.pressed:
                heard = settled(heard, aide.speaks, question.text, room.books)
    found = room.books.find(heard) if heard else None
    heard = found.tag if found is not None else heard
    language = heard or state.language or question.language
    room = replace(room, phrases=room.books.of(language))
    if aide is not None:
        room = replace(room, search=aide.searcher(room.search))
    turned = _answered(question, reading, state, room)
    reply = in_language(turned.reply, room.phrases)
    slips = tuple(f"read {said!r} as {meant!r}" for said, meant in reading.mended)
    reply = replace(reply, trace=(*slips, *reply.trace))
    told = unanswered(heard, question.text, room.books)
    if told and told != state.told:
        line = ENGLISH.say("model.in_english", language=told)
        reply = replace(reply, notices=(*reply.notices, line))
    if aide is not None:
        reply = aide.word(reply, language)
    after = replace(
        turned.state, turns=state.turns + 1, language=heard or state.language,
        told=told or state.told,
    )  # fmt: skip
    return Turned(reply, after)


def in_language(reply: Reply, phrases: Phrases) -> Reply:
    """The reply, marked with the language that it is in."""
    book = None if phrases.tag in LANGUAGES else phrases
    return replace(reply, language=phrases.tag, book=book)


def ahead(question: Question, reading: Reading, state: State, room: Room) -> Callable[[], None]:
    """What can be done for a search before the model has read the turn too.

    To make vectors of the words takes as long as all else that a search does. They are of no use
    where the model leads to other words.
    """

    def prepare() -> None:
        if reading.intent not in ("find", "refine"):
            return
        need = dialogue.join(state, room.with_keywords(reading))
        texts = retrieve.texts(
            need, store=room.store, search=room.search, tongues=room.tongues, top=question.top,
            today=room.today,
        )  # fmt: skip
        # What goes wrong here goes wrong again where it is searched for, and is told there.
        wait([_BESIDE.submit(room.search.find, text, top=0) for text in texts])

    return prepare


def _turned_to(question: Question, state: State) -> State:
    """The conversation with what a button or a newly opened page points at in its focus."""
    if question.about:
        return replace(state, focus=(question.about,))
    if question.viewing and question.viewing != state.viewing:
        return replace(state, focus=(question.viewing,), viewing=question.viewing)
    return state


def _answered(question: Question, reading: Reading, state: State, room: Room) -> Turned:
    if reading.intent in ("find", "refine"):
        return search(question, reading, state, room)
    if reading.intent == "more":
        return _more(question, reading, state, room)
    if reading.intent == "reset":
        reply = talk.reset(reading, room.phrases)
        return Turned(reply, State(past=state.past))
    if reading.intent in turn_cards.INTENTS:
        on_cards = turn_cards.take(question, reading, state, room)
        if on_cards is not None:
            return Turned(*on_cards)
        turned = search(question, reading, state, room)
        return _side_by_side(turned, room) if reading.intent == "compare" else turned
    if reading.intent in turn_figures.INTENTS:
        return Turned(*turn_figures.take(question, reading, state, room))
    if reading.intent == "status":
        return Turned(*turn_requests.status(question, state, room))
    return Turned(talk.small(reading, state.need, room.phrases), state)


def _side_by_side(turned: Turned, room: Room) -> Turned:
    """A comparison asked for before anything was shown: the best of each language named."""
    reply = turned.reply
    best: dict[str, Option] = {}
    for wish in reply.need.languages:
        tags = {spoken for tag in wish.tags for spoken in languages.satisfied_by(tag)}
        for one in reply.options:
            if tags & set(one.card.languages) and one.card.id not in best:
                best[one.card.id] = one
                break
    picked = list(best.values())[:_COMPARED]
    if len(picked) < 2:
        return turned
    table = answer_cards.compared(
        [one.card for one in picked], [one.verdict for one in picked], room.labels, room.phrases
    )
    return replace(turned, reply=replace(reply, tables=(table,)))


def search(question: Question, reading: Reading, state: State, room: Room) -> Turned:
    """Find datasets for the need after this turn."""
    need = dialogue.join(state, room.with_keywords(reading))
    if dialogue.is_empty(need) and not need.wish:
        reply = Reply(
            text=room.phrases.say("ask_more"), intent=reading.intent, need=need,
            questions=(answer.what_do_you_need(room.phrases),),
        )  # fmt: skip
        return Turned(reply, replace(state, need=need))
    found = _found(need, room, question.top)
    undone = reading.mode == "undo"
    after = dialogue.undone(state) if undone else dialogue.advance(state, need)
    options = tuple(
        answer.option(c, need.use, room.phrases, today=room.today)
        for c in found.candidates[: question.top]
    )
    if options:
        return _listed(question, reading, need, found, options, after, room)
    return _nothing(reading, need, found, after, room)


def _found(need: Need, room: Room, top: int) -> Found:
    found = retrieve.find(
        need, store=room.store, search=room.search, tongues=room.tongues, top=top,
        today=room.today, phrases=room.phrases,
    )  # fmt: skip
    return replace(
        found,
        candidates=_for_the_asker(found.candidates, need, room),
        nearest=_for_the_asker(found.nearest, need, room),
    )


def _for_the_asker(found: tuple[Candidate, ...], need: Need, room: Room) -> tuple[Candidate, ...]:
    """The candidates, their terms with what the asker was granted; their order stays."""
    own = room.granted([each.stored for each in found], need.use)
    return tuple(replace(each, stored=one) for each, one in zip(found, own, strict=True))


def _listed(
    question: Question,
    reading: Reading,
    need: Need,
    found: Found,
    options: tuple[Option, ...],
    state: State,
    room: Room,
) -> Turned:
    more = found.total + found.unsure > len(options) and bool(limits(need))
    phrases = room.phrases
    asked = answer.ask_back(need, reading, options, phrases, asked=state.asked)
    text = answer.found_text(need, found, len(options), phrases)
    if reading.mode == "undo":
        text = f"{phrases.say('taken_back')} {text}"
    if reading.unclear and asked is not None:
        text = f"{text} {asked.text}"
    reply = Reply(
        text=text,
        intent=reading.intent,
        need=need,
        chips=answer.chips(need, phrases),
        options=options,
        total=found.total,
        questions=(asked,) if asked is not None else (),
        offers=answer.found_offers(need, options, phrases, more=more, unmet=not found.total),
        notices=(
            *answer.not_understood(reading, phrases),
            # "They fit otherwise" is not so where none surely fits.
            *(answer.off_subject(options, need, phrases) if found.total else ()),
            *answer.notices(options, room.labels, phrases),
        ),
        trace=(f"understood: {say.sentence(need)}", *found.trace),
    )
    shown = tuple(option.card.id for option in options)
    after = replace(
        state, need=need, shown=shown, focus=(), offset=len(shown), use=need.use,
        asked=asked.field if asked is not None else "", unmet=not found.total,
    )  # fmt: skip
    return Turned(reply, after)


def _nothing(reading: Reading, need: Need, found: Found, state: State, room: Room) -> Turned:
    nearest = tuple(
        answer.option(c, need.use, room.phrases, today=room.today) for c in found.nearest
    )
    phrases = room.phrases
    asked = answer.ask_back(need, reading, (), phrases, asked=state.asked)
    reply = Reply(
        text=answer.nothing_text(need, found, phrases),
        intent=reading.intent,
        need=need,
        chips=answer.chips(need, phrases),
        no_match=True,
        nearest=nearest,
        questions=(asked,) if asked is not None else (),
        offers=answer.nothing_offers(need, found, phrases),
        trace=(f"understood: {say.sentence(need)}", *found.trace),
    )
    shown = tuple(option.card.id for option in nearest)
    after = replace(state, need=need, shown=shown, focus=(), offset=0, use=need.use, unmet=True)
    return Turned(reply, after)


def _more(question: Question, reading: Reading, state: State, room: Room) -> Turned:
    """The next page of the last list."""
    need, phrases = state.need, room.phrases
    if dialogue.is_empty(need):
        return search(question, reading, state, room)
    first = state.offset
    found = _found(need, room, min(first + question.top, _DEEPEST))
    page = found.candidates[first : first + question.top]
    options = tuple(answer.option(c, need.use, room.phrases, today=room.today) for c in page)
    if not options:
        reply = Reply(
            text=phrases.say("no_more"), intent="more", need=need,
            chips=answer.chips(need, phrases), total=found.total,
            offers=(Offer(kind="say", label=phrases.say("offer.start_over"), say="start over"),),
        )  # fmt: skip
        return Turned(reply, state)
    rest = found.total + found.unsure > first + len(options)
    reply = Reply(
        text=answer.found_text(need, found, len(options), phrases, first=first),
        intent="more",
        need=need,
        chips=answer.chips(need, phrases),
        options=options,
        total=found.total,
        offers=answer.found_offers(need, options, phrases, more=rest),
    )
    shown = tuple(option.card.id for option in options)
    return Turned(reply, replace(state, shown=shown, focus=(), offset=first + len(options)))
