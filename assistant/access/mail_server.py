"""Where mail is handed in, read from one address."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_EXPECTED = (
    "an address such as smtp://user:password@mail.example:587 (STARTTLS), "
    "smtps://user:password@mail.example (TLS), or smtp://relay.internal:25?tls=none"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str) -> MailServer:
    """The server of an address; raises ValueError, without its password, for an unreadable one.

    `smtp://` demands STARTTLS, except on this machine and where `?tls=none` allows none.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(_EXPECTED) from None
    query = parse_qs(parts.query)
    asked = query.get("tls", ["yes"])
    odd = set(query) - {"tls"} or asked not in (["yes"], ["none"])
    if parts.scheme not in _PORTS or not parts.hostname or odd or parts.path not in ("", "/"):
        raise ValueError(_EXPECTED)
    plain = asked == ["none"] or _is_here(parts.hostname)
    security: Literal["tls", "starttls", "none"] = "none" if plain else "starttls"
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        security="tls" if parts.scheme == "smtps" else security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
