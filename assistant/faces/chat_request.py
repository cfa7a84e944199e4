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

from assistant.access import letter_paste, words
from assistant.access.commands import (
    AcceptTerms,
    Command,
    DraftRequest,
    HandOver,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.office import Office
from assistant.access.values import AccessRequest, Answers, Refusal, RequestForm
from assistant.faces import elements_request as views
from assistant.faces import render
from assistant.faces.chat_forms import form_of, forms, text, watched
from assistant.need import Asker
from assistant.use import Use

SOON_S, LATER_S, SOON_FOR_S = 2.0, 20.0, 600.0
"""How often an open chat looks for the owner's decision: at first, and when it takes longer."""
EDITABLE = ("draft", "returned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One person at the office's counter, in one conversation."""

    office: Office
    asker: Asker
    clock: Callable[[], datetime]

    async def begin(self, card_id: str, use: Use) -> None:
        """Show the form for a dataset, or the request that the person already has for it."""
        earlier = next(iter(await self._mine()), None)
        answers = views.known(use, earlier.answers if earlier is not None else None)
        found = await asyncio.to_thread(self.office.form, card_id, self.asker, answers=answers)
        if isinstance(found, Refusal):
            await cl.Message(content=render.escape(words.refusal(found))).send()
        elif found.open is not None:
            await self._show(None, await self._view_of(found.open))
            self._watch(found.open)
        elif found.judged.route == "public":
            await self._show(None, views.open_to_all(found))
        elif found.missing:
            await self._show(None, views.fill(found))
        else:
            await self._review(None, found, await self._draft(found, None))

    async def list(self) -> None:
        """Where each of the person's requests stands."""
        for request in await self._mine():
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

    async def _mine(self) -> tuple[AccessRequest, ...]:
        return await asyncio.to_thread(self.office.mine, self.asker, limit=5)

    async def _filled(self, said: Mapping[str, object]) -> None:
        """The form was filled in: review it, or say what is still missing."""
        form = text(said, "form")
        found = await self._form(said)
        if isinstance(found, Refusal):
            await self._note(form, words.refusal(found))
            return
        if found.missing:
            names = "; ".join(ask.question for ask in found.missing)
            await self._show(form, views.fill(found, note=f"Still missing: {names}"))
            return
        await self._review(form, found, await self._draft(found, found.open, text(said, "key")))

    async def _change(self, said: Mapping[str, object]) -> None:
        """Back to the form, with everything on it."""
        found = await self._form(said)
        if isinstance(found, Refusal):
            await self._note(text(said, "form"), words.refusal(found))
        else:
            asked = found.open.question if found.open is not None else ""
            note = f"The owner asks: {render.clean(asked)}" if asked else ""
            await self._show(text(said, "form"), views.fill(found, note=note, everything=True))

    async def _form(self, said: Mapping[str, object]) -> RequestForm | Refusal:
        card = text(said, "card")
        kept = await self._kept(text(said, "request"))
        before = kept.answers if kept is not None and kept.answers is not None else Answers()
        answers = views.read(said.get("answers"), before)
        return await asyncio.to_thread(self.office.form, card, self.asker, answers=answers)

    async def _kept(self, request_id: str) -> AccessRequest | None:
        if not request_id:
            return None
        found = await asyncio.to_thread(self.office.read, request_id, self.asker)
        return found if isinstance(found, AccessRequest) else None

    async def _draft(
        self, found: RequestForm, kept: AccessRequest | None, key: str = ""
    ) -> AccessRequest | Refusal:
        """Keep the answers as a draft, which nobody else sees."""
        if kept is not None and kept.state in EDITABLE:
            save = SaveAnswers(request_id=kept.id, answers=found.answers)
            return await self._do(save, key)
        return await self._do(
            DraftRequest(card_id=found.judged.card_id, answers=found.answers), key
        )

    async def _review(
        self, form: str | None, found: RequestForm, kept: AccessRequest | Refusal, note: str = ""
    ) -> None:
        if isinstance(kept, Refusal):
            await self._show(form, views.fill(found, note=words.refusal(kept), everything=True))
        else:
            await self._show(form, views.review(kept, found, note=note))

    async def _send(self, said: Mapping[str, object]) -> None:
        """The person's own confirm: accept what was ticked, then file or hand over."""
        request_id, form, key = text(said, "request"), text(said, "form"), text(said, "key")
        ticked = said.get("accepted")
        accepted = tuple(
            (str(name), str(sha))
            for name, sha in (ticked.items() if isinstance(ticked, Mapping) else ())
        )
        shown = text(said, "fingerprint")
        done = await self._do(
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
            done = await self._do(command, f"{key}:send")
        if isinstance(done, AccessRequest):
            await self._show(form, await self._view_of(done))
            self._watch(done, form)
            return
        kept = await self._kept(request_id)
        if kept is not None and done.kind in ("not_confirmed", "sign_in"):
            await self._show(form, views.address(kept))
            return
        await self._look(said, note=words.refusal(done))

    async def _look(self, said: Mapping[str, object], note: str = "") -> None:
        """The request as it is now, for review or as it stands."""
        form, kept = text(said, "form"), await self._kept(text(said, "request"))
        if kept is None:
            await self._note(form, words.refusal(Refusal(kind="not_found")))
        elif kept.state in EDITABLE:
            await self._show_review(form, kept, note)
        else:
            await self._show(form, await self._view_of(kept))

    async def _show_review(self, form: str | None, kept: AccessRequest, note: str) -> None:
        found = await asyncio.to_thread(
            self.office.form, kept.card_id, self.asker, answers=kept.answers or Answers()
        )
        if isinstance(found, Refusal):
            await self._note(form, words.refusal(found))
        else:
            await self._show(form, views.review(kept, found, note=note))

    async def _address(self, said: Mapping[str, object]) -> None:
        """Send a link to the address that a visitor gives; the browser that opens it signs in."""
        request_id, form = text(said, "request"), text(said, "form")
        email = text(said, "email")
        done = await asyncio.to_thread(
            self.office.person.ask_confirmation, request_id, email, asker=self.asker
        )
        kept = await self._kept(request_id)
        if kept is None:
            await self._note(form, words.refusal(Refusal(kind="not_found")))
        elif isinstance(done, Refusal):
            await self._show(form, views.address(kept, note=words.refusal(done)))
        else:
            await self._show(form, views.address(kept, told=render.clean(email)))

    async def _withdraw(self, said: Mapping[str, object]) -> None:
        withdraw = WithdrawRequest(request_id=text(said, "request"))
        done = await self._do(withdraw, text(said, "key"))
        note = words.refusal(done) if isinstance(done, Refusal) else ""
        await self._look(said, note=note)

    async def _again(self, said: Mapping[str, object]) -> None:
        """A new request that points to the finished one."""
        kept = await self._kept(text(said, "request"))
        if kept is None:
            await self._note(text(said, "form"), words.refusal(Refusal(kind="not_found")))
            return
        draft = DraftRequest(
            card_id=kept.card_id, answers=kept.answers or Answers(), previous=kept.id
        )
        done = await self._do(draft, text(said, "key"))
        if isinstance(done, Refusal):
            await self._note(text(said, "form"), words.refusal(done))
        else:
            await self._show_review(text(said, "form"), done, "")

    async def _do(self, command: Command, key: str) -> AccessRequest | Refusal:
        """Give one command; the same press twice does it once."""
        once = f"chat:{self.asker.id}:{key or uuid.uuid4().hex}"[:190]
        return await asyncio.to_thread(self.office.request, command, asker=self.asker, key=once)

    async def _view_of(self, request: AccessRequest) -> views.Props:
        letter = letter_paste.to_paste(request) if request.state == "handed_over" else ""
        return views.standing(request, today=self.clock().date(), letter=letter)

    async def _note(self, form: str | None, note: str) -> None:
        """A word on what was not done, where the person looks."""
        shown = forms().get(form or "")
        if shown is None:
            await cl.Message(content=render.escape(note)).send()
            return
        await self._show(form, {**shown.props, "note": note})

    async def _show(self, form: str | None, view: views.Props) -> None:
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
            now = await self._kept(request.id)
            if now is None:
                return
            if now.state != seen:
                seen, passed = now.state, 0.0
                if now.decided_by != self.asker.id and now.state not in ("draft", "withdrawn"):
                    told = words.status(now, today=self.clock().date())
                    await cl.Message(content=render.escape(told)).send()
                await self._show(form or form_of(request.id), await self._view_of(now))
            if not now.is_open:
                watched().discard(request.id)
                return
