"""Brings pictures into Slack as files of the workspace, so that no public address is needed.

The three steps of https://docs.slack.dev/messaging/working-with-files; a picture may be shown only
when Slack has looked at it, which takes a moment.
"""

from __future__ import annotations

import logging
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence

from assistant.faces import slack_blocks, slack_chart
from assistant.faces import slack_parts as parts
from assistant.faces.slack_calls import Calls, LetGo, SlackFailed
from assistant.faces.slack_parts import Block
from assistant.faces.slack_store import Installation
from assistant.reply import Chart

LOG = logging.getLogger("dataset_assistant.slack")
LOOKS = 8
FIRST_LOOK_S = 0.25
PICTURES = 2


def pictures(calls: Calls, given: Installation, charts: Sequence[Chart]) -> list[Block]:
    """Blocks with the charts drawn; one that cannot be brought in is left to its table."""
    made: list[Block] = []
    for chart in charts[:PICTURES]:
        drawn = slack_chart.draw(chart)
        if drawn is None:
            continue
        alt = slack_blocks.chart_alt(chart)
        try:
            file_id = upload(calls, given, drawn, title=chart.title, alt=alt)
        except LetGo:
            raise
        except SlackFailed as failed:
            LOG.warning("a chart is shown as a table only: %s", failed)
            continue
        made.append(parts.image(file_id, title=chart.title, alt=alt))
    return made


def upload(calls: Calls, given: Installation, data: bytes, *, title: str, alt: str) -> str:
    """Bring a PNG in, shown nowhere yet; returns its file id. Raises `SlackFailed`."""
    asked: Block = {"filename": "chart.png", "length": len(data), "alt_txt": alt[:1000]}
    place = calls.call(given, "files.getUploadURLExternal", asked)
    url, file_id = str(place.get("upload_url", "")), str(place.get("file_id", ""))
    send(url, data)
    files = [{"id": file_id, "title": title[:200]}]
    calls.call(given, "files.completeUploadExternal", {"files": files})
    for look in range(LOOKS):
        found = calls.call(given, "files.info", {"file": file_id}).get("file")
        if isinstance(found, Mapping) and found.get("mimetype"):
            return file_id
        time.sleep(FIRST_LOOK_S * (look + 1))
    raise SlackFailed("files.info", "the picture is not ready")


def send(url: str, data: bytes) -> None:
    """Hand the bytes over; raises `SlackFailed`."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise SlackFailed("upload", "the address to upload to is not a safe one")
    asked = urllib.request.Request(
        url, data=data, method="POST", headers={"Content-Type": "application/octet-stream"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=15) as answer:
            answer.read()
    except (urllib.error.URLError, OSError) as why:
        raise SlackFailed("upload", f"not taken ({type(why).__name__})") from why
