"""What must hold for any terms and any use: adding limits never helps, order never matters."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.terms.batch import use_of
from assistant.terms.combine import combine, combine_all
from assistant.terms.facts import KEYS, YES_NO
from assistant.terms.values import SEVERITY, Verdict
from assistant.terms.verdict import judge, outcome
from assistant.use import ACTS, Use
from catalog_sync.clauses import Clause, Rule, StatedTerms, Terms
from catalog_sync.licences import ACTIONS, rows
from catalog_sync.licences_table import trigger
from catalog_sync.terms import derive

TODAY = date(2026, 11, 23)
CLAUSE = Clause(document="datasheet", clause="restrictions", quote="as the owner says")
IDS = sorted(rows())
SENTENCES = (
    "No voice cloning.",
    "Not for commercial use.",
    "Do not share it with third parties.",
    "For research only.",
    "Think of us kindly.",
    "Companies have to register first.",
    "There are no restrictions on the use of this data.",
)
VALUES = {
    "from": st.sampled_from(["GH", "DE", "BR", "US", "IN"]),
    "hq": st.sampled_from(["GH", "DE", "ZA", "US"]),
    "org": st.sampled_from(["company", "university", "non_profit", "person"]),
    "platform": st.just("mdc"),
    "visibility": st.sampled_from(["public", "private", "restricted"]),
    "price_cents": st.sampled_from(["0", "10000"]),
    "currency": st.just("usd"),
    "datasheet_forbids": st.sampled_from(["commercial", "generative", "modify,redistribute"]),
    "noodl_tier": st.sampled_from(["i", "ii"]),
    "outputs_of": st.sampled_from(["no", "Llama-2", "a model"]),
    "trains": st.sampled_from(["asr", "tts", "other_llm", "llama"]),
    "applied_to": st.sampled_from(["dataset", "model", "CC-BY-NC-4.0"]),
    "published": st.sampled_from(["open_web", "no"]),
}

facts = st.fixed_dictionaries(
    {}, optional={k: VALUES.get(k, st.sampled_from(["yes", "no"])) for k in KEYS}
)
expressions = st.one_of(
    st.sampled_from([*IDS, "unknown", ""]),
    st.tuples(st.sampled_from(IDS), st.sampled_from(["AND", "OR"]), st.sampled_from(IDS)).map(
        " ".join
    ),
)


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    return derive(
        StatedTerms(
            licences=(draw(expressions),),
            datasheet=tuple(
                ("restrictions", s) for s in draw(st.lists(st.sampled_from(SENTENCES), max_size=2))
            ),
            platform=draw(st.sampled_from([None, "mdc"])),
            access=draw(st.sampled_from(["public", "on_request", "unknown"])),
        )
    )


@st.composite
def uses(draw: st.DrawFn) -> Use:
    acts = draw(st.lists(st.sampled_from(ACTS), min_size=1, max_size=3, unique=True))
    return use_of(tuple(acts), draw(facts))


def weight(verdict: Verdict) -> int:
    return SEVERITY.index(verdict.outcome)


@settings(max_examples=300, deadline=None)
@given(terms=all_terms(), use=uses(), action=st.sampled_from([*ACTIONS, "generate"]))
def test_adding_a_prohibition_never_makes_a_verdict_more_permissive(
    terms: Terms, use: Use, action: str
) -> None:
    stricter = replace(
        terms, rules=(*terms.rules, Rule(kind="prohibition", action=action, clause=CLAUSE))
    )
    before, after = judge(terms, use, today=TODAY), judge(stricter, use, today=TODAY)
    assert weight(after) >= weight(before)


@settings(max_examples=300, deadline=None)
@given(terms=all_terms(), use=uses(), words=st.sampled_from(SENTENCES))
def test_adding_unread_words_never_makes_a_verdict_more_permissive(
    terms: Terms, use: Use, words: str
) -> None:
    more = replace(terms, unparsed=(*terms.unparsed, replace(CLAUSE, quote=words)))
    assert weight(judge(more, use, today=TODAY)) >= weight(judge(terms, use, today=TODAY))


@settings(max_examples=200, deadline=None)
@given(terms=all_terms(), use=uses(), action=st.sampled_from(["obtainConsent", "refrain"]))
def test_adding_a_duty_never_makes_a_verdict_more_permissive(
    terms: Terms, use: Use, action: str
) -> None:
    rule = Rule(
        kind="duty", action=action, clause=CLAUSE, constraints=(trigger("any"),), prior=True
    )
    more = replace(terms, rules=(*terms.rules, rule))
    assert weight(judge(more, use, today=TODAY)) >= weight(judge(terms, use, today=TODAY))


@settings(max_examples=200, deadline=None)
@given(terms=all_terms(), use=uses(), licence=expressions)
def test_an_added_licence_that_also_applies_never_helps(
    terms: Terms, use: Use, licence: str
) -> None:
    one = derive(StatedTerms(licences=terms.licence_stated))
    both = derive(StatedTerms(licences=(*terms.licence_stated, licence)))
    if one.licence is not None and both.licence is not None:
        assert weight(judge(both, use, today=TODAY)) >= weight(judge(one, use, today=TODAY))


@settings(max_examples=200, deadline=None)
@given(terms=all_terms(), use=uses(), order=st.randoms())
def test_the_order_of_sources_does_not_matter(terms: Terms, use: Use, order: object) -> None:
    mixed = list(terms.rules)
    shuffle = getattr(order, "shuffle")  # noqa: B009
    shuffle(mixed)
    turned = replace(terms, rules=tuple(mixed), unparsed=tuple(reversed(terms.unparsed)))
    one, other = judge(terms, use, today=TODAY), judge(turned, use, today=TODAY)
    assert one.outcome == other.outcome
    assert set(one.duties) == set(other.duties)
    assert one.missing == other.missing


@settings(max_examples=200, deadline=None)
@given(terms=all_terms(), use=uses())
def test_every_verdict_has_a_reason_that_bears_its_outcome(terms: Terms, use: Use) -> None:
    verdict = judge(terms, use, today=TODAY)
    assert verdict.reasons
    assert verdict.reasons[0].outcome == verdict.outcome == outcome(terms, use, today=TODAY)
    assert max(SEVERITY.index(r.outcome) for r in verdict.reasons) == weight(verdict)


@settings(max_examples=200, deadline=None)
@given(terms=all_terms(), use=uses())
def test_many_acts_are_never_better_than_each(terms: Terms, use: Use) -> None:
    whole = weight(judge(terms, use, today=TODAY))
    each = [weight(judge(terms, replace(use, acts=(a,)), today=TODAY)) for a in use.acts]
    assert whole == max(each)


@settings(max_examples=200, deadline=None)
@given(terms=all_terms(), use=uses(), fact=st.sampled_from(sorted(YES_NO)))
def test_leaving_a_fact_open_is_never_better_than_every_answer_to_it(
    terms: Terms, use: Use, fact: str
) -> None:
    stated = {k: v for k, v in use.facts if k != fact}
    answers = []
    for value in (None, "yes", "no"):
        told = stated if value is None else stated | {fact: value}
        answers.append(
            weight(judge(terms, replace(use, facts=tuple(sorted(told.items()))), today=TODAY))
        )
    unsaid, yes, no = answers
    assert unsaid >= min(yes, no)


@settings(max_examples=300, deadline=None)
@given(a=expressions, b=expressions, scenario=st.sampled_from(["merged", "collection", "model"]))
def test_combining_is_commutative(a: str, b: str, scenario: str) -> None:
    for kind in ("merged", "collection", "model"):
        if kind == scenario:
            assert combine(a, b, scenario=kind) == combine(b, a, scenario=kind)


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(st.sampled_from(IDS), min_size=2, max_size=4), order=st.permutations(range(4))
)
def test_combining_many_does_not_hang_on_their_order(parts: list[str], order: list[int]) -> None:
    turned = [parts[i] for i in order if i < len(parts)]
    one, other = combine_all(parts), combine_all(turned)
    assert (one.outcome, one.result_licence) == (other.outcome, other.result_licence)
    assert one.reasons
