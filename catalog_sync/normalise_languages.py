"""Languages of one record: its language field, or for language data what its text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog_sync import languages, vocab
from catalog_sync.card import Evidence
from catalog_sync.language_answer import StatedLanguages
from catalog_sync.source import RawRecord

_QUOTE_CHARS = 300
_MOST_NOTES = 12
_TEXT_CHARS = 3000
_SEVERAL = re.compile(
    r"\b(?:multilingual|cross-?lingual)\b|\b(?:\d{1,4}|several|many|multiple)\+? languages\b",
    re.IGNORECASE,
)
_SURE = frozenset({"name", "autonym", "alias", "dialect", "macrolanguage"})
_LANGUAGE_WORK = frozenset({
    "natural-language-processing", "text-analysis", "machine-translation", "speech-recognition",
    "automatic-speech-recognition", "speech-processing", "conversation-data", "dialog",
    "speaker-identification",
})  # fmt: skip
"""Keywords of registries without a language field, on data whose text is about a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a record says of languages."""

    tags: tuple[str, ...]
    unread: tuple[str, ...]
    multilingual: bool | None
    evidence: tuple[Evidence, ...]


@lru_cache(maxsize=20_000)
def _stated(raw: str) -> StatedLanguages:
    return languages.stated(raw)


def read(record: RawRecord) -> Read:
    """Tags in the order stated, each once; a value without a code is kept as written."""
    if not record.languages:
        return _named_in_text(record)
    answers = [_stated(raw) for raw in record.languages]
    notes = [note for answer in answers for note in answer.notes][:_MOST_NOTES]
    quotes = [", ".join(record.languages)[:_QUOTE_CHARS], *notes]
    return Read(
        tags=tuple(dict.fromkeys(tag for answer in answers for tag in answer.tags)),
        unread=tuple(dict.fromkeys(value for answer in answers for value in answer.unread)),
        multilingual=True if any(answer.multilingual for answer in answers) else None,
        evidence=tuple(
            Evidence(field="languages", quote=quote, url=record.url) for quote in quotes if quote
        ),
    )


def _named_in_text(record: RawRecord) -> Read:
    """Languages that name and description call by name, where the keywords say language data."""
    about_language = {vocab.slug(tag) for tag in record.tags} & _LANGUAGE_WORK
    tagged = _by_keyword(record.tags) if about_language else {}
    found = dict(tagged)
    quotes: list[str] = []
    several: bool | None = None
    text = f"{record.name or ''}. {record.description or ''}"[:_TEXT_CHARS]
    if about_language:
        for mention in languages.find_in(text):
            if mention.answer.how in _SURE and not mention.answer.ambiguous:
                found.update(dict.fromkeys(mention.answer.tags[:1], mention.text))
        for named, tags in vocab.language_sets_in(text):
            found.update(dict.fromkeys(tags, named))
        several = True if languages.find_groups(text) else None
        if said := _SEVERAL.search(text):
            several = True
            quotes.append(said[0])
    quotes = list(dict.fromkeys((*found.values(), *quotes)))
    return Read(
        tags=tuple(found),
        unread=(),
        multilingual=several,
        evidence=(
            Evidence(
                field="languages",
                quote=f"named in the text: {', '.join(quotes)}"[:_QUOTE_CHARS],
                url=record.url,
            ),
        )
        if quotes
        else (),
    )


def _by_keyword(tags: tuple[str, ...]) -> dict[str, str]:
    """Keywords that are a language's plain name; short ones are more often something else."""
    found: dict[str, str] = {}
    for tag in tags:
        if len(tag) < 5 or not tag.isalpha():
            continue
        answer = languages.resolve(tag)
        if answer.how == "name" and len(answer.tags) == 1 and not answer.ambiguous:
            found[answer.tags[0]] = tag
    return found
