"""What one language name means."""

from dataclasses import dataclass

import pytest

from catalog_sync import languages


@dataclass(frozen=True)
class Case:
    said: str
    tag: str
    how: str | None = None


CLEAR = (
    Case("Welsh", "cy", "name"),
    Case("Cymraeg", "cy"),
    Case("iaith Gymraeg", "cy"),
    Case("cymraeg ", "cy"),
    Case("CYMRAEG", "cy"),
    Case("galés", "cy"),
    Case("gales", "cy"),
    Case("Kiwelisi", "cy"),
    Case("الويلزية", "cy"),
    Case("ウェールズ語", "cy"),
    Case("cym", "cy", "code"),
    Case("wel", "cy", "code"),
    Case("Farsi", "fa"),
    Case("Oriya", "or"),
    Case("Burmese", "my"),
    Case("Rumantsch", "rm"),
    Case("Ladino", "lad"),
    Case("Kurmanji", "kmr"),
    Case("Congo Swahili", "swc"),
    Case("Darija", "ary"),
    Case("Dari", "prs"),
    Case("Pulaar", "fuc"),
    Case("Levantine", "apc"),
    Case("Swiss German", "gsw"),
    Case("Zurich German", "gsw"),
    Case("Yangzhou Mandarin", "cmn"),
    Case("Xuzhang Mandarin", "cmn", "dialect"),
    Case("Swampland English", "en", "dialect"),
    Case("Southern Welsh", "cy"),
    Case("Arabic, Egyptian Spoken", "arz"),
    Case("Konkani (Romi)", "gom"),
    Case("Chinese (Taiwan)", "zh-TW"),
    Case("Chinese (Simplified)", "zh-Hans"),
    Case("Serbian (Latin script)", "sr-Latn"),
    Case("Brazilian Portuguese", "pt-BR"),
    Case("español de México", "es-MX"),
    Case("pt_br", "pt-BR", "code"),
    Case("zh-yue", "yue", "code"),
    Case("iw", "he", "code"),
    Case("Twi language", "tw"),
    Case("lengua guaraní", "gn"),
    Case("ภาษาไทย", "th"),
    Case("עִבְרִית", "he"),
    Case("K'iche'", "quc"),
    Case("Kiche", "quc"),
    Case("Gĩkũyũ", "ki"),
    Case("Gikuyu", "ki"),
    Case("Mexican Sign Language", "mfs"),
)


@pytest.mark.parametrize("case", CLEAR, ids=lambda case: case.said)
def test_a_name_in_any_spelling_leads_to_its_language(case: Case) -> None:
    found = languages.resolve(case.said)
    assert case.tag in found.tags
    assert not found.ambiguous
    if case.how is not None:
        assert found.how == case.how


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("Ukranian", "uk"),
        ("Vietnameese", "vi"),
        ("Portugese", "pt"),
        ("Swahilli", "sw"),
        ("Punjabbi", "pa"),
        ("Gujurati", "gu"),
    ],
)
def test_a_slip_of_the_pen_is_mended(said: str, tag: str) -> None:
    assert languages.resolve(said).tags == (tag,)


@pytest.mark.parametrize(
    "said",
    [
        "", "   ", "Blorptian", "xyzzy", "Romania", "Germany", "Bulgaria", "Bavaria", "Wales",
        "Old Blorp", "Proto-Indo-European", "Signed English", "Old Spanglish", "hello world",
        "Hungry", "person", "course", "Barbara", "x" * 500,
    ],
)  # fmt: skip
def test_what_nobody_knows_stays_unresolved_and_is_not_guessed(said: str) -> None:
    found = languages.resolve(said)
    assert found.tags == ()
    assert not found.ambiguous
    assert found.how == "none"


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ("Luo", {"luo", "luw"}),
        ("Bahasa", {"id", "ms"}),
        ("Ndebele", {"nd", "nr"}),
        ("Sotho", {"st", "nso"}),
        ("Tonga", {"to", "toi"}),
        ("Gaelic", {"ga", "gd"}),
        ("Mixtec", {"meh", "mxv"}),
        ("Tamazight", {"zgh", "tzm"}),
        ("isiNdebele", {"nd", "nr"}),
    ],
)
def test_a_name_of_several_languages_is_asked_back(said: str, among: set[str]) -> None:
    found = languages.resolve(said)
    assert found.ambiguous
    assert found.tags == ()
    assert among <= {candidate.tag for candidate in found.candidates}
    assert all(candidate.label for candidate in found.candidates)


