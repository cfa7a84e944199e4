"""What `doctor` looks at of the phrasebooks that people accepted: is each in force, and whole?"""

from __future__ import annotations

from collections.abc import Iterator

from assistant import wiring
from assistant.commands.check import Check
from assistant.phrases import LANGUAGES
from assistant.settings import Settings


def phrasebooks(settings: Settings) -> Iterator[Check]:
    """A row each; one that is left out has to be mended, one that lacks texts is worth a look."""
    shelved = wiring.build_shelf(settings).all()
    if not shelved:
        found = f"the {len(LANGUAGES)} that come with the program"
        yield Check(what="phrasebooks", ok=True, found=found)
    for one in shelved:
        what = f"phrasebook {one.path.stem}"
        if one.book is None:
            mend = "Draft, check and accept it again, or take the file away."
            yield Check(what=what, ok=False, found=one.problem, mend=mend)
            continue
        lacking = len(one.in_english)
        said = f"; {lacking} texts are said in English for now" if lacking else ""
        yield Check(
            what=what,
            ok=True,
            found=f"{one.book.tongue.name}, accepted by {one.book.accepted_by} on "
            f"{one.book.accepted_at[:10]}{said}",
            mend=f"Run `dataset-assistant phrases draft {one.book.tongue.tag}`." if lacking else "",
            note=lacking > 0,
        )
