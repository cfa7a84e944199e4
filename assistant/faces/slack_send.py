"""Tells people and channels in Slack what the outbox holds: a way of the deliveries."""

from __future__ import annotations

from assistant.access.deliver import DeliveryFailed, NobodyThere
from assistant.access.messages import News, news_of
from assistant.access.outbox import Outgoing
from assistant.access.paper import Message as Letter
from assistant.access.values import Refusal
from assistant.faces import render
from assistant.faces import slack_parts as parts
from assistant.faces import slack_requests as requests
from assistant.faces.slack import SlackFace
from assistant.faces.slack_calls import LetGo, SlackFailed
from assistant.faces.slack_heard import Heard
from assistant.faces.slack_parts import Message
from assistant.faces.slack_people import Member, asker_of
from assistant.faces.slack_store import Installation
from assistant.need import Asker

FOR_GOOD = frozenset({
    "channel_not_found", "is_archived", "not_in_channel", "user_not_found", "user_disabled",
    "restricted_action", "messages_tab_disabled", "cannot_dm_bot", "invalid_blocks",
})  # fmt: skip
"""Errors after which another try cannot help."""


class SlackSender:
    """A `deliver.Sender`: to a person as a direct message, to a channel that watches."""

    def __init__(self, face: SlackFace) -> None:
        self._face = face

    def send(self, outgoing: Outgoing, address: str, message: Letter) -> None:
        """Tell it; `address` is an e-mail address, or "workspace:channel" of a watch.

        Raises:
            DeliveryFailed: Slack did not take it.
            NobodyThere: nobody in a workspace of ours has this confirmed address.
        """
        try:
            if outgoing.address == "place":
                self._to_channel(outgoing, address)
            else:
                self._to_person(outgoing, address, message)
        except LetGo as gone:
            raise DeliveryFailed(f"Slack: {gone.error}", permanent=True) from gone
        except SlackFailed as failed:
            permanent = failed.error in FOR_GOOD
            raise DeliveryFailed(f"Slack: {failed.error}", permanent=permanent) from failed

    def _to_channel(self, outgoing: Outgoing, address: str) -> None:
        place, _, channel = address.partition(":")
        given = self._face.find(Heard(kind="message", key="", team=place, enterprise=place))
        if given is None:
            raise DeliveryFailed("Slack: the app is not installed there any more", permanent=True)
        self._face.calls.post(given, channel, news_message(news_of(outgoing.payload)))

    def _to_person(self, outgoing: Outgoing, email: str, message: Letter) -> None:
        found = self._member(email)
        if found is None or outgoing.request_id is None:
            raise NobodyThere
        given, member = found
        asker = Asker(id=asker_of(given, member).id, role="person", email=email)
        request = self._face.means.desk.office.read(outgoing.request_id, asker)
        if isinstance(request, Refusal):
            raise NobodyThere
        today = self._face.means.clock().date()
        said = requests.request_message(request, today, heading=message.subject)
        self._face.calls.direct(given, member.user, said)

    def _member(self, email: str) -> tuple[Installation, Member] | None:
        """The first member with this confirmed address."""
        for given in self._face.installations():
            try:
                member = self._face.means.people.with_email(given, email)
            except LetGo:
                self._face.store.uninstall(given.place)
                continue
            if member is not None:
                return given, member
        return None


def news_message(news: News) -> Message:
    """New datasets for a watch."""
    title = f"New for “{render.clean(news.watch)}”"
    body = [parts.header(title)]
    for match in news.matches:
        name = parts.cut(render.clean(match.name), 200)
        note = f" · {parts.cut(render.clean(match.note), 300)}" if match.note else ""
        body.append(parts.rich(parts.section(parts.link(name, match.url, bold=True),
                                             parts.words(note or " "))))  # fmt: skip
    if news.total > len(news.matches):
        body.append(parts.note(f"and {news.total - len(news.matches)} more"))
    named = "; ".join(match.name for match in news.matches)
    return parts.message(body, f"{title}: {named}")
