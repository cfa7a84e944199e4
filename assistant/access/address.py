"""What an e-mail address is, and when two of them are one. Pure."""

from __future__ import annotations

LONGEST_ADDRESS = 254
"""Characters of an e-mail address, RFC 5321."""


def folded(email: str) -> str:
    """An address as it is compared.

    Only ASCII letters lose their case: wider folding would make one of two people's addresses.
    """
    return "".join(c.lower() if c.isascii() else c for c in email.strip())


def is_address(email: str) -> bool:
    """Whether a text can be an e-mail address: one @, a domain with a dot, nothing odd."""
    name, at, domain = email.strip().rpartition("@")
    plain = len(email) <= LONGEST_ADDRESS and not any(
        c.isspace() or ord(c) < 33 or c in '<>,;:"\\()[]' for c in email.strip()
    )
    dotted = "." in domain and not domain.startswith((".", "-")) and not domain.endswith(".")
    return bool(at and name and dotted and plain and "@" not in name and ".." not in domain)
