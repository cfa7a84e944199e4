"""Which languages a card's own text gives to one of its tasks. Pure.

A benchmark need not hold every task in every language. A card states its languages and its tasks
as two lists. Where its text, after naming a task, goes on to list some of these languages
("textual entailment, in 14 languages: French, Spanish, ..."), that list says which pairs are there.
Where the text is silent, the two lists are taken at their word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.limits import Tongues
from assistant.need import Need
from assistant.understand.content import task_words
from catalog_sync import languages, vocab
from catalog_sync.card import DatasetCard, LanguageTag

_LISTED = 3
"""Names in a row that make a list; fewer are mentioned as examples."""
_READ = 6000
"""Characters of a description that are read."""
_BETWEEN = r"[\s,;/&`'\"]+(?:(?:and|or)\s+)?[`'\"]?"
_ITEM = re.compile(r"\n\s*\n|\n\s*(?=[-*•]\s)")


def is_elsewhere(card: DatasetCard, task: str, need: Need, tongues: Tongues) -> bool:
    """Whether the card's own text gives this task to other languages than those asked for."""
    there = languages_for(card, task)
    if there is None:
        return False
    met = [bool(tongues.satisfying(wish) & there) for wish in need.languages]
    return not (all(met) if need.languages_joined == "all" else any(met))


def languages_for(card: DatasetCard, task: str) -> frozenset[LanguageTag] | None:
    """The card's languages that its text lists for this task; None where it lists none."""
    known = [t for t in card.tasks if t in vocab.TASKS]
    apart = set(known) - {wider for t in known for wider in vocab.task_ancestors(t)}
    several = set(card.tasks) & vocab.task_satisfied_by(task) != {task}
    if len(card.languages) <= _LISTED or len(apart) < 2 or several:
        return None
    return _listed(card.description[:_READ], card.languages, task)


@lru_cache(maxsize=512)
def _listed(text: str, held: tuple[LanguageTag, ...], task: str) -> frozenset[LanguageTag] | None:
    named = {name.casefold(): tag for tag in held for name in (languages.english_name(tag), tag)}
    one = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    one = rf"(?<!\w)(?:{one})(?!\w)"
    lists = re.compile(rf"{one}(?:{_BETWEEN}{one}){{{_LISTED - 1},}}", re.IGNORECASE)
    single = re.compile(one, re.IGNORECASE)
    said = re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in task_words(task)),
                      re.IGNORECASE)  # fmt: skip
    found: set[LanguageTag] = set()
    for item in _ITEM.split(text):
        after = 0
        for hit in lists.finditer(item):
            if said.search(item, after, hit.start()):
                found |= {named[name.casefold()] for name in single.findall(hit[0])}
            after = hit.end()
    return frozenset(found) or None
