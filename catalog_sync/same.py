"""Finds the copies of one dataset that several sources list.

Pure. A token is something that two copies have in common: a DOI, an address, or a name together
with languages and release; never a name alone. The outcome depends on the cards alone, not on the
order in which they come.

What keeps two cards apart, whatever they share: the same source lists both; both state a licence
and not the same one (a person must see the two); both state languages and have none in common.
Of a group the card with the greatest merit is shown, by id where merits are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import parse_qsl, urlencode, urlsplit

from catalog_sync.card import DatasetCard

_BUNDLED = "starter"
"""The catalogue inside the package tells of data that others hold: any other source is nearer."""
_NEARER = 100
_LICENSED = 50
"""A copy whose terms are known goes before one that leaves them open, however much that tells."""
_KINDS = ("doi", "url", "name")
"""Kinds of tokens, the surest first."""
_RELEASE = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+|(?<=v)\d+)(?![\w.])")
_WORD = re.compile(r"[^\W_]+")
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org"})
_PAPERS = (
    "arxiv.org",
    "aclweb.org",
    "aclanthology.org",
    "semanticscholar.org",
    "paperswithcode.com",
)
"""A paper is no dataset: two that cite the same one may be quite different."""
_NOWHERE = ("example.com", "example.org", "example.net", "invalid", "localhost", "test")
_OWNER_PAGES = frozenset({"github.com", "gitlab.com", "huggingface.co", "kaggle.com"})
"""Where the first part of a path names an owner, and only two parts name a thing."""
_COMMON_WORDS = frozenset(
    "a an and corpus data database dataset datasets for in of on the to with www".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What decides whether a card is a copy of another one."""

    key: int
    id: str
    source: str
    tokens: frozenset[str]
    words: frozenset[str]
    """Of its name and its id in the source, see `words`."""
    licence: str | None
    languages: frozenset[str]
    modalities: frozenset[str]


def tokens(card: DatasetCard) -> frozenset[str]:
    """What a copy of this card in another source would have in common with it."""
    found = {_address(link) for link in (card.url, *card.links) if link}
    if card.doi:
        found.add(f"doi:{card.doi.casefold()}")
    found.add(_named(card))
    return frozenset(token for token in found if token)


def words(*names: str) -> frozenset[str]:
    """The words that could tell one dataset from another."""
    folded = unicodedata.normalize("NFKD", " ".join(names)).casefold()
    return frozenset(_WORD.findall(folded)) - _COMMON_WORDS


def merit(card: DatasetCard) -> int:
    """How much a card tells, and how near its source is to the data."""
    size = card.size
    told = (
        card.url, card.summary, card.description, card.languages, card.modalities, card.tasks,
        card.tags, card.publisher, card.formats, card.version, card.published, card.updated,
        card.citation, card.doi, card.datasheet, card.releases, card.terms.price,
        size.bytes, size.hours, size.records, size.speakers,
    )  # fmt: skip
    complete = sum(1 for field in told if field not in (None, "", ()))
    complete += int(card.terms.access != "unknown")
    known = card.terms.licence is not None or any(
        rule.clause.document in ("licence", "datasheet") for rule in card.terms.rules
    )
    return complete + _LICENSED * known + (0 if card.source == _BUNDLED else _NEARER)


def join(members: Iterable[Member]) -> list[tuple[int, ...]]:
    """The groups of two cards and more, as keys; a card is in one group at most."""
    by_token: dict[str, list[Member]] = defaultdict(list)
    for member in sorted(members, key=lambda each: each.id):
        for token in member.tokens:
            by_token[token].append(member)
    group_of: dict[str, list[Member]] = {}
    for token in sorted(by_token, key=lambda each: (_KINDS.index(each.split(":")[0]), each)):
        sharing = by_token[token]
        if len({each.source for each in sharing}) < len(sharing):
            continue  # What two cards of one source share names neither of them.
        for one, other in combinations(sharing, 2):
            if _alike(token, one, other):
                _unite(group_of, one, other)
    groups = {id(group): group for group in group_of.values()}
    return [tuple(sorted(each.key for each in group)) for group in groups.values()]


def _unite(group_of: dict[str, list[Member]], one: Member, other: Member) -> None:
    ones, others = group_of.get(one.id, [one]), group_of.get(other.id, [other])
    if ones is others or any(_apart(a, b) for a in ones for b in others):
        return
    united = [*ones, *others]
    for each in united:
        group_of[each.id] = united


def _alike(token: str, one: Member, other: Member) -> bool:
    """Whether so much in common suffices for a token of this kind."""
    if token.startswith("doi:"):
        return True
    if token.startswith("url:"):
        return bool(one.words & other.words)
    return not (one.modalities and other.modalities and not one.modalities & other.modalities)


def _apart(one: Member, other: Member) -> bool:
    if one.source == other.source:
        return True
    if one.licence and other.licence and one.licence != other.licence:
        return True
    return bool(one.languages and other.languages and not one.languages & other.languages)


def _named(card: DatasetCard) -> str | None:
    """Name, languages and release; None where one of them is not known."""
    name = unicodedata.normalize("NFKC", card.name).casefold()
    in_name = _RELEASE.search(name)
    release = card.version or (in_name[1] if in_name else "")
    number = _RELEASE.fullmatch(release.casefold().strip())
    release = re.sub(r"(?:\.0)+$", "", number[1]) if number else release.casefold().strip()
    stem = " ".join(_WORD.findall(_RELEASE.sub(" ", name)))
    if not stem or not card.languages or not release:
        return None
    return f"name:{stem}|{','.join(sorted(card.languages))}|{release}"


def _address(link: str) -> str | None:
    """An address as a token, however it is spelt; None for one that names no single thing."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host:
        return None
    path = re.sub(r"/(?:index\.html?)?$", "", re.sub(r"/{2,}", "/", parts.path))
    if host in _DOI_HOSTS:
        return f"doi:{path.strip('/').casefold()}" if path.strip("/") else None
    if _ends_in(host, _PAPERS) or _ends_in(host, _NOWHERE):
        return None
    path = re.sub(r"(?:\.git|/(?:tree|blob)/(?:main|master))$", "", path)
    query = [(key, value) for key, value in parse_qsl(parts.query) if key[:4] != "utm_"]
    steps = [step for step in path.split("/") if step]
    if not steps and not query:
        return None
    if host in _OWNER_PAGES:
        path = path.casefold()
        if len(steps) < 2:
            return None
    return f"url:{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")


def _ends_in(host: str, names: Iterable[str]) -> bool:
    return any(host == name or host.endswith("." + name) for name in names)
