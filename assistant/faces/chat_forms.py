"""What one open conversation holds of its forms: their elements, and which requests it follows."""

from __future__ import annotations

from collections.abc import Mapping

import chainlit as cl


def forms() -> dict[str, cl.CustomElement]:
    """The elements of this conversation by the name that their presses carry."""
    found = cl.user_session.get("forms")
    # A conversation that was opened again has kept the names alone.
    if not isinstance(found, dict) or None in found.values():
        found = {}
        cl.user_session.set("forms", found)
    return found


def watched() -> set[str]:
    """Requests that this conversation looks after."""
    found = cl.user_session.get("watched")
    if not isinstance(found, set):
        found = set()
        cl.user_session.set("watched", found)
    return found


def text(said: Mapping[str, object], name: str) -> str:
    """One short text that a browser sent."""
    value = said.get(name)
    return value[:400] if isinstance(value, str) else ""


def form_of(request_id: str) -> str | None:
    """The form in which this request is shown."""
    shown = forms().items()
    return next((name for name, each in shown if each.props.get("request") == request_id), None)
