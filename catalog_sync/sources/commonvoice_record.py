"""One locale of one Common Voice release as a `RawRecord`, described by its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog_sync import languages
from catalog_sync.card import Evidence, Release, Section, Size, SpeechStyle
from catalog_sync.clauses import StatedTerms
from catalog_sync.source import RawRecord
from catalog_sync.sources import wire
from catalog_sync.sources.commonvoice_files import ReleaseFile

NAME = "commonvoice"
PAGE = "https://commonvoice.mozilla.org/en/datasets"
README = "https://github.com/common-voice/cv-dataset"
PUBLISHER = "Mozilla Common Voice"
_HOUR_MS = 3_600_000
_HOUR_S = 3_600
_MOST_NAMED = 8
"""So many accents or variants are named; the others are counted."""

_LICENCE_SAID = Evidence(
    field="licence",
    quote="CC0-1.0, said by the project's README and datasheets; the release file has no licence",
    url=README,
)
_FORMATS_SAID = Evidence(
    field="formats", quote="clips in MP3, tables in TSV, in every release", url=README
)
PROMISE = (
    "Whoever downloads a Common Voice dataset agrees not to determine the identity of its speakers."
)
"""In our words, for when the project's own stand in no file that was given."""
_SHEET_TITLES: Mapping[str, str] = {
    "language_description": "Language",
    "variant_description": "Variants",
    "accents_description": "Accents",
    "text_corpus_description": "Text corpus",
    "text_domain_description": "Text domains",
    "transcriptions_description": "Transcriptions",
    "writing_system_description": "Writing system",
    "processing_description": "Processing",
    "funding_description": "Funding",
    "citation_description": "Citation",
}
_AGES = {
    "teens": "teens", "twenties": "twenties", "thirties": "thirties", "fourties": "forties",
    "fifties": "fifties", "sixties": "sixties", "seventies": "seventies",
    "eighties": "eighties", "nineties": "nineties",
}  # fmt: skip
_GENDERS = {
    "male": "male", "male_masculine": "male", "female": "female", "female_feminine": "female",
    "other": "other", "non-binary": "other", "transgender": "other", "intersex": "other",
}  # fmt: skip
_FEWEST_SPEAKERS = 10
"""Below this, shares of ages and genders could point at a person and are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a language is called."""

    english: str
    native: str | None


def native_id(release: ReleaseFile, locale: str) -> str:
    """Such as "scripted-25.0-cy"."""
    return f"{release.kind}-{release.version}-{locale}"


def from_entry(
    locale: str,
    releases: Sequence[ReleaseFile],
    *,
    language_row: Mapping[str, object],
    sheet: Mapping[str, object],
    promise: str | None = None,
) -> RawRecord:
    """The record of `locale` in `releases[0]`, the newest; the others are its history.

    `promise` is what a downloader agrees to about speakers, in the project's words.

    Raises `ValueError` naming the field when the entry holds no figure at all.
    """
    newest = releases[0]
    entry = newest.locales[locale]
    size = size_of(entry)
    if size == Size():
        raise ValueError(
            f"entry {locale!r} has no 'clips', 'users', 'size' and 'duration'; expected figures"
        )
    names = _names(locale, language_row)
    return RawRecord(
        source=NAME,
        native_id=native_id(newest, locale),
        where=f"{newest.file}, locale {locale!r}",
        url=PAGE,
        name=f"Common Voice {newest.kind.capitalize()} Speech {newest.version} - {names.english}",
        summary=_summary(newest.kind, names, size),
        description=_description(newest.kind, names, entry, size, language_row),
        languages=(locale,),
        modalities=("audio",),
        tasks=("ASR",),
        tags=("common voice", "crowdsourced", "speech"),
        speech_style=newest.kind,
        terms=StatedTerms(
            licences=("CC0-1.0",),
            datasheet=(("Licence", promise or PROMISE),),
            platform="mdc",
            url=PAGE,
        ),
        size=size,
        publisher=PUBLISHER,
        formats=("MP3", "TSV"),
        version=newest.version,
        published=newest.published,
        datasheet=_sections(sheet),
        releases=tuple(_older(release, locale) for release in releases[1:]),
        evidence=(_LICENCE_SAID, _FORMATS_SAID, _style_said(newest)),
        payload=wire.jsonable(entry),
    )


def size_of(entry: Mapping[str, object]) -> Size:
    """Figures of one entry, scripted or spontaneous, of any release; what it lacks is unknown."""
    duration = entry.get("duration")
    if isinstance(duration, Mapping):
        hours = _number(duration.get("total_hrs"))
        validated = _number(duration.get("validated_hrs"))
    else:
        hours = _number(entry.get("totalHrs"))
        if hours is None and (length := _number(duration)) is not None:
            hours = round(length / _HOUR_MS, 2)
        validated = _number(entry.get("validHrs"))
        if validated is None and (valid := _number(entry.get("validDurationSecs"))) is not None:
            validated = round(valid / _HOUR_S, 2)
    return Size(
        bytes=wire.count(entry.get("size")),
        hours=hours,
        validated_hours=validated,
        records=wire.count(entry.get("clips")),
        speakers=wire.count(entry.get("users")),
    )


def _older(release: ReleaseFile, locale: str) -> Release:
    return Release(
        version=release.version,
        published=release.published,
        size=size_of(release.locales[locale]),
    )


