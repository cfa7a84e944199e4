"""Keeps what few may read: seals texts, signs words, and holds the keys that do it.

The only door to `cryptography`. Keys come from the setting, or from a file that is made once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

SHORTEST = 16
"""Characters of a secret that is taken at all."""
FILE = "secret.key"


class SecretError(Exception):
    """The secrets cannot be used."""


class Box:
    """Seals and signs by keys drawn from secrets; the first is used, all are understood.

    So a secret is changed by putting the new one before the old one.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Raises `SecretError` for a secret that is too short to be one; never shows it."""
        if not words:
            raise SecretError("No secret is given. Expected at least one.")
        for place, word in enumerate(words, 1):
            if len(word) < SHORTEST:
                raise SecretError(
                    f"Secret number {place} of DATASET_ASSISTANT_SECRET has {len(word)} "
                    f"characters. Expected at least {SHORTEST}, as `openssl rand -base64 32` makes."
                )
        self._words = tuple(word.encode() for word in words)
        self._sealing = MultiFernet([Fernet(_fernet_key(word)) for word in self._words])

    def seal(self, text: str) -> str:
        """The text, readable only by `open` with one of these secrets; another one each time."""
        return self._sealing.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text that was sealed; raises `SecretError` when no secret here sealed it."""
        try:
            return self._sealing.decrypt(sealed.encode("ascii")).decode()
        except (InvalidToken, UnicodeError) as why:
            raise SecretError(
                "A sealed text cannot be opened with the secrets at hand. Was a secret removed "
                "from DATASET_ASSISTANT_SECRET, or the file secret.key replaced? Put the old one "
                "back, after the new one."
            ) from why

    def marks(self, text: str, *, purpose: str) -> tuple[str, ...]:
        """A mark of the text by each secret, the one in use first: to find it without its words.

        64 hexadecimal digits each; equal texts have equal marks, per purpose.
        """
        return tuple(
            hmac.new(_derived(word, purpose), text.encode(), hashlib.sha256).hexdigest()
            for word in self._words
        )

    def mark(self, text: str, *, purpose: str) -> str:
        """The mark by the secret in use."""
        return self.marks(text, purpose=purpose)[0]

    def is_mark(self, given: str, text: str, *, purpose: str) -> bool:
        """Whether `given` is the text's mark by any of the secrets; takes equal time for any."""
        found = [
            hmac.compare_digest(given.encode(), each.encode())
            for each in self.marks(text, purpose=purpose)
        ]
        return any(found)

    def keys(self, purpose: str) -> tuple[bytes, ...]:
        """32 bytes for signing of this purpose, the one in use first."""
        return tuple(_derived(word, purpose) for word in self._words)


def open_box(secret: str, folder: Path) -> Box:
    """The box of the setting's secrets (commas between), else of the folder's own file.

    The file is made once, readable by its owner alone; two processes that start at once get one.

    Raises:
        SecretError: a secret is too short, or the file is empty.
        OSError: the file can be neither read nor made.
    """
    words = [word.strip() for word in secret.split(",") if word.strip()]
    if words:
        return Box(words)
    path = folder / FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _make(path)
    found = path.read_text(encoding="ascii").split()
    if not found:
        raise SecretError(
            f"The file {str(path)!r} is empty. Expected a secret a line; put the old one back from "
            "a backup, for what it sealed cannot be read without it."
        )
    return Box(found)


def _make(path: Path) -> None:
    """Write a new secret beside, then link it in whole: the first one there stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_urlsafe(32)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _derived(word: bytes, purpose: str) -> bytes:
    return hmac.new(word, f"dataset-assistant/{purpose}".encode(), hashlib.sha256).digest()


def _fernet_key(word: bytes) -> bytes:
    return base64.urlsafe_b64encode(_derived(word, "seal"))
