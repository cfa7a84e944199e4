"""Code that loads a dataset, where its source has such a way.

Pure: names no address it was not given, and puts nothing into code that is not an id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from catalog_sync.card import DatasetCard

_COLLECTIVE_HOST = "mozilladatacollective.com"
_COLLECTIVE_ID = re.compile(r"[cC][0-9a-z]{6,40}")
"""The collective's ids, https://mozilladatacollective.com/api/openapi.json."""
_HUB_HOST = "huggingface.co"
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(?:/[A-Za-z0-9][\w.-]{0,95})?", re.ASCII)
_BUCKET = re.compile(r"arn:aws[\w-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w./=-]{1,200})?)")
_FILE = re.compile(
    r"\.(?:tar|gz|tgz|zip|7z|bz2|xz|zst|csv|tsv|json|jsonl|parquet|arrow|txt|wav|mp3|nc|tif|tiff)$",
    re.IGNORECASE,
)
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?/[A-Za-z0-9_./\-~%+=]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A few lines to paste."""

    title: str
    code: str
    language: Literal["python", "sh"]
    note: str = ""
    """What is needed first, in one sentence."""


def snippets(card: DatasetCard) -> tuple[Snippet, ...]:
    """Ways to load this dataset, the most fitting first; empty where its source states none."""
    return (*_collective(card), *_hub(card), *_buckets(card), *_file(card))


def _collective(card: DatasetCard) -> tuple[Snippet, ...]:
    found = _collective_id(card)
    if found is None:
        return ()
    note = (
        "Needs `pip install datacollective`, a key in MDC_API_KEY, and the dataset's terms "
        "accepted on its page."
    )
    return (
        Snippet(
            title="Mozilla Data Collective client",
            code=f'from datacollective import load_dataset\n\ndata = load_dataset("{found}")',
            language="python",
            note=note,
        ),
        Snippet(
            title="Files alone",
            code="from datacollective import download_dataset\n\n"
            f'path = download_dataset("{found}")',
            language="python",
            note=note,
        ),
    )


def _collective_id(card: DatasetCard) -> str | None:
    if card.source == "mdc":
        given = card.native_id
    else:
        parts = urlsplit(card.url or "")
        if parts.hostname != _COLLECTIVE_HOST or not parts.path.startswith("/datasets/"):
            return None
        given = parts.path.removeprefix("/datasets/").strip("/")
    return given if _COLLECTIVE_ID.fullmatch(given) else None


def _hub(card: DatasetCard) -> tuple[Snippet, ...]:
    found = _hub_id(card)
    if found is None:
        return ()
    gated = card.terms.access in ("on_request", "agreement")
    first = "Needs `pip install datasets`"
    note = f"{first} and, as access is asked for, `hf auth login`." if gated else f"{first}."
    return (
        Snippet(
            title="Hugging Face datasets",
            code=f'from datasets import load_dataset\n\ndata = load_dataset("{found}")',
            language="python",
            note=note,
        ),
        Snippet(
            title="Files alone",
            code=f"hf download --repo-type dataset {found}",
            language="sh",
            note="Needs `pip install huggingface_hub`.",
        ),
    )


def _hub_id(card: DatasetCard) -> str | None:
    if card.source == "huggingface":
        given = card.native_id
    else:
        parts = urlsplit(card.url or "")
        if parts.hostname != _HUB_HOST or not parts.path.startswith("/datasets/"):
            return None
        given = parts.path.removeprefix("/datasets/").strip("/")
    return given if _HUB_ID.fullmatch(given) else None


def _buckets(card: DatasetCard) -> tuple[Snippet, ...]:
    """The first open bucket of the Registry of Open Data on AWS."""
    if card.source != "aws":
        return ()
    text = "\n".join(part.text for part in card.datasheet if part.title == "Where the files are")
    pays = any(part.title == "Cost of reading" for part in card.datasheet)
    found = _BUCKET.search(text)
    if found is None:
        return ()
    bucket = found[1].rstrip("/*.")
    who = "--request-payer requester" if pays else "--no-sign-request"
    return (
        Snippet(
            title="AWS command line",
            code=f"aws s3 ls {who} s3://{bucket}/\naws s3 sync {who} s3://{bucket}/ ./data",
            language="sh",
            note="Needs the AWS command line; whoever reads pays the transfer."
            if pays
            else "Needs the AWS command line, and no account.",
        ),
    )


def _file(card: DatasetCard) -> tuple[Snippet, ...]:
    """A plain download, where the dataset's own address is a file that is free to take."""
    address = card.url or ""
    if card.terms.access not in ("public", "unknown") or not _PLAIN_ADDRESS.fullmatch(address):
        return ()
    if not _FILE.search(urlsplit(address).path):
        return ()
    return (Snippet(title="Plain download", code=f"curl -L -O {address}", language="sh"),)
