"""Asking for access in Slack: the form, the review, the person's own confirmation, its state."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

from assistant.access import form as forms
from assistant.access import words
from assistant.access.commands import (
    AcceptTerms,
    Command,
    DraftRequest,
    HandOver,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.letter_paste import to_paste
from assistant.access.values import (
    AccessRequest,
    Answers,
    FieldAsk,
    Judged,
    Refusal,
    RequestForm,
)
from assistant.faces import render
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_modal as modal
from assistant.faces import slack_parts as parts
from assistant.faces.slack_answers import Case, Means, say, tell
from assistant.faces.slack_calls import SlackFailed
from assistant.faces.slack_modal import View
from assistant.faces.slack_parts import Block, Message

NO_ADDRESS = (
    "For that I have to know your e-mail address, confirmed: this workspace has not told it to me, "
    "or is not trusted to. Ask on the dataset's own page, or in the chat on the web."
)
LATE = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id")
"""Slack opens a form within 3 seconds of a press, and once."""
SETTLE_S = 0.5
"""A form is filled anew after Slack has shown that one is to wait."""
LISTED = 10
SURE: Block = {
    "title": parts.plain("Withdraw it?", 100),
    "text": parts.plain("The owner will not decide about it any more.", 300),
    "confirm": parts.plain("Withdraw", 30),
    "deny": parts.plain("Keep it", 30),
}


def begin(means: Means, case: Case, card_id: str) -> None:
    """Open the form for a dataset, or say why there is none."""
    if case.asker.email is None:
        tell(means, case, NO_ADDRESS)
        return
    found = means.desk.office.form(card_id, case.asker, answers=before(means, case))
    if isinstance(found, Refusal):
        tell(means, case, words.refusal(found))
    elif found.open is not None and "save" not in found.open.may:
        show(means, case, found.open)
    elif found.judged.route == "public":
        url = found.judged.card_url
        tell(means, case, words.refusal(Refusal(kind="no_request_needed", values=(url or "",))))
    else:
        mended = found.open.answers if found.open is not None else None
        again = means.desk.office.form(card_id, case.asker, answers=mended) if mended else found
        open_form(means, case, found if isinstance(again, Refusal) else again)


def open_form(means: Means, case: Case, found: RequestForm) -> None:
    """The form with what is missing; where nothing is, the one field that is always open."""
    carry = {"i": found.judged.card_id, "r": found.open.id if found.open is not None else ""}
    question = found.open.question if found.open is not None else ""
    wrong = f"The owner asks: {question}" if question else ""
    made = modal.ask(found.judged, asked(found), carry=carry, wrong=wrong)
    open_view(means, case, made, again=("request", carry["i"]))


def asked(found: RequestForm) -> tuple[FieldAsk, ...]:
    """What is missing, and the message to the owner, which is never required."""
    message = next(each for each in forms.asks(found.judged) if each.field == "message")
    return (*(each for each in found.missing if each.field != "message"), message)


def open_view(means: Means, case: Case, made: View, *, again: tuple[str, str]) -> None:
    """Open a form; where Slack says that it is too late, offer a button that opens it."""
    case.begin()
    try:
        body = {"trigger_id": case.heard.trigger, "view": made}
        means.calls.call(case.installed, "views.open", body)
    except SlackFailed as failed:
        if failed.error not in LATE:
            raise
        action, about = again
        value = blocks.packed({"i": about} if action == "request" else {"r": about})
        tell(means, case, "That took too long for Slack to open the form.",
             parts.button(action, "Open the form", value, style="primary"))  # fmt: skip


def before(means: Means, case: Case) -> Answers:
    """What the person said of themselves in their newest request; nothing of what it was for."""
    known = next((each.answers for each in means.desk.office.mine(case.asker, limit=5)
                  if each.answers is not None), None)  # fmt: skip
    if known is None:
        return Answers()
    return replace(known, acts=(), purpose="", message="", custom=())


def answered(means: Means, case: Case) -> None:
    """The form was sent off: keep the answers, then ask what is missing still, or review."""
    carry = modal.carried(case.heard.private)
    office = means.desk.office
    kept = office.read(carry["r"], case.asker) if carry.get("r") else None
    had = kept.answers if isinstance(kept, AccessRequest) else None
    answers = modal.filled(had or before(means, case), case.heard.answers)
    command: Command = (
        SaveAnswers(request_id=carry["r"], answers=answers)
        if carry.get("r")
        else DraftRequest(card_id=carry.get("i", ""), answers=answers)
    )
    done = office.request(command, asker=case.asker, key=key(case, "answers"))
    if isinstance(done, Refusal):
        refill(means, case, refused_form(means, case, carry, answers, done))
        return
    refill(means, case, following(done))


def following(request: AccessRequest) -> View:
    """The next form of a draft: what is missing still, else the review."""
    given = request.answers or Answers()
    missing = forms.missing(request.judged, given)
    if missing:
        carry = {"i": request.card_id, "r": request.id}
        return modal.ask(request.judged, missing, carry=carry)
    return modal.review(request, forms.asks(request.judged))


def refused_form(
    means: Means, case: Case, carry: dict[str, str], answers: Answers, refused: Refusal
) -> View:
    """The form again with what is wrong in it; the sentence alone where it cannot be mended."""
    text = words.refusal(refused)
    again = means.desk.office.form(carry.get("i", ""), case.asker, answers=answers)
    mendable = refused.kind in ("bad_answer", "missing_answer")
    if isinstance(again, Refusal) or not mendable or refused.field is None:
        return modal.told(modal.ANSWER, text)
    wrong = [each for each in forms.asks(again.judged) if each.field == refused.field]
    asks = (*wrong, *(each for each in again.missing if each.field != refused.field))
    return modal.ask(again.judged, asks, carry=carry, wrong=text)


def confirmed(means: Means, case: Case) -> None:
    """The person's own confirmation: accept what was ticked, then file it or hand it over."""
    carry = modal.carried(case.heard.private)
    ticked = {name for name, value in case.heard.answers if value == "yes"}
    texts = tuple((name.removeprefix("a:"), sha) for name, sha in carry.items()
                  if name.startswith("a:") and f"accept:{name[2:]}" in ticked)  # fmt: skip
    request_id, fingerprint = carry.get("r", ""), carry.get("f", "")
    office = means.desk.office
    found = office.read(request_id, case.asker)
    if isinstance(found, Refusal):
        refill(means, case, modal.told(modal.CONFIRM, words.refusal(found)))
        return
    accept = AcceptTerms(request_id=request_id, accepted=texts, price_agreed="price" in ticked,
                         fingerprint=fingerprint)  # fmt: skip
    file: Command = (
        HandOver(request_id=request_id)
        if found.judged.route == "own_site"
        else SubmitRequest(request_id=request_id, fingerprint=fingerprint)
    )
    done: AccessRequest | Refusal = found
    for name, step in (("accept", accept), ("file", file)):
        done = office.request(step, asker=case.asker, key=key(case, name))
        if isinstance(done, Refusal):
            refill(means, case, refused_review(means, case, request_id, done))
            return
    if isinstance(done, AccessRequest):
        url = own_page(done.judged)
        letter = to_paste(done) if done.judged.route == "own_site" else ""
        refill(means, case, modal.told(modal.CONFIRM, stands(done, means.clock().date()),
                                       url=url, letter=letter))  # fmt: skip


