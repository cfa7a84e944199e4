from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from catalog_sync.clauses import Price
from catalog_sync.http import PoliteClient
from catalog_sync.source import (
    BadInput,
    Cursor,
    Failed,
    Gone,
    Item,
    RawRecord,
    SourceBroken,
    SourceError,
    SourceUnreachable,
)
from catalog_sync.sources.mdc import Mdc, make
from tests.catalog_sync.sources.collective import Collective, dataset
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply, Watch, json_reply

Serve = Callable[[Callable[[Asked], Reply]], Loopback]
DATA = Path(__file__).parents[2] / "data" / "mdc"


def records(found: Iterable[Item]) -> dict[str, RawRecord]:
    return {item.native_id: item for item in found if isinstance(item, RawRecord)}


def read_until_error(source: Mdc, cursor: Cursor | None = None) -> tuple[list[Item], str]:
    found: list[Item] = []
    with pytest.raises(SourceError) as caught:
        for item in source.read(cursor):
            found.append(item)
    return found, str(caught.value)


def summary(**changed: object) -> RawRecord | Failed:
    """One record as the list shows it, read from disk."""
    return next(iter(on_disk({"items": [dataset(1, **changed)], "total": 1})))


def on_disk(content: object) -> list[RawRecord | Failed]:
    with tempfile.TemporaryDirectory() as place:
        Path(place, "saved.json").write_text(json.dumps(content), encoding="utf-8")
        found = list(Mdc(path=Path(place)).read(None))
    return [item for item in found if isinstance(item, RawRecord | Failed)]


def record(**changed: object) -> RawRecord:
    found = summary(**changed)
    assert isinstance(found, RawRecord)
    return found


def test_a_catalogue_of_several_pages_is_read_whole_and_newest_first(
    serve: Serve, client: PoliteClient
) -> None:
    server = serve(Collective([dataset(number) for number in range(250)]))
    found = list(Mdc(url=server.url + "/api", client=client).read(None))
    assert len(records(found)) == 250
    assert [asked.query["page"] for asked in server.asked] == ["1", "2", "3"]
    assert {asked.query["sort"] for asked in server.asked} == {"newest"}
    assert {asked.query["limit"] for asked in server.asked} == {"100"}


def test_a_record_carries_what_the_service_says_and_nothing_more() -> None:
    found = record()
    assert found.name == "River Songs 1"
    assert found.summary == "Songs of river number 1."
    assert found.languages == ("cy",)
    assert found.tasks == ("ASR",)
    assert found.formats == ("MP3", "TSV")
    assert found.size.bytes == 1001
    assert found.publisher == "River Choir"
    assert found.published == date(2026, 2, 3)
    assert found.url == "https://mozilladatacollective.com/datasets/c0000001data"
    assert found.terms.licences == ("CC0-1.0", "Creative Commons Zero v1.0 Universal")
    assert found.terms.platform == "mdc"
    assert found.terms.access == "unknown"
    assert found.payload["slug"] == "river-songs-1"


def test_a_missing_price_is_unknown_and_never_free() -> None:
    assert record().terms.price is None
    assert record(pricing=None, isPaid=False).terms.price is None


def test_only_a_stated_pricing_makes_a_dataset_free() -> None:
    free = record(pricing={"isPaid": False, "basePriceCents": None})
    assert free.terms.price == Price(owner_cents=0, currency="USD", platform_fee_cents=0)


def test_a_price_keeps_owner_and_platform_apart() -> None:
    paid = record(
        pricing={
            "isPaid": True,
            "basePriceCents": 10000,
            "currency": "usd",
            "platformFeeRate": "0.05",
            "platformFeeCents": 500,
            "totalPriceCents": 10500,
        }
    ).terms.price
    assert paid == Price(
        owner_cents=10000, currency="USD", platform_fee_cents=500, platform_fee_rate="0.05"
    )
    assert paid is not None and paid.total_cents == 10500


