"""What the data shall be, as words name it: tasks, kinds, styles, topics, sources, how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from assistant.understand.lexicon import (
    Find,
    Lexicon,
    Token,
    entries,
    stop_words,
    table,
    tokens,
)
from catalog_sync import vocab


@cache
def _lexicon() -> Lexicon:
    return Lexicon(phrases())


_WIDE = "program code"
"""A subject that is named like a task of its own."""
_SAID = frozenset((
    "news", "literature", "legal", "legal data", "education", "social media", "politics", "sports",
    "travel", "culture", "music", "religion", "reviews", "wikipedia", "subtitles", "movies",
    "health", "medicine", "covid 19", "coronavirus", "biomedical", "encyclopedic",
    "scientific papers", "scholarly communication", "online shopping", "source code",
    "natural language processing", "machine learning", "computer vision", "benchmark",
    "web archive", "financial markets", "economics", "government records", "complaints",
    "cyber security", "computer security", "cultural preservation", "commerce", "schools",
))  # fmt: skip


_FORMS = frozenset((
    "satellite-imagery", "aerial-imagery", "lidar", "radar", "synthetic aperture radar",
    "simulations", "geospatial", "mapping", "medical-imaging", "microscopy", "neuroimaging",
    "benchmark", "magnetic resonance imaging", "machine-learning", "computer-vision",
    "natural-language-processing",
))  # fmt: skip


_PLAIN = frozenset({"statistics", "land", "graph", "utilities", "trading", "civic"})


def is_plain(topic: str) -> bool:
    """Whether a registry's keyword is an ordinary word: beside a subject it is no second one."""
    return topic in _PLAIN


def is_form(topic: str) -> bool:
    """Whether a subject says how data was taken or is used, and not what it shows: radar."""
    return topic in _FORMS or topic.replace(" ", "-") in _FORMS


def is_measured(topic: str) -> bool:
    """Whether a subject is measured, not said: its data is of a place, and in no language."""
    return topic.replace("-", " ") not in _SAID


_STEM = 5
"""Letters that forms of one word share: "neurons" says what "neuroscience" does."""
_FIRST = ("source", "frequency", "access", "free", "not_free")


def phrases() -> Iterator[tuple[str, str, str]]:
    """The first meaning of a phrase stays: sources, then tasks, topics and kinds."""
    yield from (entry for entry in entries("limits") if entry[1] in _FIRST)
    # Data of a wide subject is wanted for more than the one task that is called so: source code.
    yield from (entry for entry in entries("topics") if entry[2] == _WIDE)
    yield from _task_phrases()
    # A registry's own keyword means just that keyword, before it means a wider topic.
    yield from ((topic.label, "topic", code) for code, topic in vocab.TOPICS.items())
    yield from ((entry[2], "topic", entry[2]) for entry in entries("topics") if entry[1] == "topic")
    yield from (entry for entry in entries("topics") if entry[1] == "topic" and _is_narrow(entry))
    for code, topic in vocab.TOPICS.items():
        yield from _worded("topic", code, topic.words)
    yield from (entry for entry in entries("topics") if entry[1] == "topic")
    yield from (entry for entry in entries("kinds") if entry[1] != "measured")
    for code, style in vocab.SPEECH_STYLE.items():
        yield from _worded("style", code, style.words)
    for code, modality in vocab.MODALITY.items():
        yield from _worded("modality", code, modality.words)


def _is_narrow(entry: tuple[str, str, str]) -> bool:
    """Whether a phrase means a registry's keyword that is one part of a wide topic: "CT scans"."""
    keyword = entry[2]
    return keyword in _parts()


@cache
def _parts() -> frozenset[str]:
    """Keywords that are one of several of a topic, and neither its name nor its code."""
    return frozenset(
        tag
        for code, topic in vocab.TOPICS.items()
        for tag in topic.tags[1:]
        if tag not in (code, topic.label)
    )


def _task_phrases() -> Iterator[tuple[str, str, str]]:
    for code, task in vocab.TASKS.items():
        yield code, "task", code
        yield task.label, "task", code
        yield from ((phrase, "task", code) for phrase in _plurals(task.label))
        yield from _worded("task", code, task.words)
        # Shorter spellings are ordinary words as often as not.
        yield from ((name, "task", code) for name in task.spellings if len(name) > 4)


