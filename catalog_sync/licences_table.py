"""The licence table: rows of `licences/*.toml` as values, Creative Commons ones made by rule.

Reading a table is lazy and cached; nothing here knows a door or the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from catalog_sync.clauses import Clause, Constraint, Rule
from catalog_sync.licences_file import (
    Database,
    LicenceRow,
    Models,
    Personality,
    RuleRow,
    Table,
    When,
    tables,
)

SHARING = ("distribute", "shareAdapted", "publishModel")
TRAINING = ("train", "sellModel", "closeModel")
ACTIONS: tuple[str, ...] = (
    "use", "modify", "distribute", "shareAdapted", "relicense", "commercialize", "train",
    "sellModel", "closeModel", "publishModel", "extract", "omitAttribution", "cloneVoice",
    "reidentify",
)  # fmt: skip
"""What a person may want to do, in the smallest parts the engine asks for."""

ODRL: Mapping[str, str] = {
    "use": "odrl:use",
    "modify": "odrl:modify",
    "distribute": "odrl:distribute",
    "shareAdapted": "odrl:derive",
    "commercialize": "odrl:commercialize",
    "extract": "odrl:extract",
    "attribute": "odrl:attribute",
    "include": "odrl:include",
    "inform": "odrl:inform",
    "compensate": "odrl:compensate",
    "obtainConsent": "odrl:obtainConsent",
    "shareAlike": "cc:ShareAlike",
    "sourceCode": "cc:SourceCode",
    "reviewPolicy": "odrl:reviewPolicy",
}
"""ODRL 2.2 and Creative Commons terms; every other action is in this project's own namespace."""

