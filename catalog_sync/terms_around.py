"""What stands around a licence: labels, a platform's terms, the price, the way to the files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from catalog_sync.clauses import AccessMode, Clause, Price, Rule, StatedTerms
from catalog_sync.licences_table import trigger

_LIMIT_FIELDS = ("restrictions", "forbiddenusage")
"""The owner's fields that a collective's public listing leaves out."""
_MDC = "https://community.mozilladatacollective.com/"


def duty(action: str, clause: Clause, *on: str, prior: bool = False) -> Rule:
    """A duty of whoever does one of the actions `on`, of everybody where none is named."""
    constraints = (trigger(*(on or ("any",))),)
    return Rule(kind="duty", action=action, clause=clause, constraints=constraints, prior=prior)


def around(stated: StatedTerms) -> Iterator[Rule]:
    """What labels, platform, price and access add."""
    for label in stated.labels:
        yield label_rule(label, stated.url)
    if stated.platform is not None:
        yield from platform_rules(stated.platform)
        if not any(field.lower() in _LIMIT_FIELDS for field, _ in stated.datasheet):
            yield duty(
                "reviewPolicy",
                Clause(
                    document="platform",
                    clause="Terms of use, main points",
                    quote="the datasheet may add conditions; the stricter one wins",
                    url=stated.url or f"{_MDC}faq-what-are-the-main-points-of-the-mdc-terms-of-use",
                ),
            )
    if stated.price is not None and stated.price.owner_cents > 0:
        yield price_rule(stated.price, stated.url)
    yield from access_rules(stated.access, stated.access_quote, stated.url)


def label_rule(label: str, url: str | None) -> Rule:
    """A Local Contexts label: a signal of a community's wishes, so its holders are asked first."""
    clause = Clause(
        document="label", clause=label, quote=label, url=url or "https://localcontexts.org/labels/"
    )
    return duty("obtainConsent", clause, prior=True)


def platform_rules(platform: Literal["mdc"]) -> tuple[Rule, ...]:
    """The Mozilla Data Collective's own terms, which hold whatever the licence says."""
    rehost = Clause(
        document="platform",
        clause="Terms of use: re-hosting",
        quote="no re-hosting of datasets, Creative Commons Zero ones included",
        url=f"{_MDC}faq-why-cant-i-re-host-common-voice-datasets",
    )
    identify = Clause(
        document="platform",
        clause="Terms of use: speakers",
        quote="speakers are not to be identified",
        url=f"{_MDC}faq-what-are-the-main-points-of-the-mdc-terms-of-use",
    )
    return (
        Rule(kind="prohibition", action="distribute", clause=rehost),
        Rule(kind="prohibition", action="reidentify", clause=identify),
    )


def price_rule(price: Price, url: str | None) -> Rule:
    """The duty to pay the owner's price before the use starts."""
    amount = f"{price.owner_cents / 100:,.2f} {price.currency}"
    clause = Clause(document="price", clause="owner's price", quote=amount, url=url)
    return duty("compensate", clause, prior=True)


def access_rules(access: AccessMode, quote: str | None, url: str | None) -> Iterator[Rule]:
    """What getting at the files asks for; "public" and "unknown" add nothing."""
    duties = {
        "on_request": "requestAccess",
        "agreement": "acceptAgreement",
        "owner_site": "useOwnersSite",
        "private": "obtainConsent",
    }
    if access in duties:
        clause = Clause(document="access", clause="access", quote=quote or access, url=url)
        yield duty(duties[access], clause, prior=True)
