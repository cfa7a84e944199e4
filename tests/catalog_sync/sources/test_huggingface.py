from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from catalog_sync.http import PoliteClient
from catalog_sync.source import (
    BadInput,
    Cursor,
    Failed,
    Gone,
    Item,
    RawRecord,
    SourceBroken,
    SourceUnreachable,
)
from catalog_sync.sources.huggingface import HuggingFace, make
from tests.catalog_sync.sources.hub import Hub, listed
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply, json_reply

Serve = Callable[[Callable[[Asked], Reply]], Loopback]
DATA = Path(__file__).parents[2] / "data" / "huggingface"


def records(found: Iterable[Item]) -> dict[str, RawRecord]:
    return {item.native_id: item for item in found if isinstance(item, RawRecord)}


def card(text: str, tmp_path: Path) -> RawRecord | Failed:
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    found = next(iter(HuggingFace(path=tmp_path).read(None)))
    assert isinstance(found, RawRecord | Failed)
    return found


def test_every_card_of_a_folder_is_read_under_its_file_name() -> None:
    found = list(HuggingFace(path=DATA).read(None))
    assert set(records(found)) == {"loom_talks", "spindle", "weaver_guild", "bobbin"}
    assert not [item for item in found if isinstance(item, Failed)]


def test_norwegian_is_a_language_and_not_the_word_no() -> None:
    assert records(HuggingFace(path=DATA).read(None))["loom_talks"].languages == (
        "no",
        "nan",
        "Sesotho sa Leboa",
    )


def test_languages_may_be_keys_of_a_mapping_or_one_word() -> None:
    found = records(HuggingFace(path=DATA).read(None))
    assert found["spindle"].languages == ("en", "cy")
    assert found["bobbin"].languages == ("cy",)


def test_a_description_keeps_the_words_and_drops_the_markup() -> None:
    found = records(HuggingFace(path=DATA).read(None))["loom_talks"]
    assert found.description == (
        "Weavers talk while they work. See the page for more .\n"
        "The talks may be used for research purposes only."
    )


def test_a_placeholder_is_silence() -> None:
    found = records(HuggingFace(path=DATA).read(None))
    assert found["spindle"].description is None
    assert found["spindle"].name == "spindle"
    assert "Licensing Information" not in dict(found["spindle"].terms.datasheet)
    titles = {section.title for section in found["loom_talks"].datasheet}
    assert "Supported Tasks and Leaderboards" not in titles


def test_the_licensing_text_stands_in_for_a_licence_that_says_nothing() -> None:
    terms = records(HuggingFace(path=DATA).read(None))["loom_talks"].terms
    text = (
        "The talks are shared under CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/)."
    )
    assert terms.licences == ("unknown", text)
    assert dict(terms.datasheet)["Licensing Information"] == text
    assert dict(terms.datasheet)["Dataset Summary"] == (
        "The talks may be used for research purposes only."
    )


def test_the_text_of_a_gate_is_a_term_and_an_agreement() -> None:
    terms = records(HuggingFace(path=DATA).read(None))["spindle"].terms
    assert terms.access == "agreement"
    assert "non-commercial teaching" in dict(terms.datasheet)["extra_gated_prompt"]
    assert terms.licences == ("cc-by-4.0", "other")
    assert dict(terms.datasheet)["license_details"] == "Spindle terms"


def test_addresses_are_the_homepage_and_the_repository_and_no_contact_is_carried_on() -> None:
    found = records(HuggingFace(path=DATA).read(None))["loom_talks"]
    assert found.links == ("https://example.org/loom", "https://example.org/loom/repo")
    assert "weaver@example.org" not in repr(found)


