"""The one place that knows who speaks.

Faces hand in what they were given (a cookie, a link's token, a site's token, a proxy's header, an
API key) and get an `Asker`, or none. An address is in an `Asker` only when it was confirmed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from assistant.identity_notes import Notes, moment
from assistant.identity_oidc import Oidc
from assistant.identity_oidc import OidcRefused as OidcRefused
from assistant.identity_rules import IdentityRules, tidy_address
from assistant.identity_site import BadToken as BadToken
from assistant.identity_site import Refused, SiteTokens
from assistant.identity_store import IdentityStore, KeyRow, KeyScope
from assistant.identity_values import MailToken, NewKey, Purpose
from assistant.need import Asker, Role
from assistant.secret import Box, SecretError

COOKIE = "dataset_assistant"
COOKIE_DAYS = 30
LINK_LASTS: dict[Purpose, timedelta] = {
    "sign_in": timedelta(minutes=30),
    "confirm": timedelta(days=3),
    "decide": timedelta(days=14),
}
OIDC_LASTS = timedelta(minutes=10)
KEY_BEGINS = "da"


class Identity:
    """Knows who speaks, by the keys of `box` and the settings in `rules`."""

    def __init__(
        self, box: Box, rules: IdentityRules, store: IdentityStore, *, clock: Callable[[], datetime]
    ) -> None:
        """Raises `SettingError` when the site's key file cannot be read."""
        self.rules = rules
        self._box = box
        self._notes = Notes(box)
        self._store = store
        self._clock = clock
        self._site = SiteTokens(rules)
        self._oidc = Oidc(rules.oidc)

    @property
    def cookie_name(self) -> str:
        """The name of our cookie."""
        return COOKIE

    @property
    def chat_key(self) -> str:
        """What the chat signs its own short word on who speaks with; the same in every process."""
        return self._box.keys("chat")[0].hex()

    # People

    def visitor(self) -> Asker:
        """Somebody new of whom nothing is known."""
        return Asker(id=f"visitor:{secrets.token_urlsafe(16)}")

    def person(self, email: str) -> Asker | None:
        """The person with this confirmed address; None when it is no address."""
        tidy = tidy_address(email)
        if tidy is None:
            return None
        known = self._box.mark(tidy, purpose="person")[:32]
        role: Role = "administrator" if tidy in self.rules.administrators else "person"
        return Asker(id=f"person:{known}", role=role, email=tidy)

    def developer(self, email: str) -> Asker | None:
        """Whoever they say they are; None unless DATASET_ASSISTANT_DEV_SIGN_IN is on."""
        return self.person(email) if self.rules.dev_sign_in else None

    # Cookie

    def cookie_for(self, asker: Asker, *, now: datetime) -> str:
        """A cookie's value that says who this browser is; nobody else can read or make one."""
        ends = now + timedelta(days=COOKIE_DAYS)
        return self._notes.seal("cookie", {
            "id": secrets.token_urlsafe(12), "who": asker.id, "email": asker.email or "",
            "ends": ends.timestamp(),
        })  # fmt: skip

    def asker_from_cookie(self, value: str | None) -> Asker | None:
        """Whom the cookie is of; None when it is none of ours, too old, or was ended."""
        said = self._notes.open("cookie", value or "", self._clock())
        if said is None:
            return None
        if not said.get("email"):
            return Asker(id=str(said["who"]))
        person = self.person(str(said["email"]))
        names = (f"cookie:{said['id']}", str(said["who"]), person.id if person else "")
        return None if self._store.is_ended(names, ends=moment(said["ends"])) else person

    def end_cookie(self, value: str | None) -> None:
        """Sign this browser out: its cookie is nobody's from now on, wherever a copy of it is."""
        now = self._clock()
        said = self._notes.open("cookie", value or "", now)
        if said is not None and said.get("email"):
            self._store.end(f"cookie:{said['id']}", until=moment(said["ends"]), now=now)

    def end_all(self, asker: Asker) -> None:
        """Sign this person out of every browser: all cookies made until now are nobody's."""
        now = self._clock()
        self._store.end(asker.id, until=now + timedelta(days=COOKIE_DAYS), now=now)

    def form_token(self, cookie: str) -> str:
        """What every form of this browser must carry, against pages that post in its name."""
        return self._box.mark(cookie, purpose="form")

    def is_form_token(self, given: str, cookie: str) -> bool:
        """Whether a form came from a page that we gave to this browser."""
        return bool(cookie) and self._box.is_mark(given, cookie, purpose="form")

    # Links in mail

    def mail_token(self, email: str, *, purpose: Purpose, about: str = "", now: datetime) -> str:
        """A token for a link in a mail to this address, good once, for one purpose, for a time."""
        return self._notes.seal(purpose, {
            "id": secrets.token_urlsafe(12), "email": email, "about": about,
            "ends": (now + LINK_LASTS[purpose]).timestamp(),
        })  # fmt: skip

    def look_at_mail_token(
        self, token: str, *, purpose: Purpose, now: datetime
    ) -> MailToken | None:
        """What the link says, without using it up; None when used, too old or not ours."""
        said = self._notes.open(purpose, token, now)
        if said is None:
            return None
        found = MailToken(
            id=str(said["id"]),
            email=str(said["email"]),
            purpose=purpose,
            about=str(said["about"]),
            ends_at=moment(said["ends"]),
        )
        return None if self._store.is_used(found.id) else found

    def read_mail_token(self, token: str, *, purpose: Purpose, now: datetime) -> MailToken | None:
        """What the link says, and use it up; None when used before, too old or not ours."""
        found = self.look_at_mail_token(token, purpose=purpose, now=now)
        if found is None or not self._store.use(found.id, forget_at=found.ends_at, now=now):
            return None
        return found

    # Other people's word

    def asker_from_site_token(self, token: str, *, now: datetime) -> Asker | Refused:
        """The visitor whom the site vouches for; see `identity_site`."""
        found = self._site.read(token, now=now)
        if isinstance(found, Refused):
            return found
        person = self.person(found.email) if found.email else None
        known = self._box.mark(found.subject, purpose="site")[:32]
        return person or Asker(id=f"site:{known}")

    def asker_from_headers(self, headers: Mapping[str, str]) -> Asker | None:
        """Whom the proxy signed in.

        The server's guard has dropped the header of everybody who is not a trusted proxy, by
        `is_believed`, before any face sees it.
        """
        if not self.rules.trusted_header:
            return None
        for name, value in headers.items():
            if name.lower() == self.rules.trusted_header:
                return self.person(value)
        return None

    def is_believed(self, header: str, *, peer: str) -> bool:
        """Whether a header may pass from this address: false for the trusted one of a stranger."""
        return header.lower() != self.rules.trusted_header or self.rules.believes(peer)

    def begin_oidc(self, *, back_to: str, then: str) -> tuple[str, str]:
        """Where to send the browser to sign in, and a note for its cookie until it comes back.

        Raises:
            OidcRefused: the provider does not answer.
        """
        begun = self._oidc.begin(back_to=back_to)
        said = {"state": begun.state, "nonce": begun.nonce, "verifier": begun.verifier,
                "then": then}  # fmt: skip
        return begun.url, self.sealed_note("oidc", said, lasts=OIDC_LASTS)

    def finish_oidc(self, note: str, *, code: str, state: str, back_to: str) -> tuple[Asker, str]:
        """Who came back, and where they wanted to go; raises `OidcRefused`."""
        begun = self.opened_note("oidc", note)
        if begun is None or not self._store.use(
            self._box.mark(begun["state"], purpose="oidc"), forget_at=self._clock() + OIDC_LASTS,
            now=self._clock(),
        ):  # fmt: skip
            raise OidcRefused("not_ours")
        email = self._oidc.finish(begun, code=code, state=state, back_to=back_to)
        person = self.person(email)
        if person is None:
            raise OidcRefused("unconfirmed")
        return person, begun["then"]

    # Keys of programs

    def make_key(
        self,
        email: str,
        *,
        scopes: frozenset[KeyScope],
        label: str,
        lasts: timedelta | None,
        now: datetime,
    ) -> NewKey:
        """A new API key that speaks for this person; raises `ValueError` for no address."""
        tidy = tidy_address(email)
        if tidy is None:
            raise ValueError(f"{email!r} is no e-mail address.")
        key_id = secrets.token_hex(6)
        words = f"{KEY_BEGINS}_{key_id}_{secrets.token_urlsafe(32)}"
        row = KeyRow(
            id=key_id,
            digest=_digest(words),
            label=label,
            address=self._box.seal(tidy),
            scopes=scopes,
            made_at=now,
            ends_at=now + lasts if lasts is not None else None,
        )
        self._store.put_key(row)
        return NewKey(words=words, row=row)

    def keys(self) -> tuple[KeyRow, ...]:
        """Every API key, oldest first."""
        return self._store.keys()

    def revoke_key(self, key_id: str, *, now: datetime) -> bool:
        """End a key at once; False when there is none to end."""
        return self._store.revoke(key_id, now=now)

    def key_address(self, row: KeyRow) -> str:
        """The address of the person that a key speaks for; raises `SecretError`."""
        return self._box.open(row.address)

    def asker_from_api_key(self, key: str) -> tuple[Asker, frozenset[KeyScope]] | None:
        """Whom a program speaks for and what it may do; None for a key that is not good."""
        parts = key.split("_", 2)
        row = self._store.key(parts[1]) if len(parts) == 3 and parts[0] == KEY_BEGINS else None
        if row is None or not hmac.compare_digest(row.digest, _digest(key)):
            return None
        if row.revoked_at is not None or (row.ends_at and row.ends_at <= self._clock()):
            return None
        try:
            asker = self.person(self._box.open(row.address))
        except SecretError:
            # Made under a secret that is not here any more.
            return None
        if asker is None:
            return None
        if "admin" not in row.scopes and asker.role == "administrator":
            asker = Asker(id=asker.id, role="person", email=asker.email)
        return asker, row.scopes

    # Sealed notes to ourselves

    def sealed_note(self, about: str, said: Mapping[str, str], *, lasts: timedelta) -> str:
        """A note that only this server can read or write, to be given away and got back."""
        ends = (self._clock() + lasts).timestamp()
        return self._notes.seal(f"note:{about}", {**said, "ends": ends})

    def opened_note(self, about: str, note: str) -> dict[str, str] | None:
        """What the note says; None when it is not ours, of another matter, or too old."""
        said = self._notes.open(f"note:{about}", note, self._clock())
        return None if said is None else {name: str(value) for name, value in said.items()}


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
