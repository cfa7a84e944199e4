"""Words that stand beside a subject, and cues that are part of one."""

from __future__ import annotations

import pytest

from assistant.understand import rules


def test_subjects_listed_in_brackets_are_examples_where_one_is_named_outside() -> None:
    listed = rules.read("entity recognition in medical reports (tumours, genes or proteins)").stated
    assert listed.topics == ("medicine",)
    assert "proteins" in listed.wish


def test_one_subject_in_brackets_narrows_what_stands_outside() -> None:
    assert "earthquakes" in rules.read("satellite images (earthquakes)").stated.topics


def test_subjects_in_brackets_alone_are_the_subjects() -> None:
    assert rules.read("something new (rain, wind)").stated.topics == (
        "precipitation",
        "wind speeds",
    )


@pytest.mark.parametrize(
    "text",
    ["recordings from driverless cars", "heartbeat recordings of patients", "recordings of an EEG"],
)
def test_recordings_of_instruments_are_no_sound(text: str) -> None:
    assert rules.read(text).stated.modalities == ()


@pytest.mark.parametrize("text", ["recordings", "recordings of Breton", "voices and sensors"])
def test_recordings_of_people_are_sound(text: str) -> None:
    assert rules.read(text).stated.modalities == ("audio",)


def test_film_is_what_was_shown_and_only_footage_is_video() -> None:
    opinions = rules.read("what people say of a film").stated
    assert (opinions.modalities, opinions.topics) == ((), ("movies",))
    assert rules.read("film footage of whales").stated.modalities == ("video",)


def test_refusing_to_file_a_request_files_none() -> None:
    reading = rules.read("exomes, without an access request")
    assert (reading.intent, reading.stated.access) == ("find", ("public",))
    assert rules.read("please send a request").intent == "request"


def test_being_ready_to_apply_for_access_is_no_limit() -> None:
    assert rules.read("tumour genomes, happy to apply for access").stated.access == ()
    assert rules.read("tumour genomes, only those one must apply for").intent == "find"


@pytest.mark.parametrize(
    "text",
    ["football results", "restaurant menus with ratings", "help forum posts", "jokes in text form",
     "instructions for robots",
     "essays by language learners", "how much rain falls in June"],
)  # fmt: skip
def test_a_subject_that_sounds_like_a_command_is_looked_for(text: str) -> None:
    assert rules.read(text).intent == "find"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("help", "help"), ("help me", "help"), ("recommend a restaurant", "off_topic"),
     ("how much Welsh speech is there?", "coverage"), ("hours by language", "coverage")],
)  # fmt: skip
def test_a_command_stays_a_command(text: str, intent: str) -> None:
    assert rules.read(text).intent == intent


def test_a_handful_of_sentences_is_what_a_row_holds() -> None:
    assert rules.read("whether two sentences mean the same").stated.sizes == ()
    assert rules.read("at least two sentences").stated.sizes
    assert rules.read("200 sentences").stated.sizes


def test_models_that_are_looked_into_are_no_task() -> None:
    assert rules.read("prejudice in language models").stated.tasks == ("bias-evaluation",)
    assert "language-modeling" in rules.read("text to train language models").stated.tasks


def test_what_somebody_looks_after_is_not_what_they_look_for() -> None:
    reading = rules.read("I look after forests. Do you have news articles?")
    assert reading.stated.topics == ("news",)


def test_program_code_is_a_subject_that_shuts_no_task_out() -> None:
    code = rules.read("source code with its licence headers").stated
    assert (code.tasks, code.topics) == ((), ("program code",))
    assert rules.read("writing code from a description").stated.tasks == ("code-generation",)
    assert rules.read("source code search").stated.tasks == ("code-generation",)
    assert rules.read("a code of conduct").stated.topics == ()


def test_x_rays_of_people_are_medical_and_those_of_the_sky_are_not() -> None:
    assert rules.read("x-rays of broken arms").stated.topics == ("medical-imaging",)
    assert "x-ray" in rules.read("X-ray telescopes").stated.topics


def test_a_table_that_is_booked_is_no_kind_of_data() -> None:
    assert rules.read("guests booking tables by phone").stated.modalities == ()


@pytest.mark.parametrize(
    ("text", "access"),
    [("mouse scans that need approval", "on_request"),
     ("mouse scans that need no approval", "public"),
     ("mouse scans without having to apply", "public")],
)  # fmt: skip
def test_whether_the_data_must_be_asked_for_is_heard_either_way(text: str, access: str) -> None:
    assert rules.read(text).stated.access == (access,)


def test_things_mentioned_in_a_text_are_entities_and_not_the_subject() -> None:
    mentioned = rules.read("reports with the diseases mentioned marked").stated
    assert (mentioned.tasks, mentioned.topics) == (("named-entity-recognition",), ())


def test_subjects_listed_after_a_dash_or_colon_are_examples_too() -> None:
    for mark in (" - ", ": ", " – "):
        listed = rules.read(f"climate of the whole continent{mark}rainfall, wind and snow").stated
        assert listed.topics == ("climate",)
        assert "rainfall" in listed.wish


def test_what_is_named_before_or_anything_else_is_an_example() -> None:
    read = rules.read("news or anything else translated between Maltese and English").stated
    assert (read.tasks, read.topics) == (("translation",), ())
    assert "news" in read.wish


def test_to_guess_the_language_spoken_is_a_task() -> None:
    for text in (
        "clips for guessing which language is being spoken",
        "tell which language someone is speaking",
    ):
        read = rules.read(text)
        assert (read.intent, read.stated.tasks) == ("find", ("language-identification",))


def test_a_question_whether_a_dataset_is_commercial_takes_no_use_of_the_person_back() -> None:
    for said in ("is the first one not commercial?", "why is it not commercial?"):
        stated = rules.read(said, in_view=True, has_need=True).stated
        assert stated.licence_wish != "non_commercial_ok"
    stated = rules.read("it's not commercial after all", in_view=True, has_need=True).stated
    assert stated.licence_wish == "non_commercial_ok"


def test_data_that_shall_not_be_public_is_not_looked_for_as_public() -> None:
    assert rules.read("weather data, not publicly available").stated.access == ()
    assert rules.read("weather data, not on request").stated.access == ("public",)
