"""What `doctor` looks at of the language model: whether it answers, how well, and how soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from assistant.commands.check import Check
from assistant.llm_config import LlmRules
from assistant.llm_schema import strict
from assistant.llm_values import Ask, Failure, ModelFailed
from assistant.settings import Settings

WAIT_S = 10.0
WHAT = "language model"
_SHAPE = strict({"ready": {"type": "boolean"}})
_FORMS = {
    "json_schema": "JSON schemas are taken",
    "json_object": "JSON mode; schemas are told in words",
    "text": "neither schemas nor JSON mode: both are told in words",
}
_MEND: dict[Failure, str] = {
    "timeout": "Look whether the server is up to it, or set OPENAI_BASE_URL to another.",
    "busy": "Wait, or look at the account's limits at the provider.",
    "down": "Look at OPENAI_BASE_URL, and whether the server runs.",
    "not_accepted": "Look at OPENAI_API_KEY, and whether the server has OPENAI_MODEL.",
}
_NO_OBJECT = "it answers, but gave no JSON object: turns are read by rules alone"


def language_model(settings: Settings) -> Iterator[Check]:
    """Asks it for one small object, where one is configured; nothing is called otherwise."""
    rules = settings.llm
    if not rules.is_on:
        found = "none: neither OPENAI_API_KEY nor OPENAI_BASE_URL is set"
        yield Check(what=WHAT, ok=True, found=found)
        return
    yield asked(rules)


def asked(rules: LlmRules) -> Check:
    """How one small call went."""
    from assistant.llm import ModelConfig, OpenAIModel
    from prompts.load import load

    parts = urlsplit(rules.base_url or "https://api.openai.com/v1")
    place = f"{rules.name} at {parts.hostname}{f':{parts.port}' if parts.port else ''}"
    client = OpenAIModel(
        ModelConfig(name=rules.name, key=rules.key, base_url=rules.base_url, tries=1)
    )
    client.warm()
    began = time.monotonic()
    ask = Ask(
        prompt=load("check").fill({}),
        deadline=began + WAIT_S,
        most_tokens=60,
        spent=lambda usage: None,
    )
    try:
        client.parse(ask, _SHAPE)
    except ModelFailed as why:
        mend = _MEND.get(why.kind, "")
        status = f" {why.detail}" if why.detail.startswith("(HTTP") else ""
        found = f"{place}: {_NO_OBJECT}" if not mend else f"{place}: {str(why).split('. (')[0]}"
        return Check(
            what=WHAT, ok=not mend, note=not mend, mend=mend, found=f"{found.rstrip('.')}{status}"
        )
    finally:
        client.close()
    took = time.monotonic() - began
    return Check(
        what=WHAT, ok=True, found=f"{place} answers in {took:.1f} s; {_FORMS[client.form]}"
    )
