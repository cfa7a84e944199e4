"""A turn of words to a `Reading`, by rules over tables and without any model.

Pure: the only things looked at are the words and what is in view. Any input of up to 10,000
characters is read; the rest of a longer one is left aside.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import choices
from assistant.need import Budget, Need
from assistant.understand import (
    aside,
    bounds,
    dates,
    dismissed,
    exchange,
    intents,
    leftover,
    licence_denied,
    licence_words,
    names,
    onward,
    places,
    publishers,
    rhythms,
    sizes,
    spelling,
    subject,
    unknown,
)
from assistant.understand.cover import Cover
from assistant.understand.lexicon import Token, tokens
from assistant.understand.owners import NOBODY, Owners, masked
from assistant.understand.reading import Counting, Mode, Reading
from assistant.understand.subject_values import Subject
from assistant.use import Use

_COMMAND_WORDS = 300
"""What a turn asks to be done stands among its first words; the rest of a paste is data."""
_SHORT = 12
"""Words of a first turn up to which a word denied is a thing not wanted: "I am not an engineer"."""
LONGEST = 10_000
"""Characters of a turn that are read."""
_OR_FIRST = re.compile(
    r"\s*(?:or|ou|oder|o(?!\s+que\b)|au(?!\s+(?:lieu|moins|plus|maximum|minimum|total)\b))\s",
    re.IGNORECASE,
)
_AND_FIRST = re.compile(
    r"\s*(?:(?:oh|ah|hm+|ok|okay|yes|yeah)\W+)?(?:and|plus|y|et|und|na|و)\s", re.IGNORECASE
)
_NAMED = frozenset({"topics", "tasks"})
"""Limits of which one of several can be dropped by its name."""
_BACK = re.compile(r"\b(?:go |going |and )?back to\b", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:what|anything) else\b", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:must|has to|have to|need to know|definitely|strictly|certainly|only those that|"
    r"no un(?:known|clear|stated|licen[cs]ed)|not un\w+|without (?:a|any) licen[cs]e|stated|"
    r"known for sure|guaranteed|confirmed|licen[cs]ed data)\b",
    re.IGNORECASE,
)
_NO_FIRST = re.compile(
    r"^\s*(?:no|nope|nein|non|não|hapana|لا)(?:\s*[,;:.!،]+|\s+[–—-]+(?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
"""A hyphen joins: "non-commercial" is one word, and its "non" takes nothing back."""


def read(
    text: str, *, in_view: bool = False, has_need: bool = False, owners: Owners = NOBODY
) -> Reading:
    """What this turn says.

    Args:
        text: The person's words, any language or script.
        in_view: Whether datasets were shown before, so that "it" and "the second" mean some.
        has_need: Whether the conversation already holds a need.
        owners: Who publishes in this catalogue.
    """
    text = exchange.plain(text[:LONGEST], mend=has_need)
    # "No, audio" mends what was said before; it does not shut audio out.
    mends = _NO_FIRST.match(text)
    text = f"{' ' * mends.end()}{text[mends.end() :]}" if mends else text
    said, words = text, tokens(text)
    owned = owners.find(text, words.first(_COMMAND_WORDS))
    mended = spelling.mend(masked(text, owned))
    if mended.text != said:
        text = mended.text
        words = tokens(text)
    cues = intents.cues(text, words.first(_COMMAND_WORDS))
    since = dates.since(text)
    often = rhythms.rhythms(text)
    told_when = (*((s.start, s.end) for s in since), *((r.start, r.end) for r in often))
    told = Cover((*cues.drop_spans, *told_when))
    figures = tuple(
        q for q in sizes.quantities(text, words)
        if told.around(q.start, q.end) is None
        and not any(q.start <= s.end <= q.end for s in since)
    )  # fmt: skip
    given_up = [
        at for name, at in zip(cues.drop, cues.drop_spans, strict=True) if name == "licence"
    ]
    licence = licence_words.read(text, licence_denied.still_meant(words, given_up))
    taken = (
        *((q.start, q.end) for q in figures), *licence.spans, *cues.drop_spans,
        *told_when,
    )  # fmt: skip
    # "Drop the topic floods": what is dropped is named behind its field.
    whole = [
        at for name, at in zip(cues.drop, cues.drop_spans, strict=True) if name not in _NAMED
    ]  # fmt: skip
    about = subject.read(
        text, words, (*(at for at in taken if at not in cues.drop_spans), *whole),
        often=tuple(r.frequency for r in often),
    )  # fmt: skip
    by_name = {"topics": about.topics_not, "tasks": about.tasks_not}
    dropped = tuple(name for name in cues.drop if not by_name.get(name))
    left = leftover.left(words, (*taken, *about.spans))
    # "Leave Brazil out": words that only rank are taken back as well.
    refused = dismissed.refused(text, words, left, (*taken, *about.spans))
    left = tuple(word for word in left if word not in refused)
    abroad = places.in_english(text, words, left)
    wish = dict.fromkeys((*about.said, *publishers.sought(said, owned), *left, *abroad))
    need = publishers.joined(_need(text, about, licence, figures, since), owned)
    short = has_need or len(words) <= _SHORT
    loose = leftover.runs(text, words, tuple(refused)) if short else ()
    avoid = _avoided(need, (*about.avoid, *loose))
    need = replace(need, wish=" ".join(wish), avoid=() if has_need else avoid)
    states_data = _states_data(about, need)
    states_limit = bool(
        need.sizes or need.budget or need.access or need.licence_wish or need.licences
            or need.licences_not
        or need.update_frequency or need.updated_since or cues.drop
    )  # fmt: skip
    scene = intents.Scene(
        states_data=states_data,
        states_core=_states_core(about, need),
        states_limit=states_limit,
        states_task=bool(about.tasks),
        states_topic=bool(about.topics),
        in_view=in_view,
        has_need=has_need,
    )
    intent = intents.intent(cues, scene, len(words))
    if cues.has("undo") and not states_data and not states_limit:
        intent = "refine"
    mode = _mode(text, cues, states_data=states_data, states_limit=states_limit)
    if has_need and not cues.terms and intent in ("find", "refine", "off_topic", "explain"):
        intent = aside.intent(text, names_language=bool(about.languages)) or intent
    return Reading(
        text=text,
        intent=intent,
        stated=need,
        mode="replace" if mends and mode == "merge" and about.topics else mode,
        drop=(*dropped, *(("licence",) if licence.any_will_do else ()), *about.dropped),
        pointer=cues.pointer,
        unclear=tuple(about.unclear),
        asks=cues.asks,
        terms=cues.terms,
        counting=_with_lack(cues.counting, about),
        words=left,
        words_not=frozenset((*refused, *about.said_not)),
        avoid=avoid,
        runs=leftover.runs(text, words, left),
        unknown=_unknown(text, words, left, about),
        any_kind=about.any_kind or _wants_more(text, about),
        tasks_not=tuple(about.tasks_not),
        modalities_not=tuple(about.modalities_not),
        topics_not=tuple(about.topics_not),
        other_side=about.other_side,
        training=cues.has("training"),
        licences_add=licence.adds,
        only=cues.has("only"),
        questioning=cues.questioning,
        mended=mended.read,
    )


def _avoided(need: Need, said: tuple[str, ...]) -> tuple[str, ...]:
    """What the turn does without, each once; "without asking" names no thing."""
    named = {name.casefold() for name in (*need.publishers_not, *need.names_not)}
    return tuple(dict.fromkeys(a for a in said if a not in named and not a.endswith("ing")))


def _wants_more(text: str, about: Subject) -> bool:
    """Such as "what else is there in Galician?": data of any kind."""
    return bool(about.languages and not (about.tasks or about.modalities) and _ELSE.search(text))


def _unknown(
    text: str, words: tuple[Token, ...], left: tuple[str, ...], about: Subject
) -> tuple[str, ...]:
    if about.languages or about.unclear or about.topics or not (about.tasks or about.modalities):
        return ()
    return unknown.names(text, words[:_COMMAND_WORDS], left, about.spans)


def _states_core(about: Subject, need: Need) -> bool:
    return bool(
        about.languages or about.tasks or about.modalities or about.sources or need.publishers
    )


def _states_data(about: Subject, need: Need) -> bool:
    return bool(
        about.languages or about.languages_not or about.tasks or about.modalities
        or about.topics or about.sources or about.sources_not or need.speech_style
        or need.publishers or need.publishers_not or need.names_not or about.any_kind
    )  # fmt: skip


def _need(
    text: str,
    about: Subject,
    licence: licence_words.LicenceWords,
    figures: tuple[sizes.Quantity, ...],
    since: tuple[dates.Since, ...],
) -> Need:
    names_not = names.shut_out(text, (*about.spans, *licence.spans), about.sources_not)
    budget = bounds.budget(figures)
    if about.free and budget is None:
        budget = Budget(most_cents=0)
    acts = licence.acts
    if licence.wish == "commercial" and not acts:
        acts = ("commercial_use",)
    ranges = bounds.sizes(figures, unitless="hours" if "audio" in about.modalities else "records")
    topics, topics_apart = choices.arranged(about.topics, about.topics_apart)
    return Need(
        languages=tuple(about.languages),
        languages_joined=about.joined,
        languages_apart=about.apart,
        languages_not=tuple(about.languages_not),
        modalities=tuple(about.modalities),
        speech_style=about.style,
        tasks=tuple(about.tasks),
        kinds_apart=about.kinds_apart and bool(about.tasks and about.modalities),
        topics=topics,
        topics_apart=topics_apart,
        use=Use(
            acts=acts,
            organisation=licence.organisation,
            from_country=licence.from_country,
            hq_country=licence.hq_country,
        ),
        licence_wish=licence.wish,
        licences=licence.licences,
        licences_not=licence.licences_not,
        sizes=ranges,
        budget=budget,
        access=tuple(about.access),
        update_frequency=tuple(about.frequency),
        updated_since=since[0].day.isoformat() if since else None,
        sources=tuple(about.sources),
        sources_not=tuple(about.sources_not),
        publishers=publishers.wanted(text, about.spans),
        publishers_not=() if about.sources_not else publishers.unwanted(text),
        names_not=names_not,
        like=names.alike(text),
        must=_must(text, licence),
    )


def _must(text: str, licence: licence_words.LicenceWords) -> tuple[str, ...]:
    if licence.wish == "non_commercial_ok" and _MUST.search(text):
        return ("licence_wish",)
    return ()


def _mode(text: str, cues: intents.Cues, *, states_data: bool, states_limit: bool) -> Mode:
    if cues.has("undo") and not states_data and not states_limit:
        return "undo"
    if cues.has("add") and _BACK.search(text):
        return "replace"
    if cues.has("anew") or cues.has("reset") or (states_data and onward.starts_anew(text)):
        return "anew"
    if cues.has("add") or _OR_FIRST.match(text):
        return "add"
    if cues.has("replace") or cues.has("undo"):
        return "replace"
    # "And Amharic?" asks the same for Amharic; "and Amharic" goes on with the list.
    listing = _AND_FIRST.match(text) and not cues.questioning and not states_limit
    return "add" if listing else "merge"


def _with_lack(counting: Counting | None, about: Subject) -> Counting | None:
    """Such as "ASR but no TTS": what is excluded by task or kind must be missing."""
    if counting is None:
        return None
    lacking = (*about.tasks_not, *about.modalities_not)
    return Counting(by=counting.by, measure=counting.measure, lacking=lacking, top=counting.top)
