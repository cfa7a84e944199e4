"""The words of a reply to a search: what was found, what may fit, what is missing. Pure.

Names no dataset that is not among the options in hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant import choices, named
from assistant.fit_text import topic_state
from assistant.found import Candidate, Found, Relaxation
from assistant.limits import soft_topics
from assistant.need import Need
from assistant.phrases import Phrases
from assistant.reply import AskBack, Chip, Offer, Option
from assistant.stated import price_text
from assistant.terms import verdict
from assistant.understand import say
from assistant.understand.reading import Reading, Unclear
from assistant.understand.unknown import PRIVATE
from assistant.use import Use
from catalog_sync import languages
from catalog_sync.language_answer import Candidate as Tongue

_TOKENS = re.compile(r"\d[\d.,]*\s*(?:k|m|b|thousand|million|billion|trillion)?\s*tokens?\b", re.I)
_TOPMOST = 3
"""Results whose open questions are worth asking the person."""
_COUNTRIES = (("KE", "We are in Kenya"), ("DE", "We are in Germany"),
              ("US", "We are in the United States"))  # fmt: skip
_KINDS = (("company", "we are a company"), ("university", "we are a university"))


def option(candidate: Candidate, use: Use, phrases: Phrases, *, today: date) -> Option:
    """One result with its verdict for the stated use."""
    stored = candidate.stored
    return Option(
        card=stored.card,
        score=candidate.score,
        verdict=verdict.judge(stored.card.terms, use, today=today, phrases=phrases),
        matches=candidate.matches,
        why=candidate.why,
        copies=stored.copies,
        findings=tuple(finding.text for finding in stored.findings),
    )


def chips(need: Need, phrases: Phrases) -> tuple[Chip, ...]:
    """What was understood, each removable."""
    said = say.limits(need, phrases)
    return tuple(Chip(field=one.field, label=one.text, remove=one.remove) for one in said)


def found_text(need: Need, found: Found, shown: int, phrases: Phrases, *, first: int = 0) -> str:
    """Words over a list of results."""
    wanted = say.title(need, phrases)
    about = "_for" if wanted else ""
    values = {"wanted": wanted} if wanted else {}
    total = found.total
    if first:
        return phrases.say(
            f"page{about}", first=str(first + 1), last=str(first + shown),
            total=str(total + found.unsure), **values,
        )  # fmt: skip
    if not total:
        return " ".join((
            phrases.say("nothing_fits", wanted=wanted), phrases.say("nothing_nearest"),
            phrases.say("nothing_record"),
        ))  # fmt: skip
    if soft_topics(need):
        # How many are on a subject that few state is not known: a count would be of others.
        head = phrases.say("closest_for", wanted=wanted)
    elif 1 != total > shown:
        head = phrases.count(f"fits_best{about}", total, shown=str(shown), **values)
    else:
        head = phrases.count(f"fits{about}", total, **values)
    unsure_shown = max(0, shown - total)
    if unsure_shown:
        head += f" {phrases.count('below_may_fit', unsure_shown)}"
    return head


def nothing_text(need: Need, found: Found, phrases: Phrases) -> str:
    """Words when nothing fits: plainly, with what comes nearest and what would help."""
    said = [phrases.say("nothing_fits", wanted=say.title(need, phrases))]
    if found.absent:
        absent = named.either(found.absent, phrases)
        said.append(phrases.say("nothing_in", languages=absent))
    if any(wish.tag.startswith(PRIVATE) for wish in need.languages):
        said.append(phrases.say("nothing_named"))
    if found.unsure:
        some = _plain(found.unsure, phrases)
        said.append(phrases.count("nothing_may", found.unsure, figure=some))
    if found.nearest:
        said.append(phrases.say("nothing_nearest"))
    if found.relaxations:
        said.append(f"{_brings(need, found.relaxations[0], phrases)}.")
    return " ".join((*said, phrases.say("nothing_record")))


def _plain(n: int, phrases: Phrases) -> str:
    return str(n) if phrases.tag == "en" else phrases.number(n)


def _brings(need: Need, relaxation: Relaxation, phrases: Phrases) -> str:
    """Such as "Without the limit “at least 100 hours”: 3"."""
    change = relaxation_text(need, relaxation, phrases)
    count = _plain(relaxation.count, phrases)
    return phrases.say("brings", change=f"{change[:1].upper()}{change[1:]}", count=count)


def relaxation_text(need: Need, relaxation: Relaxation, phrases: Phrases) -> str:
    """Such as "without the limit “at least 100 hours”"."""
    if relaxation.limit == "topics":
        return phrases.say("without_limit", limit=say.topics(need, phrases))
    for limit in say.limits(need, phrases):
        if limit.field == relaxation.limit or (
            relaxation.limit == "licence" and limit.field == "licences"
        ):
            return phrases.say("without_limit", limit=limit.text)
    key = f"without.{relaxation.limit}"
    return phrases.say(key if phrases.has(key) else "without.limit")


def found_offers(
    need: Need, options: Sequence[Option], phrases: Phrases, *, more: bool, unmet: bool = False
) -> tuple[Offer, ...]:
    """What may be done with a list of results; `unmet`: none of them surely fits."""
    ids = tuple(o.card.id for o in options)
    offers = []
    if more:
        offers.append(Offer(kind="more", label=phrases.say("offer.more"), say="show more"))
    if len(ids) > 1:
        offers.append(
            Offer(
                kind="compare",
                label=phrases.say("offer.compare"),
                say="compare the first two",
                card_ids=ids[:2],
            )  # fmt: skip
        )
    if ids:
        offers.append(
            Offer(
                kind="explain",
                label=phrases.say("offer.explain_first"),
                say="explain the terms of the first one",
                card_ids=ids[:1],
            )  # fmt: skip
        )
    if need.licence_wish is None and ids:
        label = phrases.say("offer.commercial")
        offers.append(Offer(kind="say", label=label, say="only commercial use"))
    if unmet:
        offers.append(_wish_offer(phrases))
    return tuple(offers)


def nothing_offers(need: Need, found: Found, phrases: Phrases) -> tuple[Offer, ...]:
    """Ways on when nothing fits: the helpful relaxations, and the wish list."""
    removals = {limit.field: limit.remove for limit in say.limits(need)}
    if len(need.topics) > 1:
        removals["topics"] = "drop the topic"
    if len(need.tasks) > 1:
        removals["tasks"] = "drop the task"
    offers = []
    for relaxation in found.relaxations[:3]:
        remove = removals.get(relaxation.limit) or removals.get(f"{relaxation.limit}s")
        if remove is not None:
            label = _brings(need, relaxation, phrases)
            offers.append(Offer(kind="relax", label=label, say=remove))
    offers.append(_wish_offer(phrases))
    return tuple(offers)


def _wish_offer(phrases: Phrases) -> Offer:
    return Offer(kind="wish", label=phrases.say("offer.wish"), say="record my wish")


def ask_back(
    need: Need, reading: Reading, options: Sequence[Option], phrases: Phrases, *, asked: str
) -> AskBack | None:
    """At most one question, and only where the answer would change what is shown."""
    if reading.unclear:
        return _which_language(reading.unclear[0], phrases)
    if not need.use.acts or asked == "from":
        return None
    for one in options[:_TOPMOST]:
        for missing in one.verdict.missing:
            if missing.fact in ("from", "hq"):
                answers = tuple((phrases.country(code, code), said) for code, said in _COUNTRIES)
                return AskBack(text=missing.question, field="from", answers=answers)
            if missing.fact == "org":
                answers = tuple((phrases.say(f"fact_answer.{kind}"), said) for kind, said in _KINDS)
                return AskBack(text=missing.question, field="org", answers=answers)
    return None


def _which_language(unclear: Unclear, phrases: Phrases) -> AskBack:
    answers = tuple((candidate_text(c, phrases), c.label) for c in unclear.candidates[:6])
    options = phrases.say("limit.apart").join(label for label, _ in answers)
    return AskBack(
        text=phrases.say("ask_which_language", name=unclear.name, options=options),
        field="languages",
        answers=answers,
    )


def candidate_text(candidate: Tongue, phrases: Phrases) -> str:
    """A language that an unclear name may mean, with what tells it from the others."""
    if phrases.tag == "en":
        return f"{candidate.label} ({candidate.note or candidate.iso639_3})"
    name = named.language(candidate.tag, phrases)
    if name.endswith(")"):
        return name
    places = languages.territories(candidate.tag)[:2]
    where = phrases.say("limit.comma").join(phrases.country(code, code) for code in places)
    return f"{name} ({where or candidate.iso639_3})"


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


def notices(
    options: Sequence[Option], labels: Mapping[str, str], phrases: Phrases
) -> tuple[str, ...]:
    """What must be known beside the list: prices, other catalogues' rules."""
    paid = [o for o in options if o.card.terms.price and o.card.terms.price.owner_cents > 0]
    said = []
    if paid:
        first = paid[0].card
        price = price_text(first.terms, phrases)
        said.append(phrases.count("notice.cost", len(paid), name=first.name, price=price))
    platform = [o for o in options if o.verdict.platform_notes]
    if platform:
        name = named.catalogue(platform[0].card.source, labels, phrases)
        said.append(phrases.say("line", name=name, what=platform[0].verdict.platform_notes[0]))
    return tuple(said)


def not_understood(reading: Reading, phrases: Phrases) -> tuple[str, ...]:
    """What was said and limits nothing: a figure that no card states, words nobody knows."""
    if _TOKENS.search(reading.text):
        return (phrases.say("notice.tokens"),)
    if reading.intent != "refine" or reading.mode != "merge" or reading.drop or reading.unknown:
        return ()
    if not reading.words or replace(reading.stated, wish="", use=Use()) != Need():
        return ()
    return (phrases.say("notice.no_limit", words=" ".join(reading.runs[:3])),)


def off_subject(options: Sequence[Option], need: Need, phrases: Phrases) -> tuple[str, ...]:
    """What none of these datasets is known to be about, though it was asked for."""
    missing = [
        named.topic(topic, phrases)
        for topic in soft_topics(need)
        if not any(
            topic_state(option.card, other) == "yes"
            for option in options
            for other in choices.beside(need, topic)
        )
    ]
    if not missing:
        return ()
    return (phrases.say("notice.off_subject", topics=named.either(missing, phrases)),)
