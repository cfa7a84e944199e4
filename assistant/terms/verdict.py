"""May I? Terms and a use in, a verdict with its clauses out: pure, closed world, strictest wins.

Not legal advice: a careful reading of what the papers say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from assistant.phrases import ENGLISH, Phrases
from assistant.terms.extra import labels, rules_from_facts
from assistant.terms.facts import Situation, situation
from assistant.terms.values import SEVERITY, Outcome, Reason, Verdict
from assistant.terms.weigh import Papers, Weighed, join, weigh
from assistant.terms.worded import NO_LICENCE_STATED, PLATFORM_NOTES, silence_on, worded
from assistant.use import Act, Use
from catalog_sync.clauses import Clause, Rule, Terms
from catalog_sync.licences import alternatives, row


def judge(terms: Terms, use: Use, *, today: date, phrases: Phrases = ENGLISH) -> Verdict:
    """The verdict on `use` of data under `terms`; an empty `use.acts` asks for reading.

    Raises `facts.UnknownFact` on a fact outside the contract's vocabulary.
    """
    return worded(judge_in_english(terms, use, today), phrases)


@lru_cache(maxsize=65536)
def judge_in_english(terms: Terms, use: Use, today: date) -> Verdict:
    """The verdict as it is made and kept; in another language it is the same one, worded anew."""
    here = situation(use, today)
    weighed = _weighed(terms, use, here)
    on_platform = terms.platform == "mdc" or here.get("platform") == "mdc"
    return Verdict(
        outcome=weighed.outcome,
        use=use,
        reasons=tuple(sorted(weighed.reasons, key=_by_weight)),
        duties=tuple(
            sorted(weighed.duties, key=lambda d: (not d.prior, d.action, _clause_key(d.clause)))
        ),
        missing=tuple(sorted(weighed.missing, key=lambda m: m.fact)),
        platform_notes=PLATFORM_NOTES if on_platform else (),
        also_says=tuple(sorted(terms.unparsed, key=_clause_key)),
    )


def outcome(terms: Terms, use: Use, *, today: date) -> Outcome:
    """The verdict's outcome alone, kept nowhere: quicker where very many terms are judged once."""
    return _weighed(terms, use, situation(use, today)).outcome


def _weighed(terms: Terms, use: Use, here: Situation) -> Weighed:
    acts: tuple[Act, ...] = use.acts or ("read_download",)
    rules = (*terms.rules, *labels(terms), *rules_from_facts(here, terms))
    return join([_act(act, terms, rules, here) for act in acts])


def _by_weight(reason: Reason) -> tuple[int, str, tuple[str, str, str], str]:
    """Weightiest first, and the same order whatever the order of the sources."""
    weight = -SEVERITY.index(reason.outcome)
    return weight, reason.act, _clause_key(reason.clause), reason.why


def _clause_key(clause: Clause) -> tuple[str, str, str]:
    return clause.document, clause.clause, clause.quote


def _act(act: Act, terms: Terms, rules: Sequence[Rule], here: Situation) -> Weighed:
    """The best of the ways that the licence expression offers; each takes all its licences."""
    ways = alternatives(terms.licence) if terms.licence else ((None,),)
    answers = [
        join([weigh(act, _papers(leaf, act, terms, rules), here) for leaf in way]) for way in ways
    ]
    return answers[0] if len(answers) == 1 else min(answers, key=_preference)


def _preference(answer: Weighed) -> tuple[int, int, list[str]]:
    """Best outcome, fewest duties; then the same choice whatever the order of the sources."""
    said = sorted(str(r) for r in answer.reasons)
    return SEVERITY.index(answer.outcome), len(answer.duties), said


def _papers(leaf: str | None, act: Act, terms: Terms, rules: Sequence[Rule]) -> Papers:
    mine = tuple(r for r in rules if _marked(r) in (None, leaf))
    return Papers(rules=mine, unparsed=terms.unparsed, silence=_silence(leaf, act, terms))


def _marked(rule: Rule) -> str | None:
    return next((c.right[0] for c in rule.constraints if c.left == "licence"), None)


def _silence(leaf: str | None, act: Act, terms: Terms) -> Clause:
    known = row(leaf) if leaf else None
    stated = "; ".join(terms.licence_stated)
    return Clause(
        document="licence",
        clause=silence_on(act),
        quote=known.name if known else stated or NO_LICENCE_STATED,
        url=known.url if known else terms.licence_url,
    )
