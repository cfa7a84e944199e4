"""Does one thing that was heard: who said it, may they, and which room of the face answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from assistant.faces import slack_buttons, slack_commands, slack_decisions, slack_home
from assistant.faces.slack_answers import Case, Means, ask, spoken, tell
from assistant.faces.slack_calls import LetGo, SlackFailed
from assistant.faces.slack_heard import Heard, Kind
from assistant.faces.slack_people import Member, asker_of
from assistant.faces.slack_store import Installation

LOG = logging.getLogger("dataset_assistant.slack")
PROMPTS = (
    ("Welsh speech for a product", "Welsh speech I can use in a product"),
    ("Text to speech in Swahili", "Swahili voice data to train a text to speech model"),
    ("Languages of Kenya", "Which languages of Kenya have more than 10 hours of speech?"),
    ("Public domain, 100 hours", "Speech with at least 100 validated hours, CC0"),
)
"""Slack shows four at most."""
GREETING = "Tell me what the data is for, and I look through the catalogue."
LOOKING = "is looking through the catalogue …"
SORRY = (
    "That did not work: an error on our side, which is now in the server's log. Please try again."
)
NOT_INSTALLED = "I am not installed in this workspace. Ask who manages its apps to install me."

Find = Callable[[Heard], Installation | None]


class Clerk:
    """Answers what was heard; safe to use from many threads."""

    def __init__(self, means: Means, find: Find) -> None:
        self._means = means
        self._find = find

    def work(self, heard: Heard, begin: Callable[[], None]) -> None:
        """Do one thing, and tell the person when it fails."""
        try:
            given = self._find(heard)
            if given is not None:
                self._in_place(heard, given, begin)
            else:
                LOG.warning("%s from workspace %s: not installed there", heard.kind, heard.team)
        except SlackFailed as failed:
            LOG.error("%s in workspace %s is not answered: %s", heard.kind, heard.team, failed)

    def _in_place(self, heard: Heard, given: Installation, begin: Callable[[], None]) -> None:
        try:
            self._for_member(heard, given, begin)
        except LetGo as gone:
            LOG.warning("workspace %s let us go: %s", given.place, gone)
            self._means.store.uninstall(given.place)

    def _for_member(self, heard: Heard, given: Installation, begin: Callable[[], None]) -> None:
        if heard.kind == "uninstalled":
            self._means.store.uninstall(given.place)
            LOG.info("uninstalled from workspace %s", given.place)
            return
        member = self._means.people.member(given, heard.user)
        case = Case(heard=heard, installed=given, asker=asker_of(given, member), begin=begin)
        if member.refused:
            self._refuse(case, member)
            return
        try:
            self._do(case)
        except SlackFailed:
            raise
        except Exception:
            # The edge of the face: whatever failed below, the person is told.
            LOG.exception("%s of %s failed", heard.kind, case.asker.id)
            tell(self._means, case, SORRY)

    def _refuse(self, case: Case, member: Member) -> None:
        if case.heard.kind in ("command", "mention", "message", "button"):
            tell(self._means, case, member.refused)

    def _do(self, case: Case) -> None:
        steps: dict[Kind, Callable[[], None]] = {
            "command": lambda: slack_commands.run(self._means, case),
            "button": lambda: slack_buttons.run(self._means, case),
            "form": lambda: self._form(case),
            "mention": lambda: self._talk(case),
            "message": lambda: self._talk(case),
            "pane": lambda: self._welcome(case),
            "home": lambda: slack_home.publish(self._means, case),
        }
        step = steps.get(case.heard.kind)
        if step is not None:
            step()

    def _form(self, case: Case) -> None:
        step = slack_decisions.FORMS.get(case.heard.action)
        if step is not None:
            step(self._means, case)

    def _talk(self, case: Case) -> None:
        words = spoken(case.heard.text)
        if case.heard.kind == "message":
            self._status(case)
        if words:
            ask(self._means, case, words)
        else:
            tell(self._means, case, slack_commands.HELP)

    def _status(self, case: Case) -> None:
        """Show in the side panel that work goes on; elsewhere there is no such line."""
        if not case.heard.thread:
            return
        body = {"channel_id": case.heard.channel, "thread_ts": case.heard.thread, "status": LOOKING}
        self._in_pane(case, "assistant.threads.setStatus", body)

    def _welcome(self, case: Case) -> None:
        """Greet in the side panel, with questions to begin with."""
        heard = case.heard
        tell(self._means, case, GREETING)
        prompts = [{"title": title, "message": words} for title, words in PROMPTS]
        body = {"channel_id": heard.channel, "thread_ts": heard.thread, "prompts": prompts}
        self._in_pane(case, "assistant.threads.setSuggestedPrompts", body)

    def _in_pane(self, case: Case, method: str, body: Mapping[str, object]) -> None:
        try:
            self._means.calls.call(case.installed, method, body)
        except LetGo:
            raise
        except SlackFailed as failed:
            # A workspace without the panel, or a thread outside of it.
            LOG.info("%s: no side panel here (%s)", method, failed.error)
