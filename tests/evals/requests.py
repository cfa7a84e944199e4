"""Judges the desk on requests in people's words: who found what belongs, and who made things up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.need import Asker
from assistant.reply import Intent, Question, Reply

TOP = 10
AGAIN = "show the list again"
ASIDE: frozenset[Intent] = frozenset({
    "thanks", "greeting", "explain", "coverage", "show", "language", "freshness", "help",
    "off_topic", "attribution", "check_use", "status",
})  # fmt: skip
"""What the turn of a conversation may be that asks for no datasets and leaves what is wanted."""


class Asked(Protocol):
    """What answers; `assistant.desk.Desk` is one."""

    def ask(self, question: Question) -> Reply:
        """The answer to one turn."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One request with the datasets that belong to it."""

    id: str
    type: str
    """single, multi_turn or no_match."""
    turns: tuple[str, ...]
    gold: frozenset[str]
    no_match: bool
    neutral: frozenset[str] = frozenset()
    """Ids that neither count for nor against."""
    one_dataset: bool = False
    """A dataset that is offered under one of its listings is found under the others too, and a
    neutral one among the first ten takes no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one request fared."""

    row: Row
    ranking: tuple[str, ...]
    """Ids offered, neutral ones left out, best first."""
    said_nothing: bool
    """The reply says that nothing fits."""
    room: int = TOP
    """How many of the first ten could belong: those that are not neutral."""

    @property
    def recall(self) -> float:
        """Hits in the first ten over min(10, size of the gold)."""
        hits = sum(card in self.row.gold for card in self.ranking[:TOP])
        most = min(self.room, len(self.row.gold))
        return hits / most if most else float(bool(self.row.gold))

    @property
    def ndcg(self) -> float:
        """nDCG@10 with gain 1 for each dataset that belongs."""
        gains = [1.0 if card in self.row.gold else 0.0 for card in self.ranking[:TOP]]
        best = sum(1 / math.log2(i + 2) for i in range(min(self.room, len(self.row.gold))))
        found = sum(g / math.log2(i + 2) for i, g in enumerate(gains))
        return found / best if best else float(bool(self.row.gold))

    @property
    def first(self) -> float:
        """Whether the first offered belongs."""
        return float(bool(self.ranking) and self.ranking[0] in self.row.gold)

    @property
    def honest(self) -> bool:
        """Nothing offered where nothing belongs, and something where something does."""
        return self.said_nothing == self.row.no_match


def read_row(raw: Mapping[str, object]) -> Row:
    """A row of `queries.jsonl`."""
    turns, gold, neutral = raw["turns"], raw["gold"], raw.get("neutral", [])
    if not isinstance(turns, list) or not isinstance(gold, list) or not isinstance(neutral, list):
        raise ValueError(f"Row {raw.get('id')!r}: turns, gold and neutral are lists of strings.")
    return Row(
        id=str(raw["id"]),
        type=str(raw["type"]),
        turns=tuple(str(t) for t in turns),
        gold=frozenset(str(g) for g in gold),
        no_match=bool(raw["no_match"]),
        neutral=frozenset(str(n) for n in neutral),
    )


def answered(desk: Asked, row: Row) -> Result:
    """Ask every turn of a request in one conversation; what the last one leaves wanted counts.

    After a last turn that asks for no datasets (thanks, a question aside) the list is asked for.
    """
    asker = Asker(id=f"evals-{row.id}")
    reply: Reply | None = None
    for text in row.turns:
        reply = desk.ask(Question(text=text, conversation=f"evals-{row.id}", asker=asker, top=TOP))
    if reply is None:
        raise ValueError(f"Row {row.id!r} has no turns.")
    if len(row.turns) > 1 and reply.intent in ASIDE:
        reply = desk.ask(Question(text=AGAIN, conversation=f"evals-{row.id}", asker=asker, top=TOP))
    listings = [(option.card.id, *option.copies) for option in reply.options]
    if not row.one_dataset:
        listings = [each[:1] for each in listings]
    ids = [next((one for one in each if one in row.gold), each[0]) for each in listings]
    # Of two listings of one dataset that both belong, the one offered stands for the other.
    also = {one for each, card in zip(listings, ids, strict=True) for one in each if one != card}
    ranking = tuple(card for card in ids if card not in row.neutral)[:TOP]
    return Result(
        row=replace(row, gold=row.gold - also),
        ranking=ranking,
        said_nothing=reply.no_match or not reply.total,
        room=TOP - (len(ids[:TOP]) - len(ranking)) if row.one_dataset else TOP,
    )


def evaluate(desk: Asked, rows: Iterable[Row]) -> tuple[dict[str, float], list[Result]]:
    """Figures over all rows, and each row's result."""
    results = [answered(desk, row) for row in rows]
    figures: dict[str, float] = {}
    for kind in ("single", "multi_turn"):
        judged = [r for r in results if r.row.type == kind and not r.row.no_match]
        if judged:
            figures[f"{kind}_rows"] = float(len(judged))
            figures[f"{kind}_recall_at_10"] = _mean([r.recall for r in judged])
            figures[f"{kind}_ndcg_at_10"] = _mean([r.ndcg for r in judged])
            figures[f"{kind}_precision_at_1"] = _mean([r.first for r in judged])
    empty = [r for r in results if r.row.no_match]
    full = [r for r in results if not r.row.no_match]
    if empty:
        figures["no_match_rows"] = float(len(empty))
        figures["no_match_recognised"] = _mean([float(r.honest) for r in empty])
    if full:
        figures["falsely_nothing"] = _mean([float(not r.honest) for r in full])
    return figures, results


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
