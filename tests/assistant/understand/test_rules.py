from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hello", "greeting"),
        ("habari", "greeting"),
        ("thanks a lot", "thanks"),
        ("what can you do?", "help"),
        ("start over", "reset"),
        ("you idiot", "abuse"),
        ("tell me a joke", "off_topic"),
        ("what's the weather today?", "off_topic"),
        ("weather data", "find"),
        ("how fresh is the catalogue?", "freshness"),
        ("how many datasets in Quechua?", "coverage"),
        ("who publishes the most?", "coverage"),
        ("what licences do the Swahili sets have?", "coverage"),
        ("what does NC mean?", "explain"),
        ("record my wish", "wish"),
        ("what is the language code for Twi", "language"),
    ],
)
def test_the_intent_of_a_first_turn(text: str, intent: str) -> None:
    assert rules.read(text).intent == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is it free?", "show"),
        ("who owns the first one?", "show"),
        ("show more", "more"),
        ("compare the first two", "compare"),
        ("can I use it commercially?", "check_use"),
        ("and if we are in Ghana?", "check_use"),
        ("may a German firm train and sell a TTS voice on the second one?", "check_use"),
        ("explain the terms of the second one", "explain"),
        ("what do I have to write in the credits?", "attribution"),
        ("can I mix it with this CC BY-SA corpus and release it as CC BY?", "combine"),
        ("request access", "request"),
        ("drop the size limit", "refine"),
        ("at least 100 hours", "refine"),
        ("free for commercial use?", "refine"),
    ],
)
def test_the_intent_of_a_turn_with_results_in_view(text: str, intent: str) -> None:
    assert rules.read(text, in_view=True, has_need=True).intent == intent


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("usable in a commercial app", "commercial"),
        ("as long as we may sell the model", "commercial"),
        ("so it may go into a closed product", "commercial"),
        ("CC0 or similar", "public_domain"),
        ("no restrictions on use", "public_domain"),
        ("CC-BY-ish or freer", "permissive"),
        ("CC0 or CC BY", "permissive"),
        ("non-commercial is fine", "non_commercial_ok"),
        ("the licence doesn't have to allow commercial use", "non_commercial_ok"),
        ("for a thesis", None),
        ("any licence will do", None),
        ("product reviews", None),
    ],
)
def test_licence_classes_in_peoples_words(text: str, wish: str | None) -> None:
    assert rules.read(f"Welsh text, {text}").stated.licence_wish == wish


def test_a_use_is_kept_for_the_verdict() -> None:
    use = rules.read("Basque speech so that a company in Kenya can sell the model").stated.use
    assert "train_commercial" in use.acts
    assert use.organisation == "company"
    assert use.from_country == "KE"


def test_a_closed_product_is_a_deed_of_its_own() -> None:
    use = rules.read("speech that may go into a closed product").stated.use
    assert use.acts == ("train_commercial_closed_weights",)


def test_what_is_excluded_is_not_wanted() -> None:
    need = rules.read("Urdu speech, not Common Voice").stated
    assert need.sources == () and need.sources_not == ("commonvoice",)
    need = rules.read("speech in anything but Hindi or Urdu").stated
    assert {wish.tag for wish in need.languages_not} == {"hi", "ur"}
    assert need.languages == ()


def test_an_ambiguous_name_keeps_its_candidates() -> None:
    reading = rules.read("Luo speech")
    assert len(reading.unclear[0].candidates) > 1


def test_groups_of_languages_are_one_wish() -> None:
    (wish,) = rules.read("speech in Bantu languages").stated.languages
    assert {"sw", "zu", "rw"} <= set(wish.tags)


def test_a_figure_that_is_no_limit_is_no_limit() -> None:
    need = rules.read("COVID-19 papers from the 1950 census, top 20").stated
    assert need.sizes == ()


def test_words_of_other_scripts_carry_numbers_too() -> None:
    (size,) = rules.read("كلام بالعربية أكثر من ١٠٠ ساعة").stated.sizes
    assert (size.field, size.least) == ("hours", 100.0)


