"""What a person has to look at in a phrasebook: where its English, made anew, turned round. Pure.

A text is translated back by somebody who has not seen the English. Where words of permission, of
denial, of trade or of a condition stand on one side only, the text is marked, and so is every text
that tells a verdict or speaks of what may be done: there a mistake is a false permission. A mark is
no fault: "Not allowed" may come back as "Forbidden". And no mark is no proof: a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.grounding_words import flat
from assistant.grounding_words import words as words_of
from assistant.phrases_check import LISTS_OF_WORDS
from assistant.phrases_entry import Entry, shown, tells_verdict

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|n't")
_BRACED = re.compile(r"\{\w+\}")
_STEMS: Mapping[str, tuple[str, ...]] = {
    "permission": ("allow", "permi", "may", "let", "lets", "forbid", "forbidden", "prohibit",
                   "approv", "consent", "authori", "entitle", "grant"),
    "denial": ("forbid", "forbidden", "prohibit", "exclu", "refus", "reject", "deny", "denied",
               "ban", "banned", "ruled"),
    "trade": ("commerc", "sell", "sold", "pay", "paid", "free"),
    "condition": ("condition", "if", "unless", "only", "provided", "once", "first", "until"),
}  # fmt: skip
"""Subject -> how English words of it begin; of three letters or fewer, the word itself."""
_WHOLE = 4


def marks(entry: Entry) -> tuple[str, ...]:
    """What speaks for looking at this text, a line each."""
    if entry.key in LISTS_OF_WORDS:
        return ()
    english = _subjects(shown(entry.english))
    found = ["it tells a verdict"] if tells_verdict(entry.key) else []
    if "permission" in english and not found:
        found.append("it speaks of what may be done")
    if not entry.back:
        return (*found, "it was not translated back")
    back = _subjects(shown(entry.back))
    found += [f"words of {one} are in the English and not in what it says back"
              for one in sorted(english - back)]  # fmt: skip
    found += [f"words of {one} are in what it says back and not in the English"
              for one in sorted(back - english)]  # fmt: skip
    return tuple(found)


def _subjects(text: str) -> set[str]:
    """What an English text speaks of, among what must not change."""
    words = _WORD.findall(flat(_BRACED.sub(" ", text)))
    table = words_of("en")
    denying = table.negators if table is not None else frozenset()
    found = {name for name, stems in _STEMS.items() if any(_begins(w, stems) for w in words)}
    if any(word in denying or word.endswith("n't") for word in words) or "non-" in text.casefold():
        found.add("denial")
    return found


def _begins(word: str, stems: tuple[str, ...]) -> bool:
    return any(word == stem if len(stem) < _WHOLE else word.startswith(stem) for stem in stems)
