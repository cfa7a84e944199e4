"""Raw records of three published catalogues, before any of the product's own reading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

AUDIO = {"automatic-speech-recognition", "audio-classification", "keyword-spotting",
          "speaker-identification", "speech recognition", "speech processing"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The facts of one raw record, as its catalogue writes them."""

    id: str
    source: str
    languages: frozenset[str]
    """Primary subtags and whole tags."""
    tags: frozenset[str]
    """Tasks and keywords, lower case."""
    licences: frozenset[str]
    front: str
    """Identifier, name, tags: what the data is about, if a word stands here."""
    text: str
    """The whole record, where a word may stand in passing."""
    kind: str = ""
    update: str = ""
    publisher: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)
    sizes: frozenset[str] = frozenset()
    access: str = ""
    """open or controlled; empty where the record does not say, or its parts differ."""


def records(folder: Path) -> list[Record]:
    """Every record of the three catalogues; only the newest release of Common Voice counts."""
    return [*_voices(folder / "commonvoice"), *_cards(folder / "huggingface"),
            *_registry(folder / "aws")]  # fmt: skip


def _voices(folder: Path) -> Iterator[Record]:
    releases = (("cv-corpus-25.0-2026-03-09.json", "scripted-25.0"),
                ("sps-corpus-3.0-2026-03-09.json", "spontaneous-3.0"))  # fmt: skip
    for name, release in releases:
        raw = json.loads((folder / name).read_text(encoding="utf-8"))
        for locale, facts in raw["locales"].items():
            told = facts["duration"] if isinstance(facts.get("duration"), dict) else {}
            figures = {
                "hours": facts.get("totalHrs", told.get("total_hrs")),
                "vhours": facts.get("validHrs", told.get("validated_hrs")),
                "speakers": facts.get("users"), "bytes": facts.get("size"),
            }  # fmt: skip
            yield Record(
                id=f"commonvoice:{release}-{locale}", source="commonvoice",
                languages=_tags_of([locale]), tags=frozenset({"automatic-speech-recognition"}),
                licences=frozenset({"cc0-1.0"}), front=f"common voice {locale}", text="",
                kind=release.split("-")[0], publisher="Mozilla",
                figures={k: float(v) for k, v in figures.items() if v is not None},
            )  # fmt: skip


def _cards(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        parts = re.split(r"^---\s*$", text, maxsplit=2, flags=re.M)
        head = yaml.safe_load(parts[1]) if len(parts) > 2 else None
        head = head if isinstance(head, dict) else {}
        tags = frozenset(
            w.lower() for key in ("task_categories", "task_ids", "tags") for w in _flat(head, key)
        )
        name = str(head.get("pretty_name") or "")
        yield Record(
            id=f"huggingface:{path.stem}", source="huggingface",
            languages=_tags_of(_flat(head, "language")), tags=tags,
            licences=frozenset(w.lower() for w in _flat(head, "license")),
            front=f"{path.stem} {name} {' '.join(sorted(tags))}".replace("_", " "), text=text,
            sizes=frozenset(_flat(head, "size_categories")),
        )  # fmt: skip


def _registry(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        raw = yaml.safe_load(text)
        tags = frozenset(str(t).lower() for t in raw.get("Tags") or [])
        front = f"{path.stem} {raw.get('Name')} {' '.join(sorted(tags))}"
        yield Record(
            id=f"aws:{path.stem}", source="aws", languages=frozenset(), tags=tags,
            licences=frozenset({str(raw.get("License") or "")}), front=front, text=text,
            update=str(raw.get("UpdateFrequency") or ""), publisher=str(raw.get("ManagedBy") or ""),
            access=_access_of(raw.get("Resources") or []),
        )  # fmt: skip


def _access_of(resources: Iterable[Mapping[str, object]]) -> str:
    closed = {bool(each.get("ControlledAccess")) for each in resources}
    return "" if len(closed) != 1 else "controlled" if True in closed else "open"


def _flat(head: Mapping[str, object], key: str) -> list[str]:
    value = head.get(key)
    if isinstance(value, dict):
        return [str(each) for group in value.values()
                for each in (group if isinstance(group, list) else [group])]  # fmt: skip
    return [str(each) for each in value] if isinstance(value, list) else \
        [] if value is None else [str(value)]  # fmt: skip


def _tags_of(raw: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for each in raw:
        found |= {each.lower(), re.split(r"[-_]", each.lower())[0]}
    return frozenset(found)
