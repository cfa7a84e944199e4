"""Signing in with an OpenID Connect provider, against one on loopback that may lie."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assistant.identity import Identity
from assistant.identity_oidc import OidcRefused
from assistant.identity_rules import IdentityRules, OidcRules
from assistant.identity_store import open_identity_store
from assistant.secret import Box
from assistant.settings import SettingError, Settings
from tests.assistant.issuer import CLIENT, CLIENT_SECRET, Issuer, issuing

BACK = "http://127.0.0.1:8000/sign-in/oidc"


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


@pytest.fixture
def identity(tmp_path: Path, issuer: Issuer) -> Iterator[Identity]:
    store = open_identity_store(f"sqlite:///{tmp_path}/identity.db")
    rules = IdentityRules(oidc=OidcRules(issuer=issuer.url, client=CLIENT, secret=CLIENT_SECRET))
    yield Identity(Box(["a secret that is long"]), rules, store, clock=lambda: datetime.now(UTC))
    store.close()


def signed_in(identity: Identity, issuer: Issuer) -> tuple[str | None, str]:
    """Go there and come back; the address and where to go on."""
    url, note = identity.begin_oidc(back_to=BACK, then="/requests")
    code, state = issuer.press(url)
    asker, then = identity.finish_oidc(note, code=code, state=state, back_to=BACK)
    return asker.email, then


def test_a_person_goes_there_says_yes_and_comes_back_signed_in(
    identity: Identity, issuer: Issuer
) -> None:
    assert signed_in(identity, issuer) == ("mara@example.org", "/requests")


def test_the_browser_is_sent_with_a_code_challenge_a_state_and_a_nonce(
    identity: Identity,
) -> None:
    url, note = identity.begin_oidc(back_to=BACK, then="/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid email"
    assert len(asked["state"]) > 20
    assert len(asked["nonce"]) > 20
    assert asked["state"] not in note


def test_an_address_is_asked_for_where_the_token_has_none(
    identity: Identity, issuer: Issuer
) -> None:
    issuer.claims = {"email": None, "email_verified": None}
    issuer.userinfo = {"sub": "7", "email": "mara@example.org", "email_verified": True}
    assert signed_in(identity, issuer)[0] == "mara@example.org"
    issuer.userinfo["sub"] = "8"
    with pytest.raises(OidcRefused, match="could not be verified"):
        signed_in(identity, issuer)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"email_verified": False}, "unconfirmed"),
        ({"email_verified": None}, "unconfirmed"),
        ({"email_verified": "true"}, "unconfirmed"),
        ({"email": None}, "unconfirmed"),
        ({"email": "mara"}, "unconfirmed"),
        ({"aud": "another"}, "bad_answer"),
        ({"azp": "another"}, "bad_answer"),
        ({"iss": "https://evil.example"}, "bad_answer"),
        ({"nonce": "another"}, "bad_answer"),
        ({"nonce": None}, "bad_answer"),
        ({"exp": int(time.time()) - 3600}, "bad_answer"),
        ({"sub": None}, "bad_answer"),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_signs_nobody_in(
    identity: Identity, issuer: Issuer, claims: dict[str, object], why: str
) -> None:
    issuer.claims = claims
    with pytest.raises(OidcRefused) as refused:
        signed_in(identity, issuer)
    assert refused.value.why == why


def test_a_token_signed_by_another_key_signs_nobody_in(identity: Identity, issuer: Issuer) -> None:
    issuer.signs_with = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(OidcRefused, match="could not be verified"):
        signed_in(identity, issuer)


def test_what_comes_back_is_taken_once_and_from_the_browser_that_began(
    identity: Identity, issuer: Issuer
) -> None:
    url, note = identity.begin_oidc(back_to=BACK, then="/")
    _, other = identity.begin_oidc(back_to=BACK, then="/")
    code, state = issuer.press(url)
    for wrong in (other, "", "nonsense"):
        with pytest.raises(OidcRefused, match="not begun in this browser"):
            identity.finish_oidc(wrong, code=code, state=state, back_to=BACK)
    asker, _ = identity.finish_oidc(note, code=code, state=state, back_to=BACK)
    assert asker.email == "mara@example.org"
    with pytest.raises(OidcRefused, match="not begun in this browser"):
        identity.finish_oidc(note, code=code, state=state, back_to=BACK)


def test_a_code_that_the_provider_does_not_know_is_refused(identity: Identity) -> None:
    url, note = identity.begin_oidc(back_to=BACK, then="/")
    state = parse_qs(urlsplit(url).query)["state"][0]
    with pytest.raises(OidcRefused, match="did not sign you in"):
        identity.finish_oidc(note, code="stolen", state=state, back_to=BACK)


@pytest.mark.parametrize(
    "document",
    [{"issuer": "https://evil.example"}, {"authorization_endpoint": "http://evil.example/a"}],
)
def test_a_provider_that_names_strange_addresses_is_not_followed(
    identity: Identity, issuer: Issuer, document: dict[str, object]
) -> None:
    issuer.document = document
    with pytest.raises(OidcRefused, match="could not be verified"):
        identity.begin_oidc(back_to=BACK, then="/")


def test_a_provider_that_is_away_is_told_so(tmp_path: Path) -> None:
    store = open_identity_store(f"sqlite:///{tmp_path}/identity.db")
    rules = IdentityRules(oidc=OidcRules(issuer="http://127.0.0.1:9", client=CLIENT))
    away = Identity(Box(["a secret that is long"]), rules, store, clock=lambda: datetime.now(UTC))
    with pytest.raises(OidcRefused, match="does not answer"):
        away.begin_oidc(back_to=BACK, then="/")
    none = Identity(
        Box(["a secret that is long"]), replace(rules, oidc=None), store,
        clock=lambda: datetime.now(UTC),
    )  # fmt: skip
    with pytest.raises(OidcRefused, match="no sign-in provider"):
        none.begin_oidc(back_to=BACK, then="/")
    store.close()


def test_the_providers_settings_come_together_and_its_address_is_private_to_read() -> None:
    issuer = {"DATASET_ASSISTANT_OIDC_ISSUER": "https://sign.example"}
    with pytest.raises(SettingError, match="DATASET_ASSISTANT_OIDC_CLIENT"):
        Settings.from_env(issuer)
    client = {"DATASET_ASSISTANT_OIDC_CLIENT": "a", "DATASET_ASSISTANT_OIDC_SECRET": "hush"}
    settings = Settings.from_env({**issuer, **client})
    assert settings.identity.oidc == OidcRules(
        issuer="https://sign.example", client="a", secret="hush"
    )
    assert "hush" not in repr(settings)
    with pytest.raises(SettingError, match="https://"):
        Settings.from_env({**client, "DATASET_ASSISTANT_OIDC_ISSUER": "http://sign.example"})
