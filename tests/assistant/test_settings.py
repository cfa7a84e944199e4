from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SettingError, Settings


def test_with_nothing_set_everything_has_a_default_that_needs_no_key_and_no_network() -> None:
    settings = Settings.from_env({})
    assert settings.data == Path("data")
    assert settings.database_url == "sqlite:///data/catalog.db"
    assert settings.sources == ("starter",)
    assert settings.model is None
    assert settings.sync_every_s is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.origins == ()


def test_an_unknown_setting_of_ours_is_refused_and_the_valid_ones_are_named() -> None:
    with pytest.raises(SettingError, match="DATASET_ASSISTANT_DATE.*DATASET_ASSISTANT_DATA"):
        Settings.from_env({"DATASET_ASSISTANT_DATE": "x"})


def test_settings_of_others_are_left_alone() -> None:
    assert Settings.from_env({"PATH": "x", "LANG": "y"}) == Settings.from_env({})


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("90", 90), ("30m", 1800), ("6h", 21_600), ("1d", 86_400), ("1.5h", 5400)],
)
def test_a_time_is_read_in_the_units_people_write(value: str, seconds: float) -> None:
    assert Settings.from_env({"SYNC_EVERY": value}).sync_every_s == seconds


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SYNC_EVERY", "soon"),
        ("SYNC_EVERY", "0"),
        ("PORT", "web"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("DATASET_ASSISTANT_PRECISION", "int4"),
        ("DATASET_ASSISTANT_CALLS_PER_MINUTE", "0"),
        ("DATASET_ASSISTANT_CALLS_PER_MINUTE", "many"),
    ],
)
def test_a_value_that_is_not_valid_is_refused_with_its_name_and_what_is(
    name: str, value: str
) -> None:
    with pytest.raises(SettingError, match=f"{name} is '{value}'. Expected"):
        Settings.from_env({name: value})


def test_a_database_address_of_another_kind_is_refused_without_its_password() -> None:
    with pytest.raises(SettingError) as refused:
        Settings.from_env({"DATABASE_URL": "mysql://me:secret@host/db"})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("short", ["postgres://me@host/db", "postgresql://me@host/db"])
def test_the_usual_ways_to_write_a_postgresql_address_are_understood(short: str) -> None:
    settings = Settings.from_env({"DATABASE_URL": short})
    assert settings.database_url == "postgresql+psycopg://me@host/db"


def test_a_key_of_a_source_does_not_show_when_settings_are_printed() -> None:
    settings = Settings.from_env({"HF_TOKEN": "hf_secret"})
    assert dict(settings.for_sources)["HF_TOKEN"] == "hf_secret"
    assert "hf_secret" not in repr(settings)


def test_lists_are_written_with_commas_and_blanks_do_not_matter() -> None:
    settings = Settings.from_env({"DATASET_ASSISTANT_SOURCES": " mdc, huggingface ,"})
    assert settings.sources == ("mdc", "huggingface")


def test_origins_are_scheme_and_host_as_browsers_name_them() -> None:
    given = "https://Data.example.org/, http://127.0.0.1:8001"
    settings = Settings.from_env({"DATASET_ASSISTANT_ORIGINS": given})
    assert settings.origins == ("https://data.example.org", "http://127.0.0.1:8001")


@pytest.mark.parametrize("wrong", ["*", "data.example.org", "https://a.example/path", "https://"])
def test_an_origin_that_no_browser_sends_is_refused(wrong: str) -> None:
    with pytest.raises(SettingError, match="DATASET_ASSISTANT_ORIGINS"):
        Settings.from_env({"DATASET_ASSISTANT_ORIGINS": wrong})
