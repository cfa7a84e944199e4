"""What several letters say alike: who asks for which dataset, why, and what its terms say. Pure."""

from __future__ import annotations

from assistant.access.messages import Facts
from assistant.access.paper import Items, Part, Rows, Said, one_line
from assistant.access.values import AccessRequest, Answers
from assistant.terms import explain
from assistant.terms.acts import WORDS
from assistant.use import Act
from catalog_sync import territories

_REASONS = 3
_QUOTE = 300


def requested(facts: Facts) -> AccessRequest:
    """The request that a message is about; raises `ValueError` where its kind needs one."""
    if facts.request is None:
        raise ValueError(
            f"A message of the kind {facts.kind!r} needs its request, and none was given."
        )
    return facts.request


def dataset(facts: Facts) -> str:
    """The name of the dataset that is asked for, on one line."""
    return one_line(requested(facts).judged.card_name)


def who(request: AccessRequest) -> str:
    """The requester as the reader may know them: name, else organisation, else "Somebody"."""
    answers = request.answers or Answers()
    name = request.person.name if request.person is not None else answers.name
    named, house = one_line(name), one_line(answers.organisation)
    if named and house:
        return f"{named} ({house})"
    return named or (f"Somebody of {house}" if house else "Somebody")


def deeds(acts: tuple[Act, ...]) -> str:
    """What somebody wants to do, in words."""
    return "; ".join(WORDS[act] for act in acts)


def about(request: AccessRequest) -> list[Part]:
    """Who asks, why, and what the terms say to it: what an owner decides on."""
    answers = request.answers or Answers()
    country = territories.name(answers.country) or answers.country if answers.country else ""
    email = request.person.email if request.person is not None else None
    parts: list[Part] = [
        Rows((
            ("Dataset", request.judged.card_name),
            ("Who", answers.name),
            ("Organisation", answers.organisation),
            ("Country", country or ""),
            ("E-mail", email or ""),
            ("Wants to", deeds(answers.acts)),
            ("Terms for this use", explain.badge(request.judged.verdict)),
        )),
        Said("What it is for", answers.purpose),
        Said("They write", answers.message),
    ]  # fmt: skip
    texts = {question.id: question.text for question in request.judged.questions}
    custom = tuple((one_line(texts.get(key, key)), said) for key, said in answers.custom)
    if custom:
        parts.append(Rows(custom))
    reasons = tuple(
        (f"{WORDS[r.act]}: {r.why} “{r.clause.quote[:_QUOTE]}” ({r.clause.clause})", r.clause.url)
        for r in request.judged.verdict.reasons[:_REASONS]
    )
    return [*parts, Items(reasons)]
