"""How the languages a turn names join those spoken of before. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.need import LanguageWish, Need
from assistant.understand.lexicon import AND, OR
from assistant.understand.reading import Reading
from assistant.understand.subject import PAIR_TASKS
from catalog_sync import languages, vocab

_INSTEAD_OF = re.compile(
    r"\b(?:instead of|rather than)\b|"
    r"\ben (?:lugar|vez) de\b|\bau lieu d|\bem (?:vez|lugar) d|\b(?:an)?statt\b"
    r"|\banstelle\b|\bbadala ya\b|بدلا من|بدل",
    re.IGNORECASE,
)


_SOURCE = re.compile(
    r"\b(?:from|out of|desde|del?|du|depuis|do|aus|von|kutoka)\s|من ", re.IGNORECASE
)
"""Says that a translation's source is another."""
_CORRECTED = re.compile(r"[^,;:]{1,40}[,;:–—-]\s*[^,;:]{1,40}")
_ANY = re.compile(
    r"\b(?:any|all|every|whatever|other|another|n['’]?importe quelles?|toutes? les|une autre|"
    r"d'autres|cualquier|todos los|otros?|qualquer|todas as|outros?|jede|alle|andere)\s+"
    r"(?:(?:other|the|autre|otro|outra|andere)\s+)?"
    r"(?:languages?|langues?|idiomas?|línguas?|lenguas?|sprachen?)\b|\blugha yoyote\b|أي لغة",
    re.IGNORECASE,
)
_KNOWN = ("name", "alias", "autonym", "dialect")
"""Ways in which a name is known, and not guessed."""
_DIALECT = re.compile(
    r"\b(?P<name>[^\W\d_]{3,20}) (?:dialect|variety|variant|accent|version|one)\b"
    r"|\b(?:dialecto|variedad|dialecte|variété|dialekt|variedade|dialeto|lahaja)\s+(?:de\s+|ya\s+)?"
    r"(?P<after>[^\W\d_]{3,20})",
    re.IGNORECASE,
)
_WELCOME = re.compile(
    r"\b(?:is|are|would be)\s+(?:also\s+)?(?:fine|ok|okay|good|allowed|welcome)\b|"
    r"\b(?:ok|okay|fine|too|again|as well|after all|include|allow|let\b.{0,20}\bin|back in|"
    r"permitid[oa]|también|de nuevo|aussi|à nouveau|também|de novo|auch|wieder|doch|pia|tena)\b|"
    r"أيضا|مجددا",
    re.IGNORECASE,
)
"""Says that something shut out before may come after all."""
_HEARD: Mapping[str, tuple[str, ...]] = {"yue": ("zh-HK",)}
"""Tags under which a language is spoken, and in writing may be another: Hong Kong's Chinese."""


def as_heard(need: Need) -> Need:
    """The need, its wishes met by a language's speech under another tag where speech is wanted."""
    kinds = {*need.modalities, *(m for task in need.tasks for m in vocab.TASKS[task].modalities)}
    more = _HEARD if "audio" in kinds else {}
    wishes = tuple(
        replace(wish, tags=(wish.tag, *more.get(wish.tag, ()))) if wish.tag in _HEARD else wish
        for wish in need.languages
    )
    return need if wishes == need.languages else replace(need, languages=wishes)


def is_given_up(old: Need, reading: Reading) -> bool:
    """Whether a turn only takes back languages asked for: "forget the Igbo", "French, not English".

    They are not asked for any longer, and shut out no more than that: what else is wanted may come
    with them. Where nothing is left to look for, they are shut out.
    """
    stated = reading.stated
    unwanted = tags(stated.languages_not)
    single = [wish for wish in old.languages if wish.tag != "mul"]
    left = [wish for wish in old.languages if not unwanted & set(wish.tags)]
    return bool(
        stated.languages_not
        and all(tags((one,)) & tags(tuple(single)) for one in stated.languages_not)
        and (left or stated.languages)
    )


