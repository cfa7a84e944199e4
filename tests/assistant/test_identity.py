"""Who speaks: cookies, links, a site's word, a proxy's word, keys of programs; and who does not."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assistant.identity import Identity
from assistant.identity_rules import IdentityRules, tidy_address
from assistant.identity_site import Refused
from assistant.identity_store import IdentityStore, KeyScope, open_identity_store
from assistant.identity_values import Purpose
from assistant.need import Asker
from assistant.secret import Box
from assistant.settings import SettingError, Settings

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECRET, NEWER = "a secret that is long", "another one that is newer"
SITE_KEY = "k" * 40
RULES = IdentityRules(
    administrators=frozenset({"ada@example.org"}),
    site_keys=(("2026", SITE_KEY), ("2025", "o" * 40)),
    site_issuer="https://site.example",
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[IdentityStore]:
    opened = open_identity_store(f"sqlite:///{tmp_path}/identity.db")
    yield opened
    opened.close()


@pytest.fixture
def identity(store: IdentityStore, clock: Clock) -> Identity:
    return Identity(Box([SECRET]), RULES, store, clock=clock)


def site_token(**changes: object) -> str:
    """A token as the site makes it; a field set to None is left out."""
    kid = str(changes.pop("kid", "2026"))
    key = changes.pop("key", SITE_KEY)
    claims: dict[str, object] = {
        "iss": "https://site.example",
        "aud": "dataset-assistant",
        "sub": "visitor-7",
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
        "email": "Mara@Example.org",
        "email_verified": True,
    }
    claims.update(changes)
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, str(key), algorithm="HS256", headers={"kid": kid})


def test_a_cookie_tells_who_the_browser_was_given_to(identity: Identity) -> None:
    mara = identity.person("Mara@example.org ")
    assert mara is not None
    assert (mara.role, mara.email) == ("person", "mara@example.org")
    assert identity.asker_from_cookie(identity.cookie_for(mara, now=NOW)) == mara
    visitor = identity.visitor()
    assert identity.asker_from_cookie(identity.cookie_for(visitor, now=NOW)) == visitor
    assert visitor.email is None
    assert identity.visitor().id != visitor.id


def test_a_cookie_shows_nobody_an_address_and_none_is_in_the_id(identity: Identity) -> None:
    mara = identity.person("mara@example.org")
    assert mara is not None
    assert "mara" not in identity.cookie_for(mara, now=NOW)
    assert "mara" not in mara.id


def test_a_cookie_that_is_old_changed_or_foreign_is_nobodys(
    identity: Identity, store: IdentityStore, clock: Clock
) -> None:
    mara = identity.person("mara@example.org")
    assert mara is not None
    cookie = identity.cookie_for(mara, now=NOW)
    other = Identity(Box(["of another server entirely"]), RULES, store, clock=clock)
    assert other.asker_from_cookie(cookie) is None
    for wrong in (None, "", "x", cookie[:-4] + "AAAA", "é" * 9, "x" * 9000):
        assert identity.asker_from_cookie(wrong) is None
    clock.at += timedelta(days=31)
    assert identity.asker_from_cookie(cookie) is None


def test_a_new_secret_before_the_old_one_signs_nobody_out(
    identity: Identity, store: IdentityStore, clock: Clock
) -> None:
    mara = identity.person("mara@example.org")
    assert mara is not None
    cookie = identity.cookie_for(mara, now=NOW)
    turned = Identity(Box([NEWER, SECRET]), RULES, store, clock=clock)
    found = turned.asker_from_cookie(cookie)
    assert found is not None
    assert found.email == "mara@example.org"
    assert turned.is_form_token(identity.form_token(cookie), cookie)


def test_a_cookie_that_was_signed_out_is_nobodys_in_every_process(
    identity: Identity, tmp_path: Path, clock: Clock
) -> None:
    address = f"sqlite:///{tmp_path / 'shared.db'}"
    one, other = (
        Identity(Box([SECRET]), RULES, open_identity_store(address), clock=clock) for _ in range(2)
    )
    mara = one.person("mara@example.org")
    assert mara is not None
    cookie, elsewhere = one.cookie_for(mara, now=NOW), one.cookie_for(mara, now=NOW)
    one.end_cookie(cookie)
    one.end_cookie(cookie)
    assert other.asker_from_cookie(cookie) is None
    assert other.asker_from_cookie(elsewhere) == mara
    for nobodys in (None, "", "x", one.cookie_for(one.visitor(), now=NOW)):
        one.end_cookie(nobodys)
    assert identity.asker_from_cookie(cookie) == mara  # another server's, which was told nothing


def test_all_of_a_persons_cookies_end_at_once_and_later_ones_are_good(
    identity: Identity, clock: Clock
) -> None:
    mara, tom = identity.person("mara@example.org"), identity.person("tom@example.org")
    assert mara is not None and tom is not None
    cookies = [identity.cookie_for(mara, now=clock.at) for _ in range(3)]
    his = identity.cookie_for(tom, now=clock.at)
    clock.at += timedelta(days=1)
    identity.end_all(mara)
    assert [identity.asker_from_cookie(each) for each in cookies] == [None] * 3
    assert identity.asker_from_cookie(his) == tom
    clock.at += timedelta(seconds=1)
    later = identity.cookie_for(mara, now=clock.at)
    assert identity.asker_from_cookie(later) == mara
    identity.end_all(mara)
    assert identity.asker_from_cookie(later) is None


def test_what_is_noted_of_ended_sessions_goes_when_no_cookie_can_be_so_old(
    identity: Identity, store: IdentityStore, clock: Clock
) -> None:
    mara = identity.person("mara@example.org")
    assert mara is not None
    identity.end_all(mara)
    clock.at += timedelta(days=31)
    identity.end_cookie(identity.cookie_for(mara, now=clock.at))
    assert not store.is_ended([mara.id], ends=NOW)


def test_administrators_are_those_of_the_setting_and_stop_being_it_at_once(
    identity: Identity, store: IdentityStore, clock: Clock
) -> None:
    ada = identity.person("ADA@example.org")
    assert ada is not None
    assert ada.role == "administrator"
    later = Identity(Box([SECRET]), replace(RULES, administrators=frozenset()), store, clock=clock)
    found = later.asker_from_cookie(identity.cookie_for(ada, now=NOW))
    assert found is not None
    assert found.role == "person"


def test_a_form_is_taken_from_the_browser_that_got_it_only(identity: Identity) -> None:
    mine = identity.cookie_for(identity.visitor(), now=NOW)
    other = identity.cookie_for(identity.visitor(), now=NOW)
    assert identity.is_form_token(identity.form_token(mine), mine)
    assert not identity.is_form_token(identity.form_token(other), mine)
    assert not identity.is_form_token("", mine)
    assert not identity.is_form_token(identity.form_token(""), "")


def test_a_mail_link_is_good_once_for_its_purpose_and_in_time(
    identity: Identity, clock: Clock
) -> None:
    token = identity.mail_token("m@example.org", purpose="confirm", about="r1", now=NOW)
    assert "example" not in token
    assert identity.read_mail_token(token, purpose="sign_in", now=NOW) is None
    seen = identity.look_at_mail_token(token, purpose="confirm", now=NOW)
    assert seen is not None
    read = identity.read_mail_token(token, purpose="confirm", now=NOW)
    assert read == seen
    assert (seen.email, seen.about) == ("m@example.org", "r1")
    assert identity.read_mail_token(token, purpose="confirm", now=NOW) is None
    assert identity.look_at_mail_token(token, purpose="confirm", now=NOW) is None


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        ("sign_in", timedelta(minutes=30)),
        ("confirm", timedelta(days=3)),
        ("decide", timedelta(days=14)),
    ],
)
def test_a_mail_link_ends(identity: Identity, purpose: Purpose, lasts: timedelta) -> None:
    token = identity.mail_token("m@example.org", purpose=purpose, now=NOW)
    almost, after = NOW + lasts - timedelta(seconds=1), NOW + lasts
    assert identity.look_at_mail_token(token, purpose=purpose, now=after) is None
    assert identity.read_mail_token(token, purpose=purpose, now=almost) is not None


def test_a_cookie_is_no_mail_link_and_a_mail_link_no_cookie(identity: Identity) -> None:
    mara = identity.person("mara@example.org")
    assert mara is not None
    cookie = identity.cookie_for(mara, now=NOW)
    assert identity.read_mail_token(cookie, purpose="sign_in", now=NOW) is None
    link = identity.mail_token("mara@example.org", purpose="sign_in", now=NOW)
    assert identity.asker_from_cookie(link) is None


def test_of_many_who_press_one_link_at_once_one_gets_in(identity: Identity) -> None:
    token = identity.mail_token("m@example.org", purpose="sign_in", now=NOW)
    got: list[bool] = []

    def press() -> None:
        got.append(identity.read_mail_token(token, purpose="sign_in", now=NOW) is not None)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]


def test_the_sites_word_about_a_visitor_is_believed(identity: Identity) -> None:
    found = identity.asker_from_site_token(site_token(), now=NOW)
    assert found == identity.person("mara@example.org")


def test_an_older_key_of_the_site_is_still_good_beside_the_newer(identity: Identity) -> None:
    found = identity.asker_from_site_token(site_token(kid="2025", key="o" * 40), now=NOW)
    assert isinstance(found, Asker)


@pytest.mark.parametrize("confirmed", [False, None, "true"])
def test_an_address_that_the_site_has_not_confirmed_is_nobodys(
    identity: Identity, confirmed: object
) -> None:
    found = identity.asker_from_site_token(site_token(email_verified=confirmed), now=NOW)
    assert isinstance(found, Asker)
    assert (found.role, found.email) == ("visitor", None)
    again = identity.asker_from_site_token(site_token(email=None), now=NOW)
    assert isinstance(again, Asker)
    assert again.id == found.id


AT = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kid": "2024"}, "unknown_key"),
        ({"key": "z" * 40}, "bad_signature"),
        ({"kid": "2025"}, "bad_signature"),
        ({"aud": "another"}, "wrong_audience"),
        ({"aud": None}, "unreadable"),
        ({"iss": "https://evil.example"}, "wrong_issuer"),
        ({"iss": None}, "unreadable"),
        ({"exp": None}, "unreadable"),
        ({"iat": None}, "unreadable"),
        ({"sub": None}, "unreadable"),
        ({"sub": " "}, "no_subject"),
        ({"iat": AT - 400, "exp": AT - 61}, "expired"),
        ({"iat": AT + 61, "exp": AT + 300}, "too_early"),
        ({"nbf": AT + 120}, "too_early"),
        ({"exp": AT + 601}, "too_long_lived"),
    ],
)
def test_another_word_than_the_sites_is_refused(
    identity: Identity, changes: dict[str, object], why: str
) -> None:
    found = identity.asker_from_site_token(site_token(**changes), now=NOW)
    assert isinstance(found, Refused)
    assert found.why == why
    assert found.text.startswith("The site's token is refused.")


def test_clocks_may_differ_by_a_minute(identity: Identity) -> None:
    for late in ({"iat": AT + 59, "exp": AT + 300}, {"iat": AT - 300, "exp": AT - 59}):
        assert isinstance(identity.asker_from_site_token(site_token(**late), now=NOW), Asker)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "x" * 100_000])
def test_what_is_no_token_is_refused(identity: Identity, token: str) -> None:
    found = identity.asker_from_site_token(token, now=NOW)
    assert isinstance(found, Refused)
    assert found.why == "unreadable"


def test_a_token_without_a_signature_is_refused(identity: Identity) -> None:
    unsigned = jwt.encode(
        {"iss": "https://site.example", "aud": "dataset-assistant", "sub": "x", "iat": AT,
         "exp": AT + 60},
        "", algorithm="none", headers={"kid": "2026"},
    )  # fmt: skip
    assert isinstance(identity.asker_from_site_token(unsigned, now=NOW), Refused)


def jwks(path: Path, *kids: str) -> Callable[[str], str]:
    """Write a JWKS file with a public key of each name; returns what signs by one of them."""
    made = {kid: ec.generate_private_key(ec.SECP256R1()) for kid in kids}
    keys = []
    for kid, key in made.items():
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
        keys.append({**public, "kid": kid, "alg": "ES256", "use": "sig"})
    path.write_text(json.dumps({"keys": keys}), encoding="utf-8")

    def sign(kid: str) -> str:
        claims = {"iss": "https://site.example", "aud": "dataset-assistant", "sub": "x",
                  "iat": AT, "exp": AT + 60}  # fmt: skip
        return jwt.encode(claims, made[kid], algorithm="ES256", headers={"kid": kid})

    return sign


def test_public_keys_come_from_a_file_that_may_change_while_we_run(
    store: IdentityStore, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "site.json"
    first = jwks(file, "one")
    rules = IdentityRules(site_key_file=str(file), site_issuer="https://site.example")
    identity = Identity(Box([SECRET]), rules, store, clock=clock)
    assert isinstance(identity.asker_from_site_token(first("one"), now=NOW), Asker)
    second = jwks(file, "two")
    assert isinstance(identity.asker_from_site_token(second("two"), now=NOW), Asker)
    assert isinstance(identity.asker_from_site_token(first("one"), now=NOW), Refused)


def test_a_public_key_is_not_taken_for_a_shared_secret(
    store: IdentityStore, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "site.json"
    jwks(file, "one")
    rules = IdentityRules(site_key_file=str(file), site_issuer="https://site.example")
    identity = Identity(Box([SECRET]), rules, store, clock=clock)
    forged = site_token(kid="one", key=file.read_text()[:60])
    found = identity.asker_from_site_token(forged, now=NOW)
    assert isinstance(found, Refused)


def test_a_key_file_that_is_not_there_is_told_at_the_start(
    store: IdentityStore, clock: Clock, tmp_path: Path
) -> None:
    rules = IdentityRules(
        site_key_file=str(tmp_path / "none.json"), site_issuer="https://s.example"
    )
    with pytest.raises(SettingError, match="DATASET_ASSISTANT_SITE_KEYS.*none.json"):
        Identity(Box([SECRET]), rules, store, clock=clock)


def test_a_proxys_header_is_believed_from_that_proxy_only(
    store: IdentityStore, clock: Clock
) -> None:
    settings = Settings.from_env({
        "DATASET_ASSISTANT_TRUSTED_HEADER": "X-Forwarded-Email",
        "DATASET_ASSISTANT_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
    })  # fmt: skip
    identity = Identity(Box([SECRET]), settings.identity, store, clock=clock)
    assert identity.asker_from_headers({"X-FORWARDED-EMAIL": "M@example.org"}) == identity.person(
        "m@example.org"
    )
    assert identity.asker_from_headers({"x-forwarded-email": "nonsense"}) is None
    assert identity.asker_from_headers({"other": "m@example.org"}) is None
    for peer, believed in (("10.2.3.4", True), ("::1", True), ("11.0.0.1", False), ("", False)):
        assert identity.is_believed("X-Forwarded-Email", peer=peer) is believed
        assert identity.is_believed("accept", peer=peer)


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("10.0.0.1", "9.9.9.9, 7.7.7.7", "7.7.7.7"),
        ("10.0.0.1", "9.9.9.9, 7.7.7.7, 10.0.0.2", "7.7.7.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("8.8.8.8", "9.9.9.9", "8.8.8.8"),
    ],
)
def test_who_calls_is_the_last_address_that_no_trusted_proxy_has(
    peer: str, forwarded: str, found: str
) -> None:
    settings = Settings.from_env({"DATASET_ASSISTANT_TRUSTED_PROXIES": "10.0.0.0/8"})
    assert settings.identity.reached_from(peer, forwarded) == found


def test_without_the_setting_no_header_says_who_somebody_is(identity: Identity) -> None:
    assert identity.asker_from_headers({"": "m@example.org", "x-user": "m@example.org"}) is None


def test_a_programs_key_speaks_for_its_person_until_it_is_revoked(
    identity: Identity, store: IdentityStore
) -> None:
    made = identity.make_key(
        "Mara@example.org", scopes=frozenset({"read", "request"}), label="cron", lasts=None, now=NOW
    )
    found = identity.asker_from_api_key(made.words)
    assert found == (identity.person("mara@example.org"), frozenset({"read", "request"}))
    kept = store.key(made.row.id)
    assert kept is not None
    assert made.words not in repr(kept)
    assert "mara" not in repr(kept)
    assert identity.revoke_key(made.row.id, now=NOW)
    assert not identity.revoke_key(made.row.id, now=NOW)
    assert identity.asker_from_api_key(made.words) is None


def test_a_programs_key_ends_and_a_wrong_one_is_nobodys(identity: Identity, clock: Clock) -> None:
    made = identity.make_key(
        "m@example.org", scopes=frozenset({"read"}), label="", lasts=timedelta(days=1), now=NOW
    )
    for wrong in ("", "da", "da_x_y", made.words + "x", made.words[:-1], f"xx{made.words[2:]}"):
        assert identity.asker_from_api_key(wrong) is None
    clock.at += timedelta(days=1)
    assert identity.asker_from_api_key(made.words) is None


@pytest.mark.parametrize(("scope", "role"), [("read", "person"), ("admin", "administrator")])
def test_an_administrators_key_administers_only_with_that_scope(
    identity: Identity, scope: KeyScope, role: str
) -> None:
    scopes: frozenset[KeyScope] = frozenset({scope})
    made = identity.make_key("ada@example.org", scopes=scopes, label="", lasts=None, now=NOW)
    found = identity.asker_from_api_key(made.words)
    assert found is not None
    assert found[0].role == role


def test_a_note_to_ourselves_is_read_for_its_matter_and_in_time(
    identity: Identity, clock: Clock
) -> None:
    note = identity.sealed_note("oidc", {"state": "s"}, lasts=timedelta(minutes=10))
    found = identity.opened_note("oidc", note)
    assert found is not None
    assert found["state"] == "s"
    assert identity.opened_note("other", note) is None
    clock.at += timedelta(minutes=10)
    assert identity.opened_note("oidc", note) is None


def test_signing_in_as_anybody_is_off_unless_set(store: IdentityStore, clock: Clock) -> None:
    off = Identity(Box([SECRET]), RULES, store, clock=clock)
    assert off.developer("m@example.org") is None
    on = Identity(Box([SECRET]), replace(RULES, dev_sign_in=True), store, clock=clock)
    assert on.developer("m@example.org") == on.person("m@example.org")


@pytest.mark.parametrize(
    "environ",
    [
        {"HOST": "0.0.0.0"},
        {"HOST": "::"},
        {"HOST": "192.168.1.4"},
        {"DATASET_ASSISTANT_URL": "https://data.example"},
    ],
)
def test_signing_in_as_anybody_is_refused_on_a_public_address(environ: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="DATASET_ASSISTANT_DEV_SIGN_IN.*public address"):
        Settings.from_env({**environ, "DATASET_ASSISTANT_DEV_SIGN_IN": "1"})
    here = {"HOST": "127.0.0.1", "DATASET_ASSISTANT_DEV_SIGN_IN": "1"}
    assert Settings.from_env(here).identity.dev_sign_in


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"DATASET_ASSISTANT_URL": "data.example"}, "DATASET_ASSISTANT_URL"),
        ({"DATASET_ASSISTANT_ADMINISTRATORS": "ada"}, "DATASET_ASSISTANT_ADMINISTRATORS"),
        ({"DATASET_ASSISTANT_SITE_KEYS": "a:short"}, "DATASET_ASSISTANT_SITE_KEYS"),
        ({"DATASET_ASSISTANT_SITE_KEYS": "a:" + "k" * 32}, "DATASET_ASSISTANT_SITE_ISSUER"),
        ({"DATASET_ASSISTANT_TRUSTED_HEADER": "X-User"}, "DATASET_ASSISTANT_TRUSTED_PROXIES"),
        ({"DATASET_ASSISTANT_TRUSTED_PROXIES": "proxy"}, "DATASET_ASSISTANT_TRUSTED_PROXIES"),
        ({"DATASET_ASSISTANT_DEV_SIGN_IN": "yes"}, "DATASET_ASSISTANT_DEV_SIGN_IN"),
    ],
)
def test_a_setting_that_is_not_valid_or_lacks_its_other_half_is_refused(
    environ: dict[str, str], name: str
) -> None:
    with pytest.raises(SettingError, match=f"Setting {name} is"):
        Settings.from_env(environ)


def test_a_sites_key_shows_in_no_error_and_no_print() -> None:
    with pytest.raises(SettingError) as refused:
        Settings.from_env({"DATASET_ASSISTANT_SITE_KEYS": "a:hush"})
    assert "hush" not in str(refused.value)
    settings = Settings.from_env({
        "DATASET_ASSISTANT_SITE_KEYS": f"a:{SITE_KEY}",
        "DATASET_ASSISTANT_SITE_ISSUER": "https://site.example",
    })  # fmt: skip
    assert SITE_KEY not in repr(settings)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        (" Mara@Example.ORG ", "mara@example.org"),
        ("a.b+c@sub.example.co.uk", "a.b+c@sub.example.co.uk"),
        ("søren@exämple.org", "søren@exämple.org"),
        ("Straße@Example.org", "straße@example.org"),
        ("\u212aim@example.org", "\u212aim@example.org"),
        ("mara", None),
        ("a@b", None),
        ("a@b.c, d@e.f", None),
        ("Mara <mara@example.org>", None),
        ("a@example.org\nBcc: b@example.org", None),
        ("x" * 250 + "@example.org", None),
        ("", None),
    ],
)
def test_an_address_is_kept_in_one_spelling_and_nothing_else_is_one(
    text: str, tidy: str | None
) -> None:
    assert tidy_address(text) == tidy