def test_a_short_code_that_is_also_a_name_is_asked_back() -> None:
    found = languages.resolve("kom")
    assert {candidate.tag for candidate in found.candidates} == {"kv", "bkm"}


def test_a_variety_of_a_macrolanguage_that_nobody_lists_is_not_guessed() -> None:
    found = languages.resolve("Timbuktoo Arabic")
    assert found.ambiguous
    assert "ar" in {candidate.tag for candidate in found.candidates}


def test_a_macrolanguage_says_that_it_takes_in_others() -> None:
    found = languages.resolve("Arabic")
    assert found.tags == ("ar",)
    assert found.iso639_3 == ("ara",)
    assert found.how == "macrolanguage"
    assert "takes in" in found.note


def test_an_answer_carries_both_code_families() -> None:
    found = languages.resolve("Mexican Spanish")
    assert found.tags == ("es-MX",)
    assert found.iso639_3 == ("spa",)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("CY", "cy"), ("cym", "cy"), ("ZH_hk", "zh-HK"), ("zh-hant-tw", "zh-Hant-TW"),
        ("iw", "he"), ("mo", "ro"), ("nan-tw", "nan"), ("zh-min-nan", "nan"), ("ger", "de"),
        ("rm-SURSILV", "rm-sursilv"), ("be-tarask", "be-tarask"), ("ar-arb", "arb"),
        ("efk", "efi"), ("hbs", "sh"),
    ],
)  # fmt: skip
def test_a_tag_has_one_canonical_form_with_the_shortest_code(written: str, tag: str) -> None:
    assert languages.canonical(written) == tag


def test_iso639_3_looks_through_region_and_variant() -> None:
    assert languages.iso639_3("pt-BR") == "por"
    assert languages.iso639_3("rm-vallader") == "roh"
    assert languages.iso639_3("sh") == "hbs"


def test_a_wish_for_a_macrolanguage_is_met_by_its_members_and_regions() -> None:
    arabic = languages.satisfied_by("ar")
    assert {"ar", "arz", "ary", "arb", "ar-SA"} <= arabic
    assert {"sw", "swh", "swc"} <= languages.satisfied_by("swahili".removesuffix("ahili"))
    assert {"no", "nb", "nn-NO", "nb-NO"} <= languages.satisfied_by("no")


def test_a_wish_for_cantonese_is_not_met_by_chinese_alone() -> None:
    cantonese = languages.satisfied_by("yue")
    assert "yue" in cantonese
    assert not {"zh", "zh-CN", "zh-HK", "cmn"} & cantonese


def test_a_wish_for_the_usual_member_is_met_by_the_macrolanguages_tag() -> None:
    assert {"sw", "swh"} <= languages.satisfied_by("swh")
    assert {"zh", "zh-CN", "zh-TW", "cmn"} <= languages.satisfied_by("cmn")
    assert "zh-HK" not in languages.satisfied_by("cmn")
    assert "sw" not in languages.satisfied_by("swc")


def test_a_wish_for_a_country_is_met_by_data_that_names_none() -> None:
    assert {"pt-BR", "pt"} <= languages.satisfied_by("pt-BR")
    assert "pt-PT" not in languages.satisfied_by("pt-BR")
    assert "zh" not in languages.satisfied_by("zh-HK")


def test_a_language_knows_its_names_and_places() -> None:
    assert languages.english_name("cy") == "Welsh"
    assert languages.autonym("cy") == "Cymraeg"
    assert languages.english_name("zh-TW") == "Chinese (Taiwan)"
    assert languages.english_name("not a tag") == "not a tag"
    assert languages.names("cy", 2) == ("Welsh", "Cymraeg")
    assert "KE" in languages.territories("luo")
    assert languages.territories("fr-CG") == ("CG",)
    assert languages.names("nonsense") == ()