def test_sizes_come_from_splits_or_classes_or_the_page() -> None:
    found = records(HuggingFace(path=DATA).read(None))
    assert found["spindle"].size.records == 42
    assert found["spindle"].size.bytes == 1000
    loom = found["loom_talks"].size
    assert (loom.records, loom.records_at_least, loom.records_below) == (None, 10_000, 100_000)
    assert loom.bytes == 12_500_000
    bobbin = found["bobbin"].size
    assert (bobbin.records_at_least, bobbin.records_below) == (10**12, None)


def test_task_categories_and_task_ids_are_both_kept() -> None:
    assert records(HuggingFace(path=DATA).read(None))["spindle"].tasks == (
        "image-classification",
        "multi-class-image-classification",
    )


def test_a_line_in_a_code_block_is_no_heading() -> None:
    found = records(HuggingFace(path=DATA).read(None))["loom_talks"]
    assert "This is not a heading" not in {section.title for section in found.datasheet}
    assert found.citation == "@misc{loom, title={Loom Talks}}"


def test_hostile_markup_stays_visible_for_the_vetting() -> None:
    found = records(HuggingFace(path=DATA).read(None))["weaver_guild"]
    assert "<script>" in found.datasheet[0].text


def test_a_card_without_front_matter_is_read_for_its_words() -> None:
    found = records(HuggingFace(path=DATA).read(None))["weaver_guild"]
    assert found.description is not None and found.description.startswith("The rolls of a guild")
    assert found.languages == ()


def test_a_code_block_that_is_never_closed_does_not_hide_the_licence(tmp_path: Path) -> None:
    found = card(
        "---\nlicense: other\n---\n# X\n```\nopen\n\n## Licensing Information\n\nMIT\n", tmp_path
    )
    assert isinstance(found, RawRecord)
    assert "MIT" in found.terms.licences


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nlicense: [mit\n---\n", "not YAML"),
        ("---\n- a\n- b\n---\n", "not keys"),
        ("", "empty"),
        ("---\na: &a [x]\nb: [" + "*a, " * 40 + "]\n---\n", "aliases"),
        ("---\na: &a [*a, *a]\n---\n", "recursive"),
    ],
)
def test_an_unreadable_card_fails_alone_with_its_name_and_reason(
    tmp_path: Path, text: str, why: str
) -> None:
    shutil.copy(DATA / "bobbin.md", tmp_path / "bobbin.md")
    (tmp_path / "broken.md").write_text(text, encoding="utf-8")
    found = list(HuggingFace(path=tmp_path).read(None))
    failed = [item for item in found if isinstance(item, Failed)]
    assert list(records(found)) == ["bobbin"]
    assert [item.native_id for item in failed] == ["broken"]
    assert why in failed[0].why


def test_bytes_that_are_no_text_fail_alone(tmp_path: Path) -> None:
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\x00\xd8")
    found = next(iter(HuggingFace(path=tmp_path).read(None)))
    assert isinstance(found, Failed)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "line",
    [
        "[" * 200_000,
        "!" + "[" * 200_000,
        "*a " * 70_000,
        "__ " * 70_000,
        "# " + " " * 200_000 + "x",
        "-" + " " * 200_000 + "Homepage",
        "<!--" * 50_000,
        "[a](" * 50_000,
        "for " * 50_000,
    ],
    ids=lambda line: repr(line[:6]),
)
def test_an_endless_line_of_markup_does_not_hold_up_the_run(tmp_path: Path, line: str) -> None:
    page = f"# X\n\n## Dataset Description\n\n{line}\n\n### Dataset Summary\n\n{line}\n"
    assert isinstance(card(page, tmp_path), RawRecord)


