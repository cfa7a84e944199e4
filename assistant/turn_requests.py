"""Turns about access: how to get at a dataset, and how one's requests stand. Files nothing."""

from __future__ import annotations

from dataclasses import replace

from assistant import answer, named
from assistant.access import words
from assistant.access.values import AccessRequest, Answers, FieldAsk, Refusal, RequestForm
from assistant.dialogue import State
from assistant.phrases import Phrases
from assistant.reply import Offer, Question, Reply
from assistant.room import Room
from assistant.stated import access_text
from assistant.use import Use
from catalog_sync.card import DatasetCard

_MOST = 10


def access(card: DatasetCard, question: Question, use: Use, room: Room) -> str:
    """How the asker gets at this dataset, for the use that was spoken of."""
    given = Answers(
        acts=use.acts,
        country=use.from_country,
        hq_country=use.hq_country,
        organisation_kind=use.organisation,
    )
    form = room.office().form(card.id, question.asker, answers=given)
    if isinstance(form, Refusal):
        # What is asked for is in view: only a dataset withdrawn this moment is refused.
        return room.phrases.say("request.dataset_gone", id=repr(card.id))
    if form.open is not None:
        return f"{room.phrases.say('request.already')} {_stands(form.open, room)}"
    return _way(card, form, room)


def _way(card: DatasetCard, form: RequestForm, room: Room) -> str:
    said = room.phrases.say
    label = named.catalogue(card.source, room.labels, room.phrases)
    where = (
        said("request.on_page", catalogue=label, url=card.url)
        if card.url
        else said("request.at", catalogue=label)
    )
    head = said("line_ended", name=card.name, what=access_text(card.terms, room.phrases))
    route = form.judged.route
    if route in ("public", "own_site"):
        return f"{head} {said(f'request.{route}', where=where)}"
    parts = [f"{head} {said('request.decides')}"]
    if form.judged.price is not None and form.judged.price.owner_cents > 0:
        parts.append(said("request.price", price=words.price(form.judged.price, room.phrases)))
    if form.missing:
        asked = [_asked(ask, room.phrases) for ask in form.missing]
        listed = " ".join(f"({n}) {question}" for n, question in enumerate(asked, 1))
        parts.append(said("request.missing", asked=listed))
    return " ".join((*parts, said("request.look")))


def _asked(ask: FieldAsk, phrases: Phrases) -> str:
    """A question of the form; an owner's own is asked as they wrote it."""
    key = f"request.ask.{ask.field}"
    return phrases.say(key) if phrases.has(key) else ask.question


def status(question: Question, state: State, room: Room) -> tuple[Reply, State]:
    """How the asker's requests stand, newest first."""
    found = room.office().mine(question.asker, limit=_MOST)
    lines = [
        room.phrases.say("line", name=each.judged.card_name, what=_stands(each, room))
        for each in found
    ]
    reply = Reply(
        text="\n".join(lines) or room.phrases.say("request.none"),
        intent="status",
        need=state.need,
        chips=answer.chips(state.need, room.phrases),
        offers=tuple(_open(each, room.phrases) for each in found[:3] if each.judged.card_url),
    )
    return reply, replace(state, unmet=False)


def _stands(request: AccessRequest, room: Room) -> str:
    told = words.status(request, today=room.today, phrases=room.phrases)
    return f"{told} {words.next_step(request, room.phrases)}"


def _open(request: AccessRequest, phrases: Phrases) -> Offer:
    return Offer(
        kind="open",
        label=phrases.say("offer.open_named", name=request.judged.card_name),
        card_ids=(request.card_id,),
        url=request.judged.card_url,
    )
