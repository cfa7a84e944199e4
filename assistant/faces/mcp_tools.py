"""What other assistants may call: each tool is one call of the desk, read-only.

A tool takes typed arguments and gives back a typed result; what it cannot do is a sentence with
the next move.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from assistant.desk import Desk
from assistant.faces import mcp_words as words
from assistant.faces.mcp_caller import ANYONE
from assistant.faces.mcp_values import (
    Coverage,
    Dataset,
    Fetched,
    Group,
    Hits,
    Joined,
    Judgement,
    Searched,
)
from assistant.need import Asker
from assistant.reply import Question, Reply
from assistant.terms import batch
from assistant.terms.combine import Scenario
from assistant.use import ACTS, Act, OrganisationKind, Use
from catalog_sync.stored import GroupedBy, StoredCard

LONGEST_QUERY = 1_000
MOST_RESULTS = 50
MOST_GROUPS = 200

Query = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_QUERY,
        description="What data is wanted, in plain words, with its limits: language, subject or "
        "task, size, licence, price, access, catalogue. English, Spanish, French, Portuguese, "
        "German, Swahili and Arabic are understood.",
    ),
]
Uses = Annotated[
    list[Act] | None,
    Field(
        max_length=len(ACTS),
        description="What the person wants to do with the data; every verdict is for all of these "
        "at once. Leave it out only where nobody said.",
    ),
]
Country = Annotated[
    str | None, Field(pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2, such as KE.")
]
Kind = Annotated[OrganisationKind | None, Field(description="Who the person is.")]
DatasetId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=400,
        description="An id from a search, such as commonvoice:scripted-25.0-cy; a name that only "
        "one dataset has will do.",
    ),
]
Facts = Annotated[
    dict[str, str] | None,
    Field(
        max_length=len(batch.FACTS),
        description=f"Further facts of the case. Keys: {', '.join(batch.FACTS)}.",
    ),
]


class WrongCall(ValueError):
    """A tool was called in a way that it cannot follow."""


class Tools:
    """The tools over one desk; safe to call from many threads."""

    def __init__(self, desk: Desk, *, asker: Callable[[], Asker] = lambda: ANYONE) -> None:
        """`asker`: whom the call under way is made for."""
        self._desk = desk
        self._asker = asker

    def search_datasets(
        self,
        query: Query,
        uses: Uses = None,
        from_country: Country = None,
        hq_country: Country = None,
        organisation: Kind = None,
        limit: Annotated[int, Field(ge=1, le=MOST_RESULTS)] = 10,
    ) -> Searched:
        """Find datasets in this catalogue. Nothing outside it is ever named.

        Every dataset in `datasets` keeps each limit in `understood`, or says under `not_stated`
        which one its card is silent on; a limit that is not in `understood` was not applied. When
        nothing fits, `nearest` are the closest, each with what it `breaks`: never present those
        as fitting.
        """
        use = Use(
            acts=tuple(uses or ()),
            from_country=upper(from_country),
            hq_country=upper(hq_country),
            organisation=organisation,
        )
        return words.searched(self._found(query, use, limit))

    def get_dataset(self, id: DatasetId) -> Dataset:
        """One dataset: everything its catalogue states, each rule with the clause it rests on."""
        return words.dataset(self.card(id))

    def check_use(
        self,
        uses: Annotated[list[Act], Field(min_length=1, max_length=len(ACTS))],
        id: DatasetId | None = None,
        licence: Annotated[
            str | None,
            Field(max_length=300, description="A bare licence instead of a dataset: an SPDX id."),
        ] = None,
        from_country: Country = None,
        hq_country: Country = None,
        organisation: Kind = None,
        facts: Facts = None,
    ) -> Judgement:
        """May this be done with a dataset, or under a licence?

        Repeat the outcome as it is, with the clauses quoted; never soften `ask_owner` or
        `not_allowed`. Put the questions under `missing` to the person and call again with the
        answers in `facts`.
        """
        if (id is None) == (licence is None):
            raise WrongCall("check_use takes one of `id` and `licence`, and not both.")
        given = {"from": upper(from_country), "hq": upper(hq_country), "org": organisation}
        stated = {**(facts or {}), **{key: value for key, value in given.items() if value}}
        use = batch.stated_use(tuple(uses), stated)
        if licence is not None:
            return words.judgement(self._desk.check_licence(licence, use))
        return words.judgement(self._desk.check(self.card(id or "").card.id, use))

    def combine_licences(
        self,
        first: Annotated[str, Field(max_length=400, description="A dataset's id or a licence.")],
        second: Annotated[str, Field(max_length=400, description="A dataset's id or a licence.")],
        scenario: Annotated[
            Scenario,
            Field(
                description="merged: one derived dataset; collection: side by side, each part "
                "under its own licence; model: one model trained on both."
            ),
        ] = "merged",
    ) -> Joined:
        """May the data of two datasets or licences be put together, and under which licence?"""
        found = self._desk.combine(first, second, scenario=scenario)
        return words.joined(found, first, second, scenario)

    def coverage(
        self,
        by: GroupedBy = "language",
        about: Annotated[
            str | None,
            Field(
                max_length=LONGEST_QUERY,
                description="What is counted, in words: `CC0 speech over 10 hours`.",
            ),
        ] = None,
        top: Annotated[int, Field(ge=1, le=MOST_GROUPS)] = 25,
    ) -> Coverage:
        """Figures over the whole catalogue: how many datasets, hours and bytes by group.

        A count of nothing means that this catalogue has none, not that there is none anywhere.
        """
        found = self._desk.coverage(by, self._desk.read(about) if about else None)
        return Coverage(
            total=found.total,
            by=by,
            groups=[Group.model_validate(row) for row in found.groups[:top]],
            groups_left_out=max(0, len(found.groups) - top),
        )

    def search(self, query: Query) -> Hits:
        """Find datasets in this catalogue; `fetch` reads one of them."""
        return words.hits(self._found(query, Use(), 10))

    def fetch(self, id: DatasetId) -> Fetched:
        """One dataset as text: facts, terms with their clauses, and the owner's own words."""
        return words.fetched(self.card(id))

    def card(self, named: str) -> StoredCard:
        """The card with this id, or the only one of this name; raises `WrongCall`."""
        stored = self._desk.show(named)
        if stored is not None:
            return stored
        near = self._desk.find_card(named, limit=5)
        only = self._desk.show(near[0]) if len(near) == 1 else None
        if only is not None:
            return only
        hint = f" Near it: {', '.join(near)}." if near else ""
        raise WrongCall(
            f"No dataset is called {named!r}. Expected an id such as "
            f"'commonvoice:scripted-25.0-cy'.{hint} search_datasets finds ids."
        )

    def _found(self, query: str, use: Use, limit: int) -> Reply:
        question = Question(text=query, conversation="", asker=self._asker(), top=limit)
        return self._desk.find(question, use=use)


def upper(code: str | None) -> str | None:
    """A country's code as ISO writes it."""
    return code.upper() if code else None