def refused_review(means: Means, case: Case, request_id: str, refused: Refusal) -> View:
    """The review anew where the terms are other ones by now; else why nothing was filed."""
    found = means.desk.office.read(request_id, case.asker)
    if refused.kind == "terms_unseen" and isinstance(found, AccessRequest):
        return following(found)
    return modal.told(modal.CONFIRM, words.refusal(refused))


def own_page(judged: Judged) -> str | None:
    """Where the person goes on, for a dataset that is asked for on its own page."""
    return render.safe_url(judged.card_url) if judged.route == "own_site" else None


def stands(request: AccessRequest, today: date) -> str:
    """How a request stands, and what happens next."""
    return f"{words.status(request, today=today)}\n{words.next_step(request)}"


def refill(means: Means, case: Case, made: View) -> None:
    """Put another form in the place of the one that waits."""
    case.begin()
    time.sleep(SETTLE_S)
    means.calls.call(case.installed, "views.update", {"view_id": case.heard.view, "view": made})


def key(case: Case, step: str) -> str:
    """The idempotency key of a step: one form sent off twice is one deed."""
    return f"{case.heard.key}:{step}"


def status(means: Means, case: Case, words_: str) -> None:
    """One's requests, or one of them."""
    if case.asker.email is None:
        tell(means, case, NO_ADDRESS)
        return
    if words_:
        found = means.desk.office.read(words_.split()[0], case.asker)
        if isinstance(found, Refusal):
            tell(means, case, words.refusal(found))
        else:
            show(means, case, found)
        return
    mine = means.desk.office.mine(case.asker, limit=LISTED)
    if not mine:
        tell(means, case, "You have asked for nothing yet. /datasets request <name or id> begins.")
        return
    body: list[Block] = []
    for each in mine:
        body += line(each)
    say(means, case, parts.message(body, "Your requests"))


