"""What of a card is read when it is searched: its passages, and its words by field.

Pure. `PASSAGE_VERSION` changes whenever the same card would give other passages or words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from catalog_sync.card import DatasetCard, LanguageTag
from catalog_sync.clauses import Terms
from catalog_sync.vocab import TASKS
from indexer.tokens import TOKENS_VERSION

PASSAGE_VERSION = f"1.{TOKENS_VERSION}"
Kind = Literal["summary", "languages", "terms", "description", "datasheet"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Naming = Callable[[LanguageTag], tuple[str, ...]]
"""A language tag to its names: English first, then its own, without repeats."""

PART_ROOM = 850
"""Room of one passage, in ASCII characters: about 200 of the model's 256 tokens of English."""
WIDE = 3
"""What another character costs: an English vocabulary cuts foreign words into small pieces."""
FEW_LANGUAGES = 4
LANGUAGES_A_PASSAGE = 24
MOST_LANGUAGE_PASSAGES = 2
MOST_DESCRIPTION_PARTS = 2
MOST_DATASHEET_PARTS = 2

_SPACES = re.compile(r"\s+")
_LINKS = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)|https?://\S+")
_ENDS = re.compile(r"(?<=[.!?。！？।])\s+")
_WORD_BREAKS = re.compile(r"[-_/.]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that is embedded, and which part of the card it is."""

    kind: Kind
    text: str

    @property
    def digest(self) -> bytes:
        """16 bytes, equal exactly when the text is."""
        return hashlib.blake2b(self.text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One card or corpus record as the index reads it."""

    name: str
    aliases: tuple[str, ...] = ()
    """Other names it goes by."""
    passages: tuple[Passage, ...]
    fields: Mapping[str, str]
    """Words to match, by the fields of `lexical.FIELD_WEIGHTS`."""
    text: str = field(default="", repr=False)
    """Running text in which other records may be named."""


def document_of(card: DatasetCard, *, naming: Naming) -> Document:
    """The passages and words of one card, at most nine passages."""
    named = [naming(tag) for tag in card.languages]
    body = _plain(f"{card.summary} {card.description}")
    sheet = " ".join(_plain(f"{part.title}: {part.text}") for part in card.datasheet if part.text)
    return Document(
        name=card.name,
        passages=tuple(_passages(card, named, sheet)),
        fields={
            "name": f"{card.name} {_WORD_BREAKS.sub(' ', card.native_id)}",
            "tags": " ".join(
                [*_subjects(card), *card.tags, card.publisher or ""]
                + [name for names in named for name in names]
                + list(card.languages)
                + [card.terms.licence or ""]
            ),
            "text": f"{body} {sheet}",
        },
        text=f"{body} {sheet}",
    )


def _passages(card: DatasetCard, named: list[tuple[str, ...]], sheet: str) -> Iterable[Passage]:
    summary = _plain(card.summary)
    yield Passage("summary", _cut(_summary(card, named, summary)))
    if len(named) > FEW_LANGUAGES:
        for text in _language_texts(card, named):
            yield Passage("languages", text)
    terms = terms_in_words(card.terms)
    if terms:
        yield Passage("terms", _cut(f"{card.name}. {terms}"))
    described = _plain(card.description).removeprefix(summary).strip()
    if described:
        for part in _parts(described, card.name, MOST_DESCRIPTION_PARTS):
            yield Passage("description", part)
    for part in _parts(sheet, card.name, MOST_DATASHEET_PARTS):
        yield Passage("datasheet", part)


def _summary(card: DatasetCard, named: list[tuple[str, ...]], summary: str) -> str:
    lines = [card.name]
    native = _WORD_BREAKS.sub(" ", card.native_id).strip()
    if native.lower() != _WORD_BREAKS.sub(" ", card.name).strip().lower():
        lines.append(native)
    subjects = _subjects(card)
    if subjects:
        lines.append(", ".join(subjects))
    if 0 < len(named) <= FEW_LANGUAGES:
        pairs = zip(named, card.languages, strict=True)
        lines.append("; ".join(f"{' / '.join(names)} ({tag})" for names, tag in pairs))
    elif named:
        lines.append(f"{len(named)} languages")
    lines.append(summary or _plain(card.description))
    if card.tags:
        lines.append(", ".join(card.tags[:12]))
    return ". ".join(line for line in lines if line)


def _subjects(card: DatasetCard) -> list[str]:
    labels = [TASKS[code].label if code in TASKS else code for code in card.tasks]
    style = [f"{card.speech_style} speech"] if card.speech_style else []
    return list(dict.fromkeys([*labels, *style, *card.modalities]))


def _language_texts(card: DatasetCard, named: list[tuple[str, ...]]) -> Iterable[str]:
    """The first languages by name; what is over is found by words and by the filter."""
    for start in range(0, len(named), LANGUAGES_A_PASSAGE):
        if start >= LANGUAGES_A_PASSAGE * MOST_LANGUAGE_PASSAGES:
            return
        some = named[start : start + LANGUAGES_A_PASSAGE]
        yield _cut(f"{card.name} languages: " + ", ".join(names[0] for names in some if names))


_ELEMENTS: tuple[tuple[str, str], ...] = (
    # Part of an SPDX id, and what it is in words. What may be done is judged elsewhere; these
    # words only help a question find the card.
    ("CC0", "public domain dedication"),
    ("PDDL", "public domain dedication"),
    ("PDM", "public domain"),
    ("CC-BY", "Creative Commons attribution"),
    ("-NC", "non-commercial"),
    ("-SA", "share-alike"),
    ("-ND", "no derivatives"),
    ("ODbL", "open database licence, share-alike"),
    ("ODC-By", "open data attribution"),
    ("MIT", "permissive software licence"),
    ("Apache", "permissive software licence"),
    ("BSD", "permissive software licence"),
    ("GPL", "copyleft software licence"),
)
_ACCESS: Mapping[str, str] = {
    "public": "open to download",
    "on_request": "access on request",
    "agreement": "access after accepting an agreement",
    "owner_site": "access on the owner's own site",
    "private": "private",
}


def terms_in_words(terms: Terms) -> str:
    """Licence, access and price in plain words; empty when nothing is stated."""
    said = []
    if terms.licence:
        meant = dict.fromkeys(words for part, words in _ELEMENTS if part in terms.licence)
        said.append(", ".join([f"Licence {terms.licence}", *meant]))
    elif terms.licence_stated:
        said.append("Licence " + "; ".join(terms.licence_stated))
    if terms.access in _ACCESS:
        said.append(_ACCESS[terms.access])
    if terms.price is not None:
        cents = terms.price.owner_cents
        said.append("free of charge" if cents == 0 else f"costs {terms.price.currency}")
    return ". ".join(said)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _LINKS.sub(r"\1", text)).strip()


def _room(text: str) -> int:
    return len(text) if text.isascii() else sum(1 if c.isascii() else WIDE for c in text)


def _cut(text: str) -> str:
    if _room(text) <= PART_ROOM:
        return text
    used = 0
    for at, char in enumerate(text):
        used += 1 if char.isascii() else WIDE
        if used > PART_ROOM:
            return text[:at].rsplit(" ", 1)[0]
    return text


def _parts(text: str, name: str, most: int) -> Iterable[str]:
    """At most `most` passages of whole sentences, each led by the card's name."""
    if not text:
        return
    held = f"{name}."
    given = 0
    for sentence in _ENDS.split(text):
        if held != f"{name}." and _room(held) + _room(sentence) + 1 > PART_ROOM:
            yield _cut(held)
            given += 1
            if given == most:
                return
            held = f"{name}."
        held = f"{held} {sentence}"
    yield _cut(held)


def corpus_document(
    id_: str, *, name: str, title: str, text: str, aliases: tuple[str, ...]
) -> Document:
    """A record of a foreign corpus: its identifier, title and text as one passage."""
    called = name or id_
    whole = " ".join(part for part in (id_, title, text) if part)
    return Document(
        name=called,
        aliases=aliases,
        passages=(Passage("summary", whole),),
        fields={"name": " ".join((called, *aliases)), "tags": title, "text": _plain(text)},
        text=_plain(f"{title}. {text}"),
    )
