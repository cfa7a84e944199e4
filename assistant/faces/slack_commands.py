"""`/datasets ...`: one function for each word that may follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.faces import render, slack_tables
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_parts as parts
from assistant.faces import slack_requests as requests
from assistant.faces import slack_watch as watching
from assistant.faces.slack_answers import (
    Case,
    Means,
    answer,
    ask,
    asked,
    conversation_of,
    name_to_share,
    say,
    spoken,
    tell,
)
from assistant.faces.slack_blocks import Bound
from assistant.faces.slack_parts import Block, Message
from assistant.need import Asker
from assistant.phrases import ENGLISH, Phrases
from assistant.terms.values import Verdict
from assistant.use import ACTS, Use
from catalog_sync.card import DatasetCard

NEAR = 5
NAMES = 24
"""Words of a command that are tried as a name."""
HELP = (
    "Say what data you look for, as you would to a colleague, and I find it and tell you what you "
    "may do with it. Answers to commands are shown to you alone.\n"
    "- /datasets find Welsh speech, at least 100 hours, for a product (`find` may be left out)\n"
    "- /datasets terms <name or id> [use]: what you may do, with the clauses\n"
    "- /datasets compare <a> <b>: two datasets side by side\n"
    "- /datasets coverage hours by language: figures over the catalogue\n"
    "- /datasets request <name or id>: ask for access, in a form\n"
    "- /datasets status [id]: how your requests stand\n"
    "- /datasets watch <words>: tell this channel of new datasets; /datasets unwatch ends it\n"
    "- /datasets forget: forget what you said to me\n"
    "Mention me in a channel and I answer in the thread and remember it; or write to me directly."
)
_APART = re.compile(r"\s+(?:vs\.?|versus|with|and|against)\s+|\s*[,|;]\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”']([^\"“”']+)[\"“”']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The dataset that words name, or those that they may mean."""

    card: DatasetCard | None = None
    rest: str = ""
    """Words behind the name."""
    near: tuple[DatasetCard, ...] = ()


def run(means: Means, case: Case) -> None:
    """Do what a command says; words that are no command are searched for."""
    text = spoken(case.heard.text)
    word, _, rest = text.partition(" ")
    command = COMMANDS.get(word.casefold())
    if not text:
        help_(means, case, "")
    elif command is None:
        find(means, case, text)
    else:
        command(means, case, rest.strip())


def find(means: Means, case: Case, words: str) -> None:
    """Search, in a conversation of its own."""
    if not words:
        tell(means, case, "What data do you look for? For example: /datasets find Welsh speech")
        return
    ask(means, case, words)


def help_(means: Means, case: Case, words: str) -> None:
    """What can be said."""
    del words
    tell(means, case, HELP)


def terms(means: Means, case: Case, words: str) -> None:
    """What one may do with a dataset, for a use or in general."""
    if not words:
        tell(means, case, "Whose terms? For example: /datasets terms Common Voice Welsh for a "
             "product we sell")  # fmt: skip
        return
    named = resolve(means, words)
    if named.card is None:
        which(means, case, words, named, action="terms")
        return
    show_terms(means, case, named.card, use_of(means, named.rest))


def show_terms(
    means: Means, case: Case, card: DatasetCard, use: Use, phrases: Phrases = ENGLISH
) -> None:
    """The verdict with its clauses, to the person alone."""
    conversation = conversation_of(case.heard)
    for_all = means.desk.check(card.id, use)
    own = means.desk.check(card.id, use, asker=case.asker)
    # What an owner granted to one person is not for others to read as theirs.
    shown = name_to_share(case, conversation) if own == for_all else ""
    bound = Bound(user=case.heard.user, conversation=conversation, shown=shown)
    message = terms_message(means, card, own, bound, case.asker, phrases)
    say(means, case, message, conversation=conversation, shown=shown)


def terms_message(
    means: Means,
    card: DatasetCard,
    verdict: Verdict,
    bound: Bound,
    asker: Asker,
    phrases: Phrases = ENGLISH,
) -> Message:
    """A verdict, each reason with its clause and words."""
    said = means.desk.explain(
        card.id, verdict.use, length="full", asker=asker, language=phrases.tag
    )
    name = render.clean(card.name) or card.id
    title = parts.section(parts.link(parts.cut(name, 200), card.url, bold=True), parts.words("\n"))
    badge = blocks.verdict_line(verdict.outcome, render.licence_line(card, phrases), phrases)
    buttons = blocks.card_buttons(card.id, render.safe_url(card.url), phrases=phrases)
    made = [
        parts.rich(title, badge),
        *parts.prose(said),
        parts.note(phrases.say("slack_caution")),
        *parts.actions(buttons, "card|1"),
    ]
    if bound.shown:
        value = blocks.packed({"u": bound.user, "k": bound.shown})
        share = parts.button("share", phrases.say("slack_share"), value)
        made += parts.actions([share], "offers")
    return parts.message(made, f"{name}: {said}")


def use_of(means: Means, words: str) -> Use:
    """The use that words tell: names of acts, or a sentence."""
    said = re.sub(r"^(?:for|to|as|if)\s+", "", words, flags=re.IGNORECASE)
    acts = tuple(act for act in ACTS if act in said.replace(",", " ").split())
    return Use(acts=acts) if acts else means.desk.read(said).use if said else Use()


