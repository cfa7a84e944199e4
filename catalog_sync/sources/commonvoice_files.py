"""Which file of a Common Voice folder is what: a release, a delta, names, datasheets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from catalog_sync.card import SpeechStyle
from catalog_sync.source import Failed
from catalog_sync.sources import wire

_RELEASE = re.compile(
    r"(?P<kind>cv|sps)-corpus-(?P<version>\d+(?:\.\d+)*)"
    r"(?P<delta>-delta)?(?:-(?P<day>\d{4}-\d{2}-\d{2}))?\.json"
)
_KINDS: Mapping[str, SpeechStyle] = {"cv": "scripted", "sps": "spontaneous"}
_SHEET_KINDS: Mapping[SpeechStyle, str] = {"scripted": "scs", "spontaneous": "sps"}
_PROMISE = re.compile(r"\b[^.\n]{0,200}\bidentity of (?:the )?speakers\b[^.\n]{0,200}\.")
_NAMES = re.compile(r"languagedata\b.*\.json")
_DATASHEETS = re.compile(r"datasheets\b.*\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """One full release of one kind, every locale in it."""

    file: str
    """Name relative to the folder read."""
    kind: SpeechStyle
    version: str
    published: date | None
    """Day in the file name, or the file's own `date`."""
    locales: Mapping[str, Mapping[str, object]]

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts releases of one kind, oldest first."""
        return tuple(int(part) for part in self.version.split("."))


@dataclass(slots=True)
class Folder:
    """What the files given hold; everything but `releases` may be missing."""

    releases: list[ReleaseFile] = field(default_factory=list)
    deltas: list[str] = field(default_factory=list)
    names: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """Locale -> the project's own row on that language."""
    sheets: dict[SpeechStyle, Mapping[str, object]] = field(default_factory=dict)
    """Kind -> locale -> the community's datasheet fields."""
    promises: dict[SpeechStyle, str] = field(default_factory=dict)
    """Kind -> what the datasheets' own words make a downloader agree to about speakers."""
    failed: list[Failed] = field(default_factory=list)

    def newest_first(self, kind: SpeechStyle) -> list[ReleaseFile]:
        """Full releases of one kind."""
        of_kind = [release for release in self.releases if release.kind == kind]
        return sorted(of_kind, key=lambda release: release.order, reverse=True)


def read(files: Iterator[tuple[str, Path]]) -> Folder:
    """Sorts (name, file) pairs by what they hold; a file that cannot be read is in `failed`."""
    folder = Folder()
    for name, file in files:
        try:
            content: object = json.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError) as error:
            folder.failed.append(_failed(name, f"cannot be read as JSON: {error}"))
            continue
        _take(folder, name, wire.mapping(content))
    return folder


def _take(folder: Folder, name: str, content: Mapping[str, object]) -> None:
    base = name.rsplit("/", 1)[-1]
    found = _RELEASE.fullmatch(base)
    if found is not None and found["delta"]:
        folder.deltas.append(name)
    elif found is not None:
        _take_release(folder, name, content, found)
    elif _NAMES.fullmatch(base):
        rows = wire.mapping(content.get("locales"))
        folder.names.update({locale: wire.mapping(row) for locale, row in rows.items()})
    elif _DATASHEETS.fullmatch(base):
        _take_datasheets(folder, content)
    else:
        folder.failed.append(
            _failed(
                name,
                "its name does not say which release it is. Expected a name such as "
                "'cv-corpus-25.0-2026-03-09.json' or 'sps-corpus-3.0-2026-03-09.json'",
            )
        )


def _take_datasheets(folder: Folder, content: Mapping[str, object]) -> None:
    by_kind = wire.mapping(content.get("locales"))
    templates = wire.mapping(content.get("templates"))
    for kind, key in _SHEET_KINDS.items():
        folder.sheets[kind] = wire.mapping(by_kind.get(key))
        template = wire.text(wire.mapping(templates.get(key)).get("en")) or ""
        if found := _PROMISE.search(template):
            folder.promises[kind] = found[0].strip()


def _take_release(
    folder: Folder, name: str, content: Mapping[str, object], found: re.Match[str]
) -> None:
    locales = content.get("locales")
    if not isinstance(locales, Mapping) or not locales:
        folder.failed.append(_failed(name, "field 'locales' is missing; expected one entry each"))
        return
    folder.releases.append(
        ReleaseFile(
            file=name,
            kind=_KINDS[found["kind"]],
            version=found["version"],
            published=wire.day(found["day"]) or wire.day(content.get("date")),
            locales={str(locale): wire.mapping(entry) for locale, entry in locales.items()},
        )
    )


def _failed(name: str, why: str) -> Failed:
    return Failed(native_id=name, where=name, why=why)