def test_the_deprecated_price_is_used_only_to_say_that_money_is_asked() -> None:
    found = record(isPaid=True, basePriceCents=20000).terms.price
    assert found == Price(owner_cents=20000, currency="USD")
    assert found is not None and found.total_cents is None


def test_a_paid_dataset_without_an_amount_is_still_told_as_paid() -> None:
    found = record(isPaid=True, basePriceCents=None)
    assert found.terms.price is None
    assert ("isPaid", "isPaid: true") in found.terms.datasheet


@pytest.mark.parametrize(
    ("stated", "expected"),
    [(2048, 2048), ("2048", 2048), (2048.0, 2048), (None, None), ("soon", None), (-1, None)],
)
def test_sizes_come_as_number_text_or_not_at_all(stated: object, expected: int | None) -> None:
    assert record(sizeBytes=stated).size.bytes == expected


def test_added_fields_are_kept_and_do_no_harm() -> None:
    assert record(somethingNew={"a": [1]}).payload["somethingNew"] == {"a": [1]}


def test_words_about_visibility_never_become_an_access_mode() -> None:
    assert record(visibility="public").terms.access == "unknown"
    assert record(visibility="restricted").terms.access == "unknown"


def test_the_owners_conditions_reach_the_terms_when_they_are_sent() -> None:
    found = record(
        restrictions="No use outside schools.",
        longDescription="Bird calls.\nThese may not be redistributed.",
    )
    assert found.terms.datasheet == (
        ("restrictions", "No use outside schools."),
        ("longDescription", "These may not be redistributed."),
    )


def test_a_link_of_another_scheme_is_not_carried_on() -> None:
    found = record(datasetUrl="javascript:alert(1)")
    assert found.url == "https://mozilladatacollective.com/datasets/c0000001data"


def test_a_broken_record_fails_alone_and_is_named(serve: Serve, client: PoliteClient) -> None:
    rows = [dataset(1), dataset(2, name=None), dataset(3, id=None), dataset(4)]
    server = serve(Collective(rows))
    found = list(Mdc(url=server.url + "/api", client=client).read(None))
    failed = {item.native_id: item.why for item in found if isinstance(item, Failed)}
    assert len(records(found)) == 2
    assert set(failed) == {"c0000002data", "page 1, item 3"}
    assert "name" in failed["c0000002data"]


def test_a_catalogue_that_grows_during_the_walk_is_walked_again_and_read_once(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(250)])

    def grow(page: int) -> None:
        if page == 2 and len(shop.datasets) == 250:
            shop.datasets.insert(0, dataset(999))

    shop.before_list = grow
    server = serve(shop)
    found = list(Mdc(url=server.url + "/api", client=client).read(None))
    ids = [item.native_id for item in found if isinstance(item, RawRecord)]
    assert len(ids) == len(set(ids)) == 251
    assert "c0000999data" in ids


def test_a_record_that_slips_past_a_shrinking_page_is_still_found(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(250)], gone={"c0000005data": 410})

    def shrink(page: int) -> None:
        if page == 2 and len(shop.datasets) == 250:
            del shop.datasets[5]

    shop.before_list = shrink
    server = serve(shop)
    found = list(Mdc(url=server.url + "/api", client=client).read(None))
    assert "c0000100data" in records(found)
    assert [item for item in found if isinstance(item, Gone)] == [
        Gone(native_id="c0000005data", why="the detail call answered 410: Dataset removed")
    ]


def test_an_id_that_left_the_list_but_answers_its_detail_call_is_not_gone(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(250)])
    moved = shop.datasets[5]
    listed = shop.datasets

    def hide(page: int) -> None:
        if page == 2 and moved in shop.datasets:
            shop.datasets = [row for row in listed if row is not moved]

    shop.before_list = hide
    served = serve(lambda asked: json_reply(moved) if "c0000005data" in asked.path else shop(asked))
    found = list(Mdc(url=served.url + "/api", client=client).read(None))
    assert not [item for item in found if isinstance(item, Gone)]
    ids = [item.native_id for item in found if isinstance(item, RawRecord)]
    assert len(ids) == len(set(ids)) == 250