def test_a_readme_in_the_folder_itself_is_called_by_the_folder(tmp_path: Path) -> None:
    (tmp_path / "shuttle").mkdir()
    (tmp_path / "shuttle" / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    assert list(records(HuggingFace(path=tmp_path / "shuttle").read(None))) == ["shuttle"]


def test_the_hubs_pages_are_walked_to_their_end(serve: Serve, client: PoliteClient) -> None:
    server = serve(Hub([listed(f"hills/songs_{number}") for number in range(5)]))
    found = list(HuggingFace(url=server.url, client=client).read(None))
    assert len(records(found)) == 5
    assert len(server.asked) == 3
    asked_for = server.asked[0].repeated["expand"]
    assert {"cardData", "gated", "private", "tags"} <= set(asked_for)
    assert "siblings" not in asked_for
    assert server.asked[0].headers["user-agent"].startswith("dataset-assistant")


def test_a_listed_dataset_carries_its_card_and_its_tags(serve: Serve, client: PoliteClient) -> None:
    server = serve(Hub([listed("hills/songs")]))
    found = records(HuggingFace(url=server.url, client=client).read(None))["hills/songs"]
    assert found.url == "https://huggingface.co/datasets/hills/songs"
    assert found.name == "Pretty hills/songs"
    assert found.description == "Songs of the hills."
    assert found.languages == ("cy",)
    assert found.tasks == ("text-classification",)
    assert found.modalities == ("text",)
    assert found.formats == ("parquet",)
    assert found.doi == "10.57967/hf/0001"
    assert found.tags == ("hills",)
    assert found.publisher == "hills"
    assert found.terms.licences == ("cc-by-4.0",)
    assert (found.published, found.updated) == (date(2025, 1, 2), date(2026, 5, 6))
    assert (found.size.records_at_least, found.size.records_below) == (1000, 10_000)
    assert found.size.bytes == 4096


@pytest.mark.parametrize(
    ("gated", "access"),
    [(False, "public"), ("auto", "agreement"), ("manual", "on_request"), (None, "unknown")],
)
def test_the_gate_becomes_access(
    serve: Serve, client: PoliteClient, gated: object, access: str
) -> None:
    server = serve(Hub([listed("hills/songs", gated=gated)]))
    found = records(HuggingFace(url=server.url, client=client).read(None))["hills/songs"]
    assert found.terms.access == access


@pytest.mark.parametrize("mark", ["private", "disabled"])
def test_what_is_not_public_is_gone_even_for_a_key_that_sees_it(
    serve: Serve, client: PoliteClient, mark: str
) -> None:
    server = serve(Hub([listed("hills/songs", **{mark: True})]))
    found = list(HuggingFace(url=server.url, token="hf_secret", client=client).read(None))
    assert [item.native_id for item in found if isinstance(item, Gone)] == ["hills/songs"]
    assert not records(found)


def test_a_key_travels_only_to_the_hub_it_is_for(serve: Serve, client: PoliteClient) -> None:
    thief = serve(lambda asked: json_reply([]))
    headers = {"Link": f'<{thief.url}/api/datasets?cursor=1>; rel="next"'}
    hub = serve(lambda asked: json_reply([listed("hills/songs")], headers=headers))
    source = HuggingFace(url=hub.url, token="hf_secret", client=client)
    with pytest.raises(SourceBroken, match="another host") as caught:
        list(source.read(None))
    assert hub.asked[0].headers["authorization"] == "Bearer hf_secret"
    assert thief.asked == []
    assert "hf_secret" not in str(caught.value)


def test_without_a_key_nobody_is_named(
    serve: Serve, client: PoliteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_of_this_machine")
    server = serve(Hub([listed("hills/songs")]))
    list(HuggingFace(url=server.url, client=client).read(None))
    assert "authorization" not in server.asked[0].headers


def test_a_broken_row_fails_alone(serve: Serve, client: PoliteClient) -> None:
    nameless: dict[str, object] = {"author": "nobody"}
    rows = [listed("hills/a"), nameless, listed("hills/b", createdAt="never")]
    server = serve(Hub([*rows, listed("hills/c")], page=4))
    found = list(HuggingFace(url=server.url, client=client).read(None))
    assert set(records(found)) == {"hills/a", "hills/c"}
    assert [item.native_id for item in found if isinstance(item, Failed)] == [
        "page 1, item 2",
        "hills/b",
    ]


def test_a_broken_walk_goes_on_from_its_cursor(serve: Serve, client: PoliteClient) -> None:
    hub = Hub([listed(f"hills/songs_{number}") for number in range(6)])
    broken = True

    def answer(asked: Asked) -> Reply:
        return Reply(status=502) if broken and asked.query.get("cursor") == "4" else hub(asked)

    server = serve(answer)
    source = HuggingFace(url=server.url, client=client)
    first: list[Item] = []
    with pytest.raises(SourceUnreachable):
        for item in source.read(None):
            first.append(item)
    cursor = [item for item in first if isinstance(item, Cursor)][-1]
    assert json.loads(json.dumps(cursor.state)) == cursor.state
    broken = False
    second = records(source.read(cursor))
    assert len(records(first)) == 4
    assert len({**records(first), **second}) == 6


def test_a_place_that_the_hub_has_forgotten_is_begun_anew(
    serve: Serve, client: PoliteClient
) -> None:
    hub = Hub([listed(f"hills/songs_{number}") for number in range(3)])

    def answer(asked: Asked) -> Reply:
        return Reply(status=400) if asked.query.get("cursor") == "old" else hub(asked)

    server = serve(answer)
    stale = Cursor(state={"next": server.url + "/api/datasets?cursor=old"})
    assert len(records(HuggingFace(url=server.url, client=client).read(stale))) == 3


def test_whole_cards_bring_the_conditions_that_stand_in_their_text(
    serve: Serve, client: PoliteClient
) -> None:
    hub = Hub([listed("hills/songs"), listed("hills/poems")])
    hub.cards["hills/songs"] = "---\na: b\n---\n# X\n\n## Licensing Information\n\nAsk us first.\n"
    server = serve(hub)
    found = records(HuggingFace(url=server.url, cards=True, client=client).read(None))
    assert dict(found["hills/songs"].terms.datasheet)["Licensing Information"] == "Ask us first."
    assert found["hills/poems"].terms.datasheet == ()


def test_looking_tells_what_is_there_and_what_is_gone(serve: Serve, client: PoliteClient) -> None:
    server = serve(Hub([listed("hills/songs")]))
    source = HuggingFace(url=server.url, client=client)
    assert isinstance(source.look("hills/songs"), RawRecord)
    assert isinstance(source.look("hills/nothing"), Gone)


def test_a_server_that_is_no_hub_is_broken(serve: Serve, client: PoliteClient) -> None:
    server = serve(lambda asked: json_reply({"items": []}))
    with pytest.raises(SourceBroken, match="HF_ENDPOINT"):
        list(HuggingFace(url=server.url, client=client).read(None))


def test_settings_are_the_packages_own() -> None:
    offline = make(path=None, url=None, environ={"HF_HUB_OFFLINE": "1"})
    with pytest.raises(SourceUnreachable, match="HF_HUB_OFFLINE"):
        list(offline.read(None))
    with pytest.raises(BadInput, match="HF_ENDPOINT"):
        make(path=None, url=None, environ={"HF_ENDPOINT": "not an address"})
    with pytest.raises(BadInput, match="HF_READ_CARDS"):
        make(path=None, url=None, environ={"HF_READ_CARDS": "perhaps"})


def test_the_hub_is_found_by_its_own_variable(serve: Serve) -> None:
    server = serve(Hub([listed("hills/songs")]))
    source = make(path=None, url=None, environ={"HF_ENDPOINT": server.url + "/"})
    assert list(records(source.read(None))) == ["hills/songs"]


def test_the_real_cards_are_all_read() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "huggingface"
    if not folder.is_dir():
        pytest.skip("the real cards are not beside this checkout")
    found = list(HuggingFace(path=folder).read(None))
    assert len(records(found)) == 764
    assert "menyo20k_mt" in records(found)
