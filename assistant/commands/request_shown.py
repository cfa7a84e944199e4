"""Requests as the terminal shows them: a list, one with its events, the review before sending."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import to_jsonable_python
from rich.text import Text

from assistant import wiring
from assistant.access import form, words
from assistant.access.values import AccessRequest, Answers, Refusal
from assistant.commands.call import Call
from assistant.faces import render
from assistant.reply import Table
from assistant.terms import explain

_WRONG = frozenset({
    "missing_answer", "bad_answer", "reason_needed", "bad_date", "dataset_gone", "not_accepted",
    "price_not_agreed",
})  # fmt: skip
"""Refusals that another call, made right, does not meet; the others are an answer of no."""


def document(request: AccessRequest) -> dict[str, object]:
    """One request as scripts read it, with its events."""
    found: dict[str, object] = to_jsonable_python(request)
    found["events"] = found.pop("history")
    return found


def show(call: Call, request: AccessRequest | Refusal) -> int:
    """One request, or why there is none."""
    if isinstance(request, Refusal):
        return tell_refusal(call, request)
    if call.terminal.json_only:
        call.terminal.line(document(request))
        return 0
    say(call, words.STATES[request.state], style="bold")
    if request.role == "requester":
        say(call, words.status(request, today=wiring.now().date()))
        say(call, words.next_step(request))
    call.terminal.table(Table(title="", columns=("Field", "Value"), rows=facts(request)))
    rows = tuple(
        (f"{line.at:%Y-%m-%d %H:%M}", words.event(line.what), line.by, line.note)
        for line in request.history
    )
    call.terminal.table(Table(title="What happened", columns=("When", "What", "By", "Words"),
                              rows=rows))  # fmt: skip
    return 0


def say(call: Call, text: str, *, style: str = "") -> None:
    """Words on standard output, with nothing of a stranger's alive in them."""
    call.terminal.out.print(Text(render.clean(text), style=style))


def facts(request: AccessRequest) -> tuple[tuple[str, str], ...]:
    """What a request says, as far as its reader may know."""
    judged, answers, person = request.judged, request.answers or Answers(), request.person
    pairs = (
        ("Request", request.id),
        ("Dataset", f"{judged.card_name} ({judged.card_id})"),
        ("Name", answers.name),
        ("E-mail", (person.email if person is not None else "") or ""),
        ("Organisation", answers.organisation),
        ("Country", answers.country or ""),
        ("Use", ", ".join(answers.acts)),
        ("Purpose", answers.purpose),
        ("Message", answers.message),
        *((f"Answer to {name}", text) for name, text in answers.custom),
        ("Verdict", explain.badge(judged.verdict)),
        ("Because", "; ".join(
            f"{each.why} “{each.clause.quote}” ({each.clause.clause})"
            for each in judged.verdict.reasons)),
        ("Price", words.price(judged.price) if judged.price else ""),
        ("Until", words.day(request.until) if request.until else ""),
        ("Conditions", request.conditions),
        ("You may", ", ".join(words.label(name) for name in request.may)),
    )  # fmt: skip
    return tuple((name, value) for name, value in pairs if value)


def show_form(call: Call, draft: AccessRequest) -> int:
    """The review of a draft: what is said, what is missing, what would be accepted."""
    missing = form.missing(draft.judged, draft.answers or Answers())
    if call.terminal.json_only:
        found = document(draft)
        found["missing"] = to_jsonable_python(missing)
        call.terminal.line(found)
        return 0
    call.terminal.table(
        Table(title="Your request, not sent yet", columns=("Field", "Value"), rows=facts(draft))
    )
    for agreement in draft.judged.agreements:
        say(call, f"{agreement.title}: {agreement.text}")
    for ask in missing:
        call.terminal.notice(f"Still to be said: {ask.question} (--{option(ask.field)})")
    if draft.judged.price is not None:
        call.terminal.notice(f"Price: {words.price(draft.judged.price)}. --agree-price agrees.")
    if not missing:
        call.terminal.notice("--yes accepts the texts above and sends it.")
    return 0


def option(field: str) -> str:
    """The option that says a field."""
    if field.startswith("custom:"):
        return f"answer {field.removeprefix('custom:')}=TEXT"
    return {"organisation_kind": "org", "hq_country": "hq", "acts": "use"}.get(field, field)


def show_list(call: Call, found: Sequence[AccessRequest]) -> int:
    """Several requests, one a line."""
    if call.terminal.json_only:
        call.terminal.line([document(each) for each in found])
        return 0
    if not found:
        call.terminal.notice("There is no request here.")
        return 0
    rows = tuple(
        (each.id, each.judged.card_name, words.STATES[each.state],
         f"{each.submitted_at or each.drafted_at:%Y-%m-%d}",
         each.until.isoformat() if each.until else "")
        for each in found
    )  # fmt: skip
    columns = ("Request", "Dataset", "State", "Since", "Until")
    call.terminal.table(Table(title="", columns=columns, rows=rows))
    return 0


def tell_refusal(call: Call, refused: Refusal, *, about: AccessRequest | None = None) -> int:
    """Why not: 2 when the call can be mended, 3 when the database was busy, else 1."""
    if call.terminal.json_only:
        found: dict[str, object] = {"refusal": to_jsonable_python(refused),
                                    "text": words.refusal(refused)}  # fmt: skip
        if about is not None:
            found["request"] = document(about)
        call.terminal.line(found)
    call.terminal.problem(words.refusal(refused))
    if about is not None:
        call.terminal.notice(f"The draft is kept: {about.id}.")
    if refused.kind == "busy":
        return 3
    return 2 if refused.kind in _WRONG else 1