def test_a_catalogue_that_never_holds_still_ends_incomplete_with_all_it_showed(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(150)])
    added = iter(range(1000, 2000))

    def restless(page: int) -> None:
        shop.datasets.insert(0, dataset(next(added)))

    shop.before_list = restless
    server = serve(shop)
    found, message = read_until_error(Mdc(url=server.url + "/api", client=client))
    assert len(records(found)) >= 150
    assert "nothing is withdrawn" in message
    assert len(server.asked) <= 10


def test_a_total_that_is_never_shown_ends_incomplete_and_is_asked_only_twice(
    serve: Serve, client: PoliteClient
) -> None:
    answer = {"items": [dataset(1)], "total": 5}
    server = serve(lambda asked: json_reply(answer))
    found, message = read_until_error(Mdc(url=server.url + "/api", client=client))
    assert len(records(found)) == 1
    assert "says 5 datasets and shows 1" in message
    assert len(server.asked) == 2


def test_a_429_with_retry_after_is_waited_out(
    serve: Serve, client: PoliteClient, watch: Watch
) -> None:
    refusals = iter([json_reply({"error": "Slow down"}, status=429, headers={"Retry-After": "30"})])
    shop = Collective([dataset(1)], before_list=lambda page: next(refusals, None))
    server = serve(shop)
    assert len(records(Mdc(url=server.url + "/api", client=client).read(None))) == 1
    assert 30.0 in watch.slept


def test_a_page_that_breaks_off_mid_body_is_asked_for_again(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(120)])
    breaks = iter([True, False, True, False])

    def answer(asked: Asked) -> Reply:
        whole = shop(asked)
        return Reply(body=whole.body, breaks_off=next(breaks))

    server = serve(answer)
    assert len(records(Mdc(url=server.url + "/api", client=client).read(None))) == 120


def test_a_walk_that_breaks_off_for_good_goes_on_from_its_cursor(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(250)])
    shop.before_list = lambda page: Reply(status=503) if page == 3 else None
    server = serve(shop)
    source = Mdc(url=server.url + "/api", client=client)
    first, message = read_until_error(source)
    assert "page 3" in message
    cursor = [item for item in first if isinstance(item, Cursor)][-1]
    assert json.loads(json.dumps(cursor.state)) == cursor.state
    shop.before_list = lambda page: None
    server.asked.clear()
    second = list(source.read(cursor))
    assert [asked.query["page"] for asked in server.asked] == ["3"]
    assert len({**records(first), **records(second)}) == 250
    assert not set(records(first)) & set(records(second))


@pytest.mark.parametrize("status", [404, 410])
def test_looking_for_a_removed_dataset_tells_that_it_is_gone(
    serve: Serve, client: PoliteClient, status: int
) -> None:
    server = serve(Collective([], gone={"c0000001data": status}))
    found = Mdc(url=server.url + "/api", client=client).look("c0000001data")
    assert isinstance(found, Gone)
    assert str(status) in found.why


@pytest.mark.parametrize("status", [402, 403, 422])
def test_a_refused_look_is_not_taken_for_gone(
    serve: Serve, client: PoliteClient, status: int
) -> None:
    server = serve(lambda asked: json_reply({"error": "Private"}, status=status))
    found = Mdc(url=server.url + "/api", client=client).look("c0000001data")
    assert isinstance(found, Failed)
    assert "Private" in found.why


def test_metadata_adds_what_only_it_says(serve: Serve, client: PoliteClient) -> None:
    shop = Collective(
        [dataset(1, license=None, licenseAbbreviation=None), dataset(2)],
        metadata={
            "c0000001data": {
                "@type": "sc:Dataset",
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "version": "3.1",
                "citeAs": "Choir, R. (2026)",
                "datePublished": "2026-01-31",
                "keywords": ["song"],
            }
        },
    )
    server = serve(shop)
    found = records(Mdc(url=server.url + "/api", client=client, metadata=True).read(None))
    first, second = found["c0000001data"], found["c0000002data"]
    assert first.terms.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert first.terms.licences == ("https://creativecommons.org/licenses/by/4.0/",)
    assert (first.version, first.citation) == ("3.1", "Choir, R. (2026)")
    assert first.published == date(2026, 1, 31)
    assert second.version is None


