"""The settings of mail, webhooks, reminders and retention: rows of the table, checked values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from assistant.access.mail_server import mail_server
from assistant.setting import Read, Setting, SettingError, words

SHORTEST_SECRET = 16

ROWS: tuple[Setting, ...] = (
    Setting(
        name="DATASET_ASSISTANT_SMTP",
        default="",
        meaning="Mail server: smtp://user:password@host:587 (STARTTLS) or smtps://...; "
        "empty: mail is written to the folder `mail` in the data folder",
    ),
    Setting(
        name="DATASET_ASSISTANT_MAIL_FROM",
        default="Dataset assistant <dataset-assistant@localhost>",
        meaning="Name and address that mail comes from",
    ),
    Setting(
        name="DATASET_ASSISTANT_WEBHOOK",
        default="",
        meaning="Address that is told, by a signed POST, what happens to filed requests; "
        "empty: nobody",
    ),
    Setting(
        name="DATASET_ASSISTANT_WEBHOOK_SECRET",
        default="",
        meaning="Secret that signs those POSTs; two with a comma while it is changed: both sign",
    ),
    Setting(
        name="DATASET_ASSISTANT_REMIND_OWNER",
        default="3, 10",
        meaning="Days after which an owner is reminded of a request that waits",
    ),
    Setting(
        name="DATASET_ASSISTANT_REMIND_END",
        default="14, 3",
        meaning="Days before the end of access at which its holder is reminded",
    ),
    Setting(
        name="DATASET_ASSISTANT_DRAFT_DAYS",
        default="90",
        meaning="Days that an untouched draft of a request is kept; 7 days before, a reminder goes",
    ),
    Setting(
        name="DATASET_ASSISTANT_MAIL_DAYS",
        default="90",
        meaning="Days that the record of a sent or failed message is kept",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverRules:
    """How people and programs are told, and for how long things are kept."""

    smtp: str = field(default="", repr=False)
    """Address of the mail server, password included; empty: a folder."""
    mail_from: str = "Dataset assistant <dataset-assistant@localhost>"
    webhook: str = field(default="", repr=False)
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    owner_after: tuple[int, ...] = (3, 10)
    before_end: tuple[int, ...] = (14, 3)
    draft_kept: timedelta = timedelta(days=90)
    mail_kept: timedelta = timedelta(days=90)

    @property
    def mail_note(self) -> str:
        """Where mail goes when it is not sent, as people are told; empty: it is sent."""
        if self.smtp:
            return ""
        return (
            "No mail server is set up here: mail is not sent but written to the folder `mail` "
            "beside the data. Whoever runs this can open it there."
        )


def deliver_rules(read: Read) -> DeliverRules:
    """The checked values; raises `SettingError`, which names no secret."""
    return DeliverRules(
        smtp=_smtp(read("DATASET_ASSISTANT_SMTP")),
        mail_from=_mail_from(read("DATASET_ASSISTANT_MAIL_FROM")),
        webhook=_webhook(read("DATASET_ASSISTANT_WEBHOOK")),
        webhook_secrets=_secrets(
            read("DATASET_ASSISTANT_WEBHOOK_SECRET"),
            needed=bool(read("DATASET_ASSISTANT_WEBHOOK")),
        ),
        owner_after=_days("DATASET_ASSISTANT_REMIND_OWNER", read),
        before_end=_days("DATASET_ASSISTANT_REMIND_END", read),
        draft_kept=timedelta(days=_one("DATASET_ASSISTANT_DRAFT_DAYS", read, least=10)),
        mail_kept=timedelta(days=_one("DATASET_ASSISTANT_MAIL_DAYS", read, least=4)),
    )


def _smtp(value: str) -> str:
    if value:
        try:
            mail_server(value)
        except ValueError as why:
            raise SettingError("DATASET_ASSISTANT_SMTP", "(not shown)", str(why)) from None
    return value


def _mail_from(value: str) -> str:
    name, address = parseaddr(value)
    if "@" not in address or any(char in value for char in "\r\n") or address.startswith("@"):
        raise SettingError(
            "DATASET_ASSISTANT_MAIL_FROM", value, "such as Our data <data@example.org>"
        )
    del name
    return value


def _webhook(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = not value or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        good = False
    if not good:
        raise SettingError(
            "DATASET_ASSISTANT_WEBHOOK", "(not shown)", "an address such as https://hook.example/in"
        )
    return value


def _secrets(value: str, *, needed: bool) -> tuple[str, ...]:
    found = words(value)
    if (needed and not found) or any(len(each) < SHORTEST_SECRET for each in found):
        raise SettingError(
            "DATASET_ASSISTANT_WEBHOOK_SECRET",
            "(not shown)" if found else "",
            f"at least {SHORTEST_SECRET} characters, as `openssl rand -base64 32` makes; "
            "it is needed with DATASET_ASSISTANT_WEBHOOK",
        )
    return found


def _days(name: str, read: Read) -> tuple[int, ...]:
    value = read(name)
    found = words(value)
    if not found or not all(each.isdecimal() and 0 < int(each) < 3660 for each in found):
        raise SettingError(name, value, "numbers of days with commas between, such as 3, 10")
    return tuple(int(each) for each in found)


def _one(name: str, read: Read, *, least: int) -> int:
    value = read(name)
    if not value.isdecimal() or not least <= int(value) < 36600:
        raise SettingError(name, value, f"a number of days, {least} or more")
    return int(value)
