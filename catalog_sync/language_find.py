"""Languages named inside a sentence, in any script, the longest name first.

A word that is also an ordinary word counts only where the sentence makes it a language: "in Even",
"the Even language", "Even and Evenki", never "even a tiny set".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from catalog_sync import language_context as context
from catalog_sync import language_tagged as tagged
from catalog_sync import territories
from catalog_sync.language_answer import LanguageAnswer, Mention
from catalog_sync.language_codes import codes, members
from catalog_sync.language_inflect import forms
from catalog_sync.language_names import ambiguous, own, raw_index
from catalog_sync.language_resolve import lookup, resolve
from catalog_sync.language_resolve import prefixed as resolve_prefixed
from catalog_sync.language_spelling import nearest
from catalog_sync.language_text import WORD, bare, fold, spaceless
from catalog_sync.language_widen import widened
from catalog_sync.language_words import is_word, table

_LONGEST = 7
"""Words in the longest name looked for."""
_LIST = frozenset({"or", "and", "y", "o", "et", "ou", "e", "und", "oder", "na", "au"})
"""Words that join the last of a list."""
_RUN = 14
"""Characters in the longest name looked for in a script without spaces."""


_WRITTEN_ON = frozenset(("بال", "وال", "فال", "کال"))
"""How an Arabic word begins with the article after a letter that is written onto it."""
_ENDED = frozenset({"es", "fr", "pt", "it", "de"})
"""Languages whose names of languages take endings: "corpus arabes", where no small word tells."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text and its two keys."""

    start: int
    end: int
    text: str
    exact: str
    plain: str


@cache
def _openings() -> Mapping[str, frozenset[str]]:
    """First words of names of several words, each with the words that may come second.

    First two characters of unspaced names stand here as well, with nothing second.
    """
    found: dict[str, set[str]] = {}
    for key in chain(raw_index(), own(), ambiguous()):
        if " " in key:
            first, second, *_ = key.split(" ", 2)
            found.setdefault(first, set()).add(second)
        if key[0] > "\u0dff" and spaceless(key[0]):
            found.setdefault(key[:2], set())
    return {first: frozenset(seconds) for first, seconds in found.items()}


def is_key(key: str) -> bool:
    """Whether a key is the name of a language."""
    return key in raw_index() or key in own() or key in ambiguous()


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    found = []
    for match in WORD.finditer(text):
        word = match.group()
        found.append(Token(match.start(), match.end(), word, fold(word), bare(word)))
    return found


def _longest(words: list[Token], at: int) -> int:
    """How many words from `at` make the longest known name; 0 when none do."""
    first = words[at]
    opens = at + 1 < len(words) and _opens(first, words[at + 1])
    for count in range(min(_LONGEST, len(words) - at) if opens else 1, 1, -1):
        span = words[at : at + count]
        exact = " ".join(word.exact for word in span)
        if is_key(exact) or is_key(" ".join(word.plain for word in span)):
            return count
    return 1 if is_key(first.exact) or is_key(first.plain) else 0


def _is_list(text: str, words: list[Token]) -> bool:
    """Whether a comma parts two languages of a list: "Galician, Asturian or Aragonese"."""
    first, second, *rest = words
    listed = "," in text[first.end : second.start] and len(rest) == 1
    after = rest[0].plain if listed else ""
    joins = after in _LIST or (listed and "," in text[second.end : rest[0].start])
    return joins and is_key(first.plain) and is_key(second.plain)


def _unprefixed(words: list[Token], at: int) -> int:
    """How many words make a name of several, its first with a letter for "in", "and" or "like"."""
    first = words[at]
    if first.exact[:3] not in _WRITTEN_ON or at + 1 == len(words):
        return 0
    bare_first = replace(
        first, start=first.start + 1, text=first.text[1:], exact=first.exact[1:],
        plain=first.plain[1:],
    )  # fmt: skip
    count = _longest([bare_first, *words[at + 1 : at + _LONGEST]], 0)
    return count if count > 1 else 0


def _opens(first: Token, second: Token) -> bool:
    """Whether some name begins with these two words."""
    openings = _openings()
    return second.exact in openings.get(first.exact, ()) or second.plain in openings.get(
        first.plain, ()
    )


