"""What each act takes: the smallest actions that a licence has to permit for it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.use import Act

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

WORDS: Mapping[Act, str] = {
    "read_download": "download and read the data",
    "commercial_use": "use the data commercially",
    "modify": "change the data",
    "redistribute": "pass the data on",
    "train_research": "train a model for research",
    "train_commercial": "train a model for a commercial product",
    "train_commercial_closed_weights": "train a commercial model and keep its weights closed",
    "publish_model_worldwide": "publish a trained model worldwide",
    "publish_derived_other_licence": "publish a derived dataset under another licence",
    "use_without_attribution": "use the data without naming the source",
    "voice_cloning": "clone a voice",
    "reidentify_speaker": "find out who the speakers are",
    "eu_database_right": "extract from the database in the European Union",
}

ACTION_WORDS: Mapping[str, str] = {
    "use": "using the data",
    "modify": "changing the data",
    "distribute": "passing the data on",
    "shareAdapted": "sharing a changed version",
    "relicense": "putting the result under another licence",
    "commercialize": "commercial use",
    "train": "training a model",
    "sellModel": "commercial use of a trained model",
    "closeModel": "keeping a model's weights closed",
    "publishModel": "publishing a trained model",
    "extract": "extracting from the database where a database right holds",
    "omitAttribution": "leaving out the credit",
    "cloneVoice": "cloning a voice",
    "reidentify": "identifying people in the data",
    "generate": "generative use",
}

DUTY_WORDS: Mapping[str, str] = {
    "attribute": "Name the source and the licence, and say if you changed something.",
    "include": "Keep the licence text and notices with every copy.",
    "inform": "Mark what you changed.",
    "shareAlike": "Put what you share under the same licence.",
    "sourceCode": "Offer the editable source form with what you share.",
    "nonCommercialOnly": "Stay non-commercial: no commercial advantage, no payment.",
    "researchOnly": "Use it for research or education only.",
    "keepPrivate": "Keep what you make from it to yourself: do not share it.",
    "compensate": "Pay the owner's price first.",
    "provideBenefit": "Give the provider the benefit it has named before you start.",
    "obtainConsent": "Ask the owner for permission first.",
    "obtainLicence": "Get the owner's licence for this use first.",
    "requestAccess": "Request access; the owner decides.",
    "acceptAgreement": "Accept the owner's agreement before you download.",
    "useOwnersSite": "Get the data on the owner's own site and accept its conditions there.",
    "reviewPolicy": "Read the datasheet on the dataset's page: it may add conditions.",
    "checkStatus": "Check that the work is free where you are: it may not be everywhere.",
    "checkPart": "Check the terms of the part you use: not all parts are under the same.",
    "creditAsRequested": "The owner asks to be credited.",
    "refrain": "Refrain from what the owner rules out here.",
    "passOnRestrictions": "Pass the use restrictions on in your own terms.",
    "verifyRecipients": "Check that recipients are in a developing country.",
    "respectPrivacy": "Personal data is not covered: follow privacy law.",
    "computationalUseOnly": "Use the data for computational analysis only.",
    "shareDerivativeDatabase": "Offer the derived database behind a public result.",
    "nameModel": "Name the model as the licence demands.",
    "acceptablePolicy": "Keep to the acceptable use policy.",
    "keepConditions": "Keep to the conditions that the owner set for you.",
}


def duty_text(action: str) -> str:
    """A plain sentence for a duty; a new duty says its own name."""
    return DUTY_WORDS.get(action, f"Meet the duty {action!r}.")
