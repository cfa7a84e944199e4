"""SPDX licence expressions: the ways to satisfy one."""

from __future__ import annotations

import re
from functools import cache


@cache
def alternatives(expression: str) -> tuple[tuple[str, ...], ...]:
    """The ways to satisfy an expression: the person may choose one, and all ids in it apply.

    OR makes alternatives, AND joins; brackets and AND before OR as SPDX says. An exception after
    WITH stays part of its id.
    """
    tokens = re.findall(r"\(|\)|[^\s()]+", expression)
    ways, rest = _either(tokens)
    if rest:
        raise ValueError(
            f"{expression!r} is not a licence expression: {rest[0]!r} was not expected"
        )
    return tuple(tuple(dict.fromkeys(way)) for way in ways)


def _either(tokens: list[str]) -> tuple[list[list[str]], list[str]]:
    ways, rest = _both(tokens)
    while rest and rest[0].upper() == "OR":
        more, rest = _both(rest[1:])
        ways = ways + more
    return ways, rest


def _both(tokens: list[str]) -> tuple[list[list[str]], list[str]]:
    ways, rest = _one(tokens)
    while rest and rest[0].upper() == "AND":
        more, rest = _one(rest[1:])
        ways = [a + b for a in ways for b in more]
    return ways, rest


def _one(tokens: list[str]) -> tuple[list[list[str]], list[str]]:
    if not tokens or tokens[0].upper() in (")", "AND", "OR", "WITH"):
        found = tokens[0] if tokens else "its end"
        raise ValueError(f"in a licence expression {found!r} stands where a licence was expected")
    if tokens[0] == "(":
        ways, rest = _either(tokens[1:])
        if not rest or rest[0] != ")":
            raise ValueError("a licence expression lacks a closing bracket")
        return ways, rest[1:]
    if len(tokens) > 2 and tokens[1].upper() == "WITH":
        return [[f"{tokens[0]} WITH {tokens[2]}"]], tokens[3:]
    return [[tokens[0]]], tokens[1:]
