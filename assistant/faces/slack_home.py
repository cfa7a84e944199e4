"""The home tab: my requests, what waits for my decision, what I saved."""

from __future__ import annotations

from assistant.access.values import AccessRequest
from assistant.faces import render
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_parts as parts
from assistant.faces import slack_requests as requests
from assistant.faces.slack_answers import Case, Means
from assistant.faces.slack_parts import Block

LISTED = 10


def publish(means: Means, case: Case) -> None:
    """Put the person's own home tab up."""
    case.begin()
    body = {"user_id": case.heard.user, "view": view(means, case)}
    means.calls.call(case.installed, "views.publish", body)


def view(means: Means, case: Case) -> Block:
    """The whole tab."""
    office, asker = means.desk.office, case.asker
    body: list[Block] = [*parts.prose("Say /datasets help anywhere, or write to me directly.")]
    if asker.email is None:
        body += [*parts.prose(requests.NO_ADDRESS), *kept(means, case)]
        return {"type": "home", "blocks": body}
    body += part("My requests", office.mine(asker, limit=LISTED), "Nothing asked for yet.")
    waiting = office.waiting(asker, limit=LISTED)
    body += part("Waiting for my decision", waiting, "Nothing waits for you.")
    body += kept(means, case)
    return {"type": "home", "blocks": body[: parts.VIEW_BLOCKS]}


def kept(means: Means, case: Case) -> list[Block]:
    """The datasets that were saved."""
    body: list[Block] = [parts.header("Saved datasets")]
    for card_id in means.desk.office.watches.saved(case.asker)[:LISTED]:
        stored = means.desk.show(card_id)
        value = blocks.packed({"i": card_id})
        if stored is None or not value:
            continue
        card = stored.card
        name = parts.cut(render.clean(card.name) or card.id, 150)
        facts = f" · {parts.cut(render.licence_line(card), 80)}"
        title = parts.section(parts.link(name, card.url, bold=True), parts.words(facts))
        body.append(parts.rich(title))
        body += parts.actions(
            [
                parts.button("terms", "Terms", value),
                parts.button("request", "Request access", value),
                parts.button("drop", "Remove", value),
            ]
        )
    return body if len(body) > 1 else [*body, parts.note("Nothing saved yet.")]


def part(title: str, found: tuple[AccessRequest, ...], nothing: str) -> list[Block]:
    """One list of requests under its heading."""
    body: list[Block] = [parts.header(title)]
    if not found:
        return [*body, parts.note(nothing)]
    for each in found:
        text, *buttons = requests.line(each)
        for block in buttons:
            # The same request may stand in two lists; a block's name may not.
            block.pop("block_id", None)
        body += [text, *buttons]
    return body
