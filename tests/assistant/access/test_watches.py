"""Saved datasets, and watches that tell each new match once, whoever else looks."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.access.messages import Watch
from assistant.access.values import Refusal
from assistant.access.watch_match import CatalogueMatcher
from assistant.access.watches import Watches
from catalog_sync.card import DatasetCard, Size
from indexer.search import Hit
from tests.assistant.access.bureau import GIVEN, MARA, OPEN, TOM, VISITOR, Bureau, made
from tests.assistant.access.post import Post

MARA_AT = "mara@lab.example"


def ewe(native: str, **fields: object) -> DatasetCard:
    card = made(f"voices:{native}", licence="CC0-1.0", access="public")
    values = {"languages": ("ee",), "size": Size(hours=12.0), **fields}
    return replace(card, **values)  # type: ignore[arg-type]


def put(bureau: Bureau, *cards: DatasetCard) -> None:
    bureau.store.put(cards, seen_at=bureau.moment)
    bureau.store.join()


def watched(bureau: Bureau, words: str = "Ewe speech", channel: str = "mail") -> Watch:
    made_ = bureau.office.watches.watch(words, asker=MARA, channel=channel)
    assert isinstance(made_, Watch)
    return made_


def test_a_new_match_is_told_once_with_its_name_and_address(bureau: Bureau) -> None:
    post = Post(bureau)
    watched(bureau)
    assert bureau.office.watches.tell_new() == 0
    put(bureau, ewe("one"), made("voices:other", licence="CC0-1.0", access="public"))
    assert bureau.office.watches.tell_new() == 1
    assert bureau.office.watches.tell_new() == 0
    ((address, kind, message),) = post.new()
    assert (address, kind) == (MARA_AT, "watch_match")
    assert "Ewe speech" in message.subject
    assert "One Voices: CC0-1.0, 12 h" in message.text
    assert "https://data.example/one" in message.text
    assert "Other Voices" not in message.text


def test_what_is_there_already_is_not_told_and_its_changes_are_not_either(small: Bureau) -> None:
    put(small, ewe("old"))
    watched(small)
    put(small, ewe("old", summary="Now with words."))
    assert small.office.watches.tell_new() == 0
    put(small, ewe("new"))
    assert small.office.watches.tell_new() == 1
    put(small, ewe("new", summary="Changed too."))
    assert small.office.watches.tell_new() == 0


def test_a_dataset_that_comes_to_match_later_is_new(small: Bureau) -> None:
    put(small, ewe("small", size=Size(hours=2.0)))
    watched(small, "Ewe speech with more than 100 hours")
    put(small, ewe("small", size=Size(hours=150.0)))
    assert small.office.watches.tell_new() == 1


def test_a_copy_of_what_was_told_is_not_told_again(small: Bureau) -> None:
    post = Post(small)
    watched(small)
    link = ("https://lab.example.edu/ewe",)
    put(small, ewe("one", links=link))
    assert small.office.watches.tell_new() == 1
    copy = replace(ewe("one", links=link), id="far:one", source="far")
    put(small, copy)
    assert small.store.get("far:one").copies  # type: ignore[union-attr]
    assert small.office.watches.tell_new() == 0
    assert len(post.new()) == 1


def test_several_matches_of_one_look_make_one_message(small: Bureau) -> None:
    post = Post(small)
    watched(small)
    put(small, *(ewe(f"n{number}") for number in range(25)))
    assert small.office.watches.tell_new() == 1
    ((_, _, message),) = post.new()
    assert message.subject.startswith("25 new datasets")
    assert "and 5 more" in message.text


def test_workers_that_look_at_once_tell_once(bureau: Bureau) -> None:
    for words in ("Ewe speech", "Ewe audio data", "speech in Ewe, free"):
        watched(bureau, words)
    put(bureau, ewe("one"), ewe("two"))
    with ThreadPoolExecutor(4) as pool:
        told = sum(pool.map(lambda _: bureau.office.watches.tell_new(), range(4)))
    assert told == 3
    assert len(Post(bureau).new()) == 3


def test_the_same_words_are_the_same_watch_and_may_be_ended(small: Bureau) -> None:
    first, again = watched(small), watched(small, " Ewe  speech ")
    assert first.id == again.id
    assert small.office.watches.of(MARA) == (first,)
    assert small.office.watches.of(TOM) == ()
    assert not small.office.watches.unwatch(first.id, asker=TOM)
    assert small.office.watches.unwatch(first.id, asker=MARA)
    put(small, ewe("one"))
    assert small.office.watches.tell_new() == 0


def test_a_visitor_signs_in_to_be_mailed_and_need_not_where_the_chat_tells(small: Bureau) -> None:
    watch = small.office.watches.watch
    assert watch("Ewe speech", asker=VISITOR) == Refusal(kind="sign_in")
    in_chat = watch("Ewe speech", asker=VISITOR, channel="chat:1")
    assert isinstance(in_chat, Watch)
    put(small, ewe("one"))
    small.office.watches.tell_new()
    assert Post(small).new() == []
    (news,) = small.office.watches.news("chat:1", asker=VISITOR)
    assert [match.name for match in news.matches] == ["One Voices"]
    assert small.office.watches.news("chat:1", asker=VISITOR) == ()


@pytest.mark.parametrize("words", ["", "  ", "x" * 301])
def test_words_that_say_nothing_are_no_watch(small: Bureau, words: str) -> None:
    refused = small.office.watches.watch(words, asker=MARA)
    assert isinstance(refused, Refusal) and refused.kind == "bad_answer"


class Index:
    """Finds what it is told to find, among the allowed ones."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau

    def find(
        self, text: str, *, allowed: NDArray[np.int64] | None = None, top: int = 10
    ) -> Sequence[Hit]:
        assert allowed is not None
        cards = self.bureau.store.get_keys(allowed)
        return [
            Hit(
                key=key,
                score=1.0,
                kind="summary",
                text="",
                words=("bells",),
                cosine=0.1,
                citing=0,
                share=1.0,
                telling=(),
            )
            for key, stored in cards.items()
            if "bells" in stored.card.summary
        ]


