"""Slack's documented limits, as Slack would refuse by them; knows nothing of the product.

https://docs.slack.dev/reference/block-kit and /reference/views, read 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Thing = Mapping[str, object]
SURFACES = {"message": 50, "modal": 100, "home": 100}
BLOCKS = {"section", "divider", "image", "actions", "context", "input", "header", "rich_text"}
ELEMENTS = {"button", "static_select", "multi_static_select", "datepicker", "plain_text_input",
            "checkboxes", "radio_buttons", "overflow"}  # fmt: skip
OBJECTS = {"plain_text": False, "mrkdwn": True}


def faults(blocks: object, surface: str = "message") -> list[str]:
    """What is wrong with a list of blocks; empty when Slack would take it."""
    if not isinstance(blocks, (list, tuple)):
        return ["blocks are no list"]
    found = []
    if len(blocks) > SURFACES[surface]:
        found.append(f"{len(blocks)} blocks in a {surface}")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("a block_id stands twice")
    for place, block in enumerate(blocks):
        found += [f"block {place} ({block.get('type')}): {why}" for why in _block(block, surface)]
    return found


def view_faults(view: Thing) -> list[str]:
    """What is wrong with a modal or a home tab."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"a view of type {kind}"]
    found = list(faults(view.get("blocks"), str(kind)))
    if kind == "modal":
        for name in ("title", "submit", "close"):
            if name in view:
                found += [f"{name}: {why}" for why in _text(view[name], 24, "plain_text")]
        if "title" not in view:
            found.append("a modal without a title")
        blocks = view.get("blocks")
        inputs = isinstance(blocks, list) and any(b.get("type") == "input" for b in blocks)
        if inputs and "submit" not in view:
            found.append("a form that cannot be sent off")
    for name, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        found += [f"{name}: {why}" for why in _length(view.get(name, ""), most, least=0)]
    return found


def message_faults(body: Thing) -> list[str]:
    """What is wrong with a message: its blocks, its plain text."""
    found = list(faults(body.get("blocks", [])))
    text = body.get("text", "")
    found += [f"text: {why}" for why in _length(text, 4000, least=1)]
    if isinstance(text, str) and ("<!" in text or "<@" in text):
        found.append("text: a mention is alive in it")
    return found


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _length(value: object, most: int, *, least: int = 1) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{value!r} is no text"
    elif units(value) > most:
        yield f"{units(value)} characters, {most} at most"
    elif len(value) < least:
        yield "empty"


def _text(value: object, most: int, kind: str = "") -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield "no text object"
        return
    if value.get("type") not in OBJECTS or (kind and value.get("type") != kind):
        yield f"a text object of type {value.get('type')}"
    yield from _length(value.get("text"), most)
    if "emoji" in value and value.get("type") != "plain_text":
        yield "emoji is for plain_text only"


def _block(block: Thing, surface: str) -> Iterator[str]:
    kind = block.get("type")
    if kind not in BLOCKS:
        yield "unknown"
        return
    if "block_id" in block:
        yield from _length(block["block_id"], 255)
    yield from {
        "section": _section, "header": _header, "image": _image, "actions": _actions,
        "context": _context, "input": _input, "rich_text": _rich,
    }.get(str(kind), lambda _: iter(()))(block)  # fmt: skip
    if kind == "input" and surface == "message":
        yield "no place for an input here"


def _section(block: Thing) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "neither text nor fields"
    if "text" in block:
        yield from _text(block["text"], 3000)
    fields = block.get("fields", [])
    if isinstance(fields, list):
        if len(fields) > 10 or ("fields" in block and not fields):
            yield f"{len(fields)} fields"
        for field in fields:
            yield from _text(field, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _header(block: Thing) -> Iterator[str]:
    yield from _text(block.get("text"), 150, "plain_text")


def _image(block: Thing) -> Iterator[str]:
    yield from _length(block.get("alt_text"), 2000)
    if ("image_url" in block) == ("slack_file" in block):
        yield "needs one of image_url and slack_file"
    if "image_url" in block:
        yield from _length(block["image_url"], 3000)
    if "title" in block:
        yield from _text(block["title"], 2000, "plain_text")


def _actions(block: Thing) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 25:
        yield "1 to 25 elements"
        return
    ids = [each.get("action_id") for each in elements]
    if len(ids) != len(set(ids)):
        yield "an action_id stands twice"
    for each in elements:
        yield from _element(each)


def _context(block: Thing) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        yield "1 to 10 elements"
        return
    for each in elements:
        yield from _text(each, 3000)


def _input(block: Thing) -> Iterator[str]:
    yield from _text(block.get("label"), 2000, "plain_text")
    if "hint" in block:
        yield from _text(block["hint"], 2000, "plain_text")
    yield from _element(block.get("element"))


def _element(element: object) -> Iterator[str]:
    if not isinstance(element, Mapping) or element.get("type") not in ELEMENTS:
        yield f"an unknown element {element!r:.60}"
        return
    yield from _length(element.get("action_id"), 255)
    kind = element["type"]
    if kind == "button":
        yield from _text(element.get("text"), 75, "plain_text")
        yield from _length(element.get("value", ""), 2000, least=0)
        yield from _length(element.get("url", ""), 3000, least=0)
        if element.get("style", "primary") not in ("primary", "danger"):
            yield f"style {element.get('style')!r}"
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "plain_text")
    if kind == "plain_text_input":
        most = element.get("max_length", 3000)
        if not isinstance(most, int) or not 1 <= most <= 3000:
            yield f"max_length {most!r}"
        yield from _length(element.get("initial_value", ""), int(str(most)), least=0)
    yield from _choices(element)
    if "confirm" in element:
        yield from _confirm(element["confirm"])


def _choices(element: Thing) -> Iterator[str]:
    kind = element["type"]
    groups = element.get("option_groups")
    if isinstance(groups, list):
        if not 1 <= len(groups) <= 100 or "options" in element:
            yield f"{len(groups)} groups of options"
        for group in groups:
            yield from _text(group.get("label"), 75, "plain_text")
            yield from _options(group.get("options"), 100)
    elif "options" in element:
        yield from _options(element["options"], 10 if kind == "checkboxes" else 100)
    elif kind in ("static_select", "multi_static_select", "checkboxes", "radio_buttons"):
        yield "no options"


def _options(options: object, most: int) -> Iterator[str]:
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        yield f"1 to {most} options"
        return
    for option in options:
        yield from _text(option.get("text"), 75)
        yield from _length(option.get("value"), 150)


def _confirm(confirm: object) -> Iterator[str]:
    if isinstance(confirm, Mapping):
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _text(confirm.get(name), most)


def _rich(block: Thing) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        yield "no elements"
        return
    total = 0
    for each in elements:
        kind = each.get("type")
        inner = each.get("elements")
        if kind not in ("rich_text_section", "rich_text_list", "rich_text_preformatted"):
            yield f"unknown part {kind}"
        if not isinstance(inner, list) or not inner:
            yield f"an empty {kind}"
            continue
        in_list = kind == "rich_text_list"
        runs = [run for part in inner for run in part["elements"]] if in_list else inner
        for run in runs:
            yield from _run(run)
            total += units(str(run.get("text", "")))
    # No figure is documented for rich text; a section's is taken.
    if total > 3000:
        yield f"{total} characters of rich text"


def _run(run: Thing) -> Iterator[str]:
    kind = run.get("type")
    if kind not in ("text", "link", "user"):
        yield f"unknown run {kind}"
    if kind in ("text", "link"):
        yield from _length(run.get("text"), 3000)
    if kind == "link" and not str(run.get("url")).startswith("http"):
        yield "a link that leads nowhere"