def line(request: AccessRequest) -> list[Block]:
    """A request in a list, with a button that opens it."""
    name = parts.cut(render.clean(request.judged.card_name), 150)
    state = words.STATES[request.state]
    text = parts.rich(parts.section(parts.words(name, bold=True), parts.words(f" · {state}")))
    value = blocks.packed({"r": request.id})
    return [text, *parts.actions([parts.button("look", "Look", value)], f"request|{request.id}")]


def show(means: Means, case: Case, request: AccessRequest) -> None:
    """One request to this person: how it stands, and what they may do."""
    say(means, case, request_message(request, means.clock().date()))


def request_message(request: AccessRequest, today: date, *, heading: str = "") -> Message:
    """How a request stands, what happened, what its reader may do now."""
    text = stands(request, today) if request.role == "requester" else who_asks(request)
    body = [parts.header(heading)] if heading else []
    body += modal.dataset(request.judged)
    body += parts.prose(text)
    answers = modal.said(request.answers or Answers(), forms.asks(request.judged))
    body += parts.prose(answers) if answers else []
    body.append(parts.note(f"Request {request.id} · {words.STATES[request.state]}"))
    body += parts.actions(request_buttons(request), f"request|{request.id}")
    return parts.message(body, f"{heading}\n{text}".strip())


def who_asks(request: AccessRequest) -> str:
    """Who asks, as far as the owner may know."""
    person = request.person
    if person is None:
        return f"Somebody asks for access to {request.judged.card_name}."
    email = f" ({person.email})" if person.email else ""
    before_ = [f"- earlier: {e.card_name}, {words.STATES[e.state]}" for e in person.earlier[:5]]
    return "\n".join((f"{person.name or 'Somebody'}{email} asks for access.", *before_))


def request_buttons(request: AccessRequest) -> list[Block]:
    """What its reader may do now, by the table that also refuses."""
    value = blocks.packed({"r": request.id})
    made = []
    for command, style in (("save", "primary"), ("approve", "primary"), ("return", ""),
                           ("reject", "danger"), ("withdraw", "")):  # fmt: skip
        if command in request.may:
            label = {"save": "Go on", "withdraw": "Withdraw"}.get(command, "")
            label = label or words.LABELS[next(n for n in request.may if n == command)]
            pressed = parts.button(command, label, value, style=style)
            made.append({**pressed, "confirm": SURE} if command == "withdraw" else pressed)
    return made


def withdraw(means: Means, case: Case, request_id: str) -> None:
    """Take a request back."""
    done = means.desk.office.request(
        WithdrawRequest(request_id=request_id), asker=case.asker, key=key(case, "withdraw")
    )
    if isinstance(done, Refusal):
        tell(means, case, words.refusal(done))
    else:
        tell(means, case, stands(done, means.clock().date()))
