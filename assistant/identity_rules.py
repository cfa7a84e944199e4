"""The settings of who may speak as whom: rows of the table, and their checked values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from assistant.setting import Read, Setting, SettingError, words

Network = IPv4Network | IPv6Network
SHORTEST_KEY = 32
"""Characters of a key that a site may sign with."""
_ADDRESS = re.compile(r"[^\s@<>\"',;:\\()\[\]]+@[^\s@<>\"',;:\\()\[\]]+\.[^\s@<>\"',;:\\()\[\].]+")

ROWS: tuple[Setting, ...] = (
    Setting(
        name="DATASET_ASSISTANT_URL",
        default="",
        meaning="Public web address of this server, for links in mail and for sign-in: "
        "https://data.example.org; empty: the address it listens on",
    ),
    Setting(
        name="DATASET_ASSISTANT_ADMINISTRATORS",
        default="",
        meaning="E-mail addresses of the administrators, with commas between",
    ),
    Setting(
        name="DATASET_ASSISTANT_SITE_KEYS",
        default="",
        meaning="Keys by which a site signs who its visitors are: kid:secret, with commas between, "
        "or the path of a JWKS file with public keys",
    ),
    Setting(
        name="DATASET_ASSISTANT_SITE_ISSUER",
        default="",
        meaning="Who signs those tokens (their `iss`); needed with DATASET_ASSISTANT_SITE_KEYS",
    ),
    Setting(
        name="DATASET_ASSISTANT_SITE_AUDIENCE",
        default="dataset-assistant",
        meaning="Whom those tokens are for (their `aud`)",
    ),
    Setting(
        name="DATASET_ASSISTANT_TRUSTED_HEADER",
        default="",
        meaning="Header in which a proxy that signs people in passes their e-mail address on, "
        "such as X-Forwarded-Email",
    ),
    Setting(
        name="DATASET_ASSISTANT_TRUSTED_PROXIES",
        default="",
        meaning="Addresses or networks of the proxies whose headers are believed, with commas "
        "between: 10.0.0.5, 10.1.0.0/16",
    ),
    Setting(
        name="DATASET_ASSISTANT_OIDC_ISSUER",
        default="",
        meaning="Address of an OpenID Connect provider that people may sign in with",
    ),
    Setting(
        name="DATASET_ASSISTANT_OIDC_CLIENT", default="", meaning="Our client id at that provider"
    ),
    Setting(
        name="DATASET_ASSISTANT_OIDC_SECRET",
        default="",
        meaning="Our client secret at that provider; empty: a public client",
    ),
    Setting(
        name="DATASET_ASSISTANT_DEV_SIGN_IN",
        default="0",
        meaning="1: anybody may sign in as anybody, for development; refused on a public address",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcRules:
    """An OpenID Connect provider and our place there."""

    issuer: str
    client: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRules:
    """Who is believed about whom."""

    url: str = ""
    """Public address without a slash at its end; empty: unknown."""
    administrators: frozenset[str] = frozenset()
    site_keys: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Key id and shared secret."""
    site_key_file: str = ""
    """Path of a JWKS file; empty: none."""
    site_issuer: str = ""
    site_audience: str = "dataset-assistant"
    trusted_header: str = ""
    """In small letters."""
    trusted_proxies: tuple[Network, ...] = ()
    oidc: OidcRules | None = None
    dev_sign_in: bool = False

    def believes(self, peer: str) -> bool:
        """Whether headers from this address are believed."""
        try:
            found = ip_address(peer)
        except ValueError:
            return False
        return any(found in network for network in self.trusted_proxies)

    def reached_from(self, peer: str, forwarded_for: str) -> str:
        """The address of who calls: the last one that no trusted proxy has."""
        hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
        while hops and self.believes(peer):
            peer = hops.pop()
        return peer


def tidy_address(text: str) -> str | None:
    """The e-mail address in the one spelling we keep; None when it is none.

    Only ASCII letters lose their case: wider folding would make one of two people's addresses.
    """
    tidy = "".join(c.lower() if c.isascii() else c for c in text.strip())
    return tidy if len(tidy) <= 254 and _ADDRESS.fullmatch(tidy) else None


