from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.kept_vectors import KeptVectors

DIGESTS = [bytes([n]) * 16 for n in range(1, 6)]


def unit_rows(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rows = np.random.default_rng(count).standard_normal((count, 4)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def test_what_was_added_is_there_the_next_time(tmp_path: Path) -> None:
    rows = unit_rows(3)
    KeptVectors(tmp_path / "k", dimension=4).add(DIGESTS[:3], rows)
    again = KeptVectors(tmp_path / "k", dimension=4)
    assert np.array_equal(again.rows([DIGESTS[2], DIGESTS[0]]), rows[[2, 0]])
    assert again.missing([DIGESTS[0], DIGESTS[4], DIGESTS[3], DIGESTS[4]]) == [1, 2]


@pytest.mark.parametrize("name, cut", [("vectors.f32", 7), ("digests.b16", 5)])
def test_a_half_written_end_is_cut_off(tmp_path: Path, name: str, cut: int) -> None:
    rows = unit_rows(3)
    KeptVectors(tmp_path / "k", dimension=4).add(DIGESTS[:3], rows)
    path = tmp_path / "k" / name
    path.write_bytes(path.read_bytes()[:-cut])
    again = KeptVectors(tmp_path / "k", dimension=4)
    assert len(again) == 2
    again.add(DIGESTS[2:4], unit_rows(2))
    assert np.array_equal(again.rows(DIGESTS[:2]), rows[:2])
    assert np.array_equal(KeptVectors(tmp_path / "k", dimension=4).rows(DIGESTS[2:4]), unit_rows(2))


def test_a_row_that_is_no_unit_vector_is_not_believed(tmp_path: Path) -> None:
    rows = unit_rows(2)
    rows[1] = 0
    KeptVectors(tmp_path / "k", dimension=4).add(DIGESTS[:2], rows)
    again = KeptVectors(tmp_path / "k", dimension=4)
    assert again.missing(DIGESTS[:2]) == [1]
    again.add([DIGESTS[1]], unit_rows(1))
    assert np.array_equal(again.rows([DIGESTS[1]]), unit_rows(1))


def test_waste_is_dropped_and_what_is_used_stays(tmp_path: Path) -> None:
    kept = KeptVectors(tmp_path / "k", dimension=4)
    many = [n.to_bytes(16, "big") for n in range(1, 1501)]
    kept.add(many, unit_rows(1500))
    expected = kept.rows(many[:10])
    kept.keep_only(many[:10])
    assert len(kept) == 10
    assert np.array_equal(KeptVectors(tmp_path / "k", dimension=4).rows(many[:10]), expected)