def test_recordings_of_a_subject_that_is_not_speech_ask_for_no_sound() -> None:
    assert rules.read("earthquake recordings").stated.modalities == ()
    assert rules.read("Welsh recordings").stated.modalities == ("audio",)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("English text, not GPL", ("GPL",)),
        ("summarization, anything but CC BY-SA", ("CC-BY-SA",)),
        ("no MIT please", ("MIT",)),
    ],
)
def test_a_licence_that_is_shut_out_is_not_asked_for(text: str, stems: tuple[str, ...]) -> None:
    stated = rules.read(text).stated
    assert stated.licences_not == stems
    assert not stated.licences and stated.licence_wish is None and not stated.names_not


def test_non_before_a_hyphen_is_part_of_its_word() -> None:
    stated = rules.read("non-commercial is fine").stated
    assert stated.licence_wish == "non_commercial_ok"
    assert stated.use.acts == ()
    assert rules.read("No - audio").stated.modalities == ("audio",)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("spontan gesprochenes Schweizerdeutsch, nichts Vorgelesenes", "spontaneous"),
        ("sentences read off a screen are useless to me, anything in Georgian?", "spontaneous"),
        ("Welsh speech, not spontaneous", "scripted"),
    ],
)
def test_a_way_of_speaking_refused_is_the_other_one(text: str, style: str) -> None:
    assert rules.read(text).stated.speech_style == style


@pytest.mark.parametrize(
    ("text", "wish", "acts"),
    [
        ("Welsh speech, not for commercial use", "non_commercial_ok", ()),
        ("no commercial use, Welsh", "non_commercial_ok", ()),
        ("Welsh speech, just for study, not for sale", "non_commercial_ok", ()),
        ("speech with a non commercial clause is useless to me", "commercial", ("commercial_use",)),
        ("not only for commercial use: Welsh", "commercial", ("commercial_use",)),
        ("Welsh speech that we may sell", "commercial", ("commercial_use",)),
        ("Welsh speech with no commercial restrictions", "commercial", ("commercial_use",)),
        ("Welsh, no commercial use restrictions please", "commercial", ("commercial_use",)),
        ("no commercial limits: Welsh", "commercial", ("commercial_use",)),
        ("Welsh, no commercial licence fee", "commercial", ("commercial_use",)),
    ],
)
def test_a_use_denied_is_no_use_meant(text: str, wish: str | None, acts: tuple[str, ...]) -> None:
    stated = rules.read(text).stated
    assert (stated.licence_wish, stated.use.acts) == (wish, acts)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("3D point clouds of Japanese prefectures", []),
        ("German traffic data", []),
        ("French news", ["fr"]),
        ("Japanese covid tweets", ["ja"]),
        ("satellite imagery, Thai", ["th"]),
        ("corpus arabes", ["ar"]),
        ("des textes en italien", ["it"]),
        ("et ajoutez l'italien aussi", ["it"]),
        ("Wetterdaten aus Italien", []),
        ("textes roumains", ["ro"]),
        ("Romanian speech, min 20 hours", ["ro"]),
        ("a phone line for my shop's German customers: German speech", ["de"]),
        ("recordings of either Erzya or Moksha", ["myv", "mdf"]),
    ],
)
def test_a_name_is_a_language_only_where_data_is_said(text: str, languages: list[str]) -> None:
    assert [wish.tag for wish in rules.read(text).stated.languages] == languages


@pytest.mark.parametrize(
    "text",
    [
        "just wondering if you have Welsh speech",
        "just curious, any Hausa text?",
        "speech from a community who speaks Hausa",
        "Venetian, a dialect of Italian: do you have text?",
        "Hausa text in which script it is written",
    ],
)
def test_a_request_in_passing_is_a_request(text: str) -> None:
    reading = rules.read(text)
    assert reading.intent == "find" and reading.stated.languages


def test_to_give_out_data_refuses_none() -> None:
    assert [w.tag for w in rules.read("toa data ya Kiswahili").stated.languages] == ["sw"]


def test_both_of_them_with_either_is_a_choice() -> None:
    stated = rules.read("vowels in both Erzya and Moksha: recordings of either one").stated
    assert stated.languages_joined == "any"


@pytest.mark.parametrize("text", ["pero que sea náhuatl", "grabaciones en náhuatl, o sea voz"])
def test_a_small_word_of_another_language_is_no_subject(text: str) -> None:
    assert rules.read(text).stated.topics == ()
