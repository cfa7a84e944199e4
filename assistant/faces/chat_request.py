"""Asking for access inside the chat: what is missing, a review, a person's own confirm, the state.

Each press comes from a browser and is believed in nothing: the office checks who asks, what for
and whether it may be done now. What is shown is one element that changes as the request does.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import chainlit as cl
from chainlit.session import WebsocketSession

from assistant.access import form as asking
from assistant.access import letter_paste, words
from assistant.access.commands import (
    AcceptTerms,
    Command,
    DraftRequest,
    HandOver,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.values import AccessRequest, Answers, Refusal, RequestForm
from assistant.faces import elements_request as views
from assistant.faces import render
from assistant.faces.chat_forms import form_of, forms, text, watched
from assistant.faces.chat_messenger import EDITABLE, Messenger
from assistant.faces.elements_labels import Props
from assistant.phrases import ENGLISH, Phrases
from assistant.use import Use

SOON_S, LATER_S, SOON_FOR_S = 2.0, 20.0, 600.0
"""How often an open chat looks for the owner's decision: at first, and when it takes longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One person at the office's counter, in one conversation."""

    messenger: Messenger
    clock: Callable[[], datetime]
    phrases: Phrases = ENGLISH

    async def begin(self, card_id: str, use: Use) -> None:
        """Show the form for a dataset, or the request that the person already has for it."""
        earlier = next(iter(await self.messenger.mine()), None)
        answers = views.known(use, earlier.answers if earlier is not None else None)
        found = await asyncio.to_thread(
            self.messenger.office.form, card_id, self.messenger.asker, answers=answers
        )
        if isinstance(found, Refusal):
            await cl.Message(content=render.escape(self._refused(found))).send()
        elif found.open is not None:
            await self._show(None, await self._view_of(found.open))
            self._watch(found.open)
        elif found.judged.route == "public":
            await self._show(None, views.open_to_all(found, self.phrases))
        elif found.missing:
            await self._show(None, views.fill(found, phrases=self.phrases))
        else:
            await self._review(None, found, await self.messenger.draft(found, None))

    async def list(self) -> None:
        """Where each of the person's requests stands."""
        for request in await self.messenger.mine():
            await self._show(None, await self._view_of(request))
            self._watch(request)

    async def step(self, said: Mapping[str, object]) -> None:
        """What was pressed in the element."""
        steps = {
            "fill": self._filled, "change": self._change, "send": self._send,
            "address": self._address, "withdraw": self._withdraw, "again": self._again,
            "look": self._look,
        }  # fmt: skip
        step = steps.get(text(said, "step"))
        if step is not None:
            await step(said)

    async def _filled(self, said: Mapping[str, object]) -> None:
        """The form was filled in: review it, or say what is still missing."""
        form = text(said, "form")
        found = await self.messenger.form(said)
        if isinstance(found, Refusal):
            await self._note(form, self._refused(found))
            return
        if found.missing:
            asked = asking.missing(found.judged, found.answers, self.phrases)
            names = "; ".join(ask.question for ask in asked)
            note = self.phrases.say("asked_missing", names=names)
            await self._show(form, views.fill(found, note=note, phrases=self.phrases))
            return
        await self._review(
            form, found, await self.messenger.draft(found, found.open, text(said, "key"))
        )

    async def _change(self, said: Mapping[str, object]) -> None:
        """Back to the form, with everything on it."""
        found = await self.messenger.form(said)
        if isinstance(found, Refusal):
            await self._note(text(said, "form"), self._refused(found))
        else:
            asked = found.open.question if found.open is not None else ""
            told = self.phrases.say("asked_by_owner", question=render.clean(asked))
            await self._refill(text(said, "form"), found, told if asked else "")

    async def _review(
        self, form: str | None, found: RequestForm, kept: AccessRequest | Refusal, note: str = ""
    ) -> None:
        if isinstance(kept, Refusal):
            await self._refill(form, found, self._refused(kept))
        else:
            await self._show(form, views.review(kept, found, note=note, phrases=self.phrases))

    async def _refill(self, form: str | None, found: RequestForm, note: str) -> None:
        """The form with everything on it."""
        filled = views.fill(found, note=note, everything=True, phrases=self.phrases)
        await self._show(form, filled)

    def _refused(self, refused: Refusal) -> str:
        """Why something was not done."""
        return words.refusal(refused, self.phrases)

    async def _send(self, said: Mapping[str, object]) -> None:
        """The person's own confirm: accept what was ticked, then file or hand over."""
        request_id, form, key = text(said, "request"), text(said, "form"), text(said, "key")
        ticked = said.get("accepted")
        accepted = tuple(
            (str(name), str(sha))
            for name, sha in (ticked.items() if isinstance(ticked, Mapping) else ())
        )
        shown = text(said, "fingerprint")
        done = await self.messenger.do(
            AcceptTerms(
                request_id=request_id,
                accepted=accepted,
                price_agreed=said.get("price_agreed") is True,
                fingerprint=shown,
            ),
            f"{key}:accept",
        )
        if isinstance(done, AccessRequest):
            command: Command = SubmitRequest(request_id=request_id, fingerprint=shown)
            if said.get("here") is not True:
                command = HandOver(request_id=request_id)
            done = await self.messenger.do(command, f"{key}:send")
        if isinstance(done, AccessRequest):
            await self._show(form, await self._view_of(done))
            self._watch(done, form)
            return
        kept = await self.messenger.kept(request_id)
        if kept is not None and done.kind in ("not_confirmed", "sign_in"):
            await self._show(form, views.address(kept, phrases=self.phrases))
            return
        await self._look(said, note=self._refused(done))

    async def _look(self, said: Mapping[str, object], note: str = "") -> None:
        """The request as it is now, for review or as it stands."""
        form, kept = text(said, "form"), await self.messenger.kept(text(said, "request"))
        if kept is None:
            await self._note(form, self._refused(Refusal(kind="not_found")))
        elif kept.state in EDITABLE:
            await self._show_review(form, kept, note)
        else:
            await self._show(form, await self._view_of(kept))

    async def _show_review(self, form: str | None, kept: AccessRequest, note: str) -> None:
        found = await asyncio.to_thread(
            self.messenger.office.form,
            kept.card_id,
            self.messenger.asker,
            answers=kept.answers or Answers(),
        )
        if isinstance(found, Refusal):
            await self._note(form, self._refused(found))
        else:
            await self._show(form, views.review(kept, found, note=note, phrases=self.phrases))

    async def _address(self, said: Mapping[str, object]) -> None:
        """Send a link to the address that a visitor gives; the browser that opens it signs in."""
        request_id, form = text(said, "request"), text(said, "form")
        email = text(said, "email")
        done = await self.messenger.confirm(request_id, email)
        kept = await self.messenger.kept(request_id)
        if kept is None:
            await self._note(form, self._refused(Refusal(kind="not_found")))
        elif isinstance(done, Refusal):
            await self._show(
                form, views.address(kept, note=self._refused(done), phrases=self.phrases)
            )
        else:
            await self._show(
                form, views.address(kept, told=render.clean(email), phrases=self.phrases)
            )

    async def _withdraw(self, said: Mapping[str, object]) -> None:
        withdraw = WithdrawRequest(request_id=text(said, "request"))
        done = await self.messenger.do(withdraw, text(said, "key"))
        note = self._refused(done) if isinstance(done, Refusal) else ""
        await self._look(said, note=note)

    async def _again(self, said: Mapping[str, object]) -> None:
        """A new request that points to the finished one."""
        kept = await self.messenger.kept(text(said, "request"))
        if kept is None:
            await self._note(text(said, "form"), self._refused(Refusal(kind="not_found")))
            return
        draft = DraftRequest(
            card_id=kept.card_id, answers=kept.answers or Answers(), previous=kept.id
        )
        done = await self.messenger.do(draft, text(said, "key"))
        if isinstance(done, Refusal):
            await self._note(text(said, "form"), self._refused(done))
        else:
            await self._show_review(text(said, "form"), done, "")

    async def _view_of(self, request: AccessRequest) -> Props:
        letter = letter_paste.to_paste(request) if request.state == "handed_over" else ""
        return views.standing(
            request, today=self.clock().date(), letter=letter, phrases=self.phrases
        )

    async def _note(self, form: str | None, note: str) -> None:
        """A word on what was not done, where the person looks."""
        shown = forms().get(form or "")
        if shown is None:
            await cl.Message(content=render.escape(note)).send()
            return
        await self._show(form, {**shown.props, "note": note})

    async def _show(self, form: str | None, view: Props) -> None:
        """The view in its element, or in a new one."""
        kept = forms()
        shown = kept.get(form or "")
        name = form if shown is not None and form else uuid.uuid4().hex
        props = {**view, "form": name, "key": uuid.uuid4().hex}
        if shown is not None:
            shown.props = props
            shown.content = json.dumps(props)
            await shown.update()
            return
        element = cl.CustomElement(name="Request", props=props, display="inline")
        kept[name] = element
        await cl.Message(content="", elements=[element]).send()

    def _watch(self, request: AccessRequest, form: str | None = None) -> None:
        """Look for changes until the request is over or the conversation is."""
        if request.is_open and request.id not in watched():
            watched().add(request.id)
            task = asyncio.create_task(self._follow(request, form))
            cl.user_session.set("following", [*(cl.user_session.get("following") or []), task])

    async def _follow(self, request: AccessRequest, form: str | None) -> None:
        """Tell in the open chat what the owner does."""
        session, seen, passed = cl.context.session.id, request.state, 0.0
        while WebsocketSession.get_by_id(session) is not None:
            wait = SOON_S if passed < SOON_FOR_S else LATER_S
            await asyncio.sleep(wait)
            passed += wait
            now = await self.messenger.kept(request.id)
            if now is None:
                return
            if now.state != seen:
                seen, passed = now.state, 0.0
                if now.decided_by != self.messenger.asker.id and now.state not in (
                    "draft",
                    "withdrawn",
                ):
                    told = words.status(now, today=self.clock().date(), phrases=self.phrases)
                    await cl.Message(content=render.escape(told)).send()
                await self._show(form or form_of(request.id), await self._view_of(now))
            if not now.is_open:
                watched().discard(request.id)
                return
