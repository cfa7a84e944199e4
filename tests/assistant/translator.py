"""A scripted translator into made-up words: by rule, so that each text can be told back.

Its words are those of no language, but they keep to what a language is checked for: its script, its
plural forms, the names in braces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from tests.openai_server import Body, Say, data_of, prompt_of

KEPT = re.compile(r"(\{\w+\}|“[^”{]+”|\b\w*[A-Z]\w*[A-Z]\w*\b|\w*\d[\w-]*)")
HEBREW = "אבגדהוזחטיכלמנסעפצקרשתךםןףץ"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
Text = dict[str, object]
Word = Callable[[str], str]


def latin(word: str) -> str:
    """The word turned round, with an "o" behind it."""
    return f"{word[::-1]}o".lower().capitalize() if word[0].isupper() else f"{word[::-1]}o"


def out_of_latin(word: str) -> str:
    turned = word[:-1][::-1]
    return turned.lower().capitalize() if word[0].isupper() else turned


def polish(word: str) -> str:
    """Other words than `latin`'s, so that the two can be told apart."""
    return f"wy{word[::-1]}ie".capitalize() if word[0].isupper() else f"wy{word[::-1]}ie"


def out_of_polish(word: str) -> str:
    turned = word[2:-2][::-1]
    return turned.lower().capitalize() if word[0].isupper() else turned


def hebrew(word: str) -> str:
    """The word letter for letter in Hebrew letters."""
    return word.lower().translate(str.maketrans(ALPHABET, HEBREW[:26]))


def out_of_hebrew(word: str) -> str:
    return word.translate(str.maketrans(HEBREW[:26], ALPHABET))


def said(text: str, word: Word = latin) -> str:
    """A text with each of its words put into others; names, examples and abbreviations stay."""
    parts = KEPT.split(text)
    return "".join(
        part if place % 2 else re.sub(r"[A-Za-zא-ת]+", lambda hit: word(hit[0]), part)
        for place, part in enumerate(parts)
    )


def translation(asked: Text, word: Word = latin) -> object:
    """The whole of what is asked for one text."""
    english = asked["english"]
    if isinstance(english, str):
        return said(english, word)
    forms = cast("Mapping[str, str]", english)
    wanted = cast("Mapping[str, str]", asked["forms"])
    measure = forms["other"]
    return {form: said(measure if "{n}" in measure else forms.get(form, measure), word)
            for form in wanted}  # fmt: skip


def back(asked: Text, word: Word = out_of_latin) -> object:
    text = asked["text"]
    if isinstance(text, str):
        return said(text, word)
    return {form: said(one, word) for form, one in cast("Mapping[str, str]", text).items()}


def texts_of(body: Body) -> list[Text]:
    """What a call asks for."""
    return cast("list[Text]", data_of(body, "texts"))


def is_back(body: Body) -> bool:
    return "say in English what each of them says" in prompt_of(body)


def asks_to_translate(body: Body) -> bool:
    return '<data name="texts">' in prompt_of(body)


def translator(
    into: Word = latin,
    out_of: Word = out_of_latin,
    *,
    lies: Mapping[str, object] | None = None,
) -> Callable[[Body], Say]:
    """Translates and tells back by rule; `lies` by key stand in for the translation."""

    def answer(body: Body) -> Say:
        texts = texts_of(body)
        if is_back(body):
            return Say(text=json.dumps({str(one["id"]): back(one, out_of) for one in texts}),
                       pieces=4000)  # fmt: skip
        given = {
            str(one["id"]): (lies or {}).get(str(one["key"]), translation(one, into))
            for one in texts
        }
        return Say(text=json.dumps(given), pieces=4000)

    return answer


def keys_asked(bodies: Iterable[Body]) -> list[str]:
    """The keys that were asked to be translated, in order."""
    return [str(one["key"]) for body in bodies if not is_back(body) for one in texts_of(body)]
