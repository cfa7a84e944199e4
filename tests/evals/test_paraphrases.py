from __future__ import annotations

from tests.evals.paraphrases import Paraphrase, expected, facts, paraphrases, understood

LEVEL = 0.97


def test_at_least_200_wordings_are_kept() -> None:
    rows = list(paraphrases())
    assert len(rows) >= 200
    assert len({row.turns for row in rows}) == len(rows)


def test_wordings_are_understood_at_the_level_of_the_development_set() -> None:
    rows = list(paraphrases())
    wrong = [row for row in rows if not _right(row)]
    assert 1 - len(wrong) / len(rows) >= LEVEL, "\n".join(str(row.turns) for row in wrong)


def _right(row: Paraphrase) -> bool:
    return facts(understood(row.turns)) == expected(row)