def test_a_watch_of_words_alone_waits_for_the_index(small: Bureau) -> None:
    indexed = [small.store.revision()]
    matcher = CatalogueMatcher(
        store=small.store, clock=lambda: small.moment, search=Index(small),
        indexed=lambda: indexed[0],
    )  # fmt: skip
    parts = small.office.parts
    watches = Watches(
        engine=parts.record.engine, roles=parts.record.roles, matcher=matcher, clock=parts.clock
    )
    assert isinstance(watches.watch("bells and whistles", asker=MARA), Watch)
    put(small, ewe("a", summary="Church bells."), ewe("b", summary="Birds."))
    assert watches.tell_new() == 0
    indexed[0] = small.store.revision()
    assert watches.tell_new() == 1
    ((_, _, message),) = Post(small).new()
    assert "A Voices" in message.text and "B Voices" not in message.text


def test_a_saved_dataset_stays_until_let_go(small: Bureau) -> None:
    watches = small.office.watches
    assert watches.save(GIVEN, asker=MARA) is True
    assert watches.save(GIVEN, asker=MARA) is False
    small.wait(minutes=1)
    assert watches.save(OPEN, asker=MARA) is True
    assert watches.saved(MARA) == (OPEN, GIVEN)
    assert watches.saved(TOM) == ()
    assert watches.unsave(GIVEN, asker=MARA)
    assert not watches.unsave(GIVEN, asker=MARA)
    refused = watches.save("voices:nothing", asker=MARA)
    assert isinstance(refused, Refusal) and refused.kind == "dataset_gone"


def test_everything_kept_in_view_is_exported_and_erased(small: Bureau) -> None:
    watched(small)
    small.office.watches.save(GIVEN, asker=MARA)
    put(small, ewe("one"))
    small.office.watches.tell_new()
    exported = small.office.person.export(MARA)
    assert [w["words"] for w in exported["watches"]] == ["Ewe speech"]  # type: ignore[attr-defined]
    assert [s["card_id"] for s in exported["saved"]] == [GIVEN]  # type: ignore[attr-defined]
    small.office.person.erase(MARA)
    assert small.office.watches.of(MARA) == ()
    assert small.office.watches.saved(MARA) == ()
    assert Post(small).new() == []
