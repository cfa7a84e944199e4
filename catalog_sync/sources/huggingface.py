"""Hugging Face: the Hub's public listing by `huggingface_hub`, or a folder of cards on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from catalog_sync.clauses import AccessMode
from catalog_sync.http import PoliteClient, origin, shown
from catalog_sync.source import (
    BadInput,
    Cursor,
    Failed,
    Gone,
    Item,
    RawRecord,
    SourceBroken,
    SourceUnreachable,
)
from catalog_sync.sources import folder, huggingface_card, wire
from catalog_sync.sources.huggingface_card import HubFacts
from catalog_sync.sources.markdown_card import Page, Part, UnreadableCard, read

if TYPE_CHECKING:
    from huggingface_hub import DatasetInfo

_PAGE = 500
_FILES_PER_CURSOR = 100
_MOST_BYTES = 20_000_000
"""Of one card."""
_FIELDS = [
    "author", "cardData", "createdAt", "description", "disabled", "downloads", "gated",
    "lastModified", "likes", "mainSize", "paperswithcode_id", "private", "sha", "tags",
]  # fmt: skip
"""Asked for by name: a listing with everything also names every file of every dataset."""
_ACCESS: Mapping[str, AccessMode] = {"manual": "on_request", "auto": "agreement"}
_STALE = frozenset({400, 404, 410, 422})
_ID = re.compile(r"\w[\w.-]{0,199}(?:/\w[\w.-]{0,199})?")
_REFUSALS = frozenset({401, 403, 404, 410})


class HuggingFace:
    """The Hub by default, any server that speaks its listing by `url`, cards on disk by `path`."""

    name = huggingface_card.NAME
    homepage = huggingface_card.SITE
    terms_of_api = f"{huggingface_card.SITE}/terms-of-service"

    def __init__(
        self,
        *,
        path: Path | None = None,
        url: str | None = None,
        token: str | None = None,
        cards: bool = False,
        offline: bool = False,
        client: PoliteClient | None = None,
    ) -> None:
        """`token` lifts the Hub's limits; what only it could see is still not read.

        `cards` also asks for each dataset's whole card: one more call a dataset, and the only way
        to the conditions that stand in its text.
        """
        self._path = path
        self._holdings = folder.Holdings(lambda: self.read(None), place=str(path))
        self._endpoint = url.rstrip("/") if url else None
        self._token = token
        self._cards = cards
        self._offline = offline
        self._client = client or PoliteClient()

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every public dataset once; see `Source.read`."""
        if self._path is not None:
            yield from _read_disk(self._path, cursor)
            return
        self._refuse_offline()
        with self._client:
            yield from self._read_hub(cursor)

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The dataset by its own address; `Gone` on the Hub's word, also when made private."""
        if self._path is not None:
            return self._holdings.look(native_id)
        self._refuse_offline()
        address = f"{self._base()}/api/datasets/{quote(native_id, safe='/')}"
        with self._client:
            answer, body = self._client.get_json(
                address,
                what=f"dataset {native_id!r}",
                params={"expand": _FIELDS},
                headers=self._headers(),
                expected=_REFUSALS,
            )
            if answer.status != 200:
                # The Hub answers 401 for what is not there or not public, alike.
                return Gone(native_id=native_id, why=f"the Hub answered {answer.status} for it")
            return self._record(body, label=native_id, where=shown(address))

    def _refuse_offline(self) -> None:
        if self._offline:
            raise SourceUnreachable(
                "HF_HUB_OFFLINE is set, so the Hub is not asked. Unset it, or give a folder of "
                "cards with --path."
            )

    def _base(self) -> str:
        if self._endpoint is not None:
            return self._endpoint
        from huggingface_hub import constants

        return constants.ENDPOINT.rstrip("/")

    def _headers(self) -> dict[str, str]:
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

        headers: dict[str, str] = build_hf_headers(
            token=self._token or False, library_name="dataset-assistant"
        )
        return headers

    def _read_hub(self, cursor: Cursor | None) -> Iterator[Item]:
        base, headers = self._base(), self._headers()
        following = wire.text(cursor.state.get("next")) if cursor else None
        seen: set[str] = set()
        page = 0
        while True:
            page += 1
            if following is not None and origin(following) != origin(base):
                # The key must never travel to another host.
                raise SourceBroken(
                    f"The Hub at {shown(base)} names a next page on another host, "
                    f"{shown(following)}. Expected its own; check HF_ENDPOINT."
                )
            answer, body = self._client.get_json(
                following or f"{base}/api/datasets",
                what=f"page {page} of the datasets",
                params=None if following else {"expand": _FIELDS, "limit": _PAGE},
                headers=headers,
                expected=_STALE if page == 1 and following else frozenset(),
            )
            if answer.status != 200:
                # A place kept from a run long ago may be forgotten there: begin anew.
                following = None
                continue
            if not isinstance(body, list):
                raise SourceBroken(
                    f"Page {page} of {shown(base)}/api/datasets is not a list. Expected the Hub's "
                    "dataset listing; check HF_ENDPOINT."
                )
            for place, item in enumerate(body, start=1):
                label = f"page {page}, item {place}"
                found = self._record(item, label=label, where=f"{shown(base)}, {label}")
                if found.native_id not in seen:
                    seen.add(found.native_id)
                    yield found
            if answer.next_url is None:
                return
            following = answer.next_url
            yield Cursor(state={"next": following})

    def _record(self, item: object, *, label: str, where: str) -> RawRecord | Gone | Failed:
        info = _info(item, label=label, where=where)
        if isinstance(info, Gone | Failed):
            return info
        fields = wire.mapping(item)
        front = wire.mapping(fields.get("cardData"))
        page = Page(front=front, parts=self._parts(info.id) if self._cards else ())
        return huggingface_card.record(info.id, page, where=where, hub=_facts(info, fields))

    def _parts(self, native_id: str) -> tuple[Part, ...]:
        """The card's text; none when there is no card or its owner lets only some read it."""
        answer = self._client.get(
            f"{self._base()}/datasets/{native_id}/raw/main/README.md",
            what=f"the card of {native_id!r}",
            headers=self._headers(),
            expected=_REFUSALS,
        )
        if answer.status != 200:
            return ()
        try:
            return read(answer.body.decode(errors="replace")).parts
        except UnreadableCard:
            return ()


