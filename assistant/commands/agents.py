"""`mcp`: the catalogue as tools of another assistant, over standard input and output."""

from __future__ import annotations

import argparse
import logging

from assistant import wiring
from assistant.commands.call import Call, Parsers


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `mcp`."""
    parser = parsers.add_parser(
        "mcp", parents=[common], help="tools for another assistant, over standard input and output"
    )
    parser.set_defaults(run=mcp)


def mcp(call: Call) -> int:
    """Answer until the input ends; an index that cannot be used is said before the first word."""
    from assistant.faces.mcp import Parts, serve_stdio

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = call.settings
    wiring.build_search(settings)
    serve_stdio(
        Parts(
            desk=wiring.build_desk(settings),
            identity=wiring.build_identity(settings),
            clock=wiring.now,
            url=settings.identity.url,
            own_key=settings.api_key,
        )
    )
    return 0
