"""Prompts: texts for a language model with named values; a missing and a spare value are refused.

A prompt is a `.md` file beside this one: a head with purpose, version and variables, then the
parts "# system" and "# user". A variable marked `untrusted` holds words of strangers: it is put
in as JSON inside its own mark, without a character that could close the mark.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = (
    "understand", "ask_back", "answer", "explain_terms", "request_letter", "rerank", "check",
    "translate", "translate_back",
)  # fmt: skip
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_PARTS = re.compile(r"\A\s*# system\n(?P<system>.*?)\n# user\n(?P<user>.*)\Z", re.DOTALL)
_HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})
_KEPT = frozenset("\n\t\u200c\u200d")
"""Line ends, and the joiners that Persian and Indian scripts are written with."""


class PromptError(Exception):
    """A prompt file, or the values given to it, are not what was declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A prompt with its values, ready to be sent."""

    name: str
    version: int
    system: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt as it stands in its file."""

    name: str
    purpose: str
    version: int
    trusted: frozenset[str]
    """Variables that our own code writes."""
    untrusted: frozenset[str]
    """Variables that hold words of a person or of a catalogue."""
    system: str
    user: str
    digest: str
    """SHA-256 of purpose, variables and both parts, hex: changes with any of them."""

    def fill(self, values: Mapping[str, object]) -> Filled:
        """The prompt with its values; raises `PromptError` for a missing or a spare one."""
        declared = self.trusted | self.untrusted
        missing, spare = sorted(declared - set(values)), sorted(set(values) - declared)
        if missing or spare:
            raise PromptError(
                f"Prompt {self.name!r} takes {sorted(declared)}: missing {missing}, "
                f"spare {spare}. Give exactly the declared values."
            )
        written = {
            name: str(value) if name in self.trusted else as_data(name, value)
            for name, value in values.items()
        }
        return Filled(
            name=self.name,
            version=self.version,
            system=_SLOT.sub(lambda hit: written[hit[1]], self.system),
            user=_SLOT.sub(lambda hit: written[hit[1]], self.user),
        )


def as_data(name: str, value: object) -> str:
    """A stranger's value as JSON between marks that nothing inside can close.

    Invisible characters are taken out: they hide words from people and show them to a model.
    """
    text = json.dumps(_seen(value), ensure_ascii=False, default=str)
    text = text.replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<data name={json.dumps(name)}>\n{text}\n</data>"


def _seen(value: object) -> object:
    """The value with every text in it as a person would see it."""
    if isinstance(value, str):
        return without_hidden(value)
    if isinstance(value, Mapping):
        return {without_hidden(str(key)): _seen(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_seen(one) for one in value]
    return value


def without_hidden(text: str) -> str:
    """The text without characters that nobody sees: controls, direction marks, tags."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _HIDDEN)


@cache
def load(name: str) -> Prompt:
    """The prompt of this name; raises `PromptError` when its file is not as it should be."""
    if name not in NAMES:
        raise PromptError(f"No prompt is called {name!r}. Expected one of {', '.join(NAMES)}.")
    return read(name, (FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def read(name: str, text: str) -> Prompt:
    """The prompt that a file's text holds; raises `PromptError`."""
    parted = _HEAD.match(text)
    parts = _PARTS.match(parted["body"]) if parted else None
    if parted is None or parts is None:
        raise PromptError(
            f"Prompt {name!r} is not of the expected shape: a head between two lines '---', then "
            "the parts '# system' and '# user'."
        )
    head = _head(name, parted["head"])
    system, user = parts["system"].strip(), parts["user"].strip()
    trusted, untrusted = _words(head["trusted"]), _words(head["untrusted"])
    used = frozenset(_SLOT.findall(system + user))
    if used != trusted | untrusted or trusted & untrusted:
        raise PromptError(
            f"Prompt {name!r} declares {sorted(trusted | untrusted)} and uses {sorted(used)}. "
            "Expected the same, each marked once as trusted or untrusted."
        )
    if untrusted & frozenset(_SLOT.findall(system)):
        raise PromptError(f"Prompt {name!r} has untrusted values in its system part.")
    content = "\0".join((head["purpose"], *sorted(trusted), "", *sorted(untrusted), system, user))
    return Prompt(
        name=name,
        purpose=head["purpose"],
        version=int(head["version"]),
        trusted=trusted,
        untrusted=untrusted,
        system=system,
        user=user,
        digest=hashlib.sha256(content.encode()).hexdigest(),
    )


def versions() -> dict[str, int]:
    """Name -> version of every prompt, for reports that are compared later."""
    return {name: load(name).version for name in NAMES}


def _head(name: str, text: str) -> dict[str, str]:
    found = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            found[key.strip()] = value.strip()
    wanted = {"purpose", "version", "trusted", "untrusted"}
    if set(found) != wanted or not found["version"].isdecimal():
        raise PromptError(
            f"The head of prompt {name!r} has {sorted(found)}. "
            f"Expected {sorted(wanted)}, the version a whole number."
        )
    return found


def _words(value: str) -> frozenset[str]:
    return frozenset(word for part in value.split(",") if (word := part.strip()))
