"""Sets of languages named inside a sentence."""

import pytest

from catalog_sync.languages import find_groups, group


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("Bantu languages speech", {"sw", "zu", "lg", "rw"}, {"yo", "ha"}),
        ("lugha za Kibantu", {"sw", "zu"}, {"yo"}),
        ("languages of Nigeria", {"ha", "yo", "ig", "pcm"}, {"en", "sw"}),
        ("Nigerian languages", {"ha", "yo", "ig"}, {"en"}),
        ("Which languages of Kenya have more than 50 hours?", {"sw", "ki", "luo"}, {"en", "gu"}),
        ("langues du Cameroun", {"ewo", "bas"}, {"fr"}),
        ("langues africaines", {"wo", "sw", "am"}, {"fr", "en"}),
        ("translation data for African languages", {"yo", "am", "zu"}, {"hi"}),
        ("Celtic", {"cy", "ga", "br"}, {"en"}),
        ("Celtic speech", {"cy", "gd"}, {"fr"}),
        ("Slavic and Turkic data", {"pl", "ru"}, {"tr"}),
        ("Indian languages", {"hi", "ta", "bn"}, {"en"}),
        ("indigenous languages of Mexico", {"yua", "nah"}, {"es"}),
        ("lenguas indígenas de México", {"yua", "hch"}, {"es"}),
        ("languages of Mexico", {"yua", "es"}, {"pt"}),
        ("Arabic dialects", {"arz", "ary", "apc"}, {"arb"}),
        ("sign languages", {"ase", "bfi"}, {"en"}),
        ("Scandinavian", {"sv", "da", "no"}, {"fi"}),
        ("languages spoken in the Philippines", {"tl", "ceb"}, {"en"}),
        ("languages from Southeast Asia", {"id", "th", "vi"}, {"ja"}),
    ],
)
def test_a_group_is_found_with_its_languages(
    text: str, inside: set[str], outside: set[str]
) -> None:
    first = find_groups(text)[0]
    assert inside <= first.tags
    assert not outside & first.tags
    assert text[first.start : first.end] == first.text
    assert first.label


@pytest.mark.parametrize(
    "text",
    [
        "I want Quechua",
        "datasets about Romance novels",
        "weather data for Africa",
        "at least fifty languages",
        "Indian restaurants reviews",
        "programming languages",
    ],
)
def test_a_place_or_people_alone_is_no_group(text: str) -> None:
    assert find_groups(text) == ()


def test_two_groups_are_both_found() -> None:
    assert [g.label for g in find_groups("Slavic and Turkic data")] == [
        "Slavic languages",
        "Turkic languages",
    ]


def test_a_label_by_itself_gives_its_group() -> None:
    found = group("Berber languages")
    assert found is not None
    assert "kab" in found.tags
    assert group("nothing of the kind") is None
