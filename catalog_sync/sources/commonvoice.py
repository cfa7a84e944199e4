"""Common Voice: release statistics per language, a file or a folder of them.

The newest full release of each kind (read aloud, spontaneous) is the card of a language; older
full releases are its history. A delta holds only what one release added and never gives a size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from catalog_sync.card import SpeechStyle
from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord
from catalog_sync.sources import commonvoice_record, folder, wire
from catalog_sync.sources.commonvoice_files import Folder, ReleaseFile
from catalog_sync.sources.commonvoice_files import read as read_files

KINDS: tuple[SpeechStyle, ...] = ("scripted", "spontaneous")
_STEP = 50
"""Records between two cursors."""


class CommonVoice:
    """Release files on disk; the project publishes them with each release."""

    name = commonvoice_record.NAME
    homepage = "https://commonvoice.mozilla.org"
    terms_of_api = commonvoice_record.README

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every language of each kind once; see `Source.read`."""
        given = self._open()
        yield from given.failed
        done = wire.text(cursor.state.get("after")) if cursor is not None else None
        records = list(_wanted(given))
        ids = [commonvoice_record.native_id(found[0], locale) for locale, found in records]
        start = ids.index(done) + 1 if done in ids else 0
        for place in range(start, len(records)):
            yield _record(given, *records[place])
            if (place + 1) % _STEP == 0 or place + 1 == len(records):
                yield Cursor(state={"after": ids[place]})

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The record as the files hold it, or that a newer release took its place."""
        given = self._open()
        for locale, found in _wanted(given):
            newest, *older = [commonvoice_record.native_id(release, locale) for release in found]
            if native_id == newest:
                return _record(given, locale, found)
            if native_id in older:
                return Gone(native_id=native_id, why=f"replaced by release {newest!r}")
        return Gone(native_id=native_id, why=f"no longer in {str(self._path)!r}")

    def _open(self) -> Folder:
        given = read_files(folder.files(self._path, suffixes={".json"}, source=self.name))
        if not given.releases and not given.failed:
            what = "only deltas" if given.deltas else "no release"
            raise BadInput(
                f"{str(self._path)!r} holds {what} of Common Voice; a delta says only what was "
                "added. Expected a full release, such as 'cv-corpus-25.0-2026-03-09.json'."
            )
        return given


def _wanted(given: Folder) -> Iterator[tuple[str, list[ReleaseFile]]]:
    """(locale, its releases newest first), scripted before spontaneous."""
    for kind in KINDS:
        releases = given.newest_first(kind)
        for locale in sorted({locale for release in releases for locale in release.locales}):
            yield locale, [release for release in releases if locale in release.locales]


def _record(given: Folder, locale: str, releases: list[ReleaseFile]) -> RawRecord | Failed:
    kind = releases[0].kind
    try:
        return commonvoice_record.from_entry(
            locale,
            releases,
            language_row=given.names.get(locale, {}),
            sheet=wire.mapping(given.sheets.get(kind, {}).get(locale)),
            promise=given.promises.get(kind),
        )
    except ValueError as error:
        return Failed(
            native_id=commonvoice_record.native_id(releases[0], locale),
            where=f"{releases[0].file}, locale {locale!r}",
            why=str(error),
        )


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> CommonVoice:
    """The source over release files; there is no live service to read."""
    if path is None:
        asked = f"the address {url!r}" if url is not None else "neither a file nor a folder"
        raise BadInput(
            f"Source 'commonvoice' was given {asked}. Expected a release file or a folder of them "
            "(common-voice/cv-dataset, folder 'datasets'); give it with --path."
        )
    return CommonVoice(path)
