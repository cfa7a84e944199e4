"""The words on terms: may I, with what duties, mixed with what, and what do the words mean. Pure.

Every judgement comes from the terms engine with its clause; this room only words it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import reduce

from assistant.phrases import ENGLISH, Phrases
from assistant.reply import AskBack
from assistant.terms import combine, explain, verdict
from assistant.terms.credits import attribution
from assistant.terms.facts import question
from assistant.terms.values import Verdict
from assistant.use import ACTS, Act, Use
from catalog_sync import licences_read, territories
from catalog_sync.card import DatasetCard

_RELEASE = re.compile(
    r"\b(?:releas\w*|publish\w*|licens\w*|share|distribute|result)\b[^.?!]*\b(?:as|under)\s+(.+)",
    re.IGNORECASE,
)
_PAID = re.compile(r"\bif (?:i|we) (?:paid|pay|bought|buy)|\bpay(?:ing)? for it\b", re.IGNORECASE)
_CONSENT = re.compile(r"\b(?:speaker|person|they|she|he)s? (?:has |have )?(?:agreed|consented)")
_LETTERS = {"non-commercial": "NC", "share-alike": "SA", "no derivatives": "ND"}
_LISTED = 6
_READING: tuple[Act, ...] = ("read_download",)


def use_asked(text: str, stated: Use, before: Use, *, training: bool = False) -> Use:
    """The deed a question means: what it says, and what was said before of who and where.

    Training without a word on what for is training for the purpose spoken of before.
    """
    acts = stated.acts or (_trained(before.acts) if training else before.acts)
    facts = dict(before.facts) | dict(stated.facts)
    if _PAID.search(text):
        facts["licence_obtained"] = "yes"
        acts = acts or ("commercial_use",)
    if _CONSENT.search(text):
        facts["consent_of_person"] = "yes"
    return Use(
        acts=tuple(act for act in ACTS if act in acts),
        from_country=stated.from_country or before.from_country,
        hq_country=stated.hq_country or before.hq_country,
        organisation=stated.organisation or before.organisation,
        output_licence=stated.output_licence or before.output_licence,
        facts=tuple(sorted(facts.items())),
    )


def _trained(before: tuple[Act, ...]) -> tuple[Act, ...]:
    """The deed "train a model" where this was the deed before it."""
    if "train_commercial_closed_weights" in before:
        return ("train_commercial_closed_weights",)
    for_profit = {"commercial_use", "train_commercial", "voice_cloning"} & set(before)
    return ("train_commercial",) if for_profit else ("train_research",)


def use_words(use: Use, phrases: Phrases = ENGLISH) -> str:
    """A use for a reader: "train a model to sell on, as a company in Germany"."""
    said = [phrases.say(f"deed.{act}") for act in use.acts or _READING]
    acts = reduce(lambda one, other: phrases.say("doing.both", one=one, other=other), said)
    code = use.from_country
    name = territories.name(code) if code else None
    country = phrases.country(code, name) if code and name and phrases.tag != "en" else name
    if use.organisation is None:
        return phrases.say("doing.where", acts=acts, country=country) if country else acts
    who = phrases.say(f"organisation.{use.organisation}")
    if country is None:
        return phrases.say("doing.who", acts=acts, who=who)
    return phrases.say("doing.who_where", acts=acts, who=who, country=country)


def checked(
    cards: Sequence[DatasetCard], use: Use, *, today: date, phrases: Phrases = ENGLISH
) -> str:
    """May this be done with these? One paragraph for one dataset, a line each for several."""
    verdicts = [verdict.judge(card.terms, use, today=today, phrases=phrases) for card in cards]
    colon = phrases.say("colon")
    if len(cards) == 1:
        card, judged = cards[0], verdicts[0]
        return f"{card.name}{colon}{explain.paragraph(judged, card.terms, phrases)}"
    lines = [
        f"{card.name}{colon}{explain.outcome_text(judged.outcome, phrases)} "
        f"({judged.reasons[0].why})"
        for card, judged in zip(cards[:_LISTED], verdicts, strict=False)
    ]
    head = phrases.say("doing.these", use=use_words(use, phrases))
    return "\n".join((head, *(f"- {line}" for line in lines)))


def missing_question(judged: Verdict, phrases: Phrases = ENGLISH) -> AskBack | None:
    """The deciding fact to ask for, when one is missing; what a button says stays English."""
    if not judged.missing:
        return None
    first = judged.missing[0]
    field = "from" if first.fact in ("from", "hq") else first.fact
    answers = {
        "from": (
            (phrases.country("KE", "Kenya"), "and if we are in Kenya?"),
            (phrases.country("DE", "Germany"), "and if we are in Germany?"),
        ),
        "org": (
            (phrases.say("fact_answer.company"), "we are a company"),
            (phrases.say("fact_answer.university"), "we are a university"),
        ),
    }
    text = question(first.fact, phrases)
    return AskBack(text=text, field=field, answers=answers.get(field, ()))


def reasoned(card: DatasetCard, use: Use, *, today: date, phrases: Phrases = ENGLISH) -> str:
    """The whole reasoning, with its clauses."""
    judged = verdict.judge(card.terms, use, today=today, phrases=phrases)
    return f"{card.name}\n{explain.reasoning(judged, card.terms, phrases)}"


def credits(cards: Sequence[DatasetCard], phrases: Phrases = ENGLISH) -> str:
    """Credits ready to copy."""
    return attribution(list(cards), phrases)


def licences_named(text: str) -> tuple[tuple[str, ...], str | None]:
    """(licences of the other data, the licence wanted for the result) in a question on mixing."""
    release = _RELEASE.search(text)
    wanted = licences_read.mentioned(release[1]) if release else ()
    rest = text[: release.start()] if release else text
    return licences_read.mentioned(rest), wanted[-1] if wanted else None


def combined(
    first: DatasetCard,
    other: DatasetCard | str,
    *,
    text: str,
    wanted: str | None,
    phrases: Phrases = ENGLISH,
) -> str:
    """Two datasets' data in one: does it go, under which licence, and is it the wanted one."""
    alongside = re.search(r"side by side|collection|separate|alongside", text, re.IGNORECASE)
    scenario: combine.Scenario = "collection" if alongside else "merged"
    right = other if isinstance(other, str) else other.terms
    found = combine.combine(first.terms, right, scenario=scenario, phrases=phrases)
    name = _plain(other) if isinstance(other, str) else other.name
    said = [phrases.say(f"combined.{found.outcome}", one=first.name, other=name)]
    if found.result_licence:
        said.append(phrases.say("combined.result", licence=_plain(found.result_licence)))
    if wanted is not None and found.outcome == "compatible" and found.result_licence:
        same = _plain(wanted).split("-4")[0] == _plain(found.result_licence).split("-4")[0]
        key = "combined.as_wanted" if same else "combined.not_as_wanted"
        said.append(phrases.say(key, licence=_plain(wanted)))
    return " ".join((*said, *(reason.why for reason in found.reasons[:3])))


def _plain(licence: str) -> str:
    return licence.removeprefix("LicenseRef-")


def meaning(term: str, card: DatasetCard | None, phrases: Phrases = ENGLISH) -> str:
    """What a word of licences means, and what it means for the dataset in view."""
    key = f"glossary.{term}"
    said = phrases.say(key) if phrases.has(key) else ""
    if card is None or term not in _LETTERS:
        return said
    stated = card.terms.licence
    if stated is None:
        return f"{said} {phrases.say('glossary_here.no_licence', name=card.name)}"
    here = "applies" if _LETTERS[term] in stated.split("-") else "does_not"
    licence = _plain(stated)
    return f"{said} {phrases.say(f'glossary_here.{here}', name=card.name, licence=licence)}"
