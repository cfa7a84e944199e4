"""Make the tables of language codes and names from the installed packages that carry them.

Sources: python-iso639 (ISO 639-3 of SIL International: codes, name index, macrolanguages,
retirements), pycountry (ISO 639-5), language_data (names of Unicode CLDR and of Wiktionary's
code list), babel (CLDR language by territory). Run it after upgrading any of these:

    python scripts/language_tables.py
"""

from __future__ import annotations

import gzip
import io
import re
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import iso639
import pycountry
from babel.core import Locale
from language_data.name_data import CODE_TO_NAMES
from language_data.util import data_filename

from catalog_sync.language_text import bare, fold

FOLDER = Path(__file__).parent.parent / "catalog_sync" / "vocabulary" / "languages"
SPLIT_CODES = {"ar-001": "arb", "fa-AF": "prs", "sw-CD": "swc", "ro-MD": "ro", "sr-ME": "cnr"}
"""CLDR writes these languages as regions of another; ISO 639-3 has a code of their own."""
REFERENCE, OTHER, STRIPPED, LISTED, FOREIGN, HEAD = 1, 2, 3, 4, 5, 6
"""How near a name is: the main name, another official one, without its bracket, Wiktionary's,
what CLDR's other languages call it, the word that several languages' names share ("Mixtec")."""


def short_of() -> dict[str, str]:
    """ISO 639-3 code to the two-letter code, where there is one."""
    return {lang.part3: lang.part1 for lang in iso639.ALL_LANGUAGES if lang.part1}


def living() -> list[iso639.Language]:
    """The codes in force, retired ones left out."""
    found = [lang for lang in iso639.ALL_LANGUAGES if lang.retire_date is None]
    return sorted(found, key=lambda lang: str(lang.part3))


def spoken_where() -> dict[str, list[str]]:
    """Language to the countries CLDR counts it in, largest share of people first.

    A country is marked "!" where it is at home: at least 4 % of its speakers or 10 % of the
    people live there, or it is official.
    """
    root = ElementTree.parse(data_filename("supplementalData.xml")).getroot()
    counted: dict[str, dict[str, tuple[float, float, bool]]] = defaultdict(dict)
    for place in root.iter("territory"):
        people = float(place.get("population") or 0)
        for spoken in place.iter("languagePopulation"):
            language = str(spoken.get("type")).split("_")[0]
            share = float(spoken.get("populationPercent") or 0)
            official = spoken.get("officialStatus") in {"official", "de_facto_official"}
            counted[language][str(place.get("type"))] = (share, share * people, official)
    found = {}
    for language, places in counted.items():
        total = sum(people for _, people, _ in places.values()) or 1.0
        ordered = sorted(places.items(), key=lambda pair: -pair[1][0])
        found[language] = [
            place + ("!" if official or share >= 10 or people / total >= 0.04 else "")
            for place, (share, people, official) in ordered
        ]
    return found


def codes_table() -> str:
    """One row a code: its forms, scope, type, macrolanguage, English and own name, where."""
    where = spoken_where()
    rows = []
    for lang in living():
        short = lang.part1 or lang.part3
        names = CODE_TO_NAMES.get(short, {})
        english = names.get("en") or lang.name
        if re.search(r"\(|,", lang.name) is None and short not in CODE_TO_NAMES:
            english = lang.name
        places = ",".join(where.get(short, ()))
        rows.append(
            [lang.part3, lang.part1 or "", lang.scope, lang.type or "", lang.macrolanguage or "",
             english, names.get(short, ""), places]
        )  # fmt: skip
    have = {row[0] for row in rows}
    for family in pycountry.language_families:
        if family.alpha_3 not in have:
            rows.append([family.alpha_3, "", "C", "L", "", family.name, "", ""])
    head = ["code", "short", "scope", "type", "macro", "english", "autonym", "territories"]
    return "\n".join("\t".join(row) for row in [head, *sorted(rows)]) + "\n"


