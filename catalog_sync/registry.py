"""The catalogues this product can read: a plain dict, name to maker."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from catalog_sync.source import BadInput, Source
from catalog_sync.sources import aws, cards, commonvoice, croissant, huggingface, mdc, starter


class Make(Protocol):
    """Builds one source; nothing is read or opened before `Source.read` is walked."""

    def __call__(self, *, path: Path | None, url: str | None, environ: Mapping[str, str]) -> Source:
        """Raises `BadInput` when this source cannot be read from such a path or address.

        With neither path nor address a source reads its own live service (or, for the starter,
        the package); one that has no live service raises.
        """
        ...


SOURCES: dict[str, Make] = {
    "aws": aws.make,
    "cards": cards.make,
    "commonvoice": commonvoice.make,
    "croissant": croissant.make,
    "huggingface": huggingface.make,
    "mdc": mdc.make,
    "starter": starter.make,
}

VARIABLES = (
    "MDC_API_URL", "MDC_READ_METADATA",
    "HF_ENDPOINT", "HF_TOKEN", "HF_READ_CARDS", "HF_HUB_OFFLINE",
)  # fmt: skip
"""The settings that sources read themselves, from the `environ` handed in (docs/sources.md)."""


def open_source(
    name: str, *, path: Path | None = None, url: str | None = None, environ: Mapping[str, str]
) -> Source:
    """The source called `name`; `environ` is where it finds its own settings.

    Raises `BadInput` for a name that is not in `SOURCES`, or for both a path and an address.
    """
    make = SOURCES.get(name)
    if make is None:
        known = ", ".join(sorted(SOURCES))
        raise BadInput(f"No source is called {name!r}. Expected one of: {known}.")
    if path is not None and url is not None:
        raise BadInput(
            f"Source {name!r} was given a path ({str(path)!r}) and an address ({url!r}). "
            "Expected one of the two; leave the other out."
        )
    return make(path=path, url=url, environ=environ)
