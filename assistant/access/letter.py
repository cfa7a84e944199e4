"""What each message says: subject, plain text and HTML, for owners and requesters. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.access.letter_parts import about, dataset, requested, who
from assistant.access.messages import Facts, OutgoingKind
from assistant.access.paper import (
    Items,
    Link,
    Message,
    Part,
    Said,
    Words,
    message,
    one_line,
    web_address,
)

_FOOTER = "Sent by {site}. Replies to this message are not read; use the link instead."
_NOT_YOU = "If this was not you, do nothing: without the link nothing happens."
Draft = tuple[str, list[Part]]
"""Subject and parts."""


def write(facts: Facts, *, site: str) -> Message:
    """The message of these facts; `site` is what the installation calls itself."""
    subject, parts = _LETTERS[facts.kind](facts)
    return message(subject, parts, footer=_FOOTER.format(site=site))


def _submitted(facts: Facts) -> Draft:
    request = requested(facts)
    if request.state == "approved":
        opening = (
            f"{who(request)} asked for access to “{dataset(facts)}”. Your rule for this dataset "
            "approved it; you need not do anything, and can revoke it at any time."
        )
        return f"Approved by your rule: {dataset(facts)}", [
            Words(opening), *about(request), Link("Open the request", facts.link),
        ]  # fmt: skip
    return f"Access request: {dataset(facts)}", [
        Words(f"{who(request)} asks for access to “{dataset(facts)}”. You decide."),
        *about(request),
        Link("Read it and decide", facts.link),
        Words("Opening the link decides nothing: the page asks you first."),
    ]


def _decided(facts: Facts) -> Draft:
    request = requested(facts)
    name = dataset(facts)
    said: list[Part] = [
        Said("Conditions", request.conditions), Said("Reason", request.reason),
    ]  # fmt: skip
    open_request = Link("Open the request", facts.link)
    if request.state == "approved":
        until = f" until {request.until:%d %B %Y}" if request.until else ""
        parts: list[Part] = [Words(f"You have access to “{name}”{until}."), *said]
        address = web_address(request.judged.card_url)
        if address:
            parts.append(Link("Go to the dataset", address))
        return f"Access granted: {name}", [*parts, open_request]
    if request.state == "revoked":
        opening = f"Your access to “{name}” was ended by its owner."
        return f"Access ended: {name}", [Words(opening), *said, open_request]
    opening = f"The owner of “{name}” did not grant access. You can ask again."
    return f"Access not granted: {name}", [Words(opening), *said, open_request]


def _returned(facts: Facts) -> Draft:
    return f"A question about your request: {dataset(facts)}", [
        Words(f"The owner of “{dataset(facts)}” wants to know more before deciding."),
        Said("The owner's question", requested(facts).question),
        Link("Answer", facts.link),
    ]


def _withdrawn(facts: Facts) -> Draft:
    request = requested(facts)
    return f"Request withdrawn: {dataset(facts)}", [
        Words(
            f"{who(request)} withdrew the request for “{dataset(facts)}”. Nothing is to be done."
        ),
        Said("Reason", request.reason),
    ]


def _terms_changed(facts: Facts) -> Draft:
    request = requested(facts)
    gone = request.terms_change is not None and request.terms_change.what == "withdrawn"
    what = (
        f"“{dataset(facts)}” was taken out of its catalogue"
        if gone
        else f"The terms or the price of “{dataset(facts)}” changed"
    )
    if facts.side == "owner":
        next_move = (
            f"{what}, and {who(request)} asked for it on the earlier ones. The request keeps "
            "those; neither a request nor an approval is changed by this. Please look at it."
        )
    elif request.state == "approved":
        next_move = f"{what}. Your approval was for the earlier ones and stays as it is."
    else:
        next_move = (
            f"{what} since you asked. Nothing is filed on terms that you have not seen: "
            "please look at them and confirm, or withdraw the request."
        )
    subject = "Dataset withdrawn" if gone else "Terms changed"
    return f"{subject}: {dataset(facts)}", [Words(next_move), Link("See what changed", facts.link)]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _reminder_owner(facts: Facts) -> Draft:
    request = requested(facts)
    return f"Still waiting for you: {dataset(facts)}", [
        Words(
            f"{who(request)} asked for access to “{dataset(facts)}” {_days(facts.days)} ago, and "
            "the request waits for your decision."
        ),
        *about(request),
        Link("Read it and decide", facts.link),
        Words("Opening the link decides nothing: the page asks you first."),
    ]


def _reminder_requester(facts: Facts) -> Draft:
    request = requested(facts)
    day = f" is granted until {request.until:%d %B %Y} and" if request.until else ""
    return f"Access ends soon: {dataset(facts)}", [
        Words(
            f"Your access to “{dataset(facts)}”{day} ends in {_days(facts.days)}. You can ask its "
            "owner for more time until then."
        ),
        Link("Ask for more time", facts.link),
    ]


def _reminder_draft(facts: Facts) -> Draft:
    return f"Not sent yet: {dataset(facts)}", [
        Words(
            f"You began a request for “{dataset(facts)}” and did not send it. It is closed in "
            f"{_days(facts.days)} unless you go on with it."
        ),
        Link("Go on with it", facts.link),
    ]


def _expired(facts: Facts) -> Draft:
    request = requested(facts)
    if facts.side == "owner":
        opening = f"The access of {who(request)} to “{dataset(facts)}” has ended as granted."
        return f"Access ended: {dataset(facts)}", [Words(opening), Link("The request", facts.link)]
    if request.submitted_at is None:
        opening = f"Your unsent request for “{dataset(facts)}” was closed. You can begin a new one."
        return f"Draft closed: {dataset(facts)}", [Words(opening), Link("Requests", facts.link)]
    opening = f"Your access to “{dataset(facts)}” has ended. You can ask for it again."
    return f"Access ended: {dataset(facts)}", [Words(opening), Link("Open the request", facts.link)]


def _confirm_address(facts: Facts) -> Draft:
    about = f" for “{dataset(facts)}”" if facts.request is not None else ""
    return "Please confirm your e-mail address", [
        Words(
            f"Somebody began an access request{about} and gave this address. If it was you, "
            "confirm it; the page asks you once more, and nothing is filed before you say so."
        ),
        Link("Confirm the address", facts.link),
        Words(f"The link works once, for {facts.valid}. {_NOT_YOU}"),
    ]


def _sign_in(facts: Facts) -> Draft:
    return "Your sign-in link", [
        Words("Somebody asked to sign in with this address. If it was you, open this page:"),
        Link("Sign in", facts.link),
        Words(f"The link works once, for {facts.valid}. {_NOT_YOU}"),
    ]


def _watch_match(facts: Facts) -> Draft:
    news = facts.news
    if news is None:
        raise ValueError("A message of a watch needs its news, and none was given.")
    several = "A new dataset" if news.total == 1 else f"{news.total} new datasets"
    items = [
        (f"{match.name}: {match.note}" if match.note else match.name, match.url)
        for match in news.matches
    ]
    if news.total > len(items):
        items.append((f"and {news.total - len(items)} more", None))
    return f"{several} for: {news.watch}", [
        Words(f"You asked to be told about “{one_line(news.watch)}”. New in the catalogue:"),
        Items(tuple(items)),
        Link("See all your watches", facts.link),
    ]


def _delegated(facts: Facts) -> Draft:
    request = requested(facts)
    return f"You may decide about: {dataset(facts)}", [
        Words(
            f"The owner of “{dataset(facts)}” asks you to help with a request of {who(request)}. "
            "You may decide about it as the owner may."
        ),
        *about(request),
        Link("Read it and decide", facts.link),
    ]


def _extension_wished(facts: Facts) -> Draft:
    request = requested(facts)
    wished = f" until {request.extension_wished:%d %B %Y}" if request.extension_wished else ""
    return f"More time wished: {dataset(facts)}", [
        Words(f"{who(request)} wishes access to “{dataset(facts)}”{wished}. You decide."),
        Said("Reason", request.extension_reason),
        *about(request),
        Link("Read it and decide", facts.link),
    ]


_LETTERS: Mapping[OutgoingKind, Callable[[Facts], Draft]] = {
    "request_submitted": _submitted,
    "request_decided": _decided,
    "request_returned": _returned,
    "request_withdrawn": _withdrawn,
    "terms_changed": _terms_changed,
    "reminder_owner": _reminder_owner,
    "reminder_requester": _reminder_requester,
    "reminder_draft": _reminder_draft,
    "expired": _expired,
    "confirm_address": _confirm_address,
    "sign_in": _sign_in,
    "watch_match": _watch_match,
    "delegated": _delegated,
    "extension_wished": _extension_wished,
}
