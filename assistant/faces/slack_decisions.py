"""Deciding in Slack: the owner's buttons and forms, judged by the office as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from assistant.access import words
from assistant.access.commands import ApproveRequest, Command, RejectRequest, ReturnRequest
from assistant.access.values import AccessRequest, CommandName, Refusal
from assistant.faces import slack_modal as modal
from assistant.faces import slack_requests as requests
from assistant.faces.slack_answers import Case, Means, tell
from assistant.faces.slack_calls import SlackFailed, said

BUTTONS: Mapping[str, tuple[str, CommandName]] = {
    "approve": (modal.APPROVE, "approve"),
    "reject": (modal.REJECT, "reject"),
    "return": (modal.RETURN, "return"),
}


def open_decision(means: Means, case: Case, action: str, request_id: str) -> None:
    """Open the form of a decision, for whoever may decide."""
    form, command = BUTTONS[action]
    found = means.desk.office.read(request_id, case.asker)
    if isinstance(found, Refusal):
        tell(means, case, words.refusal(found))
        return
    if command not in found.may:
        refused = Refusal(kind="not_allowed_now", values=(found.state,))
        tell(means, case, words.refusal(refused))
        return
    made = modal.decide(form, found, channel=case.heard.channel, at=case.heard.at)
    requests.open_view(means, case, made, again=(action, request_id))


def decided(means: Means, case: Case) -> None:
    """A form of a decision was sent off: decide, then show it where the buttons were."""
    carry = modal.carried(case.heard.private)
    command = command_of(case.heard.action, carry.get("r", ""), dict(case.heard.answers))
    key = requests.key(case, "decide")
    done = means.desk.office.request(command, asker=case.asker, key=key)
    if isinstance(done, Refusal):
        requests.refill(means, case, modal.told(case.heard.action, words.refusal(done)))
        return
    state = words.STATES[done.state]
    requests.refill(means, case, modal.told(case.heard.action, f"{state}. They are told."))
    show_decided(means, case, done, carry)


def command_of(form: str, request_id: str, given: Mapping[str, str]) -> Command:
    """The order that a filled form is."""
    if form == modal.REJECT:
        return RejectRequest(request_id=request_id, reason=given.get("reason", ""))
    if form == modal.RETURN:
        return ReturnRequest(request_id=request_id, question=given.get("question", ""))
    until = given.get("until", "")
    return ApproveRequest(
        request_id=request_id,
        until=date.fromisoformat(until) if until else None,
        conditions=given.get("conditions", ""),
        despite_terms_change=given.get("despite") == "yes",
    )


def show_decided(
    means: Means, case: Case, request: AccessRequest, carry: Mapping[str, str]
) -> None:
    """Take the buttons out of the message that was decided from."""
    if not carry.get("c") or not carry.get("m"):
        return
    message = requests.request_message(request, means.clock().date())
    body = {"channel": carry["c"], "ts": carry["m"], **said(message)}
    try:
        means.calls.call(case.installed, "chat.update", body)
    except SlackFailed as failed:
        # A message that only one person sees cannot be changed; the office refuses its buttons.
        if failed.error not in ("message_not_found", "cant_update_message", "channel_not_found"):
            raise


Step = Callable[[Means, Case], None]
FORMS: Mapping[str, Step] = {
    modal.ANSWER: requests.answered,
    modal.CONFIRM: requests.confirmed,
    modal.APPROVE: decided,
    modal.REJECT: decided,
    modal.RETURN: decided,
}
