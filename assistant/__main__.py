"""The command line: reads the words, calls one command, turns what fails into a sentence.

Exit codes: 0 done; 1 the answer is no (`doctor` found something to mend, another run is at work);
2 the call was wrong (an option, a file, an id, a setting); 3 something outside failed (a source,
the database, the index, the server, or a run that did not finish).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import IO

from assistant.commands import (
    agents,
    call,
    deliveries,
    figures,
    fill,
    hold,
    kept,
    keys,
    licence,
    owner,
    phrases,
    rank,
    request,
    run,
    show,
    slack,
    talk,
    words,
)
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.faces.terminal import Terminal

DONE, WRONG = 0, 2
COMMANDS = (
    fill,
    talk,
    show,
    licence,
    words,
    figures,
    rank,
    hold,
    request,
    owner,
    phrases,
    kept,
    keys,
    slack,
    deliveries,
    run,
    agents,
)


def main(
    argv: Sequence[str] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    out: IO[str] | None = None,
    err: IO[str] | None = None,
) -> int:
    """Run one command; returns the exit code."""
    options = parser().parse_args(argv)
    terminal = Terminal(
        out or sys.stdout, err or sys.stderr, json_only=options.json, quiet=options.quiet
    )
    try:
        settings_from = dict(os.environ if environ is None else environ)
        if options.data is not None:
            settings_from["DATASET_ASSISTANT_DATA"] = options.data
        code: int = options.run(Call(options=options, terminal=terminal, environ=settings_from))
        return code
    except KeyboardInterrupt:
        terminal.problem("Stopped. What was committed stays; the next run goes on from there.")
        return 130
    except BrokenPipeError:
        # The reader went away, as `head` does; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except WrongCall as wrong:
        terminal.problem(str(wrong))
        return WRONG
    except (NotADirectoryError, PermissionError, FileExistsError) as wrong:
        terminal.problem(
            f"{str(wrong.filename)!r} cannot be used: {wrong.strerror}. Expected a place that you "
            "may write to; give another data folder with `--data DIR`."
        )
        return WRONG
    except Exception as failure:
        known = call.exit_code(failure)
        if known is None:
            raise
        terminal.problem(str(failure))
        return known


def parser() -> argparse.ArgumentParser:
    """Every command with its options and one line of help each."""
    whole = argparse.ArgumentParser(
        parents=[common_options()],
        prog="dataset-assistant",
        description="Find data that fits, learn what you may do with it, ask its owner.",
        epilog="Exit codes: 0 done; 1 the answer is no; 2 the call was wrong; "
        "3 something outside failed.",
    )
    whole.set_defaults(json=False, quiet=False, data=None)
    common = common_options()
    parsers: Parsers = whole.add_subparsers(metavar="COMMAND", required=True)
    for commands in COMMANDS:
        commands.add(parsers, common)
    return whole


def common_options() -> argparse.ArgumentParser:
    """The options of every command, a new object each time: defaults set on one would leak."""
    common = argparse.ArgumentParser(add_help=False)
    never = argparse.SUPPRESS
    common.add_argument(
        "--json", action="store_true", default=never, help="JSON on standard output, only that"
    )
    common.add_argument(
        "--quiet", action="store_true", default=never, help="no progress and no notices"
    )
    common.add_argument(
        "--data", metavar="DIR", default=never, help="folder of database and index (./data)"
    )
    return common


if __name__ == "__main__":
    sys.exit(main())