_CC_ID = re.compile(
    r"(?:LicenseRef-)?CC-(?P<elements>(?:BY-)?(?:NC-)?(?:SA|ND)|BY-NC|BY|NC)"
    r"(?:-(?P<version>1\.0|2\.0|2\.1|2\.5|3\.0|4\.0)(?:-(?P<port>[A-Z]{2,3}))?)?"
)
_SPDX_PORTS = {
    "CC-BY-2.5": ("AU",),
    "CC-BY-3.0": ("AT", "AU", "DE", "IGO", "NL", "US"),
    "CC-BY-NC-3.0": ("DE",),
    "CC-BY-NC-ND-3.0": ("DE", "IGO"),
    "CC-BY-NC-SA-2.0": ("DE", "FR", "UK"),
    "CC-BY-NC-SA-3.0": ("DE", "IGO"),
    "CC-BY-ND-3.0": ("DE",),
    "CC-BY-SA-2.0": ("UK",),
    "CC-BY-SA-2.1": ("JP",),
    "CC-BY-SA-3.0": ("AT", "DE", "IGO"),
}
_NOT_IN_SPDX = ("CC-NC-1.0", "CC-ND-1.0", "CC-NC-SA-1.0", "CC-NC-ND-1.0", "CC-ND-NC-1.0")
_NAMES = {"by": "Attribution", "nc": "NonCommercial", "sa": "ShareAlike", "nd": "NoDerivatives"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One row of the table."""

    id: str
    """SPDX id, or `LicenseRef-` and a name where SPDX has none."""
    name: str
    url: str
    family: str
    text: str | None
    """Stem of the licence text that the quotations are checked against; None: not at hand."""
    read: date
    rules: tuple[Rule, ...]
    models: Models
    database: Database
    personality: Personality
    aliases: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    """Further addresses by which the text is named, without scheme."""
    note: str = ""


@cache
def rows() -> Mapping[str, Licence]:
    """All rows that are written out, and the Creative Commons ids of the SPDX list."""
    found: dict[str, Licence] = {}
    for table in tables():
        for listed in table.get("licence", []):
            rules = [r for r in table.get("rule", []) if listed["id"] in r.get("for", [])]
            licence = _licence(table, listed, rules)
            found[licence.id] = licence
    for cc_id in _cc_ids():
        licence_by_rule = creative_commons(cc_id)
        if licence_by_rule is not None:
            found.setdefault(licence_by_rule.id, licence_by_rule)
    return found


def row(licence_id: str) -> Licence | None:
    """The row of an SPDX id or `LicenseRef-` name; the prefix and an "-or-later" may be left out.

    Creative Commons ids of any jurisdiction are put together by rule.
    """
    written = rows()
    plain = licence_id.removeprefix("LicenseRef-")
    for candidate in (licence_id, f"LicenseRef-{plain}", plain):
        if candidate in written:
            return written[candidate]
    for ending in ("-only", "-or-later", "+"):
        for candidate in (plain.removesuffix(ending), plain + ending):
            if candidate in written:
                return written[candidate]
    return creative_commons(licence_id)


@cache
def creative_commons(licence_id: str) -> Licence | None:
    """A Creative Commons row by its elements, version and port; None: not such an id."""
    match = _CC_ID.fullmatch(licence_id)
    if match is None:
        return None
    elements = frozenset(match["elements"].lower().split("-"))
    # No version stated: judged by 3.0, the strictest reading of any version.
    version, port = match["version"] or "3.0", match["port"]
    if "by" not in elements and version != "1.0":
        return None
    table = next(t for t in tables() if t.get("family") == "cc")
    chosen = [r for r in table.get("rule", []) if _fits(r, elements, version)]
    if match["version"] is None:
        return _licence(table, _unversioned(match["elements"]), chosen)
    plain = f"CC-{match['elements']}-{version}"
    in_spdx = port in _SPDX_PORTS.get(plain, ()) if port else plain not in _NOT_IN_SPDX
    listed: LicenceRow = {
        "id": f"{'' if in_spdx else 'LicenseRef-'}{plain}{'-' + port if port else ''}",
        "name": _cc_name(match["elements"], version, port),
        "url": _cc_url(match["elements"], version, port),
        "database": cast(Mapping[str, Database], table.get("database", {}))[version],
    }
    if port is None:
        listed["text"] = plain.lower()
    return _licence(table, listed, chosen)


def _unversioned(elements: str) -> LicenceRow:
    return {
        "id": f"LicenseRef-CC-{elements}",
        "name": f"{_cc_name(elements, '', None)} (no version stated)",
        "url": f"https://creativecommons.org/licenses/{elements.lower()}/3.0/legalcode",
        "database": "silent",
        "note": "No version is stated: judged by the clauses of 3.0, the strictest reading.",
    }


def _cc_ids() -> Iterator[str]:
    for version in ("1.0", "2.0", "2.5", "3.0", "4.0"):
        for elements in ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"):
            yield f"CC-{elements}-{version}"
    yield from ("CC-SA-1.0", "CC-NC-1.0", "CC-ND-1.0")
    for plain, ports in _SPDX_PORTS.items():
        yield from (f"{plain}-{port}" for port in ports)


def _cc_name(elements: str, version: str, port: str | None) -> str:
    words = "-".join(_NAMES[e] for e in elements.lower().split("-"))
    scope = port or (
        "International" if version == "4.0" else "Unported" if version == "3.0" else ""
    )
    return f"Creative Commons {words} {version} {scope}".rstrip()


def _cc_url(elements: str, version: str, port: str | None) -> str:
    base = f"https://creativecommons.org/licenses/{elements.lower()}/{version}/"
    return f"{base}{port.lower()}/" if port else f"{base}legalcode"


def _fits(rule: RuleRow, elements: frozenset[str], version: str) -> bool:
    return (
        version in rule.get("versions", [])
        and elements.issuperset(rule.get("has", []))
        and elements.isdisjoint(rule.get("lacks", []))
    )


def _licence(table: Table, listed: LicenceRow, rules: Sequence[RuleRow]) -> Licence:
    common = table.get("database", "silent")
    database = listed.get("database", common if isinstance(common, str) else "silent")
    return Licence(
        id=listed["id"],
        name=listed["name"],
        url=listed["url"],
        family=table.get("family", ""),
        text=listed.get("text"),
        read=table["read"],
        rules=tuple(r for stated in rules for r in _rules(stated, listed)),
        models=listed.get("models", table.get("models", "silent")),
        database=database,
        personality=listed.get("personality", table.get("personality", "silent")),
        aliases=tuple(listed.get("aliases", [])),
        urls=tuple(listed.get("urls", [])),
        note=listed.get("note", ""),
    )


def _rules(stated: RuleRow, listed: LicenceRow) -> Iterator[Rule]:
    clause = Clause(
        document=stated.get("document", "licence"),
        clause=stated["clause"],
        quote=stated["quote"],
        url=stated.get("url", listed["url"]),
    )
    constraints = tuple(_constraint(w, listed["id"]) for w in stated.get("when", []))
    if "on" in stated:
        constraints += (trigger(*stated["on"]),)
    for action in stated["do"]:
        yield Rule(
            kind=stated["kind"],
            action=action,
            clause=clause,
            constraints=constraints,
            prior=stated.get("prior", False),
        )


def _constraint(when: When, licence_id: str) -> Constraint:
    right = tuple(when.get("right", []))
    if when["left"] == "outputLicence":
        right = (licence_id, *accepted(licence_id))
    return Constraint(
        left=when["left"],
        operator=when.get("operator", "isAnyOf"),
        right=right,
        basis=when.get("basis"),
    )


@cache
def _accepted() -> Mapping[str, tuple[str, ...]]:
    return {
        source: tuple(targets)
        for table in tables()
        for source, targets in table.get("accepts", {}).items()
    }


def accepted(licence_id: str) -> tuple[str, ...]:
    """Other licences under which a work adapted from one under `licence_id` may be shared."""
    return _accepted().get(licence_id, ())


def trigger(*actions: str) -> Constraint:
    """The constraint that ties a duty to actions; "sharing", "training" and "any" are groups."""
    groups = {"sharing": SHARING, "training": TRAINING, "any": ACTIONS}
    spelt = [a for name in actions for a in groups.get(name, (name,))]
    return Constraint(left="action", operator="isAnyOf", right=tuple(dict.fromkeys(spelt)))
