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
    from assistant.faces.mcp import serve_stdio

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    wiring.build_search(call.settings)
    serve_stdio(wiring.build_desk(call.settings))
    return 0
