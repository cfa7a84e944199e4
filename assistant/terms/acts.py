"""What each act takes: the smallest actions that a licence has to permit for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.phrases import ENGLISH, Phrases
from assistant.use import ACTS, Act

NEEDS: Mapping[Act, tuple[str, ...]] = {
    "read_download": ("use",),
    "commercial_use": ("use", "commercialize"),
    "modify": ("modify",),
    "redistribute": ("distribute",),
    "train_research": ("train",),
    "train_commercial": ("train", "commercialize", "sellModel"),
    "train_commercial_closed_weights": ("train", "commercialize", "sellModel", "closeModel"),
    "publish_model_worldwide": ("train", "publishModel"),
    "publish_derived_other_licence": ("modify", "shareAdapted", "relicense"),
    "use_without_attribution": ("use",),
    "voice_cloning": ("train", "cloneVoice"),
    "reidentify_speaker": ("reidentify",),
    "eu_database_right": ("extract",),
}

ACTIONS = (
    "use", "modify", "distribute", "shareAdapted", "relicense", "commercialize", "train",
    "sellModel", "closeModel", "publishModel", "extract", "omitAttribution", "cloneVoice",
    "reidentify", "generate",
)  # fmt: skip
"""The smallest actions that rules of licences speak of; each has a text `action.<code>`."""
DUTIES = (
    "attribute", "include", "inform", "shareAlike", "sourceCode", "nonCommercialOnly",
    "researchOnly", "keepPrivate", "compensate", "provideBenefit", "obtainConsent",
    "obtainLicence", "requestAccess", "acceptAgreement", "useOwnersSite", "reviewPolicy",
    "checkStatus", "checkPart", "creditAsRequested", "refrain", "passOnRestrictions",
    "verifyRecipients", "respectPrivacy", "computationalUseOnly", "shareDerivativeDatabase",
    "nameModel", "acceptablePolicy", "keepConditions",
)  # fmt: skip
"""What may be asked in return; each has a text `duty.<code>`."""
WORDS: Mapping[Act, str] = {act: ENGLISH.say(f"act.{act}") for act in ACTS}
"""The acts in English."""


def acts_text(acts: Sequence[Act], phrases: Phrases = ENGLISH) -> str:
    """Acts as a sentence lists them: "change the data and pass the data on"."""
    said = [phrases.say(f"act.{act}") for act in acts]
    return said[0] if len(said) == 1 else phrases.listed(said)


def action_text(action: str, phrases: Phrases = ENGLISH) -> str:
    """What an action is, as a noun: "changing the data"; one without a text is its own name."""
    key = f"action.{action}"
    return phrases.say(key) if phrases.has(key) else action


def duty_text(action: str, phrases: Phrases = ENGLISH) -> str:
    """A plain sentence for a duty; a new duty says its own name."""
    key = f"duty.{action}"
    if phrases.has(key):
        return phrases.say(key)
    return phrases.say("duty_unknown", action=repr(action))
