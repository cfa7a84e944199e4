"""Pressed buttons: one function for each, and who may press which."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from assistant.access import words
from assistant.access.values import Refusal
from assistant.desk import UnknownDataset
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_commands as commands
from assistant.faces import slack_decisions as decisions
from assistant.faces import slack_home as home
from assistant.faces import slack_requests as requests
from assistant.faces import slack_watch as watching
from assistant.faces.slack_answers import Case, Means, ask, tell
from assistant.faces.slack_parts import Message

Values = Mapping[str, str]
NOT_YOURS = (
    "That button belongs to the conversation of somebody else. Ask me yourself: mention me, or "
    "use /datasets."
)
TOO_OLD = "That answer is too old to be shared. Ask again, then share the new one."


def run(means: Means, case: Case) -> None:
    """Do what a button says."""
    name = case.heard.action.split(".")[0]
    values = blocks.unpacked(case.heard.value)
    press = BUTTONS.get(name)
    if press is None:
        return
    if not may_press(case, values):
        tell(means, case, NOT_YOURS)
        return
    try:
        press(means, case, values)
    except UnknownDataset:
        tell(means, case, "That dataset is not in the catalogue any more.")


def may_press(case: Case, values: Values) -> bool:
    """Whether a button is everybody's, or this person's in this workspace."""
    user, conversation = values.get("u"), values.get("c")
    mine = user is None or user == case.heard.user
    return mine and (conversation is None or conversation.startswith(f"slack:{case.heard.team}:"))


def more(means: Means, case: Case, values: Values) -> None:
    """The next page of a list."""
    page = values.get("p", "0")
    ask(means, case, "more", conversation=values.get("c", ""), pressed=True,
        page=int(page) if page.isdecimal() else 0)  # fmt: skip


def say_it(means: Means, case: Case, values: Values) -> None:
    """Say the button's words in the conversation."""
    if values.get("s"):
        ask(means, case, values["s"], conversation=values.get("c", ""), pressed=True)


def terms(means: Means, case: Case, values: Values) -> None:
    """The terms of a card, to whoever pressed."""
    stored = means.desk.show(values.get("i", ""))
    if stored is None:
        raise UnknownDataset(values.get("i", ""))
    use = commands.use_of(means, values.get("w", ""))
    commands.show_terms(means, case, stored.card, use, means.desk.books.of(values.get("l", "en")))


def compare(means: Means, case: Case, values: Values) -> None:
    """A card beside another one."""
    pair = [values.get("i", ""), values.get("j", "")]
    commands.show_comparison(means, case, pair, means.desk.books.of(values.get("l", "en")))


def share(means: Means, case: Case, values: Values) -> None:
    """Show an answer, which its asker alone sees, to the channel."""
    kept = means.store.shown(values.get("k", ""))
    if kept is None:
        tell(means, case, TOO_OLD)
        return
    found = json.loads(kept)
    message = blocks.shared(
        Message(blocks=tuple(found["blocks"]), text=found["text"]), case.heard.user
    )
    case.begin()
    means.calls.answer(case.heard.reply_url, message, in_channel=True)


def ask_access(means: Means, case: Case, values: Values) -> None:
    """Open the form for a dataset."""
    requests.begin(means, case, values.get("i", ""))


def look(means: Means, case: Case, values: Values) -> None:
    """One request, to whoever may read it."""
    requests.status(means, case, values.get("r", ""))


def go_on(means: Means, case: Case, values: Values) -> None:
    """Open the form of a draft, or of a request that came back with a question."""
    found = means.desk.office.read(values.get("r", ""), case.asker)
    if isinstance(found, Refusal):
        tell(means, case, words.refusal(found))
    else:
        requests.begin(means, case, found.card_id)


def withdraw(means: Means, case: Case, values: Values) -> None:
    """Take a request back."""
    requests.withdraw(means, case, values.get("r", ""))


def decide(means: Means, case: Case, values: Values) -> None:
    """Open the form of a decision."""
    decisions.open_decision(means, case, case.heard.action, values.get("r", ""))


def keep(means: Means, case: Case, values: Values) -> None:
    """Keep a dataset in view."""
    done = means.desk.office.watches.save(values.get("i", ""), asker=case.asker)
    if isinstance(done, Refusal):
        tell(means, case, words.refusal(done))
    else:
        tell(means, case, "Saved; it is in my home tab." if done else "You have saved it already.")


def let_go(means: Means, case: Case, values: Values) -> None:
    """Let go of a saved dataset, and show the home tab without it."""
    means.desk.office.watches.unsave(values.get("i", ""), asker=case.asker)
    home.publish(means, case)


def end_watch(means: Means, case: Case, values: Values) -> None:
    """End a watch; for whoever made it."""
    watching.end(means, case, values.get("w", ""))


Press = Callable[[Means, Case, Values], None]
BUTTONS: Mapping[str, Press] = {
    "more": more,
    "say": say_it,
    "terms": terms,
    "compare": compare,
    "share": share,
    "request": ask_access,
    "keep": keep,
    "drop": let_go,
    "unwatch": end_watch,
    "look": look,
    "save": go_on,
    "withdraw": withdraw,
    "approve": decide,
    "reject": decide,
    "return": decide,
}
