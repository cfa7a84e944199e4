"""The options of `request` and what they mean: who asks, which answers, which day, which key."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import get_args

from assistant.access.address import is_address
from assistant.access.values import Answers
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.need import Asker
from assistant.use import ACTS, OrganisationKind

_TEXTS = ("name", "organisation", "purpose", "message")


def parsers_of(
    parsers: Parsers, common: argparse.ArgumentParser
) -> Callable[[str, str, Callable[[Call], int]], argparse.ArgumentParser]:
    """A maker of one parser for each action of `request`."""
    whole = parsers.add_parser(
        "request", parents=[common], help="ask for access to data, and decide about it"
    )
    actions = whole.add_subparsers(metavar="ACTION", required=True)

    def action(name: str, told: str, run: Callable[[Call], int]) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, parents=[common], help=told)
        made.add_argument(
            "--as", dest="email", required=True, metavar="EMAIL",
            help="who asks or decides; whoever runs this program vouches for it",
        )  # fmt: skip
        made.add_argument("--key", help="idempotency key: the same one does nothing twice")
        made.set_defaults(run=run)
        return made

    return action


def add_answers(parser: argparse.ArgumentParser) -> None:
    """The answers of a request, and the confirmation."""
    for name in _TEXTS:
        parser.add_argument(f"--{name}", metavar="TEXT")
    parser.add_argument("--org", choices=get_args(OrganisationKind), help="kind of organisation")
    parser.add_argument("--country", metavar="CC", help="where the data is used, ISO 3166")
    parser.add_argument("--hq", metavar="CC", help="where the head office is, ISO 3166")
    parser.add_argument(
        "--use", action="append", choices=ACTS, metavar="USE", help="again for more"
    )
    parser.add_argument(
        "--answer", action="append", default=[], metavar="ID=TEXT",
        help="an answer to a question of the owner's",
    )  # fmt: skip
    parser.add_argument("--agree-price", action="store_true", help="agree to pay the price shown")
    parser.add_argument(
        "--yes", action="store_true", help="accept the terms that the review shows, and send"
    )


def asker_of(call: Call) -> Asker:
    """Who asks; raises `WrongCall` when `--as` is no address."""
    email: str = call.options.email
    if not is_address(email):
        raise WrongCall(f"--as is {email!r}. Expected an e-mail address.")
    return Asker(id=f"terminal:{email}", role="person", email=email.strip())


def answered(call: Call, kept: Answers) -> Answers:
    """The answers kept, with those given now in their place; raises `WrongCall`."""
    options = call.options
    given = {name: value for name in _TEXTS if (value := getattr(options, name)) is not None}
    custom = dict(kept.custom)
    for pair in options.answer:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise WrongCall(f"--answer is {pair!r}. Expected ID=TEXT.")
        custom[name.strip()] = text.strip()
    return replace(
        kept,
        **given,
        organisation_kind=options.org or kept.organisation_kind,
        country=options.country.upper() if options.country else kept.country,
        hq_country=options.hq.upper() if options.hq else kept.hq_country,
        acts=tuple(act for act in ACTS if act in options.use) if options.use else kept.acts,
        custom=tuple(sorted(custom.items())),
    )


def day_of(text: str, option: str, *, needed: bool = False) -> date:
    """The day that an option names; raises `WrongCall`."""
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        lack = "is missing" if needed and not text else f"is {text!r}"
        raise WrongCall(f"--{option} {lack}. Expected a day such as 2027-03-31.") from why


def key_of(call: Call, step: str) -> str:
    """The key of one step: from the option, so that running the same again does nothing twice."""
    given: str | None = call.options.key
    return f"{given or uuid.uuid4().hex}:{step}"