def corrected(old: Need, reading: Reading) -> Reading:
    """The turn, the second of two languages being what is wanted: "not Welsh, Irish" of Welsh."""
    stated = reading.stated
    if stated.languages or len(stated.languages_not) != 2:
        return reading
    first, second = stated.languages_not
    asked = {wish.tag for wish in old.languages}
    listed = not (OR | AND | {"nor"}).isdisjoint(reading.text.casefold().split())
    if first.tag not in asked or second.tag in asked or "mul" in asked or listed:
        return reading
    if not _CORRECTED.fullmatch(reading.text.strip()):
        return reading
    stated = replace(stated, languages=(second,), languages_not=(first,))
    return replace(reading, stated=stated)


def with_varieties(old: Need, reading: Reading) -> Reading:
    """The turn, with varieties shut out that it names by their place: "not the Puno one"."""
    wide = [wish for wish in old.languages if len(wish.tags) == 1]
    out = tuple(
        LanguageWish(tag=tag, label=languages.english_name(tag), tags=(tag,))
        for wish in wide
        for word in sorted(reading.words_not)
        for tag in _variety(word, wish)
    )
    if not out:
        return reading
    stated = replace(reading.stated, languages_not=(*reading.stated.languages_not, *out))
    return replace(reading, stated=stated)


def narrowed(old: Need, reading: Reading) -> Reading:
    """The turn, with the variety that it names without its language: "the Cypriot dialect"."""
    single = [wish for wish in old.languages if wish.tag != "mul"]
    if reading.stated.languages or len(single) != 1:
        return reading
    said = _DIALECT.search(reading.text)
    names = [said["name"] or said["after"]] if said else []
    names += reading.runs[:2] if reading.mode == "replace" else ()
    tags = next(filter(None, (_beside(name, single[0], reading) for name in names)), ())
    if not tags:
        return reading
    wish = LanguageWish(tag=tags[0], label=languages.english_name(tags[0]), tags=tags)
    return replace(reading, stated=replace(reading.stated, languages=(wish,)))


def _beside(name: str, wish: LanguageWish, reading: Reading) -> tuple[str, ...]:
    """What a name before a language's, or before the last word of it, means; nothing if no one."""
    if name.casefold() in reading.words_not:
        return ()
    for label in dict.fromkeys((wish.label, wish.label.split()[-1])):
        answer = languages.resolve(f"{name} {label}")
        if answer.how in _KNOWN and len(answer.tags) == 1 and answer.tags[0] != wish.tag:
            return answer.tags
    return ()


def _variety(word: str, wish: LanguageWish) -> tuple[str, ...]:
    """The one variety of a language that a word beside its name makes; nothing where none is."""
    answer = languages.resolve(f"{word} {wish.label}")
    plain = answer.how in _KNOWN
    inside = set(answer.tags) <= set(languages.satisfied_by(wish.tag)) - {wish.tag}
    return answer.tags if plain and inside and len(answer.tags) == 1 else ()


def without(wishes: tuple[LanguageWish, ...], unwanted: set[str]) -> tuple[LanguageWish, ...]:
    """The wishes left where these tags are not wanted: of a name for several, the others."""
    left = []
    for wish in wishes:
        tags_left = tuple(tag for tag in wish.tags if tag not in unwanted)
        if wish.tag == "mul" or tags_left == wish.tags:
            left.append(wish)
        elif len(tags_left) > 1:
            left.append(replace(wish, tag=tags_left[0], tags=tags_left))
    return tuple(left)


def joined(old: Need, reading: Reading, *, given_up: bool = False) -> Need:
    """A new language takes the old one's place, unless it is added.

    Args:
        old: The need without what the turn takes back.
        reading: The turn.
        given_up: Whether it took languages back, so that those left stay.
    """
    stated = reading.stated
    if not stated.languages or is_let_in(old, reading):
        return old
    pair = bool(PAIR_TASKS & {*old.tasks, *stated.tasks})
    swapped = pair and bool(stated.languages_not) and says_instead(reading.text)
    instead = given_up or swapped
    other_half = instead and bool(old.languages)
    if other_half or reading.mode == "add" or is_other_side(old, reading):
        known = {wish.tag for wish in old.languages}
        more = tuple(w for w in stated.languages if w.tag not in known)
        several = len(stated.languages) > 1
        return replace(
            old,
            languages=(*old.languages, *more),
            languages_joined=stated.languages_joined if several else old.languages_joined,
            languages_apart=old.languages_apart or stated.languages_apart or says_or(reading.text),
        )
    if _is_half(old, reading):
        # One side of a pair: the other stays, English before any other.
        english = [wish for wish in old.languages if wish.tag == "en"]
        kept = (english or old.languages)[0]
        if reading.other_side:
            kept = old.languages[-1 if _SOURCE.search(reading.text) else 0]
        return replace(old, languages=(kept, *stated.languages))
    return replace(
        old, languages=stated.languages, languages_joined=stated.languages_joined,
        languages_apart=stated.languages_apart, languages_not=(),
    )  # fmt: skip


