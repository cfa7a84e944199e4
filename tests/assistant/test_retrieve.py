from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from assistant import retrieve
from assistant.candidates import Keys
from assistant.filters import tongues_of
from assistant.limits import Tongues, card_filter, limits
from assistant.need import LanguageWish, Need, SizeRange
from assistant.relax import without
from assistant.understand import rules
from indexer.search import Hit, Search
from tests.assistant.conftest import NOW, Talk, parts

WELSH = LanguageWish(tag="cy", label="Welsh", tags=("cy",))
CHINESE = LanguageWish(tag="zh", label="Chinese", tags=("zh",))
MANDARIN = LanguageWish(tag="cmn", label="Mandarin Chinese", tags=("cmn",))


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*values: object) -> None:
        seen.append(str(values[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_the_number_of_sql_statements_does_not_grow_with_the_results(talk: Talk) -> None:
    talk("Welsh speech", "start over", "audio", "start over")
    with statements() as few:
        one = talk("Welsh speech")
    talk("start over")
    with statements() as many:
        all_of_them = talk("speech")
    assert len(all_of_them.options) > 5 * len(one.options)
    assert len(many) <= len(few) + 2


def test_a_wish_is_asked_for_in_the_tags_that_the_catalogue_holds() -> None:
    tongues = Tongues(present=frozenset({"zh-CN", "zh-HK", "yue", "cy"}))
    assert tongues.satisfying(CHINESE) == {"zh-CN", "zh-HK", "yue"}
    assert not tongues.holds(LanguageWish(tag="sux", label="Sumerian", tags=("sux",)))


def test_what_is_not_wanted_is_taken_from_what_is() -> None:
    tongues = Tongues(present=frozenset({"zh-CN", "yue"}))
    asked = card_filter(
        Need(languages=(CHINESE,), languages_not=(MANDARIN,)), tongues, certain=False
    )
    assert asked.languages == (frozenset({"yue"}),)
    assert asked.languages_not == frozenset()


def test_certain_means_that_every_figure_asked_for_must_be_stated() -> None:
    tongues = Tongues(present=frozenset({"cy"}))
    need = Need(
        languages=(WELSH,), sizes=(SizeRange(field="hours", least=5.0),), licence_wish="permissive"
    )
    assert card_filter(need, tongues, certain=True).must == {"hours", "licence_wish"}
    assert card_filter(need, tongues, certain=False).must == frozenset()


def test_each_limit_can_be_given_up_by_its_name() -> None:
    need = Need(
        languages=(WELSH,),
        modalities=("audio",),
        topics=("weather",),
        licence_wish="commercial",
        sizes=(SizeRange(field="hours", least=5.0), SizeRange(field="bytes", most=1e9)),
        update_frequency=("daily",),
        updated_since="2024-01-01",
        access=("public",),
        sources=("aws",),
    )
    for limit in limits(need):
        assert limit not in limits(without(need, limit))
        assert len(limits(without(need, limit))) == len(limits(need)) - 1


class Heard:
    """A search that keeps what it was asked."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.asked: list[str] = []

    def find(self, text: str, *, allowed: Keys | None = None, top: int = 10) -> Sequence[Hit]:
        self.asked.append(text)
        return self._search.find(text, allowed=allowed, top=top)


@pytest.mark.parametrize(
    "said", ["Welsh speech", "poems", "Welsh data about weather", "speech emotion in Swahili"]
)
def test_what_can_be_made_ready_is_what_is_searched_for(said: str, tmp_path: Path) -> None:
    need = rules.read(said).stated
    with parts(tmp_path) as made:
        assert isinstance(made.search, Search)
        heard = Heard(made.search)
        tongues = tongues_of(made.store, made.store.revision())
        texts = list(
            retrieve.texts(
                need, store=made.store, search=heard, tongues=tongues, top=5, today=NOW.date()
            )
        )
        assert heard.asked == []
        retrieve.find(
            need, store=made.store, search=heard, tongues=tongues, top=5, today=NOW.date()
        )
    assert set(heard.asked) <= set(texts)
    assert texts[0] in heard.asked