def test_one_broken_metadata_answer_loses_nothing_but_a_dead_service_ends_the_run(
    serve: Serve, client: PoliteClient
) -> None:
    shop = Collective([dataset(number) for number in range(6)])

    def one_bad(asked: Asked) -> Reply:
        bad = asked.path.endswith("c0000002data/metadata")
        return Reply(status=500) if bad else shop(asked)

    server = serve(one_bad)
    source = Mdc(url=server.url + "/api", client=client, metadata=True)
    assert len(records(source.read(None))) == 6
    dead = serve(lambda asked: Reply(status=500) if "metadata" in asked.path else shop(asked))
    with pytest.raises(SourceUnreachable):
        list(Mdc(url=dead.url + "/api", client=client, metadata=True).read(None))


def test_a_server_that_is_no_catalogue_is_broken(serve: Serve, client: PoliteClient) -> None:
    server = serve(lambda asked: json_reply({"datasets": []}))
    with pytest.raises(SourceBroken, match="MDC_API_URL"):
        list(Mdc(url=server.url + "/api", client=client).read(None))


def test_an_empty_catalogue_is_read_whole(serve: Serve, client: PoliteClient) -> None:
    server = serve(Collective([]))
    assert records(Mdc(url=server.url + "/api", client=client).read(None)) == {}


def test_a_saved_listing_and_a_saved_page_are_read_together() -> None:
    found = records(Mdc(path=DATA).read(None))
    assert len(found) == 5
    listed = found["cmaaa0001river"]
    assert listed.publisher == "Common Voice"
    assert listed.description == "Sentences about brooks, read aloud."
    assert listed.formats == ("WEBM", "TSV")
    assert listed.languages == ("tt,ba,ru",)
    assert listed.speech_style == "scripted"
    assert listed.size.bytes == 87_400_000
    assert listed.terms.platform == "mdc"
    assert found["cmaaa0002river"].size.bytes == 2**30
    assert found["cmaaa0002river"].formats == ("Markdown", "md")
    assert found["cmbbb0001stone"].size.bytes == 2048
    assert found["cmbbb0001stone"].publisher is None


def test_a_listed_description_that_limits_use_reaches_the_terms() -> None:
    found = records(Mdc(path=DATA).read(None))["cmaaa0002river"]
    assert found.terms.datasheet == (("description", "The recordings are for non-commercial use."),)


def test_silence_in_a_listing_stays_silence() -> None:
    found = records(Mdc(path=DATA).read(None))["cmaaa0003river"]
    assert found.tasks == ()
    assert found.terms.licences == ()
    assert found.size.bytes is None
    assert found.publisher is None
    assert found.description is None


def test_one_dataset_in_two_saved_files_is_read_once(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps([dataset(1)]), encoding="utf-8")
    found = [item for item in Mdc(path=tmp_path).read(None) if isinstance(item, RawRecord)]
    assert len(found) == 1


def test_a_path_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not there"):
        list(Mdc(path=tmp_path / "nowhere").read(None))


def test_settings_choose_the_server_and_the_metadata(serve: Serve) -> None:
    server = serve(Collective([dataset(1)]))
    source = make(path=None, url=None, environ={"MDC_API_URL": server.url + "/api/"})
    assert len(records(source.read(None))) == 1
    with pytest.raises(BadInput, match="MDC_READ_METADATA"):
        make(path=None, url=None, environ={"MDC_READ_METADATA": "maybe"})


def test_the_real_listing_is_read_whole() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "mdc"
    if not folder.is_dir():
        pytest.skip("the real listing is not beside this checkout")
    found = list(Mdc(path=folder).read(None))
    assert len(records(found)) == 476
    assert not [item for item in found if isinstance(item, Failed)]
    assert all(item.publisher and item.size.bytes for item in records(found).values())
