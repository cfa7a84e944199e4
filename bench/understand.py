"""Processor time the rules take to read a turn: usual turns, and pastes of 10,000 characters."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterable

from assistant.understand import rules

USUAL = (
    "Welsh speech with more than 100 hours that I can use commercially",
    "Translation data covering both Sinhala and English",
    "precipitation data updated hourly, usable in a commercial app",
    "actually Galician",
    "drop the size limit, but it must be commercial",
    "may a German firm train and sell a TTS voice on the second one?",
    "Which languages of Kenya have more than 50 hours of speech?",
    "voz en gallego, más de 100 horas, para uso comercial",
)
PASTES = (
    "the quick brown fox jumps over the lazy dog ",
    "Welsh speech and Irish text or Basque voices, at least 100 hours, CC BY ",
    "1 2 3 4 5 10k 100 hours ",
    "بيانات صوتية باللغة العربية أكثر من ١٠٠ ساعة ",
    "语音数据集粤语和普通话",
    "ಕನ್ನಡ ಧ್ವನಿ ದತ್ತಾಂಶ ",
    "not not not except without ",
    "a-b.c/d_e,f;g:h!i?j(k)l[m]n{o}p ",
    "\u0301\u0300\u200d\ufe0f😀 ",
    "ASR TTS NER QA MT NLI POS ",
    "a.",
    "a\n",
    "in ",
    "by A ",
    "$1 ",
    "CC BY-NC ",
)
LENGTH = 10_000


def milliseconds(texts: Iterable[str], *, times: int) -> list[float]:
    """The median of `times` readings of each text, in milliseconds."""
    medians = []
    for text in texts:
        taken = []
        for _ in range(times):
            started = time.process_time()
            rules.read(text, in_view=True, has_need=True)
            taken.append((time.process_time() - started) * 1000)
        medians.append(statistics.median(taken))
    return medians


def measure() -> dict[str, object]:
    """Medians and worst, in milliseconds of processor time."""
    milliseconds(USUAL, times=1)
    usual = milliseconds(USUAL, times=50)
    pastes = milliseconds(
        ((paste * (LENGTH // len(paste) + 1))[:LENGTH] for paste in PASTES), times=3
    )
    return {
        "usual_median_ms": round(statistics.median(usual), 2),
        "usual_worst_ms": round(max(usual), 2),
        "paste_median_ms": round(statistics.median(pastes), 1),
        "paste_worst_ms": round(max(pastes), 1),
        "pastes_ms": [round(each, 1) for each in pastes],
    }


def main() -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(measure()) + "\n")


if __name__ == "__main__":
    main()
