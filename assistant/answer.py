"""The words of a reply to a search: what was found, what may fit, what is missing. Pure.

Names no dataset that is not among the options in hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.fit import price_text
from assistant.found import Candidate, Found, Relaxation
from assistant.limits import hard_topics
from assistant.need import Need
from assistant.phrases import Phrases
from assistant.reply import AskBack, Chip, Offer, Option
from assistant.terms import verdict
from assistant.terms.values import Verdict
from assistant.understand import say
from assistant.understand.content import topic_label
from assistant.understand.reading import Reading, Unclear
from assistant.understand.unknown import PRIVATE
from assistant.use import Use

_LIMIT_WORDS = {
    "licence": "licence limit", "budget": "price limit", "access": "access limit",
    "style": "speaking style", "update_frequency": "update limit", "updated": "date limit",
    "sources": "limit to one catalogue", "publishers": "publisher", "topics": "topic",
    "tasks": "task", "modalities": "kind of data", "languages": "language",
}  # fmt: skip
_KINDS = (("A company", "we are a company"), ("A university", "we are a university"))
_TOKENS = re.compile(r"\d[\d.,]*\s*(?:k|m|b|thousand|million|billion|trillion)?\s*tokens?\b", re.I)
_TOPMOST = 3
"""Results whose open questions are worth asking the person."""
_COUNTRIES = (("Kenya", "We are in Kenya"), ("Germany", "We are in Germany"),
              ("United States", "We are in the United States"))  # fmt: skip


def option(candidate: Candidate, use: Use, *, today: date) -> Option:
    """One result with its verdict for the stated use."""
    stored = candidate.stored
    return Option(
        card=stored.card,
        score=candidate.score,
        verdict=verdict.judge(stored.card.terms, use, today=today),
        matches=candidate.matches,
        why=candidate.why,
        copies=stored.copies,
        findings=tuple(finding.text for finding in stored.findings),
    )


def chips(need: Need) -> tuple[Chip, ...]:
    """What was understood, each removable."""
    return tuple(Chip(field=p.field, label=p.text, remove=p.remove) for p in say.phrases(need))


def found_text(need: Need, found: Found, shown: int, *, first: int = 0) -> str:
    """Words over a list of results."""
    wanted = say.title(need)
    about = f" for {wanted}" if wanted else ""
    total = found.total
    if first:
        head = f"Results {first + 1} to {first + shown} of {total + found.unsure}{about}."
    elif total == 1:
        head = f"One dataset fits{about}."
    elif shown < total:
        head = f"{total:,} datasets fit{about}; here are the best {shown}."
    else:
        head = f"{total:,} datasets fit{about}."
    unsure_shown = max(0, first + shown - total)
    if unsure_shown and not first:
        head += (
            f" Below them {unsure_shown} that may fit: what you limit by is not stated for them."
        )
    return head


def nothing_text(need: Need, found: Found) -> str:
    """Words when nothing fits: plainly, with what comes nearest and what would help."""
    head = f"Nothing in this catalogue surely fits: {say.title(need)}."
    if found.absent:
        head += f" There is no dataset in {' or '.join(found.absent)} here at all."
    if any(wish.tag.startswith(PRIVATE) for wish in need.languages):
        head += " If it goes by another name or has a code, say that."
    if found.unsure:
        some = "one dataset" if found.unsure == 1 else f"{found.unsure} datasets"
        may = (
            "may, but what you limit by is not stated for it"
            if found.unsure == 1
            else ("may, but what you limit by is not stated for them")
        )
        head += f" {some.capitalize()} {may}."
    if found.nearest:
        head += " The nearest are below, each with what it misses."
    best = found.relaxations[0] if found.relaxations else None
    if best is not None:
        words = relaxation_text(need, best)
        head += f" {words[0].upper()}{words[1:]}: {best.count}."
    return head + " I can also record what you were looking for, so that it can be seen as missing."


def relaxation_text(need: Need, relaxation: Relaxation) -> str:
    """Such as "without the limit of at least 100 hours"."""
    for phrase in say.phrases(need):
        if phrase.field == relaxation.limit or (
            relaxation.limit == "licence" and phrase.field == "licences"
        ):
            return f"without the limit “{phrase.text}”"
    return f"without the {_LIMIT_WORDS.get(relaxation.limit, 'limit')}"


def found_offers(need: Need, options: Sequence[Option], *, more: bool) -> tuple[Offer, ...]:
    """What may be done with a list of results."""
    ids = tuple(o.card.id for o in options)
    offers = []
    if more:
        offers.append(Offer(kind="more", label="Show more", say="show more"))
    if len(ids) > 1:
        offers.append(
            Offer(
                kind="compare",
                label="Compare the first two",
                say="compare the first two",
                card_ids=ids[:2],
            )  # fmt: skip
        )
    if ids:
        offers.append(
            Offer(
                kind="explain",
                label="Explain the terms of the first",
                say="explain the terms of the first one",
                card_ids=ids[:1],
            )  # fmt: skip
        )
    if need.licence_wish is None and ids:
        offers.append(
            Offer(kind="say", label="Only what allows commercial use", say="only commercial use")
        )
    return tuple(offers)


def nothing_offers(need: Need, found: Found) -> tuple[Offer, ...]:
    """Ways on when nothing fits: the helpful relaxations, and the wish list."""
    removals = {p.field: p.remove for p in say.phrases(need)}
    offers = []
    for relaxation in found.relaxations[:3]:
        remove = removals.get(relaxation.limit) or removals.get(f"{relaxation.limit}s")
        if remove is not None:
            words = f"{relaxation_text(need, relaxation)}: {relaxation.count}"
            offers.append(Offer(kind="relax", label=words[0].upper() + words[1:], say=remove))
    offers.append(Offer(kind="wish", label="Record this wish", say="record my wish"))
    return tuple(offers)


def ask_back(
    need: Need, reading: Reading, options: Sequence[Option], *, asked: str
) -> AskBack | None:
    """At most one question, and only where the answer would change what is shown."""
    if reading.unclear:
        return _which_language(reading.unclear[0])
    if not need.use.acts or asked == "from":
        return None
    for one in options[:_TOPMOST]:
        for missing in one.verdict.missing:
            if missing.fact in ("from", "hq"):
                return AskBack(text=missing.question, field="from", answers=_COUNTRIES)
            if missing.fact == "org":
                return AskBack(
                    text=missing.question,
                    field="org",
                    answers=_KINDS,
                )  # fmt: skip
    return None


def _which_language(unclear: Unclear) -> AskBack:
    named = tuple(
        (f"{c.label} ({c.note})" if c.note else f"{c.label} ({c.iso639_3})", c.label)
        for c in unclear.candidates[:6]
    )
    options = "; ".join(label for label, _ in named)
    return AskBack(
        text=f"“{unclear.name}” names several languages. Which do you mean: {options}?",
        field="languages",
        answers=named,
    )


def what_do_you_need(phrases: Phrases) -> AskBack:
    """The question when a request says nothing yet."""
    return AskBack(
        text=phrases.say("which"),
        field="subject",
        answers=(
            (phrases.say("which_speech"), "Swahili speech"),
            (phrases.say("which_text"), "translation data for Yoruba and English"),
            (phrases.say("which_images"), "satellite imagery"),
        ),
    )


def notices(options: Sequence[Option], labels: Mapping[str, str]) -> tuple[str, ...]:
    """What must be known beside the list: prices, other catalogues' rules."""
    paid = [o for o in options if o.card.terms.price and o.card.terms.price.owner_cents > 0]
    said = []
    if paid:
        first = paid[0]
        said.append(
            f"{len(paid)} of these cost money; {first.card.name}: {price_text(first.card.terms)}."
        )
    platform = [o for o in options if o.verdict.platform_notes]
    if platform:
        name = labels.get(platform[0].card.source, platform[0].card.source)
        said.append(f"{name}: {platform[0].verdict.platform_notes[0]}")
    return tuple(said)


