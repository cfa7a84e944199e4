"""Whether a sentence makes a word the name of a language, and what narrows the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Literal, Protocol

from catalog_sync import territories
from catalog_sync.language_answer import Mention
from catalog_sync.language_names import FOREIGN, LISTED, STRIPPED, hand_names, large, senses
from catalog_sync.language_words import is_word, table

Certainty = Literal["sure", "doubtful", "no"]


class Word(Protocol):
    """What this room needs of a token."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def plain(self) -> str: ...  # noqa: D102


def sure_piece(text: str, at: int, size: int) -> bool:
    """Whether a name found inside a run of an unspaced script is meant as a language.

    Han, kana and Hangul names end in a word for "language"; Thai and its neighbours put it before.
    """
    piece = text[at : at + size]
    if piece[-1] in "語语文話话어말" or size >= 4:
        return True
    before = text[max(0, at - 6) : at]
    if before.endswith(("ภาษา", "ພາສາ", "ភាសា")):
        return True
    return at == 0 and size == len(text)


_NOT_ONE = frozenset({"sign language", "sign languages"})
"""Kinds of language, which `find_groups` reads."""
_SMALL_AFTER = frozenset({"en", "em", "kwa"})
"""Words for "in" after which names are not known by a capital."""
_LANDS = frozenset({"indonesien", "armenien", "georgien"})
"""French "géorgien" is a language, German "Georgien" a country."""
_PEOPLE = ("ese", "ian", "ish", "isch", "ean", "eno", "ais", "ois", "ano", "ench", "tsch", "ic")
_WAY = frozenset({"city", "coast", "harcourt", "galera", "island", "islands", "valley", "holland"})


def _is_dialect(key: str) -> bool:
    found = senses(key)
    return bool(found) and all(sense.how == "dialect" for sense in found)


def closes(text: str, start: int, end: int) -> int:
    """1 when a bracket opened inside the span is closed right after it."""
    return int(
        text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")"
    )


@cache
def _capitals() -> frozenset[str]:
    """Names that are written in capitals: "ASL"."""
    names = (name for rows_ in hand_names().values() for name, _ in rows_)
    return frozenset(name for name in names if name.isupper())


