"""Drafts a phrasebook of a further language with the language model; a person puts it in force.

The model sees the program's own English texts and nothing else, and says back in English what it
wrote without seeing them. Code checks every text; what fails is asked once more with the fault
named, and then left out. What was finished is not asked again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.allowance import Allowance
from assistant.llm_schema import strict
from assistant.llm_values import Ask, Failure, JsonObject, Model, ModelFailed, Schema, Usage
from assistant.phrases_check import doubles, faults
from assistant.phrases_cldr import Tongue
from assistant.phrases_entry import ALONE, Entry, Forms, originals
from assistant.phrases_file import Phrasebook, is_stale
from prompts.load import load, without_hidden

WHO = "operator:phrases"
"""Whose allowance a draft is made on."""
_TEXTS_A_CALL = 16
_SIZE_A_CALL = 2_000
"""About how many characters tell the model of the texts of one call."""
_TOKENS = 3_000
"""The most that one call may answer with."""
_LONGEST_BACK = 1_500
_UNUSABLE: frozenset[Failure] = frozenset({"wrong_json", "wrong_schema", "endless", "cut_off"})
"""What a smaller question may mend."""
_STRIKES = 12
"""Unusable answers in a row: this model cannot do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """One text that is asked for."""

    key: str
    told: Mapping[str, object]
    """What the model is told of it."""
    forms: tuple[str, ...]

    @property
    def size(self) -> int:
        """About how many characters it is."""
        return len(str(self.told))


