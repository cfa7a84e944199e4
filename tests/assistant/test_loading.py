from __future__ import annotations

import ast

import pytest

from assistant.loading import snippets
from catalog_sync.card import Section
from catalog_sync.clauses import Terms
from tests.fakes import card

OPEN = Terms(licence="CC-BY-4.0", access="public")


def test_a_dataset_of_the_collective_is_loaded_by_its_client_with_its_id() -> None:
    found = snippets(card(source="mdc", native_id="cmjepxo6t08nmmk07iauvua6v"))
    assert [each.title for each in found] == ["Mozilla Data Collective client", "Files alone"]
    assert 'load_dataset("cmjepxo6t08nmmk07iauvua6v")' in found[0].code
    assert "MDC_API_KEY" in found[0].note


def test_a_copy_of_the_collectives_dataset_is_known_by_its_address() -> None:
    address = "https://mozilladatacollective.com/datasets/cmiupaf3e01i0mf07qkqxbzzx"
    found = snippets(card(source="starter", native_id="mdc-x", url=address))
    assert '"cmiupaf3e01i0mf07qkqxbzzx"' in found[0].code


def test_a_dataset_of_the_hub_is_loaded_by_its_name() -> None:
    found = snippets(card(source="huggingface", native_id="weaver-guild/loom_talks"))
    assert found[0].code.endswith('load_dataset("weaver-guild/loom_talks")')
    assert found[1].code == "hf download --repo-type dataset weaver-guild/loom_talks"
    assert "login" not in found[0].note


def test_where_the_hub_asks_for_access_one_signs_in_first() -> None:
    asked = Terms(access="on_request")
    found = snippets(card(source="huggingface", native_id="a/b", terms=asked))
    assert "hf auth login" in found[0].note


@pytest.mark.parametrize(
    "name",
    ['a/b"); import os; os.system("x', "a/b\nimport os", "../x", "a/b/c", "$(reboot)", "", "a b"],
)
def test_a_name_that_is_no_id_gets_into_no_code(name: str) -> None:
    for source in ("huggingface", "mdc"):
        assert snippets(card(source=source, native_id=name, url=None)) == ()


def test_an_open_bucket_is_read_without_an_account() -> None:
    where = Section(
        title="Where the files are", text="Radar; S3 Bucket; us-east-1; arn:aws:s3:::sky"
    )
    found = snippets(card(source="aws", datasheet=(where,)))
    assert "aws s3 sync --no-sign-request s3://sky/ ./data" in found[0].code
    pays = Section(title="Cost of reading", text="Requester pays.")
    found = snippets(card(source="aws", datasheet=(where, pays)))
    assert "--request-payer requester" in found[0].code


def test_a_file_that_is_free_to_take_is_downloaded_plainly() -> None:
    found = snippets(card(url="https://data.example/files/talks.tar.gz", terms=OPEN))
    assert [each.code for each in found] == ["curl -L -O https://data.example/files/talks.tar.gz"]


@pytest.mark.parametrize(
    "address",
    [
        None,
        "https://data.example/page",
        "https://data.example/a.zip;reboot",
        "ftp://x.example/a.zip",
    ],
)
def test_an_address_that_is_no_plain_file_gives_no_download(address: str | None) -> None:
    assert snippets(card(url=address, terms=OPEN)) == ()


def test_a_file_whose_owner_must_be_asked_is_not_offered_as_a_download() -> None:
    asked = Terms(access="on_request")
    assert snippets(card(url="https://data.example/a.zip", terms=asked)) == ()


def test_every_python_snippet_is_python() -> None:
    for source, name in (("mdc", "cmjepxo6t08nmmk07iauvua6v"), ("huggingface", "a/b")):
        for each in snippets(card(source=source, native_id=name)):
            if each.language == "python":
                ast.parse(each.code)
