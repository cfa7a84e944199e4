"""What a person wants to do with a dataset, and who they are, as far as it was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Act = Literal[
    "read_download", "commercial_use", "modify", "redistribute", "train_research",
    "train_commercial", "train_commercial_closed_weights", "publish_model_worldwide",
    "publish_derived_other_licence", "use_without_attribution", "voice_cloning",
    "reidentify_speaker", "eu_database_right",
]  # fmt: skip
ACTS: tuple[Act, ...] = get_args(Act)
OrganisationKind = Literal["company", "university", "non_profit", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The deed in question; None where the person did not say."""

    acts: tuple[Act, ...] = ()
    from_country: str | None = None
    """ISO 3166-1 alpha-2: where the person or organisation is, or acts."""
    hq_country: str | None = None
    """ISO 3166-1 alpha-2: where the organisation is headquartered."""
    organisation: OrganisationKind | None = None
    output_licence: str | None = None
    """SPDX id under which the result shall be published."""
    facts: tuple[tuple[str, str], ...] = ()
    """Further facts of the contract's vocabulary (`sharing`, `consent_of_person`, ...), sorted."""


def joined(first: Use, second: Use) -> Use:
    """Both uses at once: every act of either, and of two statements on one fact the second's."""
    acts = {*first.acts, *second.acts}
    return Use(
        acts=tuple(act for act in ACTS if act in acts),
        from_country=second.from_country or first.from_country,
        hq_country=second.hq_country or first.hq_country,
        organisation=second.organisation or first.organisation,
        output_licence=second.output_licence or first.output_licence,
        facts=tuple(sorted({**dict(first.facts), **dict(second.facts)}.items())),
    )