def is_let_in(old: Need, reading: Reading) -> bool:
    """Whether a turn only ends that languages are shut out: "Hindi is fine after all"."""
    named = tags(reading.stated.languages)
    out = tags(old.languages_not)
    return bool(named) and named <= out and bool(old.languages) and _WELCOME.search(
        reading.text
    ) is not None  # fmt: skip


def _is_half(old: Need, reading: Reading) -> bool:
    """Whether a turn puts another language in the place of one of a translation's two."""
    named = tags(reading.stated.languages) & tags(old.languages)
    two = len(old.languages) == 2 and old.languages_joined == "all"
    pair = two and bool(PAIR_TASKS & {*old.tasks}) and not reading.stated.tasks
    one = len(reading.stated.languages) == 1 and reading.stated.languages[0].tag != "mul"
    swaps = reading.mode == "replace" or (reading.other_side and reading.mode == "merge")
    return pair and one and not named and swaps and not reading.only


def is_other_side(old: Need, reading: Reading) -> bool:
    """Such as "to Czech" after "Esperanto" and "translations": the pair's second language."""
    pair = PAIR_TASKS & {*old.tasks, *reading.stated.tasks}
    one_each = len(old.languages) == len(reading.stated.languages) == 1
    return reading.other_side and bool(pair) and one_each and reading.mode != "replace"


def paired(need: Need, reading: Reading) -> Need:
    """Two languages and a task between two mean both, in whatever order they were said."""
    if not (reading.stated.tasks or reading.stated.languages) or need.languages_apart:
        return need
    if len(need.languages) < 2 or any(wish.tag == "mul" for wish in need.languages):
        return need
    return replace(need, languages_joined="all") if PAIR_TASKS & set(need.tasks) else need


def says_or(text: str) -> bool:
    """Whether a turn offers a choice: "or Urdu"."""
    return not (OR | {"either"}).isdisjoint(text.casefold().split())


def says_welcome(text: str) -> bool:
    """Whether a turn says that something may come after all: "radar is fine"."""
    return _WELCOME.search(text) is not None


def says_any(text: str) -> bool:
    """Whether a turn opens the choice of languages: "any language except English"."""
    return _ANY.search(text) is not None


def says_instead(text: str) -> bool:
    """Whether a turn puts one thing in the place of another: "Zulu instead of Xhosa"."""
    return bool(_INSTEAD_OF.search(text))


def excluded(need: Need, reading: Reading, *, given_up: bool = False) -> tuple[LanguageWish, ...]:
    """Languages shut out, now or before, unless they are wanted now.

    What another language took the place of is no longer asked for, and shut out no more than that.
    """
    stated = reading.stated
    if is_let_in(need, reading):
        let_in = tags(stated.languages)
        return tuple(wish for wish in need.languages_not if wish.tag not in let_in)
    if given_up or (stated.languages and says_instead(reading.text)):
        stated = replace(stated, languages_not=())
    wanted = {wish.tag for wish in need.languages if wish.tag != "mul"}
    merged = {w.tag: w for w in (*need.languages_not, *stated.languages_not)}
    return tuple(w for tag, w in merged.items() if tag not in wanted)


def tags(wishes: tuple[LanguageWish, ...]) -> frozenset[str]:
    """Every tag that satisfies one of these wishes."""
    return frozenset(tag for wish in wishes for tag in wish.tags)
