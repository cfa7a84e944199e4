"""The words that the page's own elements (chat/public/elements) show, in the reply's language."""

from __future__ import annotations

from assistant.faces import welcome
from assistant.phrases import Phrases

Props = dict[str, object]


def of(element: str, phrases: Phrases) -> Props:
    """What every element is given: its words, their language, and which way that is written.

    The words of `Results.jsx` are the texts whose keys begin with "results_", and so on.
    """
    return {
        "words": named(f"{element}_", phrases),
        "lang": phrases.tag,
        "dir": welcome.direction(phrases.tag),
    }


def named(prefix: str, phrases: Phrases) -> dict[str, str]:
    """The texts whose keys begin so, under the rest of their keys; those that count are not."""
    return {
        key.removeprefix(prefix): text
        for key, text in phrases.texts.items()
        if key.startswith(prefix) and "." not in key
    }


def forgetting(phrases: Phrases, *, done: bool = False) -> Props:
    """Props of `Forget.jsx`."""
    return {**of("forget", phrases), "done": done}
