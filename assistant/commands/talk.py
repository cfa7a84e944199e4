"""`ask` and `chat`: a conversation in the terminal."""

from __future__ import annotations

import argparse
import json
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall, lines_of
from assistant.faces import wire
from assistant.faces.terminal import Terminal, show_reply
from assistant.need import Asker
from assistant.reply import Question, Reply

if TYPE_CHECKING:
    from assistant.desk import Desk

GOODBYE = ("exit", "quit", "bye", ":q")


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `ask` and `chat`."""
    ask_parser = parsers.add_parser(
        "ask", parents=[common], help="a conversation of one or more turns"
    )
    ask_parser.add_argument(
        "turns", nargs="*", metavar="TURN", help="what you say, one turn after the other"
    )
    ask_parser.add_argument(
        "--batch", type=Path, metavar="FILE", help='lines of {"id": ..., "turns": [...]}'
    )
    ask_parser.add_argument("--top", type=int, default=10, metavar="N", help="results a turn (10)")
    ask_parser.set_defaults(run=ask)
    chat_parser = parsers.add_parser("chat", parents=[common], help="talk, line by line")
    chat_parser.add_argument("--top", type=int, default=5, metavar="N", help="results a turn (5)")
    chat_parser.set_defaults(run=chat)


def ask(call: Call) -> int:
    """Answer the turns given, or every conversation of a file."""
    turns: list[str] = call.options.turns
    batch: Path | None = call.options.batch
    if bool(turns) == (batch is not None):
        raise WrongCall(
            '`ask` takes turns or --batch FILE. For example: dataset-assistant ask "Welsh speech".'
        )
    if call.options.top < 1:
        raise WrongCall(f"--top is {call.options.top}. Expected at least 1.")
    if batch is not None:
        asked = list(conversations(batch))
        desk = wiring.build_desk(call.settings)
        for name, said in asked:
            replies = talk(desk, said, top=call.options.top)
            call.terminal.line({"id": name, "turns": [wire.turn(reply) for reply in replies]})
        return 0
    desk = wiring.build_desk(call.settings)
    replies = talk(desk, turns, top=call.options.top)
    if call.terminal.json_only:
        call.terminal.line({"turns": [wire.turn(reply) for reply in replies]})
        return 0
    for words, reply in zip(turns, replies, strict=True):
        if len(turns) > 1:
            call.terminal.out.print(f"> {words}", style="bold", markup=False)
        call.terminal.out.print(show_reply(reply))
    return 0


def talk(desk: Desk, turns: Sequence[str], *, top: int) -> list[Reply]:
    """A conversation of its own."""
    name = f"terminal:{uuid.uuid4()}"
    asker = Asker(id=name)
    return [
        desk.ask(Question(text=text, conversation=name, asker=asker, top=top)) for text in turns
    ]


def conversations(path: Path) -> Iterator[tuple[object, list[str]]]:
    """(id, turns) of each line; raises `WrongCall` naming the line that is not one."""
    for number, line in lines_of(path, 'lines of {"id": ..., "turns": [...]}'):
        try:
            row = json.loads(line)
        except ValueError as why:
            raise WrongCall(f"Line {number} of {str(path)!r} is not JSON: {why}.") from why
        turns = row.get("turns") if isinstance(row, dict) else None
        if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
            raise WrongCall(
                f"Line {number} of {str(path)!r} has no turns. "
                'Expected {"id": ..., "turns": ["words", ...]}.'
            )
        yield row.get("id"), turns


def chat(call: Call) -> int:
    """Talk until the person says goodbye."""
    desk = wiring.build_desk(call.settings)
    name = f"terminal:{uuid.uuid4()}"
    terminal = call.terminal
    terminal.notice("Ask for data in your own words. `exit` ends the conversation.")
    while (text := hear(terminal)) is not None:
        if text:
            question = Question(
                text=text, conversation=name, asker=Asker(id=name), top=call.options.top
            )
            reply = desk.ask(question)
            terminal.answer(wire.turn(reply), show_reply(reply))
    return 0


def hear(terminal: Terminal) -> str | None:
    """The next line; None at the end of the conversation."""
    try:
        text = terminal.err.input("[bold]you>[/bold] ").strip()
    except EOFError:
        return None
    return None if text.casefold() in GOODBYE else text
