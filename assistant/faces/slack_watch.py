"""Watches of a channel: begun by a command, told by the deliveries, ended by who began them."""

from __future__ import annotations

from assistant.access import words
from assistant.access.messages import Watch
from assistant.access.values import Refusal
from assistant.faces import render
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_parts as parts
from assistant.faces.slack_answers import Case, Means, tell
from assistant.faces.slack_calls import SlackFailed
from assistant.faces.slack_parts import Block

OUTSIDE = ("not_in_channel", "channel_not_found", "is_archived")
LISTED = 20


def channel_of(case: Case) -> str:
    """The channel as deliveries name it: sender, workspace, conversation."""
    return f"slack:{case.installed.place}:{case.heard.channel}"


def watch(means: Means, case: Case, text: str) -> None:
    """Begin a watch here, or list the ones there are."""
    if not text:
        listed(means, case)
        return
    watches, channel = means.desk.office.watches, channel_of(case)
    before = {each.id for each in watches.of(case.asker)}
    made = watches.watch(text, asker=case.asker, channel=channel)
    if isinstance(made, Refusal):
        tell(means, case, words.refusal(made))
        return
    if made.id in before:
        tell(means, case, f"This channel is told of “{made.words}” already.")
        return
    said = f"From now on I tell here of new datasets for “{render.clean(made.words)}”."
    end = parts.button("unwatch", "End it", blocks.packed({"w": made.id, "u": case.heard.user}))
    message = parts.message([*parts.prose(said), *parts.actions([end])], said)
    case.begin()
    try:
        means.calls.post(case.installed, case.heard.channel, message)
    except SlackFailed as failed:
        watches.unwatch(made.id, asker=case.asker)
        if failed.error not in OUTSIDE:
            raise
        tell(means, case, "I am not in this channel, so I could not tell it anything. Invite me "
             "with /invite, then say it again.")  # fmt: skip


def unwatch(means: Means, case: Case, text: str) -> None:
    """End the watch with these words, or the only one that this person began here."""
    here = of_channel(means, case)
    wanted = [each for each in here if not text or each.words.casefold() == text.casefold()]
    if len(wanted) == 1:
        end(means, case, wanted[0].id)
    else:
        listed(means, case)


def of_channel(means: Means, case: Case) -> tuple[Watch, ...]:
    """What this person watches for in this channel."""
    found = means.desk.office.watches.of(case.asker)
    return tuple(each for each in found if each.channel == channel_of(case))


def listed(means: Means, case: Case) -> None:
    """The watches that this person began here, each with its end."""
    here = of_channel(means, case)
    if not here:
        tell(means, case, "You have begun no watch in this channel. For example: /datasets watch "
             "Welsh speech")  # fmt: skip
        return
    buttons: list[Block] = [
        parts.button(f"unwatch.{place}", f"End “{render.clean(each.words)}”",
                     blocks.packed({"w": each.id, "u": case.heard.user}))
        for place, each in enumerate(here[:LISTED])
    ]  # fmt: skip
    tell(means, case, "This channel is told of new datasets for:", *buttons)


def end(means: Means, case: Case, watch_id: str) -> None:
    """End a watch of this person."""
    gone = means.desk.office.watches.unwatch(watch_id, asker=case.asker)
    tell(means, case, "Ended." if gone else "There is no such watch of yours any more.")