def aliases_table() -> str:
    """Codes that are written but no longer right, and what they mean now."""
    short = short_of()
    found: dict[str, str] = {}
    in_force = {lang.part3 for lang in living()}
    for lang in sorted(iso639.ALL_LANGUAGES, key=lambda lang: str(lang.part3)):
        change = lang.retire_change_to
        if lang.retire_date and change in in_force and lang.part3 not in in_force:
            found[lang.part3] = short.get(change, change)
        if lang.part2b and lang.part2b != lang.part3:
            found[lang.part2b] = lang.part1 or lang.part3
    rows = [f"{old}\t{new}" for old, new in sorted(found.items())]
    return "\n".join(["code\tmeans", *rows]) + "\n"


def _turned(name: str) -> str:
    """The name as it is said: "Arabic, Egyptian Spoken" is "Egyptian Spoken Arabic"."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and "," not in tail else name


class Names:
    """Gathers keys with the nearest rank each tag has."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, int]] = defaultdict(dict)

    def add(self, name: str, tag: str, rank: int) -> None:
        """One name of one tag, under its exact and its accentless key."""
        exact, plain = fold(name), bare(name)
        self._put(exact, tag, rank)
        if plain != exact:
            self._put(plain, tag, rank)

    def _put(self, key: str, tag: str, rank: int) -> None:
        if not key or key.isdigit() or (len(key) < 2 and key.isascii()):
            return
        tags = self.keys[key]
        tags[tag] = min(rank, tags.get(tag, 9))


def _official(names: Names) -> None:
    for lang in living():
        tag = lang.part1 or lang.part3
        names.add(lang.name, tag, REFERENCE)
        if "(" in lang.name:
            names.add(re.sub(r"\s*\([^)]*\)", "", lang.name), tag, STRIPPED)
        for other in lang.other_names or ():
            names.add(other.print, tag, OTHER)
            names.add(_turned(other.inverted), tag, OTHER)
            if "(" in other.print:
                names.add(re.sub(r"\s*\([^)]*\)", "", other.print), tag, STRIPPED)
    for family in pycountry.language_families:
        names.add(family.name.removesuffix(" languages"), family.alpha_3, STRIPPED)


_PLACES = "wales holland bavaria sardinia corsica bengal silesia catalonia napoli sichuan persia"


def _places() -> set[str]:
    """Keys of countries and their parts, which some languages also use for what is spoken there."""
    countries = {bare(n) for lang in ("en", "es", "fr", "pt", "de", "it", "sw", "id")
                 for n in Locale(lang).territories.values()}  # fmt: skip
    parts = {bare(part.name) for part in pycountry.subdivisions}
    return {key for key in countries | parts | set(_PLACES.split()) if key.isascii()}


def _unicode(names: Names, known: set[str]) -> None:
    places = _places()
    for code, said in CODE_TO_NAMES.items():
        tag = SPLIT_CODES.get(code, code)
        if tag.split("-")[0] not in known or not code[0].islower():
            continue
        for language, name in said.items():
            own = language.split("-")[0] == code.split("-")[0]
            if len(name) < 3 and language != "en" and name.isascii() and not own:
                continue
            rank = REFERENCE if language == "en" else OTHER if own else FOREIGN
            if rank == FOREIGN and bare(name) in places:
                continue
            names.add(name, tag, rank)
            if "(" in name and own:
                names.add(re.sub(r"\s*\([^)]*\)", "", name), tag, STRIPPED)


def _heads(names: Names) -> None:
    """What ISO's inverted names begin with, where two or more languages do: "Mixtec, Yucuhiti"."""
    found: dict[str, set[str]] = defaultdict(set)
    for lang in living():
        for other in lang.other_names or ():
            head, comma, _ = other.inverted.partition(", ")
            if comma and len(head) > 3 and "Sign" not in other.inverted:
                found[bare(head)].add(lang.part1 or lang.part3)
    for head, tags in found.items():
        if len(tags) > 1 and not names.keys.get(head):
            for tag in sorted(tags)[:64]:
                names.add(head, tag, HEAD)


def _listed(names: Names, known: set[str]) -> None:
    """Wiktionary's list of language codes, as language_data carries it."""
    with open(data_filename("wiktionary/codes-en.csv"), encoding="utf-8") as lines:
        for line in lines:
            code, main, _, _, others, *_ = [*line.rstrip("\n").split("\t"), "", "", "", ""]
            if code not in known or code in {"sh", "bh"}:
                continue
            for name in [main, *others.split(",")]:
                if name.strip():
                    names.add(name, code, LISTED)


