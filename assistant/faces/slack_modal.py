"""The forms of access requests in Slack: only what is missing, review, confirm, decide. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.access import words
from assistant.access.values import AccessRequest, Answers, FieldAsk, Judged
from assistant.faces import render
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_parts as parts
from assistant.faces.slack_parts import Block
from assistant.terms.values import Verdict
from assistant.use import ACTS, OrganisationKind

ANSWER, CONFIRM = "request.answers", "request.confirm"
APPROVE, REJECT, RETURN = "decide.approve", "decide.reject", "decide.return"
FORMS = (ANSWER, CONFIRM, APPROVE, REJECT, RETURN)
TITLES = {
    ANSWER: "Ask for access", CONFIRM: "Look once more", APPROVE: "Approve", REJECT: "Reject",
    RETURN: "Ask back",
}  # fmt: skip
REASONS = 4
QUOTE = 400
TEXT_SHOWN = 8000
"""Characters of one agreement that fit into a form; a longer one is accepted on its page."""
_KINDS: tuple[OrganisationKind, ...] = ("company", "university", "non_profit", "person")
View = dict[str, object]


def view(form: str, body: Sequence[Block], *, carry: Mapping[str, str], submit: str = "") -> View:
    """A form that carries these values to its answer; without `submit` it is only read."""
    made: View = {
        "type": "modal",
        "callback_id": form,
        "title": parts.plain(TITLES.get(form, "Access"), parts.VIEW_TITLE),
        "close": parts.plain("Cancel" if submit else "Close", parts.VIEW_TITLE),
        "blocks": list(body)[: parts.VIEW_BLOCKS],
        "private_metadata": json.dumps(dict(carry), separators=(",", ":")),
    }
    if submit:
        made["submit"] = parts.plain(submit, parts.VIEW_TITLE)
    return made


def waiting(form: str) -> View:
    """What stands there while it is worked on."""
    return view(form, [parts.rich(parts.section(parts.words("One moment …")))], carry={})


def told(form: str, text: str, *, url: str | None = None, letter: str = "") -> View:
    """The end of a form: what came of it, and a letter to take along."""
    link = parts.actions([parts.button("open", "Open its page", url=url)] if url else [])
    paste = [parts.rich(parts.monospaced(parts.cut(letter, parts.RICH)))] if letter else []
    return view(form, [*parts.prose(text), *link, *paste], carry={})


def dataset(judged: Judged) -> list[Block]:
    """The dataset, its verdict for the stated use, the clauses it rests on, and its price."""
    verdict = judged.verdict
    name = parts.cut(render.clean(judged.card_name), 200)
    title = parts.section(parts.link(name, judged.card_url, bold=True), parts.words("\n"))
    dot, badge = render.BADGES[verdict.outcome]
    lines = [title, parts.section(parts.words(f"{dot} {badge}", bold=True))]
    made = [parts.rich(*lines), *parts.prose(clauses(verdict))]
    if judged.price is not None:
        made.append(parts.note(f"Price: {words.price(judged.price)}. Nothing is paid here."))
    return made


def clauses(verdict: Verdict) -> str:
    """The reasons and duties, each with the words it rests on."""
    said = []
    for reason in verdict.reasons[:REASONS]:
        quote = parts.cut(render.clean(reason.clause.quote), QUOTE)
        where = " ".join((reason.clause.document, reason.clause.clause)).strip()
        said.append(f"- {render.clean(reason.why)} “{quote}” ({render.clean(where)})")
    said += [f"- To do: {parts.cut(render.clean(duty.text), QUOTE)}" for duty in verdict.duties[:6]]
    return "\n".join(said)


def ask(judged: Judged, asks: Sequence[FieldAsk], *, carry: Mapping[str, str],
        wrong: str = "") -> View:  # fmt: skip
    """The form with only what is still to be said."""
    body = dataset(judged)
    if wrong:
        body = [parts.rich(parts.section(parts.words(f"⚠ {wrong}", bold=True))), *body]
    body += [field(each) for each in asks]
    return view(ANSWER, body, carry=carry, submit="Review")


def field(asked: FieldAsk) -> Block:
    """One question as Slack asks it."""
    made: Block = {
        "type": "input",
        "block_id": asked.field[: parts.BLOCK_ID],
        "label": parts.plain(render.clean(asked.question), parts.INPUT_LABEL),
        "element": _element(asked),
        "optional": not asked.required,
    }
    return made


def _element(asked: FieldAsk) -> Block:
    made: Block = {"action_id": "field"}
    if asked.kind == "country":
        return {**made, "type": "static_select", "option_groups": _by_letter(asked.choices)}
    if asked.kind == "date":
        return {**made, "type": "datepicker"}
    if asked.kind == "checkbox":
        return {**made, "type": "checkboxes", "options": [_option("yes", "Yes")]}
    if asked.kind == "choice":
        kind = "multi_static_select" if asked.field == "acts" else "static_select"
        options = [_option(value, label) for value, label in asked.choices[:100]]
        return {**made, "type": kind, "options": options}
    one_line = asked.field in ("name", "organisation")
    return {
        **made,
        "type": "plain_text_input",
        "multiline": not one_line,
        "max_length": 200 if one_line else 2000,
    }


def _option(value: str, label: str) -> Block:
    return {"text": parts.plain(render.clean(label), parts.OPTION_TEXT), "value": value}


def _by_letter(choices: Sequence[tuple[str, str]]) -> list[Block]:
    """Slack takes 100 options, or 100 groups of them."""
    groups: dict[str, list[Block]] = {}
    for value, label in sorted(choices, key=lambda pair: pair[1]):
        groups.setdefault(label[:1].upper(), []).append(_option(value, label))
    return [
        {"label": parts.plain(letter, parts.OPTION_TEXT), "options": options[:100]}
        for letter, options in groups.items()
    ]


def filled(answers: Answers, given: Sequence[tuple[str, str]]) -> Answers:
    """The answers with what was filled in; a field left empty stays as it was."""
    custom = dict(answers.custom)
    for name, value in given:
        if not value:
            continue
        if name.startswith("custom:"):
            custom[name.removeprefix("custom:")] = value
        elif name == "acts":
            chosen = value.split(",")
            answers = replace(answers, acts=tuple(act for act in ACTS if act in chosen))
        elif name == "organisation_kind":
            kind = next((each for each in _KINDS if each == value), None)
            answers = replace(answers, organisation_kind=kind)
        else:
            answers = _with_text(answers, name, value)
    return replace(answers, custom=tuple(custom.items()))


def _with_text(answers: Answers, name: str, value: str) -> Answers:
    texts = {
        "name": lambda: replace(answers, name=value),
        "organisation": lambda: replace(answers, organisation=value),
        "country": lambda: replace(answers, country=value),
        "hq_country": lambda: replace(answers, hq_country=value),
        "purpose": lambda: replace(answers, purpose=value),
        "message": lambda: replace(answers, message=value),
    }
    made = texts.get(name)
    return made() if made is not None else answers


def review(request: AccessRequest, asks: Sequence[FieldAsk]) -> View:
    """Everything once more, with the texts to accept exactly as they stand."""
    judged = request.judged
    body = [*dataset(judged), *parts.prose(said(request.answers or Answers(), asks))]
    if any(parts.length(each.text) > TEXT_SHOWN for each in judged.agreements):
        return view(CONFIRM, [*body, parts.note(
            "A text that is to be accepted is too long for Slack. Accept it on the web, where "
            "this draft waits."
        )], carry={})  # fmt: skip
    for each in judged.agreements:
        body += [parts.header(each.title), *parts.prose(each.text)]
        body.append(tick(f"accept:{each.id}", f"I accept: {each.title}"))
    if judged.price is not None and judged.price.owner_cents:
        body.append(tick("price", "I agree to the price"))
    carry = {"r": request.id, "f": judged.terms_fingerprint}
    carry |= {f"a:{each.id}": each.sha256 for each in judged.agreements}
    submit = "Continue there" if judged.route == "own_site" else "Send"
    return view(CONFIRM, body, carry=carry, submit=submit)


def tick(block_id: str, label: str) -> Block:
    """A box that has to be ticked."""
    options = [_option("yes", label)]
    element: Block = {"type": "checkboxes", "action_id": "field", "options": options}
    return {"type": "input", "block_id": block_id, "label": parts.plain(label, 150),
            "element": element, "optional": False}  # fmt: skip


def said(answers: Answers, asks: Sequence[FieldAsk]) -> str:
    """The answers as lines, each with its question."""
    labels = {each.field: dict(each.choices) for each in asks}
    values = {
        "name": answers.name, "organisation": answers.organisation,
        "organisation_kind": answers.organisation_kind or "", "country": answers.country or "",
        "hq_country": answers.hq_country or "", "acts": ", ".join(answers.acts),
        "purpose": answers.purpose, "message": answers.message,
        **{f"custom:{name}": value for name, value in answers.custom},
    }  # fmt: skip
    lines = []
    for each in asks:
        value = values.get(each.field, "")
        if value:
            known = labels[each.field]
            shown = ", ".join(known.get(one, one) for one in value.split(", ")) if known else value
            lines.append(f"- {render.clean(each.question)} {render.clean(shown)}")
    return "\n".join(lines)


def decide(form: str, request: AccessRequest, *, channel: str, at: str) -> View:
    """The owner's form for one decision; it carries where the message stands."""
    carry = {"r": request.id, "c": channel, "m": at}
    body = dataset(request.judged)
    if form == APPROVE:
        until = FieldAsk(field="until", question="Until which day? (empty: without end)",
                         kind="date", required=False)  # fmt: skip
        body += [field(until), field(_text("conditions", "Conditions", required=False))]
        change = request.terms_change
        if change is not None and not change.seen:
            body.append(tick("despite", "On the terms as filed, though they changed since"))
        return view(form, body, carry=carry, submit="Approve")
    asked = {REJECT: ("reason", "Why? The requester reads it."),
             RETURN: ("question", "What should they add? They read it.")}[form]  # fmt: skip
    body.append(field(_text(*asked, required=True)))
    return view(form, body, carry=carry, submit=TITLES[form])


def _text(name: str, question: str, *, required: bool) -> FieldAsk:
    return FieldAsk(field=name, question=question, kind="text", required=required)


def carried(private: str) -> dict[str, str]:
    """What a form was given to carry."""
    return blocks.unpacked(private)
