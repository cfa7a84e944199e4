"""What is shown beside the chat for one dataset: the reasoning, the credit, code to load it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.faces import render
from assistant.loading import Snippet
from assistant.terms.acts import WORDS
from assistant.terms.values import Duty, Reason, Verdict
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Clause

Props = dict[str, object]
PAPERS = {
    "licence": "Licence", "datasheet": "Datasheet", "platform": "Rules of the platform",
    "price": "Price", "access": "Access", "grant": "What you said", "label": "Community label",
    "law_note": "What you said",
}  # fmt: skip
NOT_ADVICE = "A careful reading of the published terms, not legal advice."


def beside(
    card: DatasetCard,
    verdict: Verdict,
    *,
    paragraph: str,
    credit: str,
    snippets: Sequence[Snippet],
) -> Props:
    """Props of `Beside.jsx`; plain words, links only to http and https."""
    dot, badge = render.BADGES[verdict.outcome]
    acts = verdict.use.acts or ("read_download",)
    return {
        "name": render.clean(card.name) or card.id,
        "url": render.safe_url(card.url),
        "outcome": verdict.outcome,
        "dot": dot,
        "badge": badge,
        "use": render.sentence(", ".join(WORDS[act] for act in acts)),
        "paragraph": render.clean(paragraph),
        "licence": render.licence_line(card),
        "access": render.access_line(card),
        "reasons": [reason(each) for each in verdict.reasons],
        "duties": [duty(each) for each in verdict.duties],
        "missing": [render.clean(each.question) for each in verdict.missing],
        "platform": [render.clean(each) for each in verdict.platform_notes],
        "also": [clause(each) for each in verdict.also_says],
        "credit": credit,
        "snippets": [
            {"title": each.title, "code": each.code, "note": each.note} for each in snippets
        ],
        "caution": NOT_ADVICE,
    }


def reason(given: Reason) -> Props:
    """One reason with the words it rests on."""
    return {
        "act": render.sentence(WORDS[given.act]),
        "outcome": given.outcome,
        "badge": render.BADGES[given.outcome][1],
        "why": render.sentence(render.clean(given.why)),
        **clause(given.clause),
    }


def duty(given: Duty) -> Props:
    """One thing to do in return."""
    return {"text": render.clean(given.text), "prior": given.prior, **clause(given.clause)}


def clause(given: Clause) -> Props:
    """Where something is written."""
    return {
        "quote": render.clean(given.quote),
        "where": f"{PAPERS[given.document]}, {render.clean(given.clause)}",
        "link": render.safe_url(given.url),
    }
