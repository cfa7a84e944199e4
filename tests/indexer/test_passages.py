from __future__ import annotations

from catalog_sync.card import DatasetCard, Section
from catalog_sync.clauses import Price, Terms
from indexer.build import naming
from indexer.passages import PART_ROOM, Document, corpus_document, document_of, terms_in_words
from tests.indexer.conftest import card


def read(one: DatasetCard) -> Document:
    return document_of(one, naming=naming)


def texts(document: Document, kind: str) -> list[str]:
    return [passage.text for passage in document.passages if passage.kind == kind]


def test_the_summary_names_the_language_in_english_in_itself_and_by_code() -> None:
    document = read(card("cy", "Reading", "Sentences.", languages=("cy",)))
    assert "Welsh / Cymraeg (cy)" in texts(document, "summary")[0]
    assert {"Welsh", "Cymraeg", "cy"} <= set(document.fields["tags"].split())


def test_many_languages_have_passages_of_their_own_and_are_all_matched_by_word() -> None:
    tags = tuple(
        "af am ar be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu"
        " hy id ig is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms mt my ne".split()
    )
    document = read(card("many", "Everything", languages=tags))
    assert 1 <= len(texts(document, "languages")) <= 2
    assert "50 languages" in texts(document, "summary")[0]
    assert "Nepali" in document.fields["tags"]


def test_terms_are_said_in_plain_words() -> None:
    terms = Terms(
        licence="CC-BY-NC-4.0", access="on_request", price=Price(owner_cents=0, currency="USD")
    )
    said = terms_in_words(terms)
    assert "attribution" in said and "non-commercial" in said
    assert "access on request" in said and "free of charge" in said


def test_silence_on_terms_makes_no_passage() -> None:
    assert terms_in_words(Terms()) == ""
    assert texts(read(card("x", "X", "Y.")), "terms") == []


def test_a_long_description_is_split_at_sentences_and_cut() -> None:
    sentence = "This is one sentence of a rather long description of nothing. "
    document = read(card("long", "Long", "Short.", description="Short. " + sentence * 100))
    parts = texts(document, "description")
    assert len(parts) == 2
    assert all(len(part) <= PART_ROOM and part.startswith("Long.") for part in parts)
    assert parts[0].endswith(".")


def test_what_the_summary_says_is_not_embedded_twice() -> None:
    document = read(card("x", "X", "One sentence.", description="One sentence."))
    assert [passage.kind for passage in document.passages] == ["summary"]


def test_datasheet_parts_carry_their_heading() -> None:
    sheet = (Section(title="Collection", text="Recorded in villages."),)
    document = read(card("x", "X", datasheet=sheet))
    assert texts(document, "datasheet") == ["X. Collection: Recorded in villages."]


def test_a_script_that_the_model_cuts_small_gets_less_room() -> None:
    document = read(card("x", "X", "क" * 2000))
    assert len(texts(document, "summary")[0]) < PART_ROOM / 2


def test_links_and_addresses_are_left_out() -> None:
    document = read(card("x", "X", "See [the paper](https://a.example/p) at https://a.example/."))
    assert texts(document, "summary") == ["X. See the paper at"]


def test_a_card_of_a_name_alone_still_has_a_passage() -> None:
    assert texts(read(card("only-name", "Only Name")), "summary") == ["Only Name"]


def test_the_same_card_gives_the_same_passages() -> None:
    one = card("x", "X", "Y.", languages=("cy", "de"), tags=("a", "b"))
    assert read(one) == read(one)


def test_a_foreign_record_is_one_passage_of_its_name_title_and_text() -> None:
    document = corpus_document("An_Id", name="An Id", title="T", text="Words.", aliases=("AI2",))
    assert [passage.text for passage in document.passages] == ["An_Id T Words."]
    assert "AI2" in document.fields["name"]
