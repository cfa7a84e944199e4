"""How the subjects and the own words of a turn join those spoken of before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue_languages import says_welcome
from assistant.need import Need
from assistant.relax import union
from assistant.understand import narrower, places
from assistant.understand.content import is_form, is_label, is_plain, topic_label
from assistant.understand.lexicon import tokens
from assistant.understand.reading import Reading
from catalog_sync import territories, vocab

_LONGEST = 600
_PART = "; "
_SHORTEST = 4
"""Letters from which a word that two names share makes them of one family."""


def joined(old: Need, reading: Reading, past: Sequence[Need]) -> tuple[str, ...]:
    """Further topics narrow; one in place of another replaces what was said last.

    Args:
        old: The need without what the turn takes back.
        reading: The turn.
        past: Needs before each change, oldest first.
    """
    new = reading.stated.topics
    if (old.topics or old.tasks) and reading.mode == "merge":
        new = tuple(topic for topic in new if not is_plain(topic))
    if reading.mode != "add" and places.names(reading.text, (*reading.words, *new)):
        # "Japan instead" takes the place of Canada, whether cards are labelled with it or not.
        old = replace(old, topics=tuple(t for t in old.topics if not territories.code(t)))
    if not new:
        if "topics" in reading.drop:
            return ()
        return () if _is_sibling(old, reading) else _without_said(old, reading)
    if reading.mode != "replace" or reading.topics_not:
        return union(old.topics, new)
    forms = [topic for topic in old.topics if is_form(topic)]
    other = set(old.topics).isdisjoint(new) and len({is_form(topic) for topic in new}) == 1
    if 0 < len(forms) < len(old.topics) and other:
        # "Satellite images of floods", "no, droughts": what they are taken with stays.
        beside = tuple(t for t in old.topics if is_form(t) != is_form(new[0]))
        return union(beside, new)
    return union(_before(old, past), new)


def _before(old: Need, past: Sequence[Need]) -> tuple[str, ...]:
    """The topics that the last narrowing found: "rice instead" leaves the genomes."""
    for need in reversed(past):
        if need.topics != old.topics:
            return need.topics if set(need.topics) < set(old.topics) else ()
    return ()


def wider_stays(old: Need, reading: Reading, past: Sequence[Need]) -> tuple[str, ...]:
    """Topics that a turn takes back by a word that only narrowed them: "drop salinity", of oceans.

    Such a topic stood before that word was said, and goes on without it.
    """
    gone = reading.words_not
    return tuple(
        topic for topic in reading.topics_not
        if gone and topic in old.topics and not all(is_label(topic, word) for word in gone)
        and any(topic in need.topics and not gone & set(need.wish.split()) for need in past)
    )  # fmt: skip


def _is_sibling(old: Need, reading: Reading) -> bool:
    """Such as "Sentinel-2 rather" after Sentinel-1: a name no table has, of the same family."""
    if reading.mode != "replace" or not old.topics:
        return False
    said = {word for word in reading.words if len(word) >= _SHORTEST}
    return any(said & {t.word for t in tokens(topic_label(topic))} for topic in old.topics)


def _without_said(old: Need, reading: Reading) -> tuple[str, ...]:
    """The topics without one that a word of it takes back: "tides rather than currents".

    What stands in its place is known by its word alone, so that the wide subject stays.
    """
    if reading.mode != "replace" or not reading.words_not or not reading.words:
        return old.topics
    kept: tuple[str, ...] = ()
    for topic in old.topics:
        said = {token.word for token in tokens(topic_label(topic))}
        gone = bool(said & reading.words_not) and not said <= reading.words_not
        kept = union(kept, _wider(topic) if gone else (topic,))
    return kept


def _wider(topic: str) -> tuple[str, ...]:
    return tuple(
        code for code, wide in vocab.TOPICS.items() if code != topic and topic in wide.tags
    )[:1]


def avoided(old: Need, reading: Reading) -> tuple[str, ...]:
    """What is not wanted, now or before: not what was asked for and is only given up.

    What a later turn names is no longer avoided.

    Args:
        old: The need before the turn.
        reading: The turn.
    """
    if "exclusions" in reading.drop:
        return ()
    labels = [topic_label(topic) for topic in old.topics]
    labels += [vocab.TASKS[task].label for task in old.tasks]
    asked = _words(" ".join((old.wish, *labels)))
    new = tuple(each for each in reading.avoid if _words(each).isdisjoint(asked))
    named = _words(reading.text) - _words(" ".join(reading.avoid))
    return union(tuple(each for each in old.avoid if not _words(each) <= named), new)


def let_in(old: Need, reading: Reading) -> Reading:
    """The turn, asking for no subject that it only ceases to avoid: "radar is fine after all"."""
    stated = reading.stated
    named = _words(reading.text)
    back = any(_words(each) <= named for each in old.avoid)
    if not back or not stated.topics or not says_welcome(reading.text):
        return reading
    return replace(reading, stated=replace(stated, topics=(), topics_apart=()))


def _words(text: str) -> frozenset[str]:
    return frozenset(token.word.removesuffix("s") for token in tokens(text))


def words(old: Need, reading: Reading) -> str:
    """The person's own words so far, without those of what they do without."""
    new = reading.stated.wish
    owners = " ".join(reading.stated.publishers_not)
    gone = reading.words_not | {token.word for token in tokens(owners)}
    before = old.wish
    if reading.mode != "add" and places.names(reading.text, reading.words):
        # "No, India": what is wanted is of the place named last.
        gone |= places.words_of(before)
    years = {word for word in before.replace(_PART, " ").split() if word.isdigit()}
    if reading.mode != "add" and any(word.isdigit() for word in reading.words):
        # "Sorry, 1950": another year takes the place of the one said before.
        gone |= years
    if reading.mode == "replace" and narrower.things(new):
        # "No, teeth": another thing takes the place of the knees.
        gone |= {word for thing in narrower.things(before) for word in thing.said.split()}
    if gone:
        parts = (part.split() for part in before.split(_PART))
        kept = (" ".join(word for word in part if word not in gone) for part in parts)
        before = _PART.join(part for part in kept if part)
    return _PART.join(part for part in (before, new) if part)[-_LONGEST:]