def _info(item: object, *, label: str, where: str) -> DatasetInfo | Gone | Failed:
    fields = wire.mapping(item)
    native_id = fields.get("id")
    if not isinstance(native_id, str) or not _ID.fullmatch(native_id):
        why = f"field 'id' is {str(native_id)[:80]!r}; expected 'owner/name'"
        return Failed(native_id=label, where=where, why=why)
    from huggingface_hub import DatasetInfo

    try:
        info = DatasetInfo(**{**fields, "siblings": None})  # type: ignore[no-untyped-call]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        return Failed(native_id=native_id, where=where, why=f"not a dataset of the Hub: {error}")
    if info.private or info.disabled:
        why = "private" if info.private else "disabled"
        return Gone(native_id=native_id, why=f"the Hub marks it as {why}")
    return info


def _facts(info: DatasetInfo, fields: Mapping[str, object]) -> HubFacts:
    stated = fields.get("gated")
    access = _ACCESS.get(str(stated), "unknown")
    if stated is False:
        access = "public"
    quote = None if stated is None else f"gated: {str(stated).lower()}"
    kept = ("sha", "downloads", "likes", "gated", "lastModified", "createdAt", "paperswithcode_id")
    return HubFacts(
        access=access,
        access_quote=quote,
        author=wire.text(info.author),
        description=wire.text(info.description),
        tags=wire.texts(info.tags),
        published=wire.day(info.created_at),
        updated=wire.day(info.last_modified),
        bytes=wire.count(info.main_size),
        payload=wire.jsonable({key: fields[key] for key in kept if key in fields}),
    )


def _read_disk(path: Path, cursor: Cursor | None) -> Iterator[Item]:
    done = folder.after(cursor)
    since_cursor = 0
    for name, file in folder.files(path, suffixes={".md", ".markdown"}, source=HuggingFace.name):
        if done is not None and name <= done:
            continue
        yield _from_file(name, file)
        since_cursor += 1
        if since_cursor == _FILES_PER_CURSOR:
            since_cursor = 0
            yield folder.file_cursor(name)


def _from_file(name: str, file: Path) -> RawRecord | Failed:
    native_id = name.rsplit(".", 1)[0].removesuffix("/README")
    if native_id == "README":
        native_id = file.resolve().parent.name
    try:
        page = read(folder.text_of(file, most_bytes=_MOST_BYTES))
    except (OSError, ValueError) as error:
        return Failed(native_id=native_id, where=name, why=str(error))
    if not page.front and not page.parts:
        return Failed(native_id=native_id, where=name, why="the file is empty; expected a card")
    return huggingface_card.record(native_id, page, where=name)


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> HuggingFace:
    """The source by `HF_READ_CARDS` and the package's own variables.

    Those are `HF_ENDPOINT`, `HF_TOKEN` and `HF_HUB_OFFLINE`.
    """
    endpoint = url or environ.get("HF_ENDPOINT") or None
    if endpoint is not None and wire.web_address(endpoint) is None:
        raise BadInput(
            f"HF_ENDPOINT (or --url) is {shown(endpoint)!r}. "
            "Expected an http:// or https:// address."
        )
    cards = environ.get("HF_READ_CARDS", "0")
    if cards not in {"0", "1"}:
        raise BadInput(f"HF_READ_CARDS is {cards!r}. Expected 0 or 1.")
    return HuggingFace(
        path=path,
        url=endpoint,
        token=environ.get("HF_TOKEN") or None,
        cards=cards == "1",
        offline=environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"},
    )
