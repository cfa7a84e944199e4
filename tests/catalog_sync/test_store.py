"""The card store, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, text

from catalog_sync.card import DatasetCard, Size
from catalog_sync.clauses import Price
from catalog_sync.filter import Bounds, CardFilter
from catalog_sync.store import NoSuchCard, Store, StoreError, Vetted, open_store
from catalog_sync.vet import Finding
from tests.catalog_sync.composed import NOW, card, stated

HOLD = Finding(level="hold", code="hostile_markup", text="Its text holds a script.")
WARN = Finding(level="warn", code="no_licence", text="No licence is stated.")


def put(store: Store, *cards: DatasetCard) -> None:
    store.put(cards, seen_at=NOW)


def matching(store: Store, asked: CardFilter) -> set[str]:
    found = store.get_keys(store.matching(asked))
    return {each.card.native_id for each in found.values()}


def test_a_card_comes_back_as_it_was_put(store: Store) -> None:
    one = replace(
        card("a", licence="CC BY 4.0", size=Size(hours=1.5), doi="10.1/x"),
        published=date(2024, 2, 29),
    )
    store.put([Vetted(card=one, findings=(WARN,))], seen_at=NOW)
    found = store.get("cards:a")
    assert found is not None
    assert found.card == one
    assert found.findings == (WARN,)
    assert found.seen_at == NOW
    assert found.visible
    assert store.get("cards:b") is None


def test_cards_with_equal_terms_share_one_fingerprint_and_keep_their_own_wording(
    store: Store,
) -> None:
    terms = stated("CC-BY-4.0")
    short = replace(terms, licence_stated=("CC BY 4.0",))
    put(store, card("a", terms=terms), card("b", terms=short), card("c", licence="CC0-1.0"))
    found = [store.get(f"cards:{each}") for each in "abc"]
    prints = [each.terms_fingerprint for each in found if each]
    assert prints[0] == prints[1] != prints[2]
    assert set(store.terms()) == set(prints)
    assert [each.card.terms.licence_stated for each in found if each][:2] == [
        ("CC-BY-4.0",),
        ("CC BY 4.0",),
    ]


def test_a_card_put_again_unchanged_changes_no_revision(store: Store) -> None:
    put(store, card("a"))
    before = store.revision()
    written = store.put([card("a")], seen_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert (written.new, written.changed, written.same) == ((), (), ("cards:a",))
    assert store.revision() == before
    found = store.get("cards:a")
    assert found is not None
    assert found.seen_at.year == 2027


def test_a_changed_card_keeps_its_key_and_takes_the_next_revision(store: Store) -> None:
    put(store, card("a"), card("b"))
    key, revision = store.matching(CardFilter())[0], store.revision()
    written = store.put([card("a", description="Other.")], seen_at=NOW)
    found = store.get("cards:a")
    assert written.changed == ("cards:a",)
    assert found is not None
    assert (found.key, found.revision) == (key, revision + 1)
    assert found.card.description == "Other."
    assert [change.key for change in store.changed_since(revision)] == [key]


def test_changes_follow_the_revision_and_can_be_taken_in_portions(store: Store) -> None:
    for first in range(0, 12, 4):
        put(store, *(card(str(number)) for number in range(first, first + 4)))
    every = list(store.changed_since(0))
    assert [each.key for each in every] == sorted(each.key for each in every)
    assert len(every) == 12
    assert list(store.changed_since(0, limit=5)) == every[:5]
    assert [each.revision for each in store.changed_since(2)] == [3] * 4
    assert list(store.changed_since(store.revision())) == []


def test_a_withdrawn_card_is_a_change_to_nothing_and_comes_back_when_listed_again(
    store: Store,
) -> None:
    put(store, card("a"), card("b"))
    before = store.revision()
    assert store.withdraw(["cards:a", "cards:nobody"], "gone", at=NOW) == 1
    assert matching(store, CardFilter()) == {"b"}
    assert [each.card for each in store.changed_since(before)] == [None]
    found = store.get("cards:a")
    assert found is not None
    assert found.withdrawn_at == NOW
    put(store, card("a"))
    assert matching(store, CardFilter()) == {"a", "b"}


def test_a_held_card_is_never_found_until_it_is_released_on_record(store: Store) -> None:
    held = Vetted(card=card("a", name="Held"), findings=(HOLD, WARN))
    written = store.put([held, Vetted(card=card("b"))], seen_at=NOW)
    assert written.held == ("cards:a",)
    assert matching(store, CardFilter()) == {"b"}
    assert store.find_by_name("Held") == ()
    assert [each.card for each in store.changed_since(0) if each.card is None] == [None]
    (hold,) = store.holds()
    assert (hold.id, hold.name, hold.reasons) == ("cards:a", "Held", (HOLD,))
    before = store.revision()
    released = store.release_hold("cards:a", actor="ada", reason="a code sample", at=NOW)
    assert released.visible
    assert store.holds() == ()
    (record,) = store.holds(released=True)
    assert (record.released_by, record.released_reason) == ("ada", "a code sample")
    assert record.released_at == NOW
    assert [each.key for each in store.changed_since(before) if each.card] == [released.key]
    assert matching(store, CardFilter()) == {"a", "b"}


def test_a_released_card_stays_released_until_its_content_changes(store: Store) -> None:
    held = Vetted(card=card("a"), findings=(HOLD,))
    store.put([held], seen_at=NOW)
    store.release_hold("cards:a", actor="ada", reason="seen", at=NOW)
    store.put([held], seen_at=NOW)
    assert matching(store, CardFilter()) == {"a"}
    other = Vetted(card=card("a", description="Now otherwise."), findings=(HOLD,))
    assert store.put([other], seen_at=NOW).held == ("cards:a",)
    assert matching(store, CardFilter()) == set()
    assert len(store.holds()) == 1
    mended = Vetted(card=card("a", description="Now mended."))
    store.put([mended], seen_at=NOW)
    assert matching(store, CardFilter()) == {"a"}
    assert store.holds() == ()


def test_a_new_reason_holds_a_released_card_again(store: Store) -> None:
    store.put([Vetted(card=card("a"), findings=(HOLD,))], seen_at=NOW)
    store.release_hold("cards:a", actor="ada", reason="seen", at=NOW)
    other = Finding(level="hold", code="hidden_text", text="Its text hides something.")
    store.put([Vetted(card=card("a"), findings=(HOLD, other))], seen_at=NOW)
    assert [each.reasons for each in store.holds()] == [(HOLD, other)]


def test_a_release_names_who_and_why_and_a_card_that_is_held(store: Store) -> None:
    store.put([Vetted(card=card("a"), findings=(HOLD,)), Vetted(card=card("b"))], seen_at=NOW)
    with pytest.raises(StoreError, match="on record"):
        store.release_hold("cards:a", actor="ada", reason=" ", at=NOW)
    with pytest.raises(NoSuchCard, match="'cards:b'"):
        store.release_hold("cards:b", actor="ada", reason="seen", at=NOW)
    assert len(store.holds()) == 1


@dataclass(frozen=True)
class Case:
    id: str
    asked: CardFilter
    found: str
    """Native ids, one letter each."""


A_LOT = Size(hours=100, validated_hours=50, records=1000, bytes=10**9, speakers=40)
A_LITTLE = Size(hours=2, validated_hours=1, records=20, bytes=10**6, speakers=2)
A_CLASS = Size(records_at_least=100, records_below=1001)


def catalogue() -> list[DatasetCard]:
    priced = replace(
        stated("CC-BY-NC-4.0"),
        access="on_request",
        price=Price(owner_cents=1000, currency="USD", platform_fee_cents=50),
    )
    fee_unknown = replace(
        stated("MIT"), access="agreement", price=Price(owner_cents=1000, currency="USD")
    )
    return [
        replace(
            card("a", size=A_LOT, tasks=("ASR",), publisher="Bangor University", tags=("Radio",)),
            speech_style="scripted",
            updated=date(2026, 1, 1),
            update_frequency="yearly",
        ),
        card("b", languages=("cy", "en"), size=A_LITTLE, terms=priced, name="Small talk"),
        card("c", languages=("sw",), modalities=("text",), terms=fee_unknown, size=A_CLASS),
        replace(
            card("d", languages=(), licence=None, publisher="bangor press", multilingual=True),
            terms=replace(stated(None), access="public"),
        ),
        card("e", languages=("en",), modalities=("audio", "text"), licence="CC0-1.0 OR MIT"),
    ]


def wish(*tags: str) -> frozenset[str]:
    return frozenset(tags)


CASES = [
    Case("nothing", CardFilter(), "abcde"),
    Case("language", CardFilter(languages=(wish("cy"),)), "ab"),
    Case("any-language", CardFilter(languages=(wish("cy"), wish("sw", "swh"))), "abc"),
    Case(
        "all-languages",
        CardFilter(languages=(wish("cy"), wish("en", "en-GB")), languages_joined="all"),
        "b",
    ),
    Case("language-not", CardFilter(languages_not=wish("en")), "acd"),
    Case("modality", CardFilter(modalities=wish("text", "image")), "ce"),
    Case("task", CardFilter(tasks=wish("ASR", "TTS")), "a"),
    Case("kind-and-task", CardFilter(modalities=wish("text"), tasks=wish("ASR")), ""),
    Case(
        "kind-or-task",
        CardFilter(modalities=wish("text"), tasks=wish("ASR"), kinds_joined="any"),
        "ace",
    ),
    Case("speech-style", CardFilter(speech_style="scripted"), "a"),
    Case("topic", CardFilter(topics=(wish("radio", "broadcast"),)), "a"),
    Case("two-topics", CardFilter(topics=(wish("radio"), wish("sea"))), ""),
    Case("hours-unknown-passes", CardFilter(hours=Bounds(least=50)), "acde"),
    Case("hours-must", CardFilter(hours=Bounds(least=50), must=frozenset({"hours"})), "a"),
    Case("hours-most", CardFilter(hours=Bounds(most=2), must=frozenset({"hours"})), "b"),
    Case("validated", CardFilter(validated_hours=Bounds(least=10)), "acde"),
    Case("records-class-may", CardFilter(records=Bounds(least=1000)), "acde"),
    Case("records-class-cannot", CardFilter(records=Bounds(least=1001)), "de"),
    Case(
        "records-class-surely",
        CardFilter(records=Bounds(least=100), must=frozenset({"records"})),
        "ac",
    ),
    Case(
        "records-most-surely",
        CardFilter(records=Bounds(most=1000), must=frozenset({"records"})),
        "abc",
    ),
    Case("records-most-may", CardFilter(records=Bounds(most=99)), "bde"),
    Case("bytes-between", CardFilter(bytes=Bounds(least=10, most=10**7)), "bcde"),
    Case("speakers", CardFilter(speakers=Bounds(least=3), must=frozenset({"speakers"})), "a"),
    Case("many-languages", CardFilter(languages_count=Bounds(least=2)), "bd"),
    Case("one-language", CardFilter(languages_count=Bounds(most=1)), "ace"),
    Case("licence", CardFilter(licences=wish("MIT", "Apache-2.0")), "ce"),
    Case("licence-in-expression", CardFilter(licences=wish("CC0-1.0")), "e"),
    Case("commercial", CardFilter(licence_wish="commercial"), "acde"),
    Case(
        "commercial-must",
        CardFilter(licence_wish="commercial", must=frozenset({"licence_wish"})),
        "ace",
    ),
    Case("public-domain", CardFilter(licence_wish="public_domain"), "de"),
    Case("non-commercial", CardFilter(licence_wish="non_commercial_ok"), "abcde"),
    Case(
        "any-licence-must",
        CardFilter(licence_wish="non_commercial_ok", must=frozenset({"licence_wish"})),
        "abce",
    ),
    Case("price", CardFilter(price_most_cents=1020), "acde"),
    Case("free", CardFilter(price_most_cents=0), "ade"),
    Case("free-must", CardFilter(price_most_cents=0, must=frozenset({"price"})), "d"),
    Case("price-must", CardFilter(price_most_cents=1050, must=frozenset({"price"})), "bd"),
    Case("access", CardFilter(access=wish("public")), "ade"),
    Case("access-must", CardFilter(access=wish("public"), must=frozenset({"access"})), "d"),
    Case("frequency", CardFilter(update_frequency=wish("daily")), "bcde"),
    Case(
        "frequency-must",
        CardFilter(update_frequency=wish("yearly"), must=frozenset({"update_frequency"})),
        "a",
    ),
    Case("updated", CardFilter(updated_since=date(2026, 1, 2)), "bcde"),
    Case(
        "updated-must",
        CardFilter(updated_since=date(2026, 1, 1), must=frozenset({"updated"})),
        "a",
    ),
    Case("source", CardFilter(sources=wish("cards")), "abcde"),
    Case("source-not", CardFilter(sources_not=wish("cards")), ""),
    Case("publisher", CardFilter(publishers=wish("BANGOR")), "ad"),
    Case("publisher-not", CardFilter(publishers_not=wish("university")), "bcde"),
    Case("name-not", CardFilter(names_not=wish("small")), "acde"),
    Case("name-not-as-written", CardFilter(names_not=wish("s%")), "abcde"),
    Case("no-terms", CardFilter(terms_in=frozenset()), ""),
    Case(
        "several",
        CardFilter(languages=(wish("cy"),), modalities=wish("audio"), hours=Bounds(least=50)),
        "a",
    ),
]


@pytest.fixture
def filled(store: Store) -> Store:
    put(store, *catalogue())
    return store


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_filter_lets_pass_what_it_says(filled: Store, case: Case) -> None:
    found = filled.matching(case.asked)
    assert found.dtype == np.int64
    assert list(found) == sorted(found)
    assert matching(filled, case.asked) == set(case.found)
    assert filled.count(case.asked) == len(case.found)


def test_an_answer_asked_for_often_is_the_answer_asked_for_once(filled: Store) -> None:
    for _ in range(5):
        for case in CASES:
            assert matching(filled, case.asked) == set(case.found), case.id


def test_answers_follow_the_catalogue(filled: Store) -> None:
    asked = CardFilter(languages=(wish("cy"),))
    assert matching(filled, asked) == {"a", "b"}
    put(filled, card("f"))
    assert matching(filled, asked) == {"a", "b", "f"}
    filled.withdraw(["cards:a"], "gone", at=NOW)
    assert matching(filled, asked) == {"b", "f"}


def test_answers_follow_what_another_process_writes(url: str, store: Store) -> None:
    put(store, card("a"))
    assert matching(store, CardFilter()) == {"a"}
    other = open_store(url)
    put(other, card("b"))
    other.close()
    assert matching(store, CardFilter()) == {"a", "b"}


def test_terms_are_filtered_by_fingerprint(filled: Store) -> None:
    terms = filled.terms()
    free = frozenset(print_ for print_, each in terms.items() if each.licence == "MIT")
    assert matching(filled, CardFilter(terms_in=free)) == {"c"}
    assert matching(filled, CardFilter(terms_in=frozenset(terms))) == set("abcde")


def test_a_list_of_any_length_can_be_asked_for(filled: Store) -> None:
    tags = frozenset(f"x{number}" for number in range(70_000)) | {"sw"}
    assert matching(filled, CardFilter(languages=(tags,))) == {"c"}
    prints = frozenset(f"{number:016x}" for number in range(70_000)) | set(filled.terms())
    assert matching(filled, CardFilter(terms_in=prints)) == set("abcde")


def test_many_cards_are_narrowed_as_few_are(store: Store) -> None:
    put(store, *(card(str(n), languages=("en",), size=Size(hours=n)) for n in range(300)))
    put(store, *catalogue())
    asked = CardFilter(languages=(wish("cy"),), hours=Bounds(least=50, most=None))
    for _ in range(4):
        assert matching(store, asked) == {"a"}
    large = CardFilter(languages=(wish("en"),), hours=Bounds(least=290), must=frozenset({"hours"}))
    assert matching(store, large) == {str(n) for n in range(290, 300)}


def test_figures_by_language_count_the_hours_of_that_language_alone(filled: Store) -> None:
    figures = {each.key: each for each in filled.groups("language", CardFilter())}
    assert [(key, figures[key].datasets) for key in ("cy", "en", "sw", None)] == [
        ("cy", 2),
        ("en", 2),
        ("sw", 1),
        (None, 1),
    ]
    assert (figures["cy"].hours, figures["cy"].shared_hours) == (100, 2)
    assert (figures["en"].hours, figures["en"].shared_hours) == (None, 2)
    assert figures["cy"].with_hours == 1


def test_figures_by_anything_else_sum_what_is_stated(filled: Store) -> None:
    by_modality = {each.key: each for each in filled.groups("modality", CardFilter())}
    assert (by_modality["audio"].datasets, by_modality["text"].datasets) == (4, 2)
    assert by_modality["audio"].hours == 102
    by_licence = {each.key: each.datasets for each in filled.groups("licence", CardFilter())}
    assert by_licence[None] == 1
    assert by_licence["MIT"] == 1
    by_task = {each.key: each.datasets for each in filled.groups("task", CardFilter())}
    assert by_task == {"ASR": 1, None: 4}
    by_source = filled.groups("source", CardFilter(languages=(wish("cy"),)))
    assert [(each.key, each.datasets, each.bytes) for each in by_source] == [
        ("cards", 2, 10**9 + 10**6)
    ]
    by_access = {each.key: each.datasets for each in filled.groups("access", CardFilter())}
    assert by_access == {"public": 1, "on_request": 1, "agreement": 1, None: 2}
    by_publisher = {each.key: each.datasets for each in filled.groups("publisher", CardFilter())}
    assert by_publisher[None] == 3


def test_a_name_finds_its_card_in_any_case_whole_names_first(store: Store) -> None:
    put(
        store,
        card("cy-1", name="Common Voice Welsh"),
        card("cy-2", name="Common  Voice"),
        card("voice", name="Something else"),
    )
    assert store.find_by_name("COMMON voice") == ("cards:cy-2", "cards:cy-1")
    assert store.find_by_name("Voice") == ("cards:voice",)
    assert store.find_by_name("cards:cy-1") == ("cards:cy-1",)
    assert store.find_by_name("CY-") == ("cards:cy-2", "cards:cy-1")
    assert store.find_by_name("common", limit=1) == ("cards:cy-2",)
    assert store.find_by_name("  ") == ()
    assert store.find_by_name("100%") == ()


def test_copies_are_one_result_and_know_of_each_other(store: Store) -> None:
    page = "https://data.invalid.example.edu/welsh"
    put(
        store,
        card("a", source="mdc", url=page, size=Size(hours=3), name="Welsh talk"),
        card("b", source="huggingface", links=(page + "/",), licence=None, name="welsh_talk"),
        card("c"),
    )
    assert store.join() == 2
    assert matching(store, CardFilter()) == {"a", "c"}
    found = store.get("mdc:a")
    assert found is not None
    assert found.copies == ("huggingface:b",)
    copy = store.get("huggingface:b")
    assert copy is not None
    assert copy.group == found.group
    assert store.join() == 0
    assert {each.card.native_id for each in store.changed_since(0) if each.card} == set("abc")


def test_a_copy_stands_in_where_its_source_alone_is_asked_for(store: Store) -> None:
    page = "https://lab.example.edu/welsh"
    put(
        store,
        card("a", source="mdc", url=page, size=Size(hours=3)),
        card("a", source="huggingface", url=page),
    )
    store.join()
    assert [each.card.source for each in store.get_keys(store.matching(CardFilter())).values()] == [
        "mdc"
    ]
    only = CardFilter(sources=wish("huggingface"))
    assert store.count(only) == 1
    assert store.count(CardFilter(sources_not=wish("huggingface"))) == 1
    assert store.count(CardFilter(sources=wish("mdc", "huggingface"))) == 1


def test_when_the_best_copy_goes_the_next_one_is_shown(store: Store) -> None:
    page = "https://lab.example.edu/welsh"
    put(
        store,
        card("a", source="mdc", url=page, size=Size(hours=3)),
        card("a", source="huggingface", url=page),
    )
    store.join()
    store.withdraw(["mdc:a"], "gone", at=NOW)
    assert [each.card.id for each in store.get_keys(store.matching(CardFilter())).values()] == [
        "huggingface:a"
    ]
    assert store.join() == 2
    copy = store.get("huggingface:a")
    assert copy is not None
    assert copy.copies == ()


def test_copies_that_no_longer_share_anything_part_again(store: Store) -> None:
    page = "https://lab.example.edu/welsh"
    first, other = card("a", source="mdc", url=page), card("a", source="huggingface", url=page)
    put(store, first, other)
    store.join()
    assert store.count(CardFilter()) == 1
    put(store, replace(other, url="https://lab.example.edu/breton"))
    store.join()
    assert store.count(CardFilter()) == 2


def test_questions_asked_at_once_while_cards_come_in_are_each_answered(store: Store) -> None:
    put(store, *catalogue())
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(5):
            for case in CASES[:12]:
                found = matching(store, case.asked) & set("abcde")
                if found != set(case.found):
                    wrong.append(case.id)

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        for number in range(20):
            put(store, card(f"more-{number}", languages=("br",)))
        for each in asking:
            each.result()
    assert wrong == []


def test_a_new_store_makes_its_folder_and_an_old_one_opens_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/catalog.db"
    first = open_store(url)
    put(first, card("a"))
    first.close()
    again = open_store(url)
    assert again.count(CardFilter()) == 1
    again.close()


def test_a_store_of_a_newer_release_is_refused_with_the_mend(url: str) -> None:
    open_store(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE catalog_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer release"):
        open_store(url)


@pytest.mark.parametrize(
    "url", ["mysql://here/x", "no address at all", "sqlite://", "postgresql+psycopg:///x?host=/no"]
)
def test_an_address_that_cannot_be_opened_is_named_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="card store"):
        open_store(url)


def test_moments_are_kept_in_one_time_zone_and_need_one(store: Store) -> None:
    east = NOW.astimezone(timezone(timedelta(hours=9)))
    store.put([card("a")], seen_at=east)
    found = store.get("cards:a")
    assert found is not None
    assert (found.seen_at, found.seen_at.utcoffset()) == (NOW, timedelta(0))
    with pytest.raises(ValueError, match="time zone"):
        store.put([card("b")], seen_at=NOW.replace(tzinfo=None))


def test_keys_are_never_used_twice(store: Store) -> None:
    put(store, card("a"), card("b"))
    highest = int(store.matching(CardFilter()).max())
    store.withdraw(["cards:a", "cards:b"], "gone", at=NOW)
    put(store, card("c"))
    assert store.matching(CardFilter()).tolist() == [highest + 1]
    assert list(store.get_keys([10_000, highest])) == [highest]
