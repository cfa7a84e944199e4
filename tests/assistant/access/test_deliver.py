"""Deliveries to real servers: taken once, tried again, given up, and never telling too much."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.access import outbox
from assistant.access.deliver import Delivered, Deliverer, Sender, Ways
from assistant.access.deliver_mail import FolderSender, SmtpSender
from assistant.access.deliver_webhook import ID, SIGNATURE, TIMESTAMP, WebhookSender, signature
from assistant.access.letter import write
from assistant.access.mail_server import MailServer, mail_server
from assistant.access.messages import Facts, OutgoingKind
from assistant.access.outbox import Outgoing
from assistant.access.outbox_queue import Outbox
from assistant.access.paper import Message
from assistant.memory import open_engine
from catalog_sync.store_engine import writing
from tests.assistant.access.sinks import TAKEN, HookSink, MailSink, hook_sink, mail_sink

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FROM = "Dataset assistant <assistant@data.example>"


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def go(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Book:
    """Addresses by person id; every message is a sign-in link."""

    addresses: dict[str, str] = field(default_factory=lambda: {"p1": "gwen@mail.example"})
    needless: bool = False

    def address(self, outgoing: Outgoing) -> str | None:
        return "" if outgoing.address == "place" else self.addresses.get(outgoing.person_id or "")

    def facts(self, outgoing: Outgoing, address: str) -> Facts | None:
        del address
        link = f"https://data.example/sign-in?token={outgoing.id}"
        return None if self.needless else Facts(kind="sign_in", link=link, valid="30 minutes")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path}/access.db")
    outbox.METADATA.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def put(
    engine: Engine, dedup: str = "one", *, kind: OutgoingKind = "sign_in", channel: str = "mail"
) -> None:
    with writing(engine) as connection:
        outbox.put(
            connection, kind, dedup=dedup, now=NOW, person_id="p1", channel=channel,
            address="place" if channel == "webhook" else "person", request_id="r1",
            payload={"seq": 2, "state": "approved"},
        )  # fmt: skip


def deliverer(
    engine: Engine, clock: Clock, book: Book | None = None, **senders: Sender
) -> Deliverer:
    ways = Ways(senders=senders, lookup=book or Book(), site="Dataset assistant")
    return Deliverer(Outbox(engine), ways, clock=clock)


def smtp(sink: MailSink, clock: Clock, *, timeout_s: float = 5.0) -> SmtpSender:
    return SmtpSender(mail_server(sink.url), sender=FROM, clock=clock, timeout_s=timeout_s)


def test_a_letter_arrives_in_both_dresses_with_its_id(engine: Engine, clock: Clock) -> None:
    put(engine)
    with mail_sink() as sink:
        assert deliverer(engine, clock, mail=smtp(sink, clock)).run_until_empty().sent == 1
    (mail,) = sink.mails
    (told,) = Outbox(engine).of_request("r1")
    assert sink.recipients == ["gwen@mail.example"]
    assert mail["Message-ID"] == f"<{told.id}@data.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and told.id in plain.get_content()
    assert page is not None and told.id in page.get_content()
    assert told.sent_at == NOW


def test_a_refusal_for_now_is_tried_again_and_taken_later(engine: Engine, clock: Clock) -> None:
    put(engine)
    answers = {1: "451 later", 2: "421 busy"}
    with mail_sink(MailSink(answer=lambda n: answers.get(n, TAKEN))) as sink:
        delivery = deliverer(engine, clock, mail=smtp(sink, clock))
        assert delivery.run_until_empty() == Delivered(failed=1)
        clock.go(seconds=9)
        assert delivery.run_until_empty() == Delivered()
        clock.go(seconds=1)
        assert delivery.run_until_empty() == Delivered(failed=1)
        clock.go(seconds=20)
        assert delivery.run_until_empty() == Delivered(sent=1)
    assert len(sink.mails) == 1


@pytest.mark.parametrize("refused", ["recipient", "data"])
def test_a_refusal_for_good_is_shown_as_failed_at_once(
    engine: Engine, clock: Clock, refused: str, caplog: pytest.LogCaptureFixture
) -> None:
    put(engine)
    no = "550 5.1.1 <gwen@mail.example> unknown"
    sink = MailSink(refuse_recipient=no) if refused == "recipient" else MailSink(lambda _n: no)
    with mail_sink(sink), caplog.at_level(logging.WARNING):
        assert deliverer(engine, clock, mail=smtp(sink, clock)).run_until_empty().given_up == 1
    (failed,) = Outbox(engine).of_person("p1", failed=True)
    assert "550" in failed.last_error
    assert "gwen" not in failed.last_error + caplog.text


def test_a_server_that_breaks_off_after_taking_gets_it_again_under_the_same_id(
    engine: Engine, clock: Clock
) -> None:
    put(engine)
    with mail_sink(MailSink(answer=lambda n: "drop" if n == 1 else TAKEN)) as sink:
        delivery = deliverer(engine, clock, mail=smtp(sink, clock))
        assert delivery.run_until_empty().failed == 1
        clock.go(seconds=10)
        assert delivery.run_until_empty().sent == 1
    assert len(sink.ids()) == 2
    assert len(set(sink.ids())) == 1


def test_a_slow_server_is_given_up_for_now(engine: Engine, clock: Clock) -> None:
    put(engine)
    with mail_sink(MailSink(wait_s=3)) as sink:
        delivery = deliverer(engine, clock, mail=smtp(sink, clock, timeout_s=0.3))
        assert delivery.run_until_empty().failed == 1
    assert Outbox(engine).figures().waiting == 1


def test_no_server_at_all_loses_nothing(engine: Engine, clock: Clock) -> None:
    put(engine)
    with mail_sink() as sink:
        gone = smtp(sink, clock)
    delivery = deliverer(engine, clock, mail=gone)
    for _ in range(40):
        delivery.run_until_empty()
        clock.go(hours=2)
    (failed,) = Outbox(engine).given_up()
    assert failed.failed_at is not None
    assert failed.failed_at >= NOW + timedelta(days=3)
    assert "does not answer" in failed.last_error


def test_a_password_is_not_sent_over_an_open_line_and_starttls_is_demanded(
    engine: Engine, clock: Clock
) -> None:
    put(engine)
    with mail_sink() as sink:
        host, port = "127.0.0.1", int(sink.url.rsplit(":", 1)[1])
        strict = SmtpSender(
            # As `smtp://` of a name that is not this machine would be.
            MailServer(host=host, port=port, security="starttls", user="u",
                                        password="geheim"),
            sender=FROM, clock=clock,
        )  # fmt: skip
        assert deliverer(engine, clock, mail=strict).run_until_empty().failed == 1
    assert sink.mails == []
    assert "tls=none" in Outbox(engine).of_request("r1")[0].last_error


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, "starttls", "")),
        ("smtps://u%40x:p%2Fw@mail.example", ("mail.example", 465, "tls", "u@x")),
        ("smtp://relay.internal:25?tls=none", ("relay.internal", 25, "none", "")),
        ("smtp://localhost:2525", ("localhost", 2525, "none", "")),
    ],
)
def test_the_address_says_how_mail_is_handed_in(url: str, expected: tuple[object, ...]) -> None:
    server = mail_server(url)
    assert (server.host, server.port, server.security, server.user) == expected


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:x", "smtp://h?tls=no",
            "smtp://u:geheim@h/path"],
)  # fmt: skip
def test_an_unreadable_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="smtps://") as refused:
        mail_server(url)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: x@y.example", "no address", "@", "a@b,c"])
def test_an_address_that_is_none_adds_no_header_and_is_given_up(
    engine: Engine, clock: Clock, address: str
) -> None:
    put(engine)
    with mail_sink() as sink:
        book = Book(addresses={"p1": address})
        assert deliverer(engine, clock, book, mail=smtp(sink, clock)).run_until_empty().given_up
    assert sink.mails == []


def test_who_was_erased_is_told_nothing(engine: Engine, clock: Clock) -> None:
    put(engine)
    with mail_sink() as sink:
        erased = deliverer(engine, clock, Book(addresses={}), mail=smtp(sink, clock))
        assert erased.run_until_empty().given_up == 1
    assert sink.mails == []


def test_what_need_not_be_told_any_more_goes_without_a_trace(engine: Engine, clock: Clock) -> None:
    put(engine)
    with mail_sink() as sink:
        late = deliverer(engine, clock, Book(needless=True), mail=smtp(sink, clock))
        assert late.run_until_empty().dropped == 1
    assert Outbox(engine).of_request("r1") == ()


def test_without_a_server_letters_lie_in_a_folder_once_each_for_its_owner_only(
    engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    put(engine)
    folder = FolderSender(tmp_path / "mail", sender=FROM, clock=clock)
    deliverer(engine, clock, mail=folder).run_until_empty()
    (told,) = Outbox(engine).of_request("r1")
    folder.send(told, "gwen@mail.example", _message(told))
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{told.id}.eml"
    assert file.stat().st_mode & 0o077 == 0
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == "gwen@mail.example"


def _message(told: Outgoing) -> Message:
    facts = Book().facts(told, "")
    assert facts is not None
    return write(facts, site="Dataset assistant")


def webhook(sink: HookSink, clock: Clock, *, timeout_s: float = 5.0) -> WebhookSender:
    return WebhookSender(f"{sink.url}/hook", ("new", "old"), clock=clock, timeout_s=timeout_s)


def test_a_webhook_is_signed_and_carries_no_address_and_no_letter(
    engine: Engine, clock: Clock
) -> None:
    put(engine, kind="request_decided", channel="webhook")
    with hook_sink() as sink:
        assert deliverer(engine, clock, webhook=webhook(sink, clock)).run_until_empty().sent == 1
    ((headers, body),) = sink.posts
    (told,) = Outbox(engine).of_request("r1")
    assert headers[ID] == told.id
    wanted = {
        signature(secret, timestamp=headers[TIMESTAMP], id_=told.id, body=body)
        for secret in ("new", "old")
    }
    assert set(headers[SIGNATURE].split(",")) == wanted
    assert json.loads(body) == {
        "id": told.id, "kind": "request_decided", "request_id": "r1", "seq": 2,
        "state": "approved", "made_at": NOW.isoformat(),
    }  # fmt: skip


def test_a_webhook_that_redirects_is_not_followed(engine: Engine, clock: Clock) -> None:
    put(engine, channel="webhook")
    with hook_sink(HookSink(answer=lambda _n: 307)) as sink:
        assert deliverer(engine, clock, webhook=webhook(sink, clock)).run_until_empty().failed == 1
    assert sink.asked == ["/hook"]


def test_a_webhook_gets_the_same_bytes_again_until_it_says_yes(
    engine: Engine, clock: Clock
) -> None:
    put(engine, channel="webhook")
    with hook_sink(HookSink(answer=lambda n: {1: 500, 2: 404}.get(n, 200))) as sink:
        delivery = deliverer(engine, clock, webhook=webhook(sink, clock))
        for _ in range(3):
            delivery.run_until_empty()
            clock.go(minutes=1)
    assert len(sink.posts) == 3
    assert len({body for _, body in sink.posts}) == 1
    assert len({headers[ID] for headers, _ in sink.posts}) == 1


def test_a_slow_webhook_and_one_that_is_gone_are_told_apart(engine: Engine, clock: Clock) -> None:
    put(engine, "slow", channel="webhook")
    with hook_sink(HookSink(wait_s=3)) as sink:
        slow = deliverer(engine, clock, webhook=webhook(sink, clock, timeout_s=0.2))
        assert slow.run_until_empty().failed == 1
    clock.go(seconds=10)
    with hook_sink(HookSink(answer=lambda _n: 410)) as sink:
        assert deliverer(engine, clock, webhook=webhook(sink, clock)).run_until_empty().given_up


def test_a_worker_takes_only_what_it_can_tell(engine: Engine, clock: Clock, tmp_path: Path) -> None:
    put(engine, "hook", channel="webhook")
    put(engine, "slack", channel="slack:U1")
    put(engine, "mail")
    folder = FolderSender(tmp_path / "mail", sender=FROM, clock=clock)
    assert deliverer(engine, clock, mail=folder).run_until_empty() == Delivered(sent=1)
    assert Outbox(engine).figures().waiting == 2


def test_one_message_that_breaks_stops_no_other_and_its_words_are_not_logged(
    engine: Engine, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Book):
        def facts(self, outgoing: Outgoing, address: str) -> Facts | None:
            if outgoing.dedup == "broken":
                raise KeyError("gwen@mail.example")
            return super().facts(outgoing, address)

    put(engine, "broken")
    put(engine, "whole")
    folder = FolderSender(tmp_path / "mail", sender=FROM, clock=clock)
    delivered = deliverer(engine, clock, Broken(), mail=folder).run_until_empty()
    assert (delivered.sent, delivered.failed) == (1, 1)
    assert "KeyError" in caplog.text
    assert "gwen" not in caplog.text