def _plurals(label: str) -> Iterator[str]:
    """Such as "headlines generation" beside "headline generation"."""
    first, _, rest = label.partition(" ")
    if rest.endswith(("ation", "tion", "ing")) and " " not in rest and not first.endswith("s"):
        yield f"{first}s {rest}"


def _worded(
    kind: str, code: str, words: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str]]:
    for group in words.values():
        for phrase in group:
            yield phrase, kind, code


def find(words: tuple[Token, ...]) -> tuple[Find, ...]:
    """Phrases that say what the data is, left to right, longest first."""
    return _lexicon().find(words)


@cache
def _instruments() -> Lexicon:
    return Lexicon(entry for entry in entries("kinds") if entry[1] == "measured")


def instruments(words: tuple[Token, ...]) -> bool:
    """Whether a turn names something that takes measurements: "ECG", "sensor", "camera"."""
    return bool(_instruments().find(words))


@lru_cache(maxsize=4096)
def topic_label(topic: str) -> str:
    """A topic for a reader: "satellite imagery"."""
    known = vocab.TOPICS.get(topic)
    return known.label if known is not None else topic


@lru_cache(maxsize=4096)
def is_label(code: str, said: str) -> bool:
    """Whether these words say no more than the label of a topic or task does."""
    return all(_is_known(code, token.word) for token in tokens(said))


@lru_cache(maxsize=4096)
def beyond_label(code: str, said: str) -> tuple[str, ...]:
    """Those of these words that say more than the label of a topic or task does."""
    stems = {word[:_STEM] for word in _label_words(code)}
    stop, english = stop_words(), _said_of(code)
    return tuple(
        token.word for token in tokens(said)
        if token.word in english and token.word not in stop
        and len(token.word) > 2 and token.word[:_STEM] not in stems
    )  # fmt: skip


@cache
def _said_of(topic: str) -> frozenset[str]:
    """The single words by which a text, which is English as a rule, speaks of a topic."""
    return frozenset(token.word for phrase in topic_words(topic) for token in tokens(phrase))


def _is_known(code: str, word: str) -> bool:
    known = _label_words(code)
    return word in known or word.rstrip("s") in known


@lru_cache(maxsize=4096)
def _label_words(code: str) -> frozenset[str]:
    label = vocab.TASKS[code].label if code in vocab.TASKS else topic_label(code)
    return frozenset(token.word for token in tokens(f"{label} {code}"))


@cache
def topic_tags(topic: str) -> frozenset[str]:
    """Card tags that meet a wish for this topic, lower case."""
    # A keyword of several words that is one part of a topic is met by itself: space weather, of
    # astronomy; a single word ("meteorological") is as often the topic in other words.
    part = topic not in vocab.TOPICS and topic in _parts() and " " in topic
    named = frozenset({topic}) if part else vocab.topic_spellings(topic)
    more = table("topics").get("tags", {}).get(topic, [])
    return named | {topic, topic_label(topic)} | frozenset(more)


@cache
def topic_words(topic: str) -> tuple[str, ...]:
    """Words by which a text speaks of this topic."""
    known = vocab.TOPICS.get(topic)
    words = [topic_label(topic), *table("topics").get("topic", {}).get(topic_label(topic), [])]
    if known is not None:
        words += known.words.get("en", ())
    for wider in _subjects_of(topic):
        words += vocab.TOPICS[wider].words.get("en", ())
    return tuple(dict.fromkeys(words))


@cache
def _subjects_of(topic: str) -> tuple[str, ...]:
    """Wide subjects, which cards word in many ways, that a registry's keyword is one word of."""
    if topic in vocab.TOPICS:
        return ()
    return tuple(
        code
        for code, wider in vocab.TOPICS.items()
        if wider.ranks_only and topic in {word.casefold() for word in wider.words.get("en", ())}
    )


@cache
def only_orders(topic: str) -> bool:
    """Whether most data on this topic is not labelled with it, so that it shuts nothing out."""
    known = vocab.TOPICS.get(topic)
    if known is not None:
        return known.ranks_only
    return bool(_subjects_of(topic)) or topic in table("topics")["orders"]["topics"]


@cache
def task_words(task: str) -> tuple[str, ...]:
    """English words by which a text speaks of this task."""
    known = vocab.TASKS[task]
    return tuple(dict.fromkeys((known.label, *known.words.get("en", ()))))