def identity_rules(read: Read, *, host: str) -> IdentityRules:
    """The checked values; `host` is the address that the server listens on.

    Raises:
        SettingError: a value is not valid, or two do not go together.
    """
    keys, key_file = _site_keys(read)
    rules = IdentityRules(
        url=_url(read("DATASET_ASSISTANT_URL")),
        administrators=_addresses("DATASET_ASSISTANT_ADMINISTRATORS", read),
        site_keys=keys,
        site_key_file=key_file,
        site_issuer=read("DATASET_ASSISTANT_SITE_ISSUER"),
        site_audience=read("DATASET_ASSISTANT_SITE_AUDIENCE"),
        trusted_header=read("DATASET_ASSISTANT_TRUSTED_HEADER").lower(),
        trusted_proxies=_networks("DATASET_ASSISTANT_TRUSTED_PROXIES", read),
        oidc=_oidc(read),
        dev_sign_in=_switch("DATASET_ASSISTANT_DEV_SIGN_IN", read),
    )
    _together(rules, host)
    return rules


def _together(rules: IdentityRules, host: str) -> None:
    """Refuse values that are harmless alone and dangerous, or useless, together."""
    if (rules.site_keys or rules.site_key_file) and not rules.site_issuer:
        raise SettingError(
            "DATASET_ASSISTANT_SITE_ISSUER", "", "the `iss` of the site's tokens, as keys are set"
        )
    if rules.trusted_header and not rules.trusted_proxies:
        raise SettingError(
            "DATASET_ASSISTANT_TRUSTED_PROXIES",
            "",
            "the proxies that may send DATASET_ASSISTANT_TRUSTED_HEADER; anybody could otherwise",
        )
    public = next((where for where in (host, _host(rules.url)) if where and not is_here(where)), "")
    if rules.dev_sign_in and public:
        raise SettingError(
            "DATASET_ASSISTANT_DEV_SIGN_IN",
            "1",
            f"0 on a public address ({public!r}): with it anybody may be anybody. "
            "Set HOST=127.0.0.1 for development",
        )


def is_here(host: str) -> bool:
    """Whether a host name is this machine's own."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise SettingError(
            "DATASET_ASSISTANT_URL", value, "an address such as https://data.example"
        )
    return value.rstrip("/")


def _switch(name: str, read: Read) -> bool:
    value = read(name)
    if value not in ("0", "1"):
        raise SettingError(name, value, "0 or 1")
    return value == "1"


def _addresses(name: str, read: Read) -> frozenset[str]:
    found = set()
    for word in words(read(name)):
        tidy = tidy_address(word)
        if tidy is None:
            raise SettingError(name, word, "e-mail addresses with commas between")
        found.add(tidy)
    return frozenset(found)


def _networks(name: str, read: Read) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(word, strict=False) for word in words(read(name)))
    except ValueError as why:
        expected = "addresses or networks with commas between, such as 10.0.0.5, 10.1.0.0/16"
        raise SettingError(name, read(name), expected) from why


def _site_keys(read: Read) -> tuple[tuple[tuple[str, str], ...], str]:
    name = "DATASET_ASSISTANT_SITE_KEYS"
    value = read(name)
    if value.endswith((".json", ".jwks")):
        return (), value
    found = []
    for place, word in enumerate(words(value), 1):
        kid, _, secret = word.partition(":")
        if not kid.strip() or len(secret) < SHORTEST_KEY:
            raise SettingError(
                name,
                f"(key {place}, not shown)",
                f"kid:secret with a secret of at least {SHORTEST_KEY} characters, or the path of a "
                "JWKS file that ends in .json",
            )
        found.append((kid.strip(), secret))
    return tuple(found), ""


def _oidc(read: Read) -> OidcRules | None:
    issuer = read("DATASET_ASSISTANT_OIDC_ISSUER").rstrip("/")
    if not issuer:
        return None
    client = read("DATASET_ASSISTANT_OIDC_CLIENT")
    if not client:
        raise SettingError("DATASET_ASSISTANT_OIDC_CLIENT", "", "our client id at the provider")
    if urlsplit(issuer).scheme != "https" and not is_here(_host(issuer)):
        raise SettingError("DATASET_ASSISTANT_OIDC_ISSUER", issuer, "an address with https://")
    return OidcRules(issuer=issuer, client=client, secret=read("DATASET_ASSISTANT_OIDC_SECRET"))
