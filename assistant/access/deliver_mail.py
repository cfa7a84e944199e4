"""Sends letters by SMTP, or lays them into a folder where no mail server is configured."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from pathlib import Path

from assistant.access.deliver import DeliveryFailed
from assistant.access.mail_server import MailServer
from assistant.access.outbox import Outgoing
from assistant.access.outbox_queue import without_addresses
from assistant.access.paper import Message, one_line


def written(
    outgoing: Outgoing, address: str, message: Message, *, sender: str, at: datetime
) -> EmailMessage:
    """The letter as a mail: the same `Message-ID` however often it is sent.

    Raises:
        DeliveryFailed: the address is none, permanently.
    """
    mail = EmailMessage(policy=SMTP_POLICY)
    name, own = parseaddr(sender)
    try:
        mail["From"] = Address(display_name=one_line(name), addr_spec=own)
        mail["To"] = Address(addr_spec=address)
    except (HeaderParseError, ValueError, IndexError):
        raise DeliveryFailed("the address cannot be used for mail", permanent=True) from None
    mail["Subject"] = one_line(message.subject)
    mail["Message-ID"] = f"<{outgoing.id}@{own.rpartition('@')[2] or 'localhost'}>"
    mail["Date"] = format_datetime(at)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Dataset-Assistant-Id"] = outgoing.id
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


class SmtpSender:
    """Hands each letter to a mail server, over a connection of its own."""

    def __init__(
        self,
        server: MailServer,
        *,
        sender: str,
        clock: Callable[[], datetime],
        timeout_s: float = 30.0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._sender = sender
        self._clock = clock
        self._timeout_s = timeout_s
        self._context = context or ssl.create_default_context()

    def send(self, outgoing: Outgoing, address: str, message: Message) -> None:
        """Send it; raises `DeliveryFailed`."""
        mail = written(outgoing, address, message, sender=self._sender, at=self._clock())
        try:
            connection = self._connected()
        except smtplib.SMTPException as why:
            raise DeliveryFailed(_told(why), permanent=False) from None
        except OSError as why:
            raise DeliveryFailed(
                f"the mail server does not answer ({type(why).__name__})", permanent=False
            ) from None
        try:
            connection.send_message(mail)
        except smtplib.SMTPException as why:
            raise DeliveryFailed(_told(why), permanent=_is_permanent(why)) from None
        except OSError as why:
            raise DeliveryFailed(
                f"the mail server broke off ({type(why).__name__})", permanent=False
            ) from None
        finally:
            _leave(connection)

    def unreachable(self) -> str:
        """Why no mail can be handed in now; empty: it can."""
        try:
            connection = self._connected()
        except smtplib.SMTPException as why:
            return _told(why)
        except OSError as why:
            return f"the mail server does not answer ({type(why).__name__})"
        _leave(connection)
        return ""

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout_s, context=self._context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout_s)
        try:
            if server.security == "starttls":
                connection.starttls(context=self._context)
            if server.user:
                connection.login(server.user, server.password)
        except (smtplib.SMTPException, OSError):
            _leave(connection)
            raise
        return connection


def _leave(connection: smtplib.SMTP) -> None:
    """Say good-bye; a letter that was taken stays taken whatever the server says to that."""
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _is_permanent(why: smtplib.SMTPException) -> bool:
    """Whether the server refused this letter for good, not us or the moment."""
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in why.recipients.values())
    return isinstance(why, smtplib.SMTPDataError) and 500 <= why.smtp_code < 600


def _told(why: smtplib.SMTPException) -> str:
    """The server's answer, without addresses and without what we sent."""
    text: bytes | str
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(why.recipients.values()))
    elif isinstance(why, smtplib.SMTPResponseException):
        code, text = why.smtp_code, why.smtp_error
    elif isinstance(why, smtplib.SMTPNotSupportedError):
        return (
            "the mail server does not offer what is needed (STARTTLS, signing in, or addresses "
            "in other scripts); where it is on a network of yours, ?tls=none sends without"
        )
    else:
        return f"the mail server broke off ({type(why).__name__})"
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return without_addresses(f"the mail server answered {code}: {said}")


class FolderSender:
    """Lays each letter into a folder as a file that mail programs open."""

    def __init__(self, folder: Path, *, sender: str, clock: Callable[[], datetime]) -> None:
        self.folder = folder
        self._sender = sender
        self._clock = clock

    def send(self, outgoing: Outgoing, address: str, message: Message) -> None:
        """Write it, whole or not at all; a second time replaces the first."""
        mail = written(outgoing, address, message, sender=self._sender, at=self._clock())
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.folder / f".{outgoing.id}.{os.getpid()}"
            # Letters hold links that sign in: for the owner of the folder only.
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(mail.as_bytes())
            draft.replace(self.folder / f"{outgoing.id}.eml")
        except OSError as why:
            raise DeliveryFailed(
                f"the folder for mail cannot be written ({why.strerror})", permanent=False
            ) from None
