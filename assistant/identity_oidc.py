"""Signs people in with an OpenID Connect provider: authorization code with PKCE.

The only door to `authlib`, which speaks by `httpx2`. The provider's word is taken for an address
only where it says that it has confirmed it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import httpx2
import jwt
from jwt import PyJWKSet

from assistant.identity_rules import OidcRules, is_here, tidy_address

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

SCOPE = "openid email"
SIGNED_BY = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
SKEW_S = 60
PATIENCE_S = 10.0

OidcWhy = Literal["not_set", "unreachable", "refused", "bad_answer", "not_ours", "unconfirmed"]
MEANING: dict[OidcWhy, str] = {
    "not_set": "This server has no sign-in provider.",
    "unreachable": "The sign-in provider does not answer. Please try again in a while.",
    "refused": "The sign-in provider did not sign you in.",
    "bad_answer": "The sign-in provider's answer could not be verified. Please try again.",
    "not_ours": "This sign-in was not begun in this browser, or too long ago. Please begin again.",
    "unconfirmed": "The sign-in provider has not confirmed your e-mail address.",
}


class OidcRefused(Exception):
    """Nobody was signed in; the message is for the person."""

    def __init__(self, why: OidcWhy) -> None:
        super().__init__(MEANING[why])
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in under way: where to send the browser, and what to remember of it."""

    url: str
    state: str
    nonce: str
    verifier: str


class Oidc:
    """One provider; asks it anew for its addresses and keys at each sign-in."""

    def __init__(self, rules: OidcRules | None) -> None:
        self._set = rules

    @property
    def _rules(self) -> OidcRules:
        if self._set is None:
            raise OidcRefused("not_set")
        return self._set

    def begin(self, *, back_to: str) -> Begun:
        """Where to send the browser, which comes back to `back_to`; raises `OidcRefused`."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._client(back_to) as client:
            endpoint = _address(self._discover(client), "authorization_endpoint")
            url, _ = client.create_authorization_url(
                endpoint, state=state, nonce=nonce, code_verifier=verifier
            )
        return Begun(url=url, state=state, nonce=nonce, verifier=verifier)

    def finish(self, begun: Mapping[str, str], *, code: str, state: str, back_to: str) -> str:
        """The confirmed address of who came back; raises `OidcRefused`."""
        if not state or not secrets.compare_digest(state, begun.get("state", "")):
            raise OidcRefused("not_ours")
        with self._client(back_to) as client:
            found = self._discover(client)
            tokens = self._tokens(client, found, code=code, verifier=begun.get("verifier", ""))
            claims = self._claims(client, found, tokens, nonce=begun.get("nonce", ""))
            if "email" not in claims and "userinfo_endpoint" in found:
                claims = self._more(client, found, claims)
        email = claims.get("email")
        address = tidy_address(email) if isinstance(email, str) else None
        if address is None or claims.get("email_verified") is not True:
            raise OidcRefused("unconfirmed")
        return address

    def _client(self, back_to: str) -> OAuth2Client:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self._rules.client,
            self._rules.secret or None,
            token_endpoint_auth_method="client_secret_basic" if self._rules.secret else "none",
            scope=SCOPE,
            redirect_uri=back_to,
            code_challenge_method="S256",
            timeout=PATIENCE_S,
        )

    def _discover(self, client: OAuth2Client) -> dict[str, object]:
        found = _json(client, f"{self._rules.issuer}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self._rules.issuer:
            raise OidcRefused("bad_answer")
        return found

    def _tokens(
        self, client: OAuth2Client, found: Mapping[str, object], *, code: str, verifier: str
    ) -> Mapping[str, object]:
        from authlib.integrations.httpx_client import OAuthError

        endpoint = _address(found, "token_endpoint")
        try:
            tokens: Mapping[str, object] = client.fetch_token(
                endpoint, code=code, code_verifier=verifier
            )
        except OAuthError as why:
            raise OidcRefused("refused") from why
        except httpx2.HTTPError as why:
            raise OidcRefused("unreachable") from why
        except ValueError as why:
            raise OidcRefused("bad_answer") from why
        return tokens

    def _claims(
        self,
        client: OAuth2Client,
        found: Mapping[str, object],
        tokens: Mapping[str, object],
        *,
        nonce: str,
    ) -> dict[str, object]:
        token = tokens.get("id_token")
        try:
            keys = PyJWKSet.from_dict(_json(client, _address(found, "jwks_uri")))
            header = jwt.get_unverified_header(str(token))
            key = next(
                (each for each in keys.keys if header.get("kid") in (None, each.key_id)), None
            )
            if key is None or key.algorithm_name not in SIGNED_BY:
                raise OidcRefused("bad_answer")
            claims: dict[str, object] = jwt.decode(
                str(token),
                key,
                algorithms=[key.algorithm_name],
                audience=self._rules.client,
                issuer=str(found["issuer"]),
                leeway=SKEW_S,
                options={"require": ["exp", "iat", "aud", "iss", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as why:
            raise OidcRefused("bad_answer") from why
        if claims.get("nonce") != nonce or claims.get("azp", self._rules.client) != (
            self._rules.client
        ):
            raise OidcRefused("bad_answer")
        return claims

    def _more(
        self, client: OAuth2Client, found: Mapping[str, object], claims: dict[str, object]
    ) -> dict[str, object]:
        told = _json(client, _address(found, "userinfo_endpoint"), signed_in=True)
        if told.get("sub") != claims.get("sub"):
            raise OidcRefused("bad_answer")
        return told


def _json(client: OAuth2Client, url: str, *, signed_in: bool = False) -> dict[str, object]:
    try:
        answer = client.request(
            "GET", url, withhold_token=not signed_in, headers={"accept": "application/json"}
        )
        found = answer.json() if answer.status_code == 200 else None
    except httpx2.HTTPError as why:
        raise OidcRefused("unreachable") from why
    except ValueError as why:
        raise OidcRefused("bad_answer") from why
    if not isinstance(found, dict):
        raise OidcRefused("unreachable" if answer.status_code >= 500 else "bad_answer")
    return found


def _address(found: Mapping[str, object], name: str) -> str:
    """An address that the provider names, which must be private to read: https, or this machine."""
    url = str(found.get(name, ""))
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here(parts.hostname or "")):
        raise OidcRefused("bad_answer")
    return url