def not_understood(reading: Reading) -> tuple[str, ...]:
    """What was said and limits nothing: a figure that no card states, words nobody knows."""
    if _TOKENS.search(reading.text):
        return ("No dataset here states how many tokens it has, so that limit is not applied.",)
    if reading.intent != "refine" or reading.mode != "merge" or reading.drop or reading.unknown:
        return ()
    if not reading.words or replace(reading.stated, wish="", use=Use()) != Need():
        return ()
    said = " ".join(reading.runs[:3])
    return (f"I know no limit in “{said}”, so it only bears on the order. Say it another way?",)


def off_subject(options: Sequence[Option], need: Need) -> tuple[str, ...]:
    """What none of these datasets is known to be about, though it was asked for."""
    soft = [t for t in need.topics if t not in hard_topics(need)]
    spoken = {match.text for option in options for match in option.matches
              if match.field == "topics" and match.state == "yes"}  # fmt: skip
    missing = [topic_label(topic) for topic in soft if topic_label(topic) not in spoken]
    if not missing:
        return ()
    return (f"None of these is known to be about {' or '.join(missing)}; they fit otherwise.",)


def outcome_count(verdicts: Sequence[Verdict]) -> str:
    """Such as "2 allowed, 1 ask the owner"."""
    words = {
        "allowed": "allowed", "allowed_with_conditions": "allowed with conditions",
        "ask_owner": "ask the owner", "not_allowed": "not allowed",
    }  # fmt: skip
    counts = {outcome: sum(v.outcome == outcome for v in verdicts) for outcome in words}
    return ", ".join(f"{count} {words[o]}" for o, count in counts.items() if count)
