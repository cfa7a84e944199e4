"""Turns about access: how to get at a dataset, and how one's requests stand. Files nothing."""

from __future__ import annotations

from dataclasses import replace

from assistant import answer, fit
from assistant.access import words
from assistant.access.values import AccessRequest, Answers, Refusal, RequestForm
from assistant.dialogue import State
from assistant.reply import Offer, Question, Reply
from assistant.room import Room
from assistant.use import Use
from catalog_sync.card import DatasetCard

_MOST = 10
_NOTHING = (
    "I know of no request of yours. Requests belong to a confirmed e-mail address: sign in with "
    "the one you used, or find a dataset and say “request access”."
)


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
        return words.refusal(form)
    if form.open is not None:
        return f"You already have a request for it. {_stands(form.open, room)}"
    return _way(card, form, room)


def _way(card: DatasetCard, form: RequestForm, room: Room) -> str:
    label = room.labels.get(card.source, card.source)
    where = f"on its page ({label}): {card.url}" if card.url else f"at {label}"
    head = f"{card.name}: {fit.ACCESS_WORDS[card.terms.access]}."
    route = form.judged.route
    if route == "public":
        return f"{head} Nobody need be asked: the files are {where}"
    if route == "own_site":
        return (
            f"{head} Its owner does not decide here; access is asked for {where}\n"
            "I can write the letter for you, and keep on record that you went there."
        )
    parts = [f"{head} Its owner decides here, and is told as soon as you send the request."]
    if form.judged.price is not None and form.judged.price.owner_cents > 0:
        parts.append(f"Price: {words.price(form.judged.price)}; nothing is paid here.")
    if form.missing:
        asked = " ".join(f"({n}) {ask.question}" for n, ask in enumerate(form.missing, 1))
        parts.append(f"Still to be said: {asked}")
    parts.append("You look everything over before anything is sent.")
    return " ".join(parts)


def status(question: Question, state: State, room: Room) -> tuple[Reply, State]:
    """How the asker's requests stand, newest first."""
    found = room.office().mine(question.asker, limit=_MOST)
    lines = [f"{each.judged.card_name}: {_stands(each, room)}" for each in found]
    reply = Reply(
        text="\n".join(lines) or _NOTHING,
        intent="status",
        need=state.need,
        chips=answer.chips(state.need),
        offers=tuple(_open(each) for each in found[:3] if each.judged.card_url),
    )
    return reply, replace(state, unmet=False)


def _stands(request: AccessRequest, room: Room) -> str:
    return f"{words.status(request, today=room.today)} {words.next_step(request)}"


def _open(request: AccessRequest) -> Offer:
    return Offer(
        kind="open",
        label=f"Open {request.judged.card_name}",
        card_ids=(request.card_id,),
        url=request.judged.card_url,
    )
