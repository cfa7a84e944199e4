"""What the store remembers of cards that it read, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from catalog_sync.store import Store, Vetted, open_store
from catalog_sync.store_cards import Cards, Read, Seal
from catalog_sync.vet import Finding
from tests.catalog_sync.composed import NOW, card

WARN = Finding(level="warn", code="no_licence", text="No licence is stated.")
HOLD = Finding(level="hold", code="hostile_markup", text="Its text holds a script.")


def test_a_card_read_before_is_shown_as_it_is_after_another_process_changed_it(
    store: Store, url: str
) -> None:
    store.put([card("a")], seen_at=NOW)
    first = store.get("cards:a")
    other = open_store(url)
    other.put(
        [Vetted(card=replace(card("a"), summary="Now with a summary."), findings=(WARN,))],
        seen_at=NOW,
    )
    other.close()
    second = store.get("cards:a")
    assert first is not None
    assert second is not None
    assert (first.card.summary, first.findings) == (card("a").summary, ())
    assert (second.card.summary, second.findings) == ("Now with a summary.", (WARN,))


def test_a_card_read_before_tells_when_it_was_last_seen_and_that_it_was_withdrawn(
    store: Store,
) -> None:
    store.put([card("a")], seen_at=NOW)
    before = store.get("cards:a")
    later = NOW + timedelta(days=3)
    store.put([card("a")], seen_at=later)
    seen = store.get("cards:a")
    store.withdraw(["cards:a"], "gone", at=later)
    gone = store.get("cards:a")
    assert before is not None
    assert seen is not None
    assert gone is not None
    assert (before.seen_at, seen.seen_at) == (NOW, later)
    assert (seen.visible, gone.visible) == (True, False)


def test_only_so_many_cards_are_remembered_and_those_unused_longest_go_first() -> None:
    remembered = Cards(most=2)
    seals = [Seal(key, 1, "digest") for key in (1, 2, 3)]
    for seal in seals[:2]:
        remembered.keep(seal, Read(card(str(seal.key)), ()))
    assert remembered.get(seals[:1]).keys() == {1}
    remembered.keep(seals[2], Read(card("3"), ()))
    assert remembered.get(seals).keys() == {1, 3}


def test_a_card_is_not_remembered_under_an_older_revision() -> None:
    remembered = Cards()
    remembered.keep(Seal(1, 1, "digest"), Read(card("1"), ()))
    assert remembered.get([Seal(1, 2, "digest")]) == {}


def test_what_was_made_ready_is_not_parsed_again(store: Store) -> None:
    store.put([card(name) for name in "abc"], seen_at=NOW)
    store.prepare()
    first, again = store.get("cards:a"), store.get("cards:a")
    assert first is not None
    assert again is not None
    assert first.card is again.card
    assert len(store._cards._read) == 3


def test_words_are_keywords_only_where_a_card_that_is_shown_has_them(store: Store) -> None:
    shown = replace(card("a"), tags=("Radio", "folk music"))
    held = Vetted(card=replace(card("b"), tags=("secret",)), findings=(HOLD,))
    store.put([shown, held], seen_at=NOW)
    asked = ("folk music", "radio", "secret", "music", "radio")
    assert store.tagged(asked) == ("folk music", "radio")
    assert store.tagged(()) == ()
