"""Puts the language model together from the settings: its door, its allowance, its two works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.aide import Aide
    from assistant.allowance import Allowance
    from assistant.drafting import Drafter
    from assistant.llm import OpenAIModel
    from assistant.llm_values import Recorder


def aide(settings: Settings, recorder: Recorder, *, clock: Callable[[], datetime]) -> Aide:
    """The model at work on turns."""
    from assistant.aide import Aide, AideConfig

    rules = settings.llm
    config = AideConfig(seconds=rules.seconds, reranks=rules.reranks)
    return Aide(_client(settings), _allowance(settings, clock), recorder, config)


@contextmanager
def drafter(
    settings: Settings, *, seconds: float, clock: Callable[[], datetime]
) -> Iterator[Drafter]:
    """The model at work on a phrasebook, while the block runs; a call may take so many seconds."""
    from assistant.drafting import Drafter

    client, allowance = _client(settings), _allowance(settings, clock)
    try:
        yield Drafter(client, allowance, seconds=seconds)
    finally:
        client.close()
        allowance.close()


def _client(settings: Settings) -> OpenAIModel:
    from assistant.llm import ModelConfig, OpenAIModel

    rules = settings.llm
    return OpenAIModel(ModelConfig(name=rules.name, key=rules.key, base_url=rules.base_url))


def _allowance(settings: Settings, clock: Callable[[], datetime]) -> Allowance:
    from assistant.allowance import Caps, Rates, open_allowance

    rules = settings.llm
    caps = Caps(
        person_tokens=rules.person_tokens,
        person_micros=rules.person_micros,
        all_tokens=rules.all_tokens,
    )
    rates = Rates(input_micros=rules.input_micros, output_micros=rules.output_micros)
    return open_allowance(settings.database_url, caps, rates, clock=clock)
