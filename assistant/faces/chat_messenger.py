"""The office of requests as one person in a conversation uses it: what is read, what is done."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.access.commands import Command, DraftRequest, SaveAnswers
from assistant.access.office import Office
from assistant.access.values import AccessRequest, Answers, Refusal, RequestForm
from assistant.faces import elements_request as views
from assistant.faces.chat_forms import text
from assistant.need import Asker

EDITABLE = ("draft", "returned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Messenger:
    """Goes to the office for one person; the office checks who asks, what for, and if it may be."""

    office: Office
    asker: Asker

    async def mine(self) -> tuple[AccessRequest, ...]:
        """The person's newest requests."""
        return await asyncio.to_thread(self.office.mine, self.asker, limit=5)

    async def form(self, said: Mapping[str, object]) -> RequestForm | Refusal:
        """The form of the dataset that a press is about, with what was said in it."""
        card = text(said, "card")
        kept = await self.kept(text(said, "request"))
        before = kept.answers if kept is not None and kept.answers is not None else Answers()
        answers = views.read(said.get("answers"), before)
        return await asyncio.to_thread(self.office.form, card, self.asker, answers=answers)

    async def kept(self, request_id: str) -> AccessRequest | None:
        """A request that the person may read."""
        if not request_id:
            return None
        found = await asyncio.to_thread(self.office.read, request_id, self.asker)
        return found if isinstance(found, AccessRequest) else None

    async def draft(
        self, found: RequestForm, kept: AccessRequest | None, key: str = ""
    ) -> AccessRequest | Refusal:
        """Keep the answers as a draft, which nobody else sees."""
        if kept is not None and kept.state in EDITABLE:
            save = SaveAnswers(request_id=kept.id, answers=found.answers)
            return await self.do(save, key)
        return await self.do(DraftRequest(card_id=found.judged.card_id, answers=found.answers), key)

    async def do(self, command: Command, key: str) -> AccessRequest | Refusal:
        """Give one command; the same press twice does it once."""
        once = f"chat:{self.asker.id}:{key or uuid.uuid4().hex}"[:190]
        return await asyncio.to_thread(self.office.request, command, asker=self.asker, key=once)

    async def confirm(self, request_id: str, email: str) -> AccessRequest | Refusal:
        """Let a link be sent to an address, to make sure that it is the person's."""
        ask = self.office.person.ask_confirmation
        return await asyncio.to_thread(ask, request_id, email, asker=self.asker)