class Drafter:
    """The model at work on a phrasebook."""

    def __init__(
        self,
        client: Model,
        allowance: Allowance,
        *,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._allowance = allowance
        self._seconds = seconds
        self._clock = clock
        self._strikes = 0

    def drafts(self, book: Phrasebook) -> Iterator[Phrasebook]:
        """The book after each answer, until nothing can be added.

        Raises:
            ModelFailed: The model cannot be asked any more; what was given until then stands.
        """
        book = begun(book)
        todo = [_asked(key, book.tongue) for key in originals() if key not in book.entries]
        for some in _calls(todo):
            book = book.having(self._checked(some, book.tongue))
            yield book
        book = self._apart(book)
        yield book
        for some in _calls([_shown(one) for one in book.entries.values() if not one.back]):
            book = book.having(self._said_back(some, book))
            yield book

    def _checked(self, wanted: Sequence[_Wanted], tongue: Tongue) -> list[Entry]:
        """The translations that pass; those that do not are asked for once more."""
        good, wrong = self._tried(wanted, tongue)
        if wrong:
            again = [_asked(key, tongue, fault=why) for key, why in wrong.items()]
            good += self._tried(again, tongue)[0]
        return good

    def _tried(
        self, wanted: Sequence[_Wanted], tongue: Tongue
    ) -> tuple[list[Entry], dict[str, str]]:
        script = ", ".join(sorted(tongue.scripts)).lower()
        told = {"language": tongue.name, "script": script}
        good, wrong = [], {}
        for key, forms in self._answers("translate", wanted, told).items():
            entry = Entry(key=key, english=originals()[key], text=forms)
            if found := faults(entry, tongue):
                wrong[key] = "; ".join(found)
            else:
                good.append(entry)
        return good, wrong

    def _apart(self, book: Phrasebook) -> Phrasebook:
        """The book without the texts that say the same where the English says yes and no."""
        twice = _unread(book, doubles(book.entries.values()))
        again = [_asked(key, book.tongue, fault=why) for key, why in twice.items()]
        for some in _calls(again):
            good, _ = self._tried(some, book.tongue)
            book = book.having(good)
        still = _unread(book, doubles(book.entries.values()))
        return replace(book, entries={k: one for k, one in book.entries.items() if k not in still})

    def _said_back(self, wanted: Sequence[_Wanted], book: Phrasebook) -> list[Entry]:
        told = {"language": book.tongue.name}
        return [
            replace(book.entries[key], back={f: _plain(text) for f, text in forms.items()})
            for key, forms in self._answers("translate_back", wanted, told).items()
            if all(map(_plain, forms.values()))
        ]

    def _answers(
        self, prompt: str, wanted: Sequence[_Wanted], told: Mapping[str, str]
    ) -> dict[str, Forms]:
        """Key to what came for it; a question that got no usable answer is asked in two halves."""
        try:
            found = self._ask(prompt, wanted, told)
        except ModelFailed as why:
            if why.kind not in _UNUSABLE:
                raise
            self._strikes += 1
            if self._strikes >= _STRIKES:
                raise
            if len(wanted) == 1:
                return {}
            half = len(wanted) // 2
            return {
                **self._answers(prompt, wanted[:half], told),
                **self._answers(prompt, wanted[half:], told),
            }
        self._strikes = 0
        return {one.key: _forms(found[f"t{n}"]) for n, one in enumerate(wanted)}

    def _ask(self, prompt: str, wanted: Sequence[_Wanted], told: Mapping[str, str]) -> JsonObject:
        texts = [{"id": f"t{n}", **one.told} for n, one in enumerate(wanted)]
        filled = load(prompt).fill({**told, "texts": texts})
        sent = len((filled.system + filled.user).encode()) // 3
        reserved = self._allowance.reserve(WHO, Usage(input_tokens=sent, output_tokens=_TOKENS))
        try:
            ask = Ask(
                prompt=filled,
                deadline=self._clock() + self._seconds,
                most_tokens=_TOKENS,
                spent=reserved.spend,
            )
            return self._client.parse(ask, _schema(wanted))
        finally:
            reserved.settle()


def begun(book: Phrasebook) -> Phrasebook:
    """What of a book stands: without texts whose English has changed or gone, in nobody's name."""
    stands = {
        key: one for key, one in book.entries.items() if key in originals() and not is_stale(one)
    }
    return replace(book, entries=stands, accepted_by="", accepted_at="", digest="")


def _asked(key: str, tongue: Tongue, *, fault: str = "") -> _Wanted:
    english = originals()[key]
    alone = ALONE in english
    told: dict[str, object] = {"key": key, "english": english[ALONE] if alone else dict(english)}
    if not alone:
        told["forms"] = {
            form: f"for {', '.join(map(_figure, figures))}" if figures else "for other figures"
            for form, figures in tongue.forms.items()
        }
    if fault:
        told["fault"] = fault
    return _Wanted(key=key, told=told, forms=(ALONE,) if alone else tuple(tongue.forms))


def _figure(n: float) -> str:
    return str(int(n)) if n == int(n) else str(n)


def _shown(entry: Entry) -> _Wanted:
    """A text as whoever says it back sees it: without its English, and without its key."""
    said = entry.text.get(ALONE) or dict(entry.text)
    return _Wanted(key=entry.key, told={"text": said}, forms=tuple(entry.text))


def _calls(wanted: Sequence[_Wanted]) -> Iterator[list[_Wanted]]:
    """The texts in as many as one call asks for."""
    held: list[_Wanted] = []
    for one in wanted:
        full = len(held) >= _TEXTS_A_CALL or (
            sum(each.size for each in held) + one.size > _SIZE_A_CALL
        )
        if held and full:
            yield held
            held = []
        held.append(one)
    if held:
        yield held


def _schema(wanted: Sequence[_Wanted]) -> Schema:
    return strict({f"t{n}": _shape(one.forms) for n, one in enumerate(wanted)})


def _shape(forms: Sequence[str]) -> Schema:
    text: Schema = {"type": "string"}
    return text if tuple(forms) == (ALONE,) else strict(dict.fromkeys(forms, text))


def _forms(value: object) -> Forms:
    if isinstance(value, dict):
        return {str(form): str(text) for form, text in value.items()}
    return {ALONE: str(value)}


def _plain(text: str) -> str:
    return " ".join(without_hidden(text).split())[:_LONGEST_BACK]


def _unread(book: Phrasebook, keys: Mapping[str, str]) -> dict[str, str]:
    """Those that no person has read: what a person wrote stays."""
    return {key: why for key, why in keys.items() if not book.entries[key].reviewed}
