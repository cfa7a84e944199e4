"""Makes the bundled starter catalogue out of facts in two published listings.

    python scripts/make_starter.py FOLDER

FOLDER holds `commonvoice/` (release statistics of common-voice/cv-dataset) and `mdc/` (a listing
of the Mozilla Data Collective). Taken over: names, language codes, licences, tasks, file formats,
sizes, hours, counts, publishers, links. Never a sentence: descriptions are composed of figures.
The same FOLDER gives the same file, byte for byte.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from catalog_sync import languages, licences, vocab
from catalog_sync.card import DatasetCard, Release, Size, SpeechStyle
from catalog_sync.normalise import normalise
from catalog_sync.source import RawRecord
from catalog_sync.sources import commonvoice_record, mdc, starter
from catalog_sync.sources.commonvoice import CommonVoice

TARGET = Path(__file__).parent.parent / "catalog_sync" / "starter" / starter.FILE
_COMMON_VOICE_NAME = re.compile(
    r"(?:Mozilla )?Common Voice (Scripted|Spontaneous) Speech \d+(?:\.\d+)*\s*-\s*.+"
)
_HELD = {"audio": "recordings", "text": "text", "image": "images", "video": "video"}
Line = dict[str, object]
_Voice = tuple[SpeechStyle | None, tuple[str, ...]]


def main(arguments: list[str]) -> int:
    """Writes the catalogue; returns the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    lines = catalogue(Path(arguments[0]))
    text = "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(lines)} datasets -> {TARGET}")
    return 0


def catalogue(folder: Path) -> list[Line]:
    """Every dataset once, by id."""
    voices = [
        item
        for item in CommonVoice(folder / "commonvoice").read(None)
        if isinstance(item, RawRecord)
    ]
    known = {(record.speech_style, normalise(record).languages) for record in voices}
    pages: dict[_Voice, str] = {}
    lines: list[Line] = []
    for record in mdc.Mdc(path=folder / "mdc").read(None):
        if not isinstance(record, RawRecord):
            continue
        voice = _voice(record)
        if voice in known and record.url:
            pages[voice] = record.url
        elif any(licences.read(stated) for stated in record.terms.licences):
            lines.append(_collective_line(record))
    lines += [_voice_line(record, pages) for record in voices]
    return sorted(lines, key=lambda line: str(line["id"]))


def _voice(record: RawRecord) -> _Voice | None:
    """Kind and language, where this is some release of one Common Voice language."""
    found = _COMMON_VOICE_NAME.fullmatch((record.name or "").strip())
    if found is None:
        return None
    style: SpeechStyle = "scripted" if found[1] == "Scripted" else "spontaneous"
    return style, normalise(record).languages


def _voice_line(record: RawRecord, pages: Mapping[_Voice, str]) -> Line:
    card = normalise(record)
    page = pages.get((record.speech_style, card.languages))
    return _without_silence(
        {
            "id": f"commonvoice-{record.native_id}",
            "name": record.name,
            "url": record.url,
            "summary": record.summary,
            "description": record.description,
            "languages": list(card.languages),
            "modalities": ["audio"],
            "tasks": ["ASR"],
            "tags": list(record.tags),
            "speech_style": record.speech_style,
            "licence": "CC0-1.0",
            "conditions": commonvoice_record.PROMISE,
            "collective": True,
            **_figures(record.size),
            "publisher": record.publisher,
            "formats": list(record.formats),
            "version": record.version,
            "published": record.published.isoformat() if record.published else None,
            "links": [page] if page else [],
            "releases": [_release(release) for release in record.releases],
            "evidence": {part.field: part.quote for part in record.evidence},
        }
    )


def _collective_line(record: RawRecord) -> Line:
    card = normalise(record)
    name = " ".join((record.name or "").split())
    return _without_silence(
        {
            "id": f"mdc-{record.native_id}",
            "name": name,
            "url": record.url,
            "summary": _told(card),
            "languages": list(card.languages) or ["multilingual"],
            "modalities": list(card.modalities),
            "tasks": list(record.tasks),
            "speech_style": record.speech_style,
            "licence": list(record.terms.licences),
            "collective": True,
            **_figures(record.size),
            "publisher": record.publisher,
            "formats": list(card.formats),
        }
    )


def _told(card: DatasetCard) -> str:
    """One sentence made of the facts."""
    spoken = " and ".join(languages.english_name(tag) for tag in card.languages)
    purpose = ", ".join(vocab.TASKS[task].label for task in card.tasks)
    held = " and ".join(_HELD.get(code, code) for code in card.modalities) or "data"
    told = f"{held} in {spoken or 'several languages'}" + (f" for {purpose}" if purpose else "")
    size = f"{card.size.bytes / 1e6:,.1f} MB" if card.size.bytes else ""
    files = ", ".join(part for part in (*card.formats, size) if part)
    return f"{told[0].upper()}{told[1:]} ({files}), published by {card.publisher}."


def _figures(size: Size) -> Mapping[str, object]:
    return asdict(size)


def _release(release: Release) -> Line:
    day = release.published.isoformat() if release.published else None
    return _without_silence(
        {"version": release.version, "published": day, **_figures(release.size)}
    )


def _without_silence(line: Line) -> Line:
    return {key: value for key, value in line.items() if value not in (None, "", [], {})}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
