"""`watch` and `saved`: what somebody wants to be told of, and the datasets they keep in view."""

from __future__ import annotations

import argparse

from pydantic_core import to_jsonable_python
from rich.text import Text

from assistant import wiring
from assistant.access.values import Refusal
from assistant.commands.call import Call, Parsers
from assistant.commands.request_options import asker_of
from assistant.commands.request_shown import tell_refusal
from assistant.faces import render
from assistant.reply import Table


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `watch` and `saved`."""
    speaking = argparse.ArgumentParser(add_help=False)
    speaking.add_argument("--as", dest="email", required=True, metavar="EMAIL",
                          help="who speaks; whoever runs this program vouches for it")  # fmt: skip
    both = [common, speaking]
    watching = parsers.add_parser("watch", parents=[common], help="be told of new datasets by mail")
    actions = watching.add_subparsers(metavar="ACTION", required=True)
    adding = actions.add_parser("add", parents=both, help="tell me when there is such data")
    adding.add_argument("words", nargs="+", metavar="WORDS")
    adding.set_defaults(run=watch)
    actions.add_parser("list", parents=both, help="what is watched for").set_defaults(run=watches)
    ending = actions.add_parser("end", parents=both, help="stop telling")
    ending.add_argument("watch", metavar="WATCH")
    ending.set_defaults(run=unwatch)
    keeping = parsers.add_parser("saved", parents=[common], help="datasets kept in view")
    actions = keeping.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", parents=both, help="their ids").set_defaults(run=saved)
    for name, told, run in (("add", "keep one", save), ("remove", "let one go", unsave)):
        parser = actions.add_parser(name, parents=both, help=told)
        parser.add_argument("card", metavar="ID")
        parser.set_defaults(run=run)


def watch(call: Call) -> int:
    """Watch for data in these words."""
    words = " ".join(call.options.words)
    made = wiring.build_office(call.settings).watches.watch(words, asker=asker_of(call))
    if isinstance(made, Refusal):
        return tell_refusal(call, made)
    call.terminal.answer(
        to_jsonable_python(made),
        Text(f"{made.id}: you are told by mail of each new dataset that fits."),
    )
    return 0


def watches(call: Call) -> int:
    """What is watched for."""
    found = wiring.build_office(call.settings).watches.of(asker_of(call))
    if call.terminal.json_only:
        call.terminal.line(to_jsonable_python(found))
        return 0
    rows = tuple((w.id, w.words, w.channel, f"{w.made_at:%Y-%m-%d}", str(w.told)) for w in found)
    columns = ("Watch", "For", "Told by", "Since", "Told so far")
    call.terminal.table(Table(title="", columns=columns, rows=rows))
    return 0


def unwatch(call: Call) -> int:
    """Stop telling; 1 when there was no such watch."""
    name: str = call.options.watch
    ended = wiring.build_office(call.settings).watches.unwatch(name, asker=asker_of(call))
    call.terminal.answer({"ended": ended}, "Ended." if ended else "There is no such watch.")
    return 0 if ended else 1


def saved(call: Call) -> int:
    """The datasets kept, with their names."""
    ids = wiring.build_office(call.settings).watches.saved(asker_of(call))
    if call.terminal.json_only:
        call.terminal.line(list(ids))
        return 0
    for card_id in ids:
        call.terminal.out.print(Text(render.clean(card_id)))
    return 0


def save(call: Call) -> int:
    """Keep one; doing it twice changes nothing."""
    done = wiring.build_office(call.settings).watches.save(call.options.card, asker=asker_of(call))
    if isinstance(done, Refusal):
        return tell_refusal(call, done)
    call.terminal.answer({"saved": call.options.card, "new": done}, "Kept.")
    return 0


def unsave(call: Call) -> int:
    """Let one go; 1 when it was not kept."""
    card_id: str = call.options.card
    gone = wiring.build_office(call.settings).watches.unsave(card_id, asker=asker_of(call))
    call.terminal.answer({"removed": gone}, "Let go." if gone else "It was not kept.")
    return 0 if gone else 1