def _in_run(word: Token) -> Iterator[tuple[int, int]]:
    """Offsets of names inside a word of a script without spaces."""
    at = 0
    text = word.text
    while at < len(text):
        size = _piece(text, at)
        if size:
            yield word.start + at, word.start + at + size
        at += size or 1


def _piece(text: str, at: int) -> int:
    """Length of the longest name that starts here; 0 when none does."""
    if fold(text[at : at + 2]) not in _openings():
        return 0
    for size in range(min(_RUN, len(text) - at), 1, -1):
        if is_key(fold(text[at : at + size])) and context.sure_piece(text, at, size):
            return size
    return 0


def families(tag: str) -> bool:
    """Whether the tag is a family's collective code, which `find_groups` reads."""
    code = codes().get(tag)
    return code is not None and code.scope == "C" and not members(tag)


def _moved(answer: LanguageAnswer, text: str) -> LanguageAnswer:
    return replace(answer, name=text)


def _mention(text: str, start: int, end: int, answer: LanguageAnswer | None) -> Mention | None:
    if answer is None or not (answer.tags or answer.ambiguous):
        return None
    if answer.tags and all(families(tag) for tag in answer.tags):
        return None
    said = text[start:end]
    return Mention(start=start, end=end, text=said, answer=_moved(answer, said))


def find_in(text: str) -> tuple[Mention, ...]:
    """Every language the text names, in order, none overlapping.

    Args:
        text: A sentence or a page, in any language and script.
    """
    words = tokens(text)
    sentence = context.Sentence(text, words)
    found: list[Mention] = list(tagged.tags_in(text))
    taken = {at for mention in found for at in range(mention.start, mention.end)}
    doubtful: list[tuple[Mention, int, int]] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.start in taken:
            at += 1
            continue
        if spaceless(word.text[0]):
            for start, end in _in_run(word):
                mention = _mention(text, start, end, lookup(text[start:end]))
                found.extend([mention] if mention else [])
            at += 1
            continue
        count, start = _longest(words, at), word.start
        if count > 1 and _is_list(text, words[at : at + count + 1]):
            count = _longest(words[at : at + 1], 0)
        if count < 2 and (written_on := _unprefixed(words, at)):
            count, start = written_on, word.start + 1
        if count:
            last = words[at + count - 1]
            end = last.end + context.closes(text, start, last.end)
            mention = _mention(text, start, end, lookup(text[start:end]))
            certainty = sentence.certainty(at, count)
            if mention and certainty == "sure":
                found.append(mention)
            elif mention and certainty == "doubtful":
                doubtful.append((mention, at, count))
            at += count if mention and certainty != "no" else 1
            continue
        built = _inflected(text, word, sentence, at)
        found.extend([built] if built else [])
        at += 1
    found.sort(key=lambda mention: mention.start)
    found.extend([m for m, i, n in doubtful if sentence.beside_sure(i, n, found)])
    found.sort(key=lambda mention: mention.start)
    return tuple(_widened(text, words, found))


def _inflected(text: str, word: Token, sentence: context.Sentence, at: int) -> Mention | None:
    """A name with an ending or a prefix of its sentence's language, or one misspelt."""
    hints = sentence.hints()
    if not hints and sentence.names_data(at):
        hints = _ENDED
    for form in forms(word.plain, word.text, hints):
        country = territories.code(form) and form not in table("small")
        if is_key(form) and not is_word(form) and not country:
            return _mention(text, word.start, word.end, lookup(form))
    if sentence.may_be_prefixed(at):
        prefixed = _mention(text, word.start, word.end, resolve_prefixed(word.text))
        if prefixed is not None:
            return prefixed
    if len(word.plain) < 6 or not word.plain.isascii() or not sentence.speaks_of_language(at, 1):
        return None
    if is_word(word.plain):
        return None
    near = nearest(word.text)
    return _mention(text, word.start, word.end, resolve(word.text)) if near else None


def _widened(text: str, words: list[Token], found: list[Mention]) -> Iterator[Mention]:
    """Mentions with the words before or after that narrow them: "Mexican Spanish"."""
    before = 0
    for number, mention in enumerate(found):
        after = found[number + 1].start if number + 1 < len(found) else len(text)
        wider = widened(text, words, mention, before, after)
        before = wider.end
        yield wider
