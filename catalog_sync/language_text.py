"""How a language's name is compared: case, apostrophes, hyphens, points and accents aside.

`fold` keeps accents (a first, exact try); `bare` drops them (a second try).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ة": "ه", "ۃ": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ـ": "",
}  # fmt: skip
_APOSTROPHES = "'’‘ʼʻ`´′ˈʹꞌʾʿ՚＇\u02bc\u2019\u00b7"
_HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_TABLE = {
    **{ord(a): b for a, b in _ARABIC.items()},
    **{ord(a): "" for a in _APOSTROPHES + _HIDDEN},
}
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ŋ": "ng", "ƙ": "k", "ƴ": "y", "ɣ": "gh", "ə": "e",
    "ǝ": "e", "ɨ": "i", "ʉ": "u", "ɩ": "i", "ʋ": "v", "ɖ": "d", "ƒ": "f", "ɲ": "ny", "ŧ": "t",
    "ß": "ss", "ǃ": "", "ǂ": "", "ǀ": "", "ǁ": "", "ʔ": "", "ɂ": "", "ĸ": "k", "ꞵ": "b",
    "ё": "е", "ґ": "г", "ӏ": "", "і": "и", "ї": "и",
})  # fmt: skip
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d"
    "\u0859-\u085b\u0900-\u0963\u0966-\u0dff\u0e00-\u0e4e\u0e50-\u0eff\u0f18-\u0f39\u0f71-\u0fbc"
    "\u1000-\u1049\u1050-\u109f\u135d-\u135f\u1712-\u1734\u1752\u1753\u1772\u1773\u1780-\u17d3"
    "\u17dd-\u17ff\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1b00-\u1b44\u1b6b-\u1b73\u1b80-\u1bf3"
    "\u1c24-\u1c37\u1dc0-\u1dff\u2d7f\u2de0-\u2dff\u3099\u309a\ua66f-\ua67d\ua802-\ua827"
    "\ua880-\ua8c5\ua926-\ua92d\ua947-\ua953\ua980-\ua9c0\uaa29-\uaa4d\uabe3-\uabed\ufe20-\ufe2f"
    "\U00011000-\U000116ff\U0001e944-\U0001e94a"
)
_SPLIT = re.compile(rf"[^\w{_MARKS}]+|_+")
WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}{re.escape(_APOSTROPHES + _HIDDEN)}])+")
"""A word as written, marks and apostrophes with it."""
_KEEP_MARKS = re.compile(
    r"[\u0700-\u07ff\u0900-\u109f\u1700-\u17ff\u1900-\u1cff\u3099\u309a\ua800-\uaaff\U00011000-\U0001ffff]"
)


def _drop_points(text: str) -> str:
    """Hebrew, Arabic and Syriac points off: they are optional in writing."""
    return "".join(
        c
        for c in text
        if not ("\u0591" <= c <= "\u05c7" or "\u064b" <= c <= "\u065f" or c == "\u0670"
                or "\u06d6" <= c <= "\u06ed" or "\u0730" <= c <= "\u074a")
    )  # fmt: skip


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A name as words in lower case, one space between, points and punctuation gone."""
    if text.isascii():
        low = text.lower().replace("'", "").replace("`", "")
    else:
        low = unicodedata.normalize("NFKC", text).casefold()
        low = unicodedata.normalize("NFKC", low).translate(_TABLE)
        low = _drop_points(low)
    return " ".join(_SPLIT.sub(" ", low).split())


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """`fold` without accents: "yòrùbá" and "yoruba" are one key."""
    key = fold(text)
    if key.isascii():
        return key
    split = unicodedata.normalize("NFD", key.translate(_LETTERS))
    kept = (c for c in split if not unicodedata.combining(c) or _KEEP_MARKS.match(c))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


_SPACELESS = (
    ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"),
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"),
    ("\uac00", "\ud7af"), ("\ua000", "\ua4cf"), ("\u1950", "\u19df"), ("\U00020000", "\U0002fa1f"),
)  # fmt: skip
"""Scripts written without spaces, and Hangul, whose particles hang on the word."""


def spaceless(char: str) -> bool:
    """Whether words in this character's script may run on without a space."""
    return char > "\u0dff" and any(low <= char <= high for low, high in _SPACELESS)
