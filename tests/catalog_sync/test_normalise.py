"""Records become cards: codes where a code is certain, the source's words where it is not."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

import pytest

from catalog_sync import normalise_frequency
from catalog_sync.card import (
    DatasetCard,
    Evidence,
    Release,
    Section,
    Size,
    UpdateFrequency,
    from_json,
    to_json,
)
from catalog_sync.clauses import StatedTerms, Terms
from catalog_sync.normalise import normalise
from catalog_sync.source import RawRecord

BARE = RawRecord(source="cards", native_id="a", where="cards.jsonl, line 1")


def said(card: DatasetCard, field: str) -> list[str]:
    return [part.quote for part in card.evidence if part.field == field]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["-", "[", "<", "< ", "(", "a-other-", "other-", "@", ".", "1-"])
def test_endless_repetition_holds_nothing_up(piece: str) -> None:
    words = piece * 100_000 + "x"
    card = normalise(
        RawRecord(
            source="cards", native_id="a", where="line 1", name=words, summary=words,
            description=words, languages=(words[:200],), tasks=(words,), tags=(words,),
            publisher=words, formats=(words,), update_frequency=words, citation=words, doi=words,
            links=(words,), datasheet=(Section(title=words, text=words),),
        )
    )  # fmt: skip
    assert card.id == "cards:a"


def test_silence_stays_silence() -> None:
    card = normalise(BARE)
    assert card == DatasetCard(
        id="cards:a", source="cards", native_id="a", url=None, name="a", terms=Terms()
    )


def test_a_card_outlives_its_way_through_the_store() -> None:
    card = normalise(replace(BARE, languages=("Jav",), published=date(2025, 1, 1)))
    assert from_json(to_json(card)) == card


# ---------------------------------------------------------------- languages


@dataclass(frozen=True, kw_only=True)
class Language:
    raw: tuple[str, ...]
    tags: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    multilingual: bool | None = None


LANGUAGES = [
    Language(raw=("tt,ba,ru",), tags=("tt", "ba", "ru")),
    Language(raw=("en-PK, pnb",), tags=("en-PK", "pnb")),
    Language(raw=("mul",), multilingual=True),
    Language(raw=("multilingual",), multilingual=True),
    Language(raw=("Jav",), tags=("jv",)),
    Language(raw=("gr-GR",), tags=("el",)),
    Language(raw=("rm-sursilv",), tags=("rm-sursilv",)),
    Language(raw=("Yoruba", "yo", "yor"), tags=("yo",)),
    Language(raw=("fr", "xx-unheard"), tags=("fr",), unread=("xx-unheard",)),
]


@pytest.mark.parametrize("case", LANGUAGES, ids=lambda case: ",".join(case.raw))
def test_dirty_language_fields_are_read(case: Language) -> None:
    card = normalise(replace(BARE, languages=case.raw))
    assert card.languages == case.tags
    assert card.languages_unread == case.unread
    assert card.multilingual == case.multilingual


def test_a_private_variant_keeps_its_language() -> None:
    card = normalise(replace(BARE, languages=("ig-ehugbo",)))
    assert [tag.split("-")[0] for tag in card.languages] == ["ig"]


def test_a_mended_language_is_told_beside_what_was_written() -> None:
    quotes = said(normalise(replace(BARE, languages=("gr-GR",))), "languages")
    assert quotes[0] == "gr-GR"
    assert any("Greek" in quote for quote in quotes[1:])


# ---------------------------------------------------------------- tasks, kinds, formats


def test_tasks_of_every_dialect_meet_in_one_code() -> None:
    card = normalise(replace(BARE, tasks=("ASR", "automatic-speech-recognition", "speech-to-text")))
    assert card.tasks == ("automatic-speech-recognition",)
    assert said(card, "tasks") == ["ASR, automatic-speech-recognition, speech-to-text"]


def test_an_unknown_task_can_still_be_searched() -> None:
    card = normalise(replace(BARE, tasks=("Whale Counting",), tags=("Sea",)))
    assert card.tasks == ()
    assert card.tags == ("sea", "whale counting")


def test_a_stated_kind_of_data_is_not_changed_by_its_tasks() -> None:
    card = normalise(replace(BARE, modalities=("image",), tasks=("translation",)))
    assert card.modalities == ("image",)


def test_kinds_of_data_follow_from_tasks_keywords_and_formats_when_nobody_says_them() -> None:
    assert normalise(replace(BARE, tasks=("TTS",))).modalities == ("audio",)
    assert normalise(replace(BARE, tags=("satellite imagery",))).modalities == (
        "image", "geospatial",
    )  # fmt: skip
    assert normalise(replace(BARE, tasks=("OTH",), formats=("WAV",))).modalities == ("audio",)


def test_a_container_of_sound_or_film_says_neither() -> None:
    assert normalise(replace(BARE, formats=("WEBM", "ZIP", "Parquet"))).modalities == ()


def test_formats_are_written_one_way_and_a_slip_is_told() -> None:
    card = normalise(replace(BARE, formats=("JASONL", ".wav", "mp3", "QuipuFile", "jsonl")))
    assert card.formats == ("JSONL", "WAV", "MP3", "QuipuFile")
    assert said(card, "formats") == ["'JASONL' read as JSONL"]


def test_a_task_is_read_from_the_owners_words_where_no_field_says_it() -> None:
    card = normalise(
        replace(BARE, name="Threads", description="Pairs for textual entailment, by hand.")
    )
    assert card.tasks == ("natural-language-inference",)
    assert said(card, "tasks") == ["named in the text: textual entailment"]


def test_words_do_not_override_a_stated_task() -> None:
    card = normalise(
        replace(BARE, tasks=("summarization",), description="Not for machine translation.")
    )
    assert card.tasks == ("summarization",)


def test_words_that_mean_many_things_name_no_task() -> None:
    card = normalise(replace(BARE, description="Morphology of galaxies, with a translation."))
    assert card.tasks == ()


# ---------------------------------------------------------------- text


def test_invisible_and_reversing_characters_are_taken_out_and_joiners_stay() -> None:
    hidden = "Kil\u200bn\u202e s\x00 \U000e0041tories\ufeff می\u200cخواهم"
    assert normalise(replace(BARE, name=hidden)).name == "Kiln s tories می\u200cخواهم"


def test_markup_is_left_for_the_vetting_to_see() -> None:
    card = normalise(replace(BARE, description="<script>alert(1)</script>"))
    assert "<script>" in card.description


def test_long_text_is_cut_between_words_and_marked() -> None:
    card = normalise(replace(BARE, name="kiln " * 200, description="pot " * 20_000))
    assert len(card.name) <= 300 and card.name.endswith("kiln…")
    assert len(card.description) <= 20_000


def test_a_summary_is_made_of_whole_first_sentences() -> None:
    words = "Potters talk about clay. " * 30
    summary = normalise(replace(BARE, description=words)).summary
    assert summary.endswith("clay.")
    assert len(summary) <= 320


@pytest.mark.parametrize("words", ["[More Information Needed]", "N/A", "TBD", " -- ", "unknown"])
def test_a_placeholder_is_silence(words: str) -> None:
    card = normalise(replace(BARE, description=words, publisher=words, citation=words))
    assert (card.description, card.publisher, card.citation) == ("", None, None)


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("Ana Potter (ana@kilns.example)", "Ana Potter"),
        ("Guild, info@kilns.example", "Guild"),
        ("ana@kilns.example", None),
    ],
)
def test_a_publisher_is_named_without_a_mail_address(stated: str, kept: str | None) -> None:
    assert normalise(replace(BARE, publisher=stated)).publisher == kept


def test_only_web_addresses_become_links() -> None:
    card = normalise(
        replace(
            BARE,
            url="javascript:alert(1)",
            links=("https://a.example/x", "data:text/html,x", "https://a.example/x", "file:///etc"),
        )
    )
    assert card.url is None
    assert card.links == ("https://a.example/x",)


@pytest.mark.parametrize(
    ("raw", "doi"),
    [
        ("https://doi.org/10.1234/AbC.", "10.1234/abc"),
        ("doi:10.1234/x", "10.1234/x"),
        ("10.12/x", None),
        ("kilns", None),
    ],
)
def test_a_doi_is_kept_bare_and_small(raw: str, doi: str | None) -> None:
    assert normalise(replace(BARE, doi=raw)).doi == doi


def test_empty_datasheet_parts_are_dropped() -> None:
    parts = (Section(title="Use", text=" \n"), Section(title=" Who ", text="Potters."))
    assert normalise(replace(BARE, datasheet=parts)).datasheet == (
        Section(title="Who", text="Potters."),
    )


# ---------------------------------------------------------------- figures and evidence


def test_figures_that_cannot_be_meant_are_unknown() -> None:
    odd = Size(bytes=-1, hours=math.nan, validated_hours=math.inf, records=2**70, speakers=0)
    assert normalise(replace(BARE, size=odd)).size == Size(speakers=0)


def test_figures_of_older_releases_are_checked_too() -> None:
    older = Release(version=" 1 ", size=Size(hours=-2.0))
    assert normalise(replace(BARE, releases=(older,))).releases == (Release(version="1"),)


def test_a_size_class_is_told_as_a_class() -> None:
    card = normalise(replace(BARE, size=Size(records_at_least=10_000, records_below=100_000)))
    assert card.size.records is None
    assert said(card, "size") == ["size class: 10,000 <= records < 100,000"]


def test_licence_and_access_are_told_in_the_words_that_stood_there() -> None:
    terms = StatedTerms(
        licences=("cc-by-4.0",), access="on_request", access_quote="Ask the guild.",
        url="https://a.example",
    )  # fmt: skip
    card = normalise(replace(BARE, url="https://a.example/set", terms=terms))
    assert card.terms.licence == "CC-BY-4.0"
    assert said(card, "licence") == ["cc-by-4.0"]
    assert said(card, "access") == ["Ask the guild."]
    assert all(part.url == "https://a.example/set" for part in card.evidence)


def test_where_the_connector_knows_better_its_evidence_stands() -> None:
    known = Evidence(field="licence", quote="said by the README", url="https://a.example/readme")
    card = normalise(replace(BARE, terms=StatedTerms(licences=("CC0-1.0",)), evidence=(known,)))
    assert [part for part in card.evidence if part.field == "licence"] == [known]


# ---------------------------------------------------------------- how often it changes


FREQUENCIES: list[tuple[str, UpdateFrequency | None]] = [
    ("Hourly", "hourly"),
    ("Once per hour.", "hourly"),
    ("Every hour, at 20 minutes past the hour", "hourly"),
    ("Hourly, 6-Hourly, and Monthly", "hourly"),
    ("Analysis: 1 hour; Forecasts initialized every 6 hours", "hourly"),
    ("The model runs 24 times per day.", "hourly"),
    ("Every 15 minutes", "continuous"),
    ("30 minutes", "continuous"),
    ("As often as once every half hour", "continuous"),
    ("Images are posted in real time", "continuous"),
    ("4 times a day, every 6 hours starting at midnight", "daily"),
    ("Four times daily (0000, 0600, 1200, and 1800 UTC)", "daily"),
    ("Daily (with 24 hour delay)", "daily"),
    ("Nightly", "daily"),
    ("Every 6 hours with 48-hour forecasts", "daily"),
    ("New datasets deposited every 4-6 days", "weekly"),
    ("Every Sunday at 1AM UTC", "weekly"),
    ("Monthly, with a 3 month lag from realtime", "monthly"),
    ("First of each month", "monthly"),
    ("Every three months", "quarterly"),
    ("Three times per year", "quarterly"),
    ("Annually", "yearly"),
    ("Twice per year.", "yearly"),
    ("Every four years", "irregular"),
    ("As needed", "irregular"),
    ("New data is added as soon as it is available, within few hours of the pass.", "irregular"),
    (
        "Releases are monthly, although this dataset may not be updated at every release",
        "irregular",
    ),
    ("These are stable. They will not be updated frequently.", "irregular"),
    ("Not updated", "never"),
    ("None", "never"),
    ("This is a static dataset; tutorials will be updated.", "never"),
    ("The release has been finalized and will not be updated.", "never"),
    ("Varies by dataset", None),
    ("N/A", None),
    ("TBD", None),
    ("From 2000-02-24 to Ongoing (Hourly - < Daily)", None),
    ("Typical latency is 10-120 seconds", None),
    ("The first release holds the full set.", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "rhythm"), FREQUENCIES)
def test_a_rhythm_is_read_from_free_words(words: str, rhythm: UpdateFrequency | None) -> None:
    assert normalise_frequency.read(words) == rhythm


def test_the_words_of_a_rhythm_are_kept() -> None:
    card = normalise(replace(BARE, update_frequency="Hourly, more or less"))
    assert card.update_frequency == "hourly"
    assert said(card, "update_frequency") == ["Hourly, more or less"]


@pytest.mark.parametrize(
    "said", ["Write to ada@example.org.", "ada.l '@' example.org", "ada [at] mail.example.org"]
)
def test_nobody_s_mail_address_is_carried_along(said: str) -> None:
    stated = StatedTerms(licences=(f"CC BY 4.0; {said}",), datasheet=(("restrictions", said),))
    record = RawRecord(
        source="cards", native_id="a", where="a.jsonl", name="A", description=said, summary=said,
        citation=said, terms=stated, datasheet=(Section(title="Contact", text=said),),
    )  # fmt: skip
    assert "example.org" not in to_json(normalise(record))