def compare(means: Means, case: Case, words: str) -> None:
    """Two datasets side by side."""
    pair = two(means, words)
    if pair is None:
        tell(means, case, "Which two? For example: /datasets compare <name or id> and <name or id>")
        return
    cards = []
    for name in pair:
        named = resolve(means, name)
        if named.card is None:
            which(means, case, name, named, action="terms")
            return
        cards.append(named.card)
    show_comparison(means, case, [card.id for card in cards])


def show_comparison(
    means: Means, case: Case, card_ids: list[str], phrases: Phrases = ENGLISH
) -> None:
    """A comparison, to the person alone. Raises `UnknownDataset`."""
    table = means.desk.compare(card_ids, language=phrases.tag)
    conversation = conversation_of(case.heard)
    shown = name_to_share(case, conversation)
    made = slack_tables.blocks(table, phrases)
    if shown:
        value = blocks.packed({"u": case.heard.user, "k": shown})
        share = parts.button("share", phrases.say("slack_share"), value)
        made += parts.actions([share], "offers")
    text = "\n".join(": ".join((row[0], " | ".join(row[1:]))) for row in table.rows)
    say(means, case, parts.message(made, f"{' | '.join(table.columns[1:])}\n{text}"),
        conversation=conversation, shown=shown)  # fmt: skip


def two(means: Means, words: str) -> tuple[str, str] | None:
    """The two names in the words: quoted, parted by a word or a comma, or found by trying."""
    quoted = _QUOTED.findall(words)
    if len(quoted) == 2:
        return quoted[0], quoted[1]
    tokens = words.split()
    if len(tokens) == 2:
        return tokens[0], tokens[1]
    for apart in _APART.finditer(words):
        first, second = words[: apart.start()].strip(), words[apart.end() :].strip()
        if first and second and means.desk.find_card(first, limit=1):
            return first, second
    for place in range(1, min(len(tokens), NAMES)):
        first, second = " ".join(tokens[:place]), " ".join(tokens[place:])
        if means.desk.find_card(first, limit=1) and means.desk.find_card(second, limit=1):
            return first, second
    halves = _APART.split(words, maxsplit=1)
    return (halves[0], halves[1]) if len(halves) == 2 and all(halves) else None


def coverage(means: Means, case: Case, words: str) -> None:
    """Figures over the catalogue, with a chart."""
    conversation = conversation_of(case.heard)
    text = words or "datasets per language, top 20"
    reply = asked(means, case, text, conversation=conversation)
    if reply.intent != "coverage":
        text = f"How many datasets per language for {words}, top 20"
        reply = asked(means, case, text, conversation=f"{conversation}:2")
    answer(means, case, reply, conversation=conversation)


def request(means: Means, case: Case, words: str) -> None:
    """Ask for access to a dataset."""
    if not words:
        tell(means, case, "Access to which? For example: /datasets request <name or id>")
        return
    named = resolve(means, words)
    if named.card is None:
        which(means, case, words, named, action="request")
    else:
        requests.begin(means, case, named.card.id)


def forget(means: Means, case: Case, words: str) -> None:
    """Forget every conversation and wish of this person."""
    del words
    gone = means.desk.forget(case.asker.id)
    tell(means, case, f"Forgotten: {gone} conversation{'' if gone == 1 else 's'} and wishes.")


def resolve(means: Means, words: str) -> Named:
    """The dataset that the words begin with; several where they may mean several."""
    tokens = words.split()
    for count in range(min(len(tokens), NAMES), 0, -1):
        name = " ".join(tokens[:count]).strip("\"“”'")
        rest = " ".join(tokens[count:])
        stored = means.desk.show(name)
        if stored is not None:
            return Named(card=stored.card, rest=rest)
        found = cards(means, means.desk.find_card(name, limit=NEAR))
        same = [card for card in found if card.name.casefold() == name.casefold()]
        if len(found) == 1 or len(same) == 1:
            return Named(card=(same or found)[0], rest=rest)
        if found:
            return Named(near=found, rest=rest)
    return Named()


def cards(means: Means, ids: tuple[str, ...]) -> tuple[DatasetCard, ...]:
    """The cards of these ids that may be shown."""
    found = (means.desk.show(card_id) for card_id in ids)
    return tuple(stored.card for stored in found if stored is not None)


def which(means: Means, case: Case, words: str, named: Named, *, action: str) -> None:
    """Ask which dataset is meant, with the ones that it may be; never guess."""
    near = named.near
    if not near:
        mark = f"{conversation_of(case.heard)}:near"
        reply = asked(means, case, words, conversation=mark)
        near = tuple(option.card for option in (reply.options or reply.nearest)[:NEAR])
    if not near:
        tell(means, case, f"No dataset is called “{words}”. /datasets find ... searches by "
             "what it is about.")  # fmt: skip
        return
    buttons: list[Block] = []
    for place, card in enumerate(near):
        value = blocks.packed({"i": card.id, "w": named.rest})
        if value:
            name = f"{render.clean(card.name)} ({card.source})"
            buttons.append(parts.button(f"{action}.{place}", name, value))
    known = "Several datasets begin so" if named.near else f"No dataset is called “{words}”"
    tell(means, case, f"{known}. Which one do you mean?", *buttons)


Command = Callable[[Means, Case, str], None]
COMMANDS: Mapping[str, Command] = {
    "find": find,
    "search": find,
    "terms": terms,
    "compare": compare,
    "coverage": coverage,
    "request": request,
    "status": requests.status,
    "watch": watching.watch,
    "unwatch": watching.unwatch,
    "forget": forget,
    "help": help_,
}
