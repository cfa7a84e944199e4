"""Turns that refuse to ask for access."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    "text",
    [
        "chest X-rays, but I'd rather not apply for access",
        "cohort studies where one does not have to ask for permission",
        "brain scans without having to fill in a form",
        "X-rays, not those that I'd have to apply for",
        "mammograms we needn't apply for",
        "skin photos where nobody has to approve me",
        "eye scans, but I'd prefer not to register anywhere",
        "heart sounds, I am not allowed to sign agreements",
        "hospital records, nothing that needs approval please",
        "genomes, I don’t want to wait for a committee",
        "sleep studies; we never want to apply",
        "speech in Hausa, not on request",
        "retina photos, no applications",
        "radiografías sin tener que pedir permiso",
        "radios du thorax, je ne veux pas demander l'accès",
        "raios X sem ter de pedir autorização",
        "Röntgenbilder ohne vorher einen Antrag zu stellen",
    ],
)
def test_who_refuses_to_apply_wants_what_is_open(text: str) -> None:
    read = rules.read(text, has_need=True, in_view=True)
    assert read.stated.access == ("public",)
    assert read.intent == "refine"


@pytest.mark.parametrize(
    "text",
    [
        "gated is fine, I don't mind applying",
        "why can't I apply for access?",
        "do I have to ask anyone?",
        "rules where the terms do not apply",
        "we have not asked for it yet",
        "gated Hausa speech",
    ],
)
def test_no_refusal_is_heard_where_none_is_said(text: str) -> None:
    assert "public" not in rules.read(text, has_need=True, in_view=True).stated.access


def test_a_request_for_access_stays_one() -> None:
    assert rules.read("apply for access", has_need=True, in_view=True).intent == "request"