class Sentence:
    """One text's words and what surrounds each."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        letters = [word.text for word in words if word.text[:1].isalpha()]
        self._shouted = sum(w.isupper() for w in letters) * 2 > len(letters) > 2
        self._hints: frozenset[str] | None = None

    def hints(self) -> frozenset[str]:
        """Languages the sentence seems to be in, by its small words."""
        if self._hints is None:
            seen = {word.plain for word in self._words[:400]}
            self._hints = frozenset(
                kind
                for kind in ("es", "fr", "pt", "de", "it", "sw")
                if len(seen & table(kind)) > 1
                or (seen & table(f"{kind}-sure"))
            )  # fmt: skip
        return self._hints

    def _at(self, index: int) -> str:
        return self._words[index].plain if 0 <= index < len(self._words) else ""

    def _starts(self, index: int) -> bool:
        """Whether the word opens the text or a sentence."""
        if index == 0:
            return True
        gap = self._text[self._words[index - 1].end : self._words[index].start]
        return any(mark in gap for mark in '.!?:\n•"“')

    def _joined(self, left: int, right: int) -> bool:
        """Whether no sentence end lies between two words."""
        gap = self._text[self._words[left].end : self._words[right].start]
        return not any(mark in gap for mark in ".!?;\n")

    def _capital(self, index: int) -> bool:
        return self._words[index].text[:1].isupper() and not self._shouted

    def speaks_of_language(self, index: int, count: int) -> bool:
        """Whether "in", "speech", "language" or the like stands at the words."""
        end = index + count
        after = end < len(self._words) and self._joined(end - 1, end)
        before = index > 0 and self._joined(index - 1, index)
        return (after and self._at(end) in table("noun")) or (
            before and self._at(index - 1) in table("before")
        )

    def names_data(self, index: int) -> bool:
        """Whether a word for data of a language stands right before or after: "corpus arabes"."""
        after = index + 1 < len(self._words) and self._joined(index, index + 1)
        before = index > 0 and self._joined(index - 1, index)
        nouns = table("noun") | table("data")
        return (after and self._at(index + 1) in nouns) or (before and self._at(index - 1) in nouns)

    def may_be_prefixed(self, index: int) -> bool:
        """Whether an unknown word may be a stem with a prefix: "Kihehe speech", "in Lunyole"."""
        word = self._words[index]
        known = is_word(word.plain) or territories.code(word.plain) is not None
        return len(word.plain) > 5 and not known and self.speaks_of_language(index, 1)

    def _called(self, index: int, count: int) -> bool:
        """Whether the word "language" or "speak" itself stands at the words."""
        return self._at(index + count) in table("language") or (
            self._at(index - 1) in table("calling")
        )

    def certainty(self, index: int, count: int) -> Certainty:
        """How surely the words at `index` name a language here."""
        keys = [self._at(i) for i in range(index, index + count)]
        key = " ".join(keys)
        after = self._at(index + count)
        place = after in table("not-after") or self._at(index - 1) in table("not-before")
        if place or key in _NOT_ONE or (key == "min" and after.isdigit()):
            return "no"
        if key in table("common"):
            named = self._capital(index) and not self._starts(index)
            called = self._called(index, count) or self._ends_in(index, count)
            return "sure" if named and called else "no"
        small = self._small(index, count, key)
        if small is not None:
            return small
        if self._acronym(index, count) or key in table("proper"):
            return "no"
        if _is_dialect(key):
            return self._dialect(index, count, keys)
        whole = index == 0 and count == len(self._words)
        if key in table("plain") or all(k in table("plain") | table("common") for k in keys):
            return self._plain(index, count)
        if whole:
            return "sure"
        if key in table("small"):
            return "sure" if self._words[index].text[:1].islower() else "no"
        if key in table("rare") or territories.code(key):
            return self._rare(index, count)
        return self._other(index, count, key)

    def _small(self, index: int, count: int, key: str) -> Certainty | None:
        """What a word beside it or its own writing decides: "en francés"; None: nothing."""
        if self._called(index, count):
            return "sure"
        if key in _LANDS:
            return "no" if self._words[index].text.isascii() else "sure"
        return "sure" if count == 1 and self._written_small(index, key) else None

    def _written_small(self, index: int, key: str) -> bool:
        """Whether it is a large language's name as Romance languages write it: "en francés"."""
        word = self._words[index].text
        said = word[:1].islower() and self._at(index - 1) in _SMALL_AFTER
        proper = not word.isascii() or key in table("proper") or len(key) == 4
        if not said or not proper or (word.isascii() and key in table("plain")):
            return False
        return any(sense.tag.split("-")[0] in large() for sense in senses(key))

    def _acronym(self, index: int, count: int) -> bool:
        """Whether the one word is a short one in capitals that is no name we write so: "DEM"."""
        written = self._words[index].text
        if count > 1 or self._shouted or not written.isascii() or not written.isupper():
            return False
        return 1 < len(written) <= 5 and written not in _capitals() and len(self._words) > 1

    def _plain(self, index: int, count: int) -> Certainty:
        if not self._capital(index) or len(self._words) == count:
            return "no"
        if self._starts(index):
            return "doubtful"
        if self._at(index - 1) in table("in") and self._at(index + count) not in table("place"):
            return "doubtful" if self._is_longer(index + count) else "sure"
        return "sure" if self._noun(index + count) else "doubtful"

    def _ends_in(self, index: int, count: int) -> bool:
        """Whether the words close their clause after "in", as no small word does: "in Fur"."""
        end = index + count
        closed = end == len(self._words) or not self._gap(end).isspace()
        written = self._words[index].text
        return closed and self._at(index - 1) in table("in") and not written.isupper()

    def _is_longer(self, index: int) -> bool:
        """Whether the name before this word goes on with it: "Ho Chi Minh"."""
        if index >= len(self._words) or not self._gap(index).isspace():
            return False
        return self._capital(index) and not self._noun(index) and not senses(self._at(index))

    def _gap(self, index: int) -> str:
        return self._text[self._words[index - 1].end : self._words[index].start]

    def _dialect(self, index: int, count: int, keys: Sequence[str]) -> Certainty:
        """A dialect is often called by its place: only its own form or a word for it proves it."""
        said = keys[-1]
        if self._at(index + count) in table("language") or said in table("language"):
            return "sure"
        if count > 1 and any(senses(key) for key in (keys[0], said)) and said not in _WAY:
            return "sure"
        if len(said) > 5 and said.endswith(_PEOPLE) and self._capital(index):
            return "sure" if self._noun(index + count) or count == len(self._words) else "doubtful"
        return "sure" if count == len(self._words) else "no"

    def _noun(self, index: int) -> bool:
        return self._at(index) in table("noun")

    def _rare(self, index: int, count: int) -> Certainty:
        if self._noun(index + count):
            return "sure"
        before = self._at(index - 1)
        # Spanish, French and Portuguese write names of languages small: "en peul".
        small = before in _SMALL_AFTER and not territories.code(self._at(index))
        if small or (self._capital(index) and before in table("before")):
            return "sure"
        return "doubtful"

    def _other(self, index: int, count: int, key: str) -> Certainty:
        """Names that are no ordinary word: the better known, the less is asked of the sentence."""
        found = senses(key)
        rank = min((sense.rank for sense in found), default=0)
        known = any(sense.tag.split("-")[0] in large() for sense in found) or rank == 0
        letters = len(key.replace(" ", ""))
        latin = key.isascii()
        if latin and letters <= 3:
            return self._rare(index, count)
        if known and rank < STRIPPED and (letters > 4 or not latin):
            return "sure"
        if known and rank <= FOREIGN and (letters > 5 or count > 1 or not latin):
            return "sure"
        if self._capital(index) or self.speaks_of_language(index, count):
            return "sure" if rank < LISTED or letters > 4 else "doubtful"
        return "sure" if count > 1 and rank < LISTED else "doubtful"

    def beside_sure(self, index: int, count: int, found: Sequence[Mention]) -> bool:
        """Whether a doubtful name stands in a list with one that is sure."""
        first, last = self._words[index], self._words[index + count - 1]
        place = bisect_left(found, first.start, key=lambda mention: mention.start)
        for mention in found[max(0, place - 1) : place + 1]:
            if mention.end <= first.start:
                gap = self._text[mention.end : first.start]
            elif mention.start >= last.end:
                gap = self._text[last.end : mention.start]
            else:
                continue
            if len(gap) < 14 and _LIST.fullmatch(gap):
                return True
        return False


_LIST = re.compile(
    r"\s*[,/&+،、]?\s*(?:[,/&+،、]|\b(?:and|or|y|et|e|und|ou|o|na|oder|vs|versus|au)\b|و)\s*"
    r"(?:(?:the|el|la|le|les|o|a|il|das|den|dem)\s+|l['’])?",
    re.IGNORECASE,
)
