"""A dataset card in Markdown: its YAML front matter, its sections, and their words without markup.

What a page says is moved, never followed: no link is opened and no markup is run.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import yaml

from catalog_sync.sources import wire

_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(?P<yaml>.*?)(?:^|\n)---[ \t]*(?:\r?\n|\Z)", re.S)
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.+)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_MOST_ALIASES = 16
"""A page needs few; many, nested, are how a small file grows without bound."""

_HARMLESS_TAGS = (
    "a|abbr|b|blockquote|br|caption|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font"
    "|h[1-6]|hr|i|img|kbd|li|mark|ol|p|picture|pre|q|s|samp|small|source|span|strong|sub|summary"
    "|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video"
)
_TAG = re.compile(rf"</?(?:{_HARMLESS_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Every repetition below is bounded: a page is untrusted, and may be one endless line of brackets.
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(
    r"\[(?P<label>[^\]\n]{0,500})\]"
    r"\((?P<target>[^()\s]{0,2000}(?:\([^()\s]{0,200}\))?[^()\s]{0,200})[^)\n]{0,500}\)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*])")
_SHORT = 80
_BLANKS = re.compile(r"[ \t\u00a0]+")
_ENTITIES = ("&nbsp;", "&amp;", "&quot;", "&#39;", "&apos;")
_PLACEHOLDER = re.compile(
    r"\[?\s*(?:more information needed|needs more information|information needed|add more info.*"
    r"|\[?\s*n\.?/?a\.?|not available|not applicable|unknown|to be added|tba|todo|tbd|none"
    r"|coming soon|if applicable.*|optional)\s*\]?\s*\.?(?:\(https?:\S*\))?",
    re.IGNORECASE,
)


class UnreadableCard(ValueError):
    """A card whose front matter cannot be read; the message says what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with the text up to the next heading of any level; level 0 has no heading."""

    level: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole card: front matter with every scalar as written, and the body's parts in order."""

    front: Mapping[str, object]
    parts: tuple[Part, ...]

    def part(self, *titles: str) -> str | None:
        """The raw text under the first heading that is one of `titles`, in any case."""
        wanted = {title.casefold() for title in titles}
        found = (part.text for part in self.parts if part.title.casefold() in wanted)
        return next((text for text in found if text.strip()), None)


def read(text: str) -> Page:
    """The card `text`; one without front matter has an empty `front`.

    Raises `UnreadableCard` when the front matter is not YAML of keys and values.
    """
    found = _FRONT.match(text)
    body = text[found.end() :] if found else text.lstrip("\ufeff")
    front = _front_matter(found["yaml"]) if found else {}
    return Page(front=front, parts=tuple(_parts(body)))


@cache
def _loader() -> type[yaml.BaseLoader]:
    # Every scalar stays text: YAML 1.1 would read the language "no" as False.
    fast: object = getattr(yaml, "CBaseLoader", None)
    return fast if isinstance(fast, type) else yaml.BaseLoader


def _front_matter(source: str) -> Mapping[str, object]:
    aliases = len(re.findall(r"(?:^|[\s\[{,])\*[\w-]+", source)) if "&" in source else 0
    if aliases > _MOST_ALIASES:
        raise UnreadableCard(f"the front matter has more than {_MOST_ALIASES} YAML aliases")
    try:
        loaded: object = yaml.load(source.replace("\t", "    "), Loader=_loader())
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UnreadableCard(f"the front matter is not YAML: {reason}") from error
    if loaded in (None, ""):
        return {}
    if not isinstance(loaded, Mapping):
        raise UnreadableCard("the front matter is YAML but not keys with values")
    return wire.mapping(loaded)


def _parts(body: str) -> list[Part]:
    parts: list[Part] = []
    level, title, lines, fenced = 0, "", list[str](), False
    all_lines = body.splitlines()
    fences = {at for at, line in enumerate(all_lines) if _is_fence(line)}
    # A fence that is never closed must not swallow the sections after it.
    closed = len(fences) % 2 == 0
    for at, line in enumerate(all_lines):
        if closed and at in fences:
            fenced = not fenced
        heading = None if fenced or "#" not in line[:4] else _HEADING.fullmatch(line)
        if heading is None:
            lines.append(line)
            continue
        parts.append(Part(level=level, title=title, text="\n".join(lines).strip("\n")))
        level, title, lines = len(heading["marks"]), plain(heading["title"].rstrip(" \t#")), []
    parts.append(Part(level=level, title=title, text="\n".join(lines).strip("\n")))
    return [part for part in parts if part.title or part.text.strip()]


def _is_fence(line: str) -> bool:
    # Hardly a line is one: the look at its characters spares the pattern.
    return ("```" in line or "~~~" in line) and _FENCE.match(line) is not None


def plain(markdown: str | None, *, keep_targets: bool = False) -> str:
    """The words of a piece of Markdown; "" where it says nothing but a placeholder.

    Harmless markup goes; any other HTML stays visible for the vetting to judge. `keep_targets`
    writes a link's address behind its words.
    """
    if not markdown:
        return ""
    if len(markdown) <= _SHORT:
        return _plain_short(markdown, keep_targets)
    return _plain(markdown, keep_targets)


@lru_cache(maxsize=2048)
def _plain_short(markdown: str, keep_targets: bool) -> str:
    """Headings: most cards of a catalogue have the same ones."""
    return _plain(markdown, keep_targets)


def _plain(markdown: str, keep_targets: bool) -> str:
    # Each pattern is tried only where the characters it needs are: most text has no markup.
    kept = [line for line in markdown.splitlines() if not _is_fence(line)]
    text = _without_comments("\n".join(kept))
    text = _IMAGE.sub("", text) if "![" in text else text
    text = _TAG.sub(" ", text) if "<" in text else text
    text = _without_links(text, keep_targets=keep_targets) if "](" in text else text
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    text = text.replace("`", "")
    for entity in _ENTITIES if "&" in text else ():
        text = text.replace(entity, html.unescape(entity))
    lines = [line.strip() for line in _BLANKS.sub(" ", text).splitlines()]
    said = [line for line in lines if not _PLACEHOLDER.fullmatch(line.lstrip("-*> "))]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip()
    return joined if re.search(r"\w", joined) else ""


def _without_links(text: str, *, keep_targets: bool) -> str:
    def words(link: re.Match[str]) -> str:
        label, target = link["label"].strip(), link["target"]
        if _PLACEHOLDER.fullmatch(label):
            return "[More Information Needed]"
        wanted = keep_targets and wire.web_address(target) and target != label
        return f"{label} ({target})" if wanted and label else label or (target if wanted else "")

    return _LINK.sub(words, text)


def _without_comments(text: str) -> str:
    before, *commented = text.split("<!--")
    rest = (part.split("-->", 1) for part in commented)
    return before + "".join(part[1] if len(part) == 2 else "<!--" + part[0] for part in rest)


def labelled_addresses(markdown: str | None, *labels: str) -> tuple[str, ...]:
    """The http(s) addresses on lines such as "- **Homepage:** ..." of one of `labels`."""
    found: list[str] = []
    wanted = tuple(label.casefold() for label in labels)
    for line in (markdown or "").splitlines():
        labelled = line.lstrip(" \t-*[").casefold()
        if not labelled.startswith(wanted) or "more information needed" in labelled:
            continue
        for address in re.findall(r"https?://[^\s<>\]\"']{1,2000}", line):
            balanced = address if "(" in address else address.split(")")[0]
            if stated := wire.web_address(balanced.rstrip(".,;:)*_`")):
                found.append(stated)
    return tuple(dict.fromkeys(found))
