"""What the rules and a language model read in one turn, made into one reading. Pure.

The policy is docs/model.md's: what the words plainly say stands; the model adds what no table
could read, and decides where meaning is a matter of judgement; nothing it says makes a limit on
terms looser or sets off a deed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant import choices
from assistant.need import LanguageWish, Need, SizeRange
from assistant.relax import replace_field
from assistant.reply import Intent
from assistant.understand import say
from assistant.understand.proposal import Proposal
from assistant.understand.reading import Reading, Unclear
from assistant.use import ACTS, Use

LITERAL = (
    "languages_not", "budget", "licence_wish", "licences_not", "updated_since",
    "access", "update_frequency", "sources", "sources_not", "publishers", "publishers_not",
    "names_not", "like",
)  # fmt: skip
"""Fields that rules read from plain words: where they state one, it stands."""
MEANT = ("tasks", "topics", "modalities", "speech_style")
"""Fields in which the model's reading stands where it states one."""
KEPT = frozenset({"licence", "all"})
"""Limits that only the person's plain words take back."""
DEEDS: frozenset[Intent] = frozenset({"wish", "reset", "request", "status"})
"""What writes, forgets, or speaks of a person's requests: only the person's plain words do it."""
SMALL_TALK: frozenset[Intent] = frozenset({"greeting", "thanks", "help", "abuse", "off_topic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One reading out of two."""

    reading: Reading
    differed: tuple[str, ...] = ()
    """Fields on which they differed, each with whose word stands: "tasks (the model's)"."""


def merge(rules: Reading, proposal: Proposal) -> Merged:
    """The reading to act on."""
    differed: list[str] = []
    other = proposal.reading
    stated = _stated(rules, other, differed)
    unclear = _unclear(rules, other.stated)
    stated = _languages(rules, other.stated, stated, unclear, differed)
    intent = _intent(rules, other, stated)
    if other.intent != rules.intent and {intent, other.intent} != {"find", "refine"}:
        differed.append(_whose("intent", models=intent == other.intent))
    return Merged(
        reading=replace(
            rules,
            stated=replace(stated, gist=proposal.gist),
            intent=intent,
            mode=rules.mode if rules.mode != "merge" else other.mode,
            drop=tuple(dict.fromkeys((*rules.drop, *(d for d in other.drop if d not in KEPT)))),
            pointer=rules.pointer or other.pointer,
            unclear=unclear,
            asks=rules.asks or other.asks,
            terms=rules.terms or other.terms,
            counting=rules.counting or other.counting,
        ),
        differed=tuple(differed),
    )


def _stated(rules: Reading, other: Reading, differed: list[str]) -> Need:
    need = rules.stated
    empty = Need()
    for name in (*LITERAL, *MEANT):
        ours, theirs = getattr(rules.stated, name), getattr(other.stated, name)
        nothing = getattr(empty, name)
        if theirs in (ours, nothing):
            continue
        taken = (ours == nothing or name in MEANT) and theirs != "non_commercial_ok"
        if ours != nothing or not taken:
            differed.append(_whose(name, models=taken))
        if taken:
            need = replace_field(need, name, theirs)
    # Of the same subjects, the person's own "or" tells what is for choice.
    said = rules.stated if need.topics == rules.stated.topics else other.stated
    topics, topics_apart = choices.arranged(
        need.topics, (*rules.stated.topics_apart, *said.topics_apart)
    )
    need = replace(need, topics=topics, topics_apart=topics_apart)
    return replace(need, sizes=_sizes(rules, other, differed), use=_use(rules, other))


def _whose(field: str, *, models: bool) -> str:
    whose = "the model's" if models else "the rules'"
    return f"{field} ({whose})"


def _sizes(rules: Reading, other: Reading, differed: list[str]) -> tuple[SizeRange, ...]:
    """Each figure once; hours and validated hours are one figure to a person."""
    ours = {size.field: size for size in rules.stated.sizes}
    theirs = {size.field: size for size in other.stated.sizes}
    if any(size != ours.get(field) for field, size in theirs.items()) and ours:
        differed.append("sizes (the rules')")
    hours = {"hours", "validated_hours"}
    more = [
        size
        for field, size in theirs.items()
        if field not in ours and not (field in hours and hours & set(ours))
    ]
    return tuple(sorted((*ours.values(), *more), key=lambda size: size.field))


def _use(rules: Reading, other: Reading) -> Use:
    """Deeds of both: a verdict over more deeds is never the milder one."""
    ours, theirs = rules.stated.use, other.stated.use
    return Use(
        acts=tuple(act for act in ACTS if act in ours.acts or act in theirs.acts),
        from_country=ours.from_country or theirs.from_country,
        hq_country=ours.hq_country or theirs.hq_country,
        organisation=ours.organisation or theirs.organisation,
        output_licence=ours.output_licence,
        facts=ours.facts,
    )


def _unclear(rules: Reading, theirs: Need) -> tuple[Unclear, ...]:
    """What still has to be asked back: the model may choose only among the candidates."""
    tags = {tag for wish in theirs.languages for tag in wish.tags}
    return tuple(one for one in rules.unclear if len(tags & {c.tag for c in one.candidates}) != 1)


def _languages(
    rules: Reading, theirs: Need, stated: Need, unclear: tuple[Unclear, ...], differed: list[str]
) -> Need:
    ours = rules.stated
    if not theirs.languages:
        return stated
    settled = [one for one in rules.unclear if one not in unclear]
    if settled:
        return replace(
            stated, languages=tuple(_settled(w, settled, theirs) for w in ours.languages)
        )
    if rules.unknown and not ours.languages:
        # A language that no table knows is never replaced by another.
        differed.append("languages (the rules')")
        return stated
    if not ours.languages:
        return replace(stated, languages=theirs.languages, languages_joined=theirs.languages_joined)
    if {w.tag for w in ours.languages} != {w.tag for w in theirs.languages}:
        differed.append("languages (the rules')")
    return stated


def _settled(wish: LanguageWish, settled: list[Unclear], theirs: Need) -> LanguageWish:
    for one in settled:
        if wish.label == one.name:
            among = {candidate.tag for candidate in one.candidates}
            return next(w for w in theirs.languages if among & set(w.tags))
    return wish


def _intent(rules: Reading, other: Reading, stated: Need) -> Intent:
    if rules.intent in DEEDS or other.intent in DEEDS:
        return rules.intent
    if other.intent in SMALL_TALK and say.limits(stated):
        return rules.intent
    if {rules.intent, other.intent} <= {"find", "refine"}:
        return rules.intent
    return other.intent


def trace(rules: Reading, proposal: Proposal, merged: Merged) -> tuple[str, ...]:
    """Both readings, where they differed, and what was left out."""
    other = proposal.reading
    said = [
        f"rules read: {rules.intent}; {_words(rules.stated)}",
        f"model read: {other.intent}; {_words(other.stated)}",
    ]
    if merged.differed:
        said.append(f"they differ in: {', '.join(merged.differed)}")
    if proposal.dropped:
        said.append(f"left out of the model's reading: {', '.join(proposal.dropped)}")
    return tuple(said)


def _words(need: Need) -> str:
    return "; ".join(phrase.text for phrase in say.limits(need)) or "no limit"
