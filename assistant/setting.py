"""What a setting is, and the error for one that is not valid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Read: TypeAlias = Callable[[str], str]
"""The value of a setting by its name, its default where it is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of docs/settings.md."""

    name: str
    default: str
    """As it would be written; empty = not set."""
    meaning: str


class SettingError(Exception):
    """A setting is unknown or has a value that is not valid."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"Setting {name} is {value!r}. Expected {expected}.")
        self.name = name
        self.value = value


def words(value: str) -> tuple[str, ...]:
    """A list written with commas."""
    return tuple(word for part in value.split(",") if (word := part.strip()))