def names_table() -> str:
    """One row a key: the key and its `tag=rank`s, nearest first."""
    short = short_of()
    known = {lang.part1 or lang.part3 for lang in living()} | {"sh", "nah", "ber"}
    names = Names()
    _official(names)
    _unicode(names, known)
    _listed(names, known)
    _heads(names)
    rows = []
    for key, tags in sorted(names.keys.items()):
        merged: dict[str, int] = {}
        for tag, rank in sorted(tags.items(), key=lambda pair: (pair[1], pair[0])):
            merged.setdefault(short.get(tag, tag), rank)
        rows.append(f"{key}\t{' '.join(f'{t}={r}' for t, r in merged.items())}")
    return "\n".join(rows) + "\n"


def families_table() -> str:
    """One row a family: its name and the languages that Wiktionary's list puts in it."""
    found: dict[str, set[str]] = defaultdict(set)
    in_force = {lang.part1 or lang.part3 for lang in living()}
    with open(data_filename("wiktionary/codes-en.csv"), encoding="utf-8") as lines:
        for line in lines:
            code, _, family, *_ = [*line.split("\t"), "", ""]
            if family and code in in_force:
                found[family].add(code)
    rows = [f"{family}\t{' '.join(sorted(tags))}" for family, tags in sorted(found.items())]
    return "\n".join(["family\ttags", *rows]) + "\n"


TERRITORY_LANGUAGES = ("en", "es", "fr", "pt", "de", "sw", "ar", "it", "ru", "id", "hi", "zh")


def territories_table() -> str:
    """One row a country: its code and its names in the languages that requests come in."""
    books = [Locale(language).territories for language in TERRITORY_LANGUAGES]
    rows = []
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_2):
        said = [book.get(country.alpha_2) for book in books]
        said += [country.name, getattr(country, "common_name", None)]
        names = dict.fromkeys(name for name in said if name)
        rows.append(f"{country.alpha_2}\t{'|'.join(names)}")
    return "\n".join(["code\tnames", *rows]) + "\n"


def scripts_table() -> str:
    """One row a script: its ISO 15924 code and its English names."""
    book = Locale("en").scripts
    rows = []
    for script in sorted(pycountry.scripts, key=lambda s: s.alpha_4):
        if script.alpha_4[0] != "Z" and not script.alpha_4.startswith("Qa"):
            names = [book.get(script.alpha_4), *re.split(r"[,(/)]", script.name)]
            kept = dict.fromkeys(name.strip() for name in names if name and name.strip())
            rows.append(f"{script.alpha_4}\t{'|'.join(kept)}")
    return "\n".join(["code\tnames", *rows]) + "\n"


def variants_table() -> str:
    """One row a language: the variants that the IANA registry records for it."""
    found: dict[str, set[str]] = defaultdict(set)
    registry = Path(data_filename("language-subtag-registry.txt")).read_text(encoding="utf-8")
    for record in registry.split("%%"):
        if "Type: variant" in record and "Deprecated" not in record:
            name = re.search(r"Subtag: (\S+)", record)
            for prefix in re.findall(r"Prefix: (\S+)", record):
                if name:
                    found[prefix.split("-")[0]].add(name[1].lower())
    rows = [f"{language}\t{' '.join(sorted(names))}" for language, names in sorted(found.items())]
    return "\n".join(["language\tvariants", *rows]) + "\n"


def pack(text: str) -> bytes:
    """Gzip without a time stamp: the same content is the same file."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        file.write(text.encode())
    return out.getvalue()


def main() -> None:
    """Write the tables."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "codes.tsv").write_text(codes_table(), encoding="utf-8")
    (FOLDER / "aliases.tsv").write_text(aliases_table(), encoding="utf-8")
    (FOLDER / "territories.tsv").write_text(territories_table(), encoding="utf-8")
    (FOLDER / "families.tsv").write_text(families_table(), encoding="utf-8")
    (FOLDER / "scripts.tsv").write_text(scripts_table(), encoding="utf-8")
    (FOLDER / "variants.tsv").write_text(variants_table(), encoding="utf-8")
    (FOLDER / "names.tsv.gz").write_bytes(pack(names_table()))


if __name__ == "__main__":
    main()
