"""What a turn says the data is for, told apart from what the data is.

"Breton speech for my thesis on translation" asks for speech: the thesis limits nothing. Words of a
purpose still rank. Where a turn names nothing but its purpose ("data for my chatbot"), the purpose
says what the data is, and stays. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.cover import Cover
from assistant.understand.lexicon import Find
from catalog_sync import vocab

_READ = 2_000
"""Characters of a turn that are looked at: a longer one is a paste of a document."""
_FROM_RUNNING_TEXT = frozenset({"grammatical-error-correction"})
"""Tasks whose tools learn from any text of the language, however little is labelled so."""
_LEARN = r"train|fine-?\s?tune|pre-?train|evaluate|test|benchmark|entrenar|treinar|entraîner"
_MAKE = (
    r"build|make|develop|create|write|power|improve|prototype|support|bootstrap|teach|study|"
    r"construir|hacer|crear|desarrollar|mejorar|construire|créer|développer|améliorer|"
    r"criar|desenvolver|fazer"
)
_LEARNING = r"(?:pre-?)?training|fine-?\s?tuning|evaluating|testing|benchmarking"
_MAKING = (
    r"building|making|developing|creating|writing|improving|prototyping|teaching|studying|"
    r"research(?:ing)?|work(?:ing)? on"
)
_MINE = (
    r"an?|my|our|his|her|their|una?|mi|nuestr[oa]|une?|mon|ma|notre|nos|uma?|(?:o\s+)?meu|minha|"
    r"nosso|nossa|ein(?:e[nr]?)?|mein(?:e[nr]?)?|unser(?:e[nr]?)?"
)
_ASKS = (
    r"(?:need|want|(?:look|looking)(?!\s+after)|search|searching|seek|seeking|require|would|'d|"
    r"could|am after|are after|find|interested|wish|get)\b"
)
_WORK = (
    r"thesis|dissertation|research|work|project|paper|company|firm|start-?up|team|group|lab|app|"
    r"product|study|goal|aim|idea|plan|job|bureau|agency|business|client|customers?|museum|school"
)
_STUDY = (
    r"thesis|msc|m\.sc\.|ma|phd|doctorate|master(?:'s)?(?: thesis)?|bachelor(?:'s)?|dissertation|"
    r"essay|seminar|tesis|thèse|mémoire|tese|dissertação|doktorarbeit|masterarbeit|bachelorarbeit"
)
_LEARNERS = (
    r"students?|pupils|learners|undergraduates|trainees|beginners|classes|class|courses?|lectures?|"
    r"workshops?|teachers|homework|coursework|hackathons?"
)
_END = rf"(?=[.;:!?,\n()]|\s(?:and|but|so)\s+(?:(?:i|we)\s+)?(?:am\s+|are\s+)?{_ASKS}|$)"
_PURPOSE = re.compile(
    rf"\b(?:to|para|pour)\s+(?:help\s+)?(?:(?P<learn>{_LEARN})|{_MAKE})\b"
    r".*?(?=\s(?:with|from|using|out of|based on)\s|[.;:!?,\n()]|$)"
    rf"|\bfor\s+(?:(?P<learning>{_LEARNING})|{_MAKING})\b.*?(?=[.;:!?,\n()]|$)"
    rf"|\bfor\s+(?:[\w-]+\s+){{0,3}}(?:{_LEARNERS})\b(?=\W*(?:[.;:!?,\n()]|$|who|that|of|in|at|and|on)).*?"
    r"(?=[.;:!?,\n()]|$)"
    rf"|\b(?:for|para|pour|für)\s+(?:{_MINE})\s.*?(?=[.;:!?,\n()]|$)"
    rf"|(?<![\w'])(?:i|we)(?:'m|'re|'ll|\s+am|\s+are|\s+will)?\s+(?!{_ASKS})[a-z].*?{_END}"
    rf"|\b(?:my|an?|our)\s+(?:\w+\s+)?(?:{_STUDY})\s+(?:on|about|over|sobre|sur|über)\b.*?{_END}"
    rf"|(?<![\w'])(?:my|our)\s+(?:\w+\s+)?(?:{_WORK})\s+(?:is|are|will|deals|looks)\b.*?{_END}",
    re.IGNORECASE,
)


def aims(text: str, finds: Sequence[Find], *, names_language: bool) -> frozenset[Find]:
    """Those of the finds that only say what the data is for.

    Args:
        text: The turn.
        finds: What it names: tasks, kinds, topics.
        names_language: Whether it names a language too, so that a kind is enough said.
    """
    hits = [(h.span(), bool(h["learn"] or h["learning"])) for h in _PURPOSE.finditer(text[:_READ])]
    if not hits:
        return frozenset()
    purposes = Cover(span for span, _ in hits)
    inside = [f for f in finds if purposes.around(f.start, f.end) is not None]
    outside = [f for f in finds if f not in inside]
    enough = names_language and any(f.kind in ("modality", "style") for f in outside)
    return frozenset(
        find
        for find in inside
        if (find.kind == "topic" and enough) or _only_an_aim(find, outside, _learns(find, hits))
    )


def _learns(find: Find, hits: Sequence[tuple[tuple[int, int], bool]]) -> bool:
    """Whether a model shall learn from the data, so that the task is likely its own."""
    return any(learn and start <= find.start < end for (start, end), learn in hits)


def _only_an_aim(find: Find, outside: Sequence[Find], learns: bool) -> bool:
    kinds = {f.value for f in outside if f.kind == "modality"}
    kinds |= {"audio" for f in outside if f.kind in ("style", "speech_only")}
    tasks = {f.value for f in outside if f.kind == "task"}
    if find.kind == "task":
        return bool(tasks) or (bool(kinds) and _beside(find.value, kinds, learns))
    if find.kind == "topic":
        return bool(tasks) or any(f.kind == "topic" for f in outside)
    return find.kind in ("modality", "style", "speech_only") and bool(kinds or tasks)


def _beside(task: str, kinds: set[str], learns: bool) -> bool:
    """Whether a task is another thing than the kind of data named: translation, beside speech."""
    own = set(vocab.TASKS[task].modalities)
    if not own & kinds:
        return bool(own)
    return "text" in kinds and (not learns or task in _FROM_RUNNING_TEXT)