def _style_said(release: ReleaseFile) -> Evidence:
    return Evidence(field="speech_style", quote=release.file.rsplit("/", 1)[-1])


def _names(locale: str, row: Mapping[str, object]) -> Names:
    tags = languages.stated(locale).tags
    known = languages.english_name(tags[0]) if tags else locale
    native = wire.text(row.get("native_name"))
    english = wire.text(row.get("english_name")) or known
    return Names(english=english, native=native if native not in {locale, english} else None)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if value >= 0 else None


# ---------------------------------------------------------------- words made of figures


def _summary(kind: SpeechStyle, names: Names, size: Size) -> str:
    how = "Read-aloud" if kind == "scripted" else "Spontaneous"
    named = f"{names.english} ({names.native})" if names.native else names.english
    figures = [
        f"{size.hours:,g} hours" if size.hours is not None else "",
        f"{size.validated_hours:,g} validated" if size.validated_hours is not None else "",
        f"{size.speakers:,} speakers" if size.speakers is not None else "",
    ]
    told = ", ".join(figure for figure in figures if figure)
    return f"{how} speech in {named} recorded by volunteers" + (f": {told}." if told else ".")


def _description(
    kind: SpeechStyle,
    names: Names,
    entry: Mapping[str, object],
    size: Size,
    row: Mapping[str, object],
) -> str:
    demographics = entry.get("splits") if kind == "scripted" else entry.get("demographics")
    told = wire.mapping(demographics)
    parts = (
        _made_of(kind, size),
        _splits(entry),
        _texts(entry),
        _named_parts("Variants", _variants(told, row)),
        _named_parts("Accents", _counted(wire.mapping(told.get("accent")))),
        _people(told, size),
        _named_parts("Subjects", _counted(wire.mapping(told.get("sentence_domain")))),
    )
    return " ".join(part for part in parts if part)


def _made_of(kind: SpeechStyle, size: Size) -> str:
    clips = f"{size.records:,} clips" if size.records is not None else "Clips"
    if kind == "scripted":
        return f"{clips}, each with the sentence that was read aloud, for speech recognition."
    return (
        f"{clips} of people answering questions in their own words, not read from a text; "
        "transcribed where volunteers got to it; for speech recognition."
    )


def _splits(entry: Mapping[str, object]) -> str:
    told = []
    for name, value in wire.mapping(entry.get("buckets")).items():
        clips = wire.count(value.get("clips") if isinstance(value, Mapping) else value)
        if clips is not None:
            told.append(f"{name} {clips:,}")
    return f"Clips by part: {', '.join(told)}." if told else ""


def _texts(entry: Mapping[str, object]) -> str:
    sentences = wire.count(entry.get("validatedSentences"))
    if sentences:
        return f"{sentences:,} validated sentences to read."
    questions = wire.count(wire.mapping(entry.get("questions")).get("total"))
    transcribed = wire.count(wire.mapping(entry.get("audios")).get("transcribed_validated"))
    told = [f"{questions:,} questions" if questions else ""]
    told.append(f"{transcribed:,} clips with a checked transcription" if transcribed else "")
    kept = [part for part in told if part]
    return f"{', '.join(kept)}.".capitalize() if kept else ""


def _variants(told: Mapping[str, object], row: Mapping[str, object]) -> list[str]:
    names = {}
    for variant in wire.items(row.get("variants")):
        code = wire.text(wire.mapping(variant).get("code"))
        name = wire.text(wire.mapping(variant).get("name"))
        if code and name:
            names[code] = name
    return [names.get(code, code) for code in _counted(wire.mapping(told.get("variant")))]


def _counted(shares: Mapping[str, object]) -> list[str]:
    """Names with a figure above zero, largest first; the unnamed and self-made ones left out."""
    figures = {
        name: figure
        for name, value in shares.items()
        if name and name != "user_defined" and (figure := _number(value))
    }
    ordered = sorted(figures, key=lambda name: (-figures[name], name))
    return [name.replace("_", " ") for name in ordered]


def _named_parts(title: str, names: list[str]) -> str:
    if not names:
        return ""
    more = len(names) - _MOST_NAMED
    told = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{title}: {told}."


def _people(told: Mapping[str, object], size: Size) -> str:
    if size.speakers is None or size.speakers < _FEWEST_SPEAKERS:
        return ""
    ages = _shares("Ages that speakers gave", wire.mapping(told.get("age")), _AGES)
    genders = _shares("Genders that speakers gave", wire.mapping(told.get("gender")), _GENDERS)
    return " ".join(part for part in (ages, genders) if part)


def _shares(title: str, shares: Mapping[str, object], labels: Mapping[str, str]) -> str:
    """Per cent of clips for each known label; nothing where fewer than one in a hundred is told."""
    sums: dict[str, float] = {}
    for name, value in shares.items():
        if name in labels:
            sums[labels[name]] = sums.get(labels[name], 0.0) + (_number(value) or 0.0)
    told = [f"{label} {share:.0%}" for label, share in sums.items() if 0.005 <= share <= 1]
    return f"{title}, by share of clips: {', '.join(told)}." if told else ""


def _sections(sheet: Mapping[str, object]) -> tuple[Section, ...]:
    fields = wire.mapping(sheet.get("community_fields"))
    return tuple(
        Section(title=title, text=text)
        for name, title in _SHEET_TITLES.items()
        if (text := wire.text(fields.get(name), most=4000))
    )
