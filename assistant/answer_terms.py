"""The words on terms: may I, with what duties, mixed with what, and what do the words mean. Pure.

Every judgement comes from the terms engine with its clause; this room only words it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from assistant.answer_cards import OUTCOME_WORDS
from assistant.reply import AskBack
from assistant.terms import combine, explain, verdict
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
_ACT_WORDS: dict[Act, str] = {
    "read_download": "download and read", "commercial_use": "use commercially",
    "modify": "modify", "redistribute": "pass on", "train_research": "train a research model on",
    "train_commercial": "train a model to sell on",
    "train_commercial_closed_weights": "train a closed model on",
    "publish_model_worldwide": "publish a model trained on",
    "publish_derived_other_licence": "publish derived data under another licence from",
    "use_without_attribution": "use without credit", "voice_cloning": "clone a voice from",
    "reidentify_speaker": "identify the speakers of",
    "eu_database_right": "rely on the database right for",
}  # fmt: skip
_LETTERS = {"non-commercial": "NC", "share-alike": "SA", "no derivatives": "ND"}
_LISTED = 6


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


def use_words(use: Use) -> str:
    """A use for a reader: "train a model to sell on, as a company in Germany"."""
    acts = " and ".join(_ACT_WORDS[act] for act in use.acts) or _ACT_WORDS["read_download"]
    who = f", as a {use.organisation.replace('_', '-')}" if use.organisation else ""
    country = territories.name(use.from_country) if use.from_country else None
    where = f" in {country}" if country else ""
    return f"{acts}{who}{where if who or not where else ',' + where}"


def checked(cards: Sequence[DatasetCard], use: Use, *, today: date) -> str:
    """May this be done with these? One paragraph for one dataset, a line each for several."""
    verdicts = [verdict.judge(card.terms, use, today=today) for card in cards]
    if len(cards) == 1:
        card, judged = cards[0], verdicts[0]
        return f"{card.name}: {explain.paragraph(judged, card.terms)}"
    lines = [
        f"{card.name}: {OUTCOME_WORDS[judged.outcome]} ({judged.reasons[0].why})"
        for card, judged in zip(cards[:_LISTED], verdicts, strict=False)
    ]
    head = f"To {use_words(use)} these:"
    return "\n".join((head, *(f"- {line}" for line in lines)))


def missing_question(judged: Verdict) -> AskBack | None:
    """The deciding fact to ask for, when one is missing."""
    if not judged.missing:
        return None
    first = judged.missing[0]
    field = "from" if first.fact in ("from", "hq") else first.fact
    answers = {
        "from": (("Kenya", "and if we are in Kenya?"), ("Germany", "and if we are in Germany?")),
        "org": (("A company", "we are a company"), ("A university", "we are a university")),
    }
    return AskBack(text=first.question, field=field, answers=answers.get(field, ()))


def reasoned(card: DatasetCard, use: Use, *, today: date) -> str:
    """The whole reasoning, with its clauses."""
    judged = verdict.judge(card.terms, use, today=today)
    return f"{card.name}\n{explain.reasoning(judged, card.terms)}"


def credits(cards: Sequence[DatasetCard]) -> str:
    """Credits ready to copy."""
    return explain.attribution(list(cards))


def licences_named(text: str) -> tuple[tuple[str, ...], str | None]:
    """(licences of the other data, the licence wanted for the result) in a question on mixing."""
    release = _RELEASE.search(text)
    wanted = licences_read.mentioned(release[1]) if release else ()
    rest = text[: release.start()] if release else text
    return licences_read.mentioned(rest), wanted[-1] if wanted else None


def combined(first: DatasetCard, other: DatasetCard | str, *, text: str, wanted: str | None) -> str:
    """Two datasets' data in one: does it go, under which licence, and is it the wanted one."""
    alongside = re.search(r"side by side|collection|separate|alongside", text, re.IGNORECASE)
    scenario: combine.Scenario = "collection" if alongside else "merged"
    right = other if isinstance(other, str) else other.terms
    found = combine.combine(first.terms, right, scenario=scenario)
    name = _plain(other) if isinstance(other, str) else other.name
    words = {
        "compatible": "can be combined", "incompatible": "cannot be combined",
        "ask_owner": "cannot be judged from the licences; ask the owners",
    }  # fmt: skip
    said = f"{first.name} and {name} {words[found.outcome]}."
    if found.result_licence:
        said += f" The result would be under {_plain(found.result_licence)}."
    if wanted is not None and found.outcome == "compatible" and found.result_licence:
        same = _plain(wanted).split("-4")[0] == _plain(found.result_licence).split("-4")[0]
        said += (
            " That is the licence you want."
            if same
            else f" So it cannot simply be released as {_plain(wanted)}."
        )
    reasons = " ".join(reason.why for reason in found.reasons[:3])
    return f"{said} {reasons}".strip()


def _plain(licence: str) -> str:
    return licence.removeprefix("LicenseRef-")


@cache
def _glossary() -> Mapping[str, str]:
    path = Path(__file__).parent / "understand" / "glossary.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def meaning(term: str, card: DatasetCard | None) -> str:
    """What a word of licences means, and what it means for the dataset in view."""
    said = _glossary().get(term, "")
    if card is not None and term in _LETTERS:
        stated = card.terms.licence
        letters = _LETTERS[term]
        if stated is None:
            said += f" For {card.name} no licence could be read."
        elif letters in stated.split("-"):
            said += f" It applies to {card.name}, which is under {_plain(stated)}."
        else:
            said += f" {card.name} is under {_plain(stated)}, which has no such clause."
    return said
