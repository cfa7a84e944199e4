"""Settings of mail, webhook and reminders: read, refused with the next move, no secret shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.settings import SettingError, Settings


def test_without_settings_mail_goes_to_a_folder_and_people_are_told_so() -> None:
    rules = Settings.from_env({}).deliver
    assert "folder `mail`" in rules.mail_note
    assert (rules.owner_after, rules.before_end) == ((3, 10), (14, 3))
    assert rules.draft_kept == timedelta(days=90)


def test_with_a_mail_server_nothing_is_said_and_its_password_stays_hidden() -> None:
    settings = Settings.from_env({"DATASET_ASSISTANT_SMTP": "smtps://u:geheim@mail.example"})
    assert settings.deliver.mail_note == ""
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATASET_ASSISTANT_SMTP", "https://u:geheim@mail.example"),
        ("DATASET_ASSISTANT_MAIL_FROM", "nobody"),
        ("DATASET_ASSISTANT_WEBHOOK", "ftp://geheim.example"),
        ("DATASET_ASSISTANT_WEBHOOK_SECRET", "geheim"),
        ("DATASET_ASSISTANT_REMIND_OWNER", "three"),
        ("DATASET_ASSISTANT_REMIND_END", ","),
        ("DATASET_ASSISTANT_DRAFT_DAYS", "9"),
        ("DATASET_ASSISTANT_MAIL_DAYS", "-1"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_without_secrets(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as refused:
        Settings.from_env({name: value})
    assert "geheim" not in str(refused.value)


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(SettingError, match="WEBHOOK_SECRET"):
        Settings.from_env({"DATASET_ASSISTANT_WEBHOOK": "https://hook.example/in"})
