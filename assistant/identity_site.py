"""Reads the tokens in which a site says who its visitor is.

A token is a JWT signed by a key that we know by its `kid`, meant for us (`aud`), from the site
(`iss`), and short-lived. Everything else is refused, with a reason for the site's makers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import jwt
from jwt import PyJWK, PyJWKSet

from assistant.identity_rules import IdentityRules, tidy_address
from assistant.setting import SettingError

BadToken = jwt.PyJWTError
"""What the reading of any JWT fails with."""
LONGEST_S = 600
"""Seconds that a token may be valid for."""
SKEW_S = 60
"""Seconds by which the site's clock may differ from ours."""
PUBLIC = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
"""What a key of a JWKS file may sign by."""
MOST = 4096
"""Characters of the longest token that is read."""

Why = Literal[
    "not_configured", "unreadable", "unknown_key", "bad_signature", "wrong_audience",
    "wrong_issuer", "expired", "too_early", "too_long_lived", "no_subject",
]  # fmt: skip
MEANING: dict[Why, str] = {
    "not_configured": "This server knows no keys of a site (DATASET_ASSISTANT_SITE_KEYS).",
    "unreadable": "It is not a signed JWT with `kid`, `iss`, `aud`, `sub`, `iat` and `exp`.",
    "unknown_key": "Its `kid` is not one of DATASET_ASSISTANT_SITE_KEYS.",
    "bad_signature": "Its signature is not by the key that its `kid` names.",
    "wrong_audience": "Its `aud` is not DATASET_ASSISTANT_SITE_AUDIENCE.",
    "wrong_issuer": "Its `iss` is not DATASET_ASSISTANT_SITE_ISSUER.",
    "expired": "Its `exp` has passed; make a new one.",
    "too_early": "Its `iat` or `nbf` lies in the future; set the site's clock right.",
    "too_long_lived": "It is valid for more than 10 minutes; make `exp` at most `iat` + 600.",
    "no_subject": "Its `sub` is empty.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why somebody's word about a person is not believed; for the log of whoever gave it."""

    why: Why

    @property
    def text(self) -> str:
        """The reason in words."""
        return f"The site's token is refused. {MEANING[self.why]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A visitor as the site knows them."""

    subject: str
    email: str | None
    """Only where the site has confirmed it itself (`email_verified`)."""


class SiteTokens:
    """Reads tokens by the keys of the settings; a JWKS file is read again when it changes."""

    def __init__(self, rules: IdentityRules) -> None:
        """Raises `SettingError` when the JWKS file cannot be read."""
        self._rules = rules
        self._file = Path(rules.site_key_file) if rules.site_key_file else None
        self._read_at = 0
        self._public: dict[str, PyJWK] = {}
        if self._file is not None:
            self._public = _keys_in(self._file)
            self._read_at = self._file.stat().st_mtime_ns

    def read(self, token: str, *, now: datetime) -> Vouched | Refused:
        """Whom the token vouches for."""
        if not self._rules.site_keys and self._file is None:
            return Refused(why="not_configured")
        try:
            kid = jwt.get_unverified_header(token[:MOST]).get("kid")
        except jwt.InvalidTokenError:
            return Refused(why="unreadable")
        found = self._key(kid) if isinstance(kid, str) else None
        if found is None:
            return Refused(why="unknown_key")
        claims = self._claims(token, *found)
        if isinstance(claims, Refused):
            return claims
        late = _time_refused(claims, now.timestamp())
        return late or _vouched(claims)

    def _key(self, kid: str) -> tuple[str | PyJWK, list[str]] | None:
        for known, secret in self._rules.site_keys:
            if known == kid:
                return secret, ["HS256"]
        if self._file is not None and kid not in self._public:
            self._read_again(self._file)
        public = self._public.get(kid)
        if public is None or public.algorithm_name not in PUBLIC:
            return None
        return public, [public.algorithm_name]

    def _read_again(self, file: Path) -> None:
        try:
            changed_at = file.stat().st_mtime_ns
            if changed_at != self._read_at:
                self._public, self._read_at = _keys_in(file), changed_at
        except (OSError, SettingError):
            # The file is being replaced: the keys read before stay.
            return

    def _claims(
        self, token: str, key: str | PyJWK, algorithms: list[str]
    ) -> dict[str, object] | Refused:
        try:
            claims: dict[str, object] = jwt.decode(
                token,
                key,
                algorithms=algorithms,
                audience=self._rules.site_audience,
                issuer=self._rules.site_issuer,
                options={
                    "require": ["exp", "iat", "aud", "iss", "sub"],
                    # Times are judged by the caller's clock, below.
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.InvalidSignatureError:
            return Refused(why="bad_signature")
        except jwt.InvalidAudienceError:
            return Refused(why="wrong_audience")
        except jwt.InvalidIssuerError:
            return Refused(why="wrong_issuer")
        except (jwt.PyJWTError, ValueError, TypeError):
            return Refused(why="unreadable")
        return claims


def _keys_in(file: Path) -> dict[str, PyJWK]:
    try:
        found = PyJWKSet.from_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, jwt.PyJWTError) as why:
        raise SettingError(
            "DATASET_ASSISTANT_SITE_KEYS", str(file), "a readable JWKS file with public keys"
        ) from why
    return {key.key_id: key for key in found.keys if key.key_id}


def _time_refused(claims: dict[str, object], now: float) -> Refused | None:
    made, ends, begins = claims["iat"], claims["exp"], claims.get("nbf", claims["iat"])
    if not (
        isinstance(made, int | float)
        and isinstance(ends, int | float)
        and isinstance(begins, int | float)
    ):
        return Refused(why="unreadable")
    if now > ends + SKEW_S:
        return Refused(why="expired")
    if now < max(made, begins) - SKEW_S:
        return Refused(why="too_early")
    if ends - made > LONGEST_S:
        return Refused(why="too_long_lived")
    return None


def _vouched(claims: dict[str, object]) -> Vouched | Refused:
    subject, email = claims["sub"], claims.get("email")
    if not isinstance(subject, str) or not subject.strip():
        return Refused(why="no_subject")
    confirmed = claims.get("email_verified") is True
    address = tidy_address(email) if confirmed and isinstance(email, str) else None
    return Vouched(subject=subject, email=address)
