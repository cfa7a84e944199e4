"""Chainlit's data layer over our own history and feedback: what is kept, of whom, and for whom.

Conversations are kept of people who signed in; of a visitor nothing is, but the thumbs they give.
"""

from __future__ import annotations

import json
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import chainlit as cl
from chainlit.context import ChainlitContextException, context
from chainlit.data.base import BaseDataLayer
from chainlit.data.utils import queue_until_user_message
from chainlit.element import Element, ElementDict
from chainlit.step import StepDict
from chainlit.types import (
    Feedback,
    PageInfo,
    PaginatedResponse,
    Pagination,
    ThreadDict,
    ThreadFilter,
)
from chainlit.user import PersistedUser

from assistant import feedback as thumbs
from assistant.desk import Desk
from assistant.history import Part, Thread

KEPT = "person:"
"""Ids of askers whose conversations are kept begin so."""
_ANSWERS = 5000
LAST_TURNS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a thumb is about."""

    asker: str
    turns: tuple[str, ...]
    shown: tuple[str, ...]


class UnknownAnswer(Exception):
    """A thumb on a message that is not known here."""

    def __init__(self) -> None:
        super().__init__("This answer is too old to be judged. Ask again, and judge that one.")


class ChatHistory(BaseDataLayer):  # type: ignore[misc]
    """What Chainlit calls to keep and find conversations; each call is handed to a thread."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def remember(self, steps: Sequence[str | None], answer: Answer) -> None:
        """Note what was answered to whom, so that a thumb can be understood.

        `steps`: the message, and the run that it is part of; Chainlit judges the run.
        """
        with self._lock:
            self._answers.update((step, answer) for step in steps if step is not None)
            while len(self._answers) > _ANSWERS:
                self._answers.popitem(last=False)

    def forget(self, asker: str) -> None:
        """Drop what is noted of this person."""
        with self._lock:
            for key in [key for key, one in self._answers.items() if one.asker == asker]:
                del self._answers[key]

    # People: identity knows them, nothing is kept of them here

    async def get_user(self, identifier: str) -> PersistedUser:
        """Everybody is known who has a cookie that we signed."""
        return PersistedUser(id=identifier, identifier=identifier, createdAt="")

    async def create_user(self, user: cl.User) -> PersistedUser:
        """As above."""
        return await self.get_user(user.identifier)

    # Thumbs

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Keep a thumb; raises `UnknownAnswer`."""
        kept: str = await cl.make_async(self._judge)(feedback)
        return kept

    def _judge(self, given: Feedback) -> str:
        answer = self._answers.get(given.forId) or self._kept_answer(given.forId)
        if answer is None:
            raise UnknownAnswer
        row = thumbs.Feedback(
            id=given.id or uuid.uuid4().hex,
            answer=given.forId,
            thumb="up" if given.value == 1 else "down",
            reason=given.comment or "",
            turns=answer.turns,
            shown=answer.shown,
            given_at=self._desk().clock(),
        )
        self._desk().feedback.record(row, asker=answer.asker)
        return row.id

    def _kept_answer(self, step_id: str) -> Answer | None:
        """Of a conversation that was opened again: the answer is the step or below it."""
        found = self._desk().history.part(step_id)
        body = json.loads(found[1].body) if found is not None else {}
        thread = self._desk().history.thread(str(body.get("threadId")))
        for part in thread.parts if thread is not None else ():
            step = json.loads(part.body)
            said = step.get("metadata")
            mine = step_id in (step.get("id"), step.get("parentId"))
            if found is not None and mine and isinstance(said, dict) and "turns" in said:
                turns, shown = tuple(said["turns"]), tuple(said["shown"])
                return Answer(asker=found[0], turns=turns, shown=shown)
        return None

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Take a thumb back."""
        return bool(await cl.make_async(self._desk().feedback.take_back)(feedback_id))

    # Conversations

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def create_element(self, element: Element) -> None:
        """Keep an element."""
        await self._keep(element.thread_id, element.id, "element", element.to_dict())

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Drop an element."""
        await self._drop(element_id)

    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """Elements are given with their thread only."""
        return None

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def create_step(self, step_dict: StepDict) -> None:
        """Keep a step."""
        await self._keep(str(step_dict.get("threadId")), step_dict["id"], "step", step_dict)

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def update_step(self, step_dict: StepDict) -> None:
        """Keep a step as it is now."""
        await self._keep(str(step_dict.get("threadId")), step_dict["id"], "step", step_dict)

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def delete_step(self, step_id: str) -> None:
        """Drop a step."""
        await self._drop(step_id)

    async def _keep(self, thread: str, part_id: str, kind: str, body: Mapping[str, object]) -> None:
        who = person()
        if who is None:
            return
        part = Part(
            id=part_id,
            kind="step" if kind == "step" else "element",
            body=json.dumps(body, ensure_ascii=False, default=str),
        )
        now = self._desk().clock()
        await cl.make_async(self._desk().history.put)(thread, part, asker=who, now=now)

    async def _drop(self, part_id: str) -> None:
        who = person()
        if who is not None:
            await cl.make_async(self._desk().history.drop)(part_id, asker=who)

    async def get_thread_author(self, thread_id: str) -> str:
        """Whose it is; empty: nobody's."""
        return await cl.make_async(self._desk().history.owner)(thread_id) or ""

    async def delete_thread(self, thread_id: str) -> None:
        """Delete a conversation; Chainlit has made sure that its owner asks."""
        history = self._desk().history
        owner = await cl.make_async(history.owner)(thread_id)
        if owner is not None:
            await cl.make_async(history.delete)(thread_id, asker=owner)

    async def list_threads(
        self, pagination: Pagination, filters: ThreadFilter
    ) -> PaginatedResponse[ThreadDict]:
        """One's own conversations, page by page."""
        first = min(pagination.first, 50)
        found: Sequence[Thread] = ()
        if filters.userId:
            found = await cl.make_async(self._desk().history.threads)(
                filters.userId, search=filters.search or "", limit=first + 1,
                after=pagination.cursor,
            )  # fmt: skip
        page = found[:first]
        ends = (page[0].id, page[-1].id) if page else (None, None)
        info = PageInfo(hasNextPage=len(found) > first, startCursor=ends[0], endCursor=ends[1])
        return PaginatedResponse(pageInfo=info, data=[thread_dict(each) for each in page])

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """A whole conversation; Chainlit compares its owner with who asks."""
        found = await cl.make_async(self._desk().history.thread)(thread_id)
        return None if found is None else thread_dict(found)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: Mapping[str, object] | None = None,
        tags: Sequence[str] | None = None,
    ) -> None:
        """Begin, name or note a conversation of somebody who signed in."""
        history = self._desk().history
        if user_id is not None and user_id.startswith(KEPT):
            now: datetime = self._desk().clock()
            await cl.make_async(history.begin)(thread_id, asker=user_id, name=name or "", now=now)
        owner = person() or await cl.make_async(history.owner)(thread_id)
        if owner is None:
            return
        if name:
            await cl.make_async(history.rename)(thread_id, name, asker=owner)
        if metadata is not None:
            state = json.dumps(metadata, ensure_ascii=False, default=str)
            await cl.make_async(history.keep_state)(thread_id, state, asker=owner)

    async def build_debug_url(self) -> str:
        """There is none."""
        return ""

    async def close(self) -> None:
        """The desk closes what it opened."""

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        """Favourites are switched off."""
        return []


def person() -> str | None:
    """The id of the one who speaks, if conversations of theirs are kept."""
    try:
        found = context.session.user
    except ChainlitContextException:
        return None
    return found.identifier if found and found.identifier.startswith(KEPT) else None


def thread_dict(thread: Thread) -> ThreadDict:
    """A conversation in Chainlit's shape."""
    bodies = [(part.kind, json.loads(part.body)) for part in thread.parts]
    return ThreadDict(
        id=thread.id,
        createdAt=thread.begun_at.isoformat(),
        name=thread.name,
        userId=thread.asker,
        userIdentifier=thread.asker,
        tags=[],
        metadata=json.loads(thread.state),
        steps=[body for kind, body in bodies if kind == "step"],
        elements=[body for kind, body in bodies if kind == "element"],
    )
