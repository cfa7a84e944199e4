"""Languages that a turn names in order not to get them, or takes back in the same breath."""

from __future__ import annotations

import pytest

from assistant.understand import rules


def read(text: str) -> tuple[list[str], list[str]]:
    stated = rules.read(text).stated
    return [w.tag for w in stated.languages], [w.tag for w in stated.languages_not]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("NER for Zulu, Xhosa and Afrikaans, leave Afrikaans out", ["zu", "xh"], ["af"]),
        ("take the Urdu out please", [], ["ur"]),
        ("Interlingua isn't needed after all", [], ["ia"]),
        ("we don't need Urdu", [], ["ur"]),
        ("Urdu can go", [], ["ur"]),
        ("lass Polnisch weg", [], ["pl"]),
        ("laissez tomber le kabyle", [], ["kab"]),
        ("NER for Zulu and Xhosa, English and Afrikaans we've got covered", ["zu", "xh"],
         ["en", "af"]),
        ("Zulu, English and Afrikaans we already have", [], ["zu", "en", "af"]),
        ("I have English already and need Irish speech", ["ga"], ["en"]),
        ("we already have Irish, so Welsh speech", ["cy"], ["ga"]),
        ("Welsh speech is what I need", ["cy"], []),
        ("we have speakers of Welsh, find Welsh text", ["cy"], []),
        ("take Welsh and Irish", ["cy", "ga"], []),
    ],
)  # fmt: skip
def test_a_language_dismissed_is_not_wanted(
    text: str, wanted: list[str], unwanted: list[str]
) -> None:
    assert read(text) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("voice recordings in Tsonga, sorry, Tswana", ["tn"]),
        ("Tsonga - I mean Tswana", ["tn"]),
        ("voz en gallego, perdón, catalán", ["ca"]),
        ("Tsonga and Tswana, sorry for the trouble", ["ts", "tn"]),
    ],
)
def test_what_is_said_by_mistake_is_taken_back(text: str, wanted: list[str]) -> None:
    assert read(text) == (wanted, [])
