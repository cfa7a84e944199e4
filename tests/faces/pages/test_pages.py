"""The pages without a browser: who sees what, what a post needs, what opening a link changes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import jwt
import pytest

from assistant.access.values import AccessRequest
from assistant.faces.pages import MAILS_PER_MINUTE
from assistant.identity_rules import OidcRules
from assistant.need import Asker
from catalog_sync.store_write import Vetted
from catalog_sync.vet import Finding
from tests.assistant.access.bureau import ADMIN, FAR, GIVEN, MARA, OPEN, OWNER, PRICED, TOM, made
from tests.assistant.issuer import CLIENT, CLIENT_SECRET, issuing
from tests.faces.pages.conftest import Browsers
from tests.faces.site import BOTH, Site, open_site

ANSWERS = {
    "name": "Mara Lind", "organisation": "Speech Lab", "organisation_kind": "university",
    "country": "SE", "acts": ["train_research"], "purpose": "A recogniser for classroom use.",
}  # fmt: skip


def read(site: Site, request_id: str, asker: Asker) -> AccessRequest:
    found = site.desk.office.read(request_id, asker)
    assert isinstance(found, AccessRequest)
    return found


@pytest.mark.parametrize("site", BOTH, indirect=True)
def test_a_request_is_begun_looked_at_and_sent_without_scripts(
    site: Site, browser: Browsers
) -> None:
    mara = browser(MARA)
    assert "What name should the owner see?" in mara.get(f"/requests/new?card={GIVEN}").text
    begun = mara.post("/requests/new", card_id=GIVEN, **ANSWERS)
    assert begun.status_code == 303
    review = begun.headers["location"]
    page = mara.get(review)
    assert "A recogniser for classroom use." in page.text
    assert "Send it to the owner" in page.text
    sent = mara.post(review, accept=mara.accept)
    assert sent.headers["location"].endswith("?told=sent"), sent.text
    (request,) = site.desk.office.waiting(OWNER)
    assert request.answers is not None
    assert request.answers.acts == ("train_research",)
    seen = mara.get(sent.headers["location"]).text
    assert "Your request is sent." in seen
    assert "The owner decides. They are reminded after 3 and after 10 days" in seen


def test_what_is_not_accepted_or_missing_is_not_sent_and_nothing_is_lost(
    site: Site, browser: Browsers
) -> None:
    mara = browser(MARA)
    mara.get(f"/requests/new?card={PRICED}")
    begun = mara.post("/requests/new", card_id=PRICED, **{**ANSWERS, "purpose": ""})
    review = begun.headers["location"]
    assert "Still to be said" in mara.get(review).text
    edit = review.replace("review", "edit")
    mara.get(edit)
    assert mara.post(edit, **ANSWERS).headers["location"] == review
    assert "100.00 USD to the owner" in mara.get(review).text
    refused = mara.post(review, accept=mara.accept)
    assert refused.status_code == 409
    assert "price that was not agreed" in refused.text
    assert mara.post(review, accept=mara.accept, price_agreed="yes").status_code == 303
    assert len(site.desk.office.waiting(OWNER)) == 1


def test_a_double_click_sends_one_request(site: Site, browser: Browsers) -> None:
    mara = browser(MARA)
    mara.get(f"/requests/new?card={GIVEN}")
    places = {
        mara.post("/requests/new", card_id=GIVEN, **ANSWERS).headers["location"] for _ in range(2)
    }
    assert len(places) == 1
    assert len(site.desk.office.mine(MARA)) == 1


def test_open_data_needs_no_request_and_a_far_owner_gets_a_letter(browser: Browsers) -> None:
    mara = browser(MARA)
    assert "the files are open to everybody" in mara.get(f"/requests/new?card={OPEN}").text
    mara.get(f"/requests/new?card={FAR}")
    review = mara.post("/requests/new", card_id=FAR, **ANSWERS).headers["location"]
    page = mara.get(review)
    assert "Dear owners of the dataset" in page.text
    gone = mara.post(review.replace("review", "hand-over"))
    assert gone.headers["location"].endswith("handed_over")


def test_an_owner_decides_in_two_presses_and_the_requester_sees_it(
    site: Site, browser: Browsers
) -> None:
    request = site.bureau.filed()
    owner = browser(OWNER)
    assert "Mara Lind" in owner.get("/owner").text
    page = owner.get(f"/owner/requests/{request.id}").text
    for shown in ("A recogniser for classroom use.", "mara@lab.example", "Sweden"):
        assert shown in page
    done = owner.post(
        f"/owner/requests/{request.id}/approve", until="2027-03-31", conditions="Not for sale."
    )
    assert done.status_code == 303, done.text
    seen = browser(MARA).get(f"/requests/{request.id}").text
    assert "until 31 March 2027" in seen
    assert "Not for sale." in seen
    assert "Approved" in owner.get("/owner/record").text


@pytest.mark.parametrize(
    ("do", "fields", "state"),
    [
        ("reject", {"reason": "Not for that."}, "rejected"),
        ("return", {"question": "Which school?"}, "returned"),
        ("approve", {}, "approved"),
    ],
)
def test_every_way_to_decide_leads_where_it_says(
    site: Site, browser: Browsers, do: str, fields: dict[str, str], state: str
) -> None:
    request = site.bureau.filed()
    owner = browser(OWNER)
    owner.get(f"/owner/requests/{request.id}")
    assert owner.post(f"/owner/requests/{request.id}/{do}", **fields).status_code == 303
    assert read(site, request.id, MARA).state == state


def test_without_a_reason_nothing_is_decided_and_the_page_says_so(
    site: Site, browser: Browsers
) -> None:
    request = site.bureau.filed()
    owner = browser(OWNER)
    owner.get(f"/owner/requests/{request.id}")
    refused = owner.post(f"/owner/requests/{request.id}/reject", reason=" ")
    assert refused.status_code == 409
    assert "A reason is needed" in refused.text
    assert read(site, request.id, MARA).state == "submitted"


@pytest.mark.parametrize("site", BOTH, indirect=True)
def test_opening_the_link_in_the_mail_changes_nothing_and_the_press_decides_once(
    site: Site, browser: Browsers
) -> None:
    request = site.bureau.filed()
    token = site.identity.mail_token(
        "owner@voices.example", purpose="decide", about=request.id, now=site.bureau.moment
    )
    link = f"/owner/requests/{request.id}?token={token}"
    for scanner in (browser(), browser()):
        for path in (link, f"/decide?token={token}&do=approve"):
            page = scanner.get(path)
            assert page.status_code == 200
            assert "Nothing was decided by opening it" in page.text
    assert read(site, request.id, OWNER).state == "submitted"
    owner = browser()
    owner.get(link)
    done = owner.post(f"/owner/requests/{request.id}/approve", token=token)
    assert done.status_code == 303
    assert read(site, request.id, OWNER).state == "approved"
    assert "owner@voices.example" in owner.get("/owner").text
    again = browser()
    assert again.get(f"/decide?token={token}").status_code == 410
    again.get("/sign-in")
    late = again.post(f"/owner/requests/{request.id}/revoke", token=token, reason="x")
    assert late.status_code == 410
    assert read(site, request.id, OWNER).state == "approved"


def test_a_link_is_good_for_its_own_request_and_its_owner_alone(
    site: Site, browser: Browsers
) -> None:
    request = site.bureau.filed()
    for email, about in (("owner@voices.example", "r_other"), ("tom@firm.example", request.id)):
        token = site.identity.mail_token(
            email, purpose="decide", about=about, now=site.bureau.moment
        )
        somebody = browser()
        seen = somebody.get(f"/owner/requests/{request.id}?token={token}")
        assert seen.status_code in (303, 404)
        somebody.get("/sign-in")
        done = somebody.post(f"/owner/requests/{request.id}/approve", token=token)
        assert done.status_code in (404, 410)
    assert read(site, request.id, OWNER).state == "submitted"


def test_a_sign_in_link_signs_in_by_a_press_once(site: Site, browser: Browsers) -> None:
    token = site.identity.mail_token(
        "mara@lab.example", purpose="sign_in", about="/requests", now=site.bureau.moment
    )
    scanner = browser()
    assert "mara@lab.example" in scanner.get(f"/sign-in?token={token}").text
    assert "Sign in" in scanner.get("/requests").text
    mara = browser()
    mara.get(f"/sign-in?token={token}")
    entered = mara.post("/sign-in/enter", token=token)
    assert (entered.status_code, entered.headers["location"]) == (303, "/requests")
    assert "mara@lab.example" in mara.get("/requests").text
    scanner.get("/sign-in")
    assert scanner.post("/sign-in/enter", token=token).status_code == 410
    mara.get("/requests")
    mara.post("/sign-out")
    assert "mara@lab.example" not in mara.get("/requests").text


@pytest.mark.parametrize(
    "odd", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", ""]
)
def test_signing_in_leads_to_no_other_host(site: Site, browser: Browsers, odd: str) -> None:
    token = site.identity.mail_token(
        "mara@lab.example", purpose="sign_in", about=odd, now=site.bureau.moment
    )
    mara = browser()
    mara.get(f"/sign-in?token={token}")
    assert mara.post("/sign-in/enter", token=token).headers["location"] == "/requests"


@pytest.mark.parametrize("site", BOTH, indirect=True)
def test_a_visitors_draft_is_taken_over_by_the_confirmed_address(
    site: Site, browser: Browsers
) -> None:
    visitor = browser()
    visitor.get(f"/requests/new?card={GIVEN}")
    review = visitor.post("/requests/new", card_id=GIVEN, **ANSWERS).headers["location"]
    assert "Where may the answer go?" in visitor.get(review).text
    asked = visitor.post(review.replace("review", "address"), email="mara@lab.example")
    assert "Look into your mail" in asked.text
    request_id = review.split("/")[2]
    token = site.identity.mail_token(
        "mara@lab.example", purpose="confirm", about=request_id, now=site.bureau.moment
    )
    mara = browser()
    assert "Is this your request?" in mara.get(f"/requests/confirm?token={token}").text
    assert site.desk.office.mine(MARA) == ()
    done = mara.post("/requests/confirm", token=token)
    assert done.headers["location"] == review
    assert read(site, request_id, MARA).state == "draft"
    # The browser it was begun in is not signed in by somebody else's press.
    assert "mara@lab.example" not in visitor.get("/requests").text
    assert visitor.get(review).status_code == 404


def test_somebody_elses_request_is_not_found_on_every_page(site: Site, browser: Browsers) -> None:
    request = site.bureau.filed()
    none = "r_00000000000000000000"
    for asker in (TOM, None):
        somebody = browser(asker)
        for path in ("/requests/{}", "/requests/{}/edit", "/requests/{}/review"):
            there, gone = (somebody.get(path.format(each)) for each in (request.id, none))
            assert there.status_code == gone.status_code == 404
            assert there.text == gone.text
    tom = browser(TOM)
    assert tom.get(f"/owner/requests/{request.id}").status_code == 404
    tom.get("/requests")
    for path in ("/requests/{}/withdraw", "/owner/requests/{}/approve"):
        there, gone = (tom.post(path.format(each)) for each in (request.id, none))
        assert there.status_code == gone.status_code == 404
        assert there.text == gone.text
    assert read(site, request.id, MARA).state == "submitted"


def test_a_post_without_this_browsers_form_changes_nothing(site: Site, browser: Browsers) -> None:
    request = site.bureau.filed()
    owner, other = browser(OWNER), browser(TOM)
    other.get("/requests")
    for token in ("", "x", other.hidden["form_token"]):
        forged = owner.post(f"/owner/requests/{request.id}/approve", form_token=token, key="1")
        assert forged.status_code == 403
    foreign = owner.client.post(
        f"/owner/requests/{request.id}/approve", headers={"origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    assert read(site, request.id, OWNER).state == "submitted"


def test_every_page_allows_no_script_and_is_not_kept(site: Site, browser: Browsers) -> None:
    site.bureau.filed()
    owner = browser(OWNER)
    for path in ("/sign-in", "/requests", "/owner", "/owner/settings", "/mine", "/nowhere-else"):
        answer = owner.get(path)
        if path == "/nowhere-else":
            continue
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "<script" not in answer.text
        assert "style=" not in answer.text


def test_what_people_write_is_shown_as_words(site: Site, browser: Browsers) -> None:
    mara = browser(MARA)
    mara.get(f"/requests/new?card={GIVEN}")
    hostile = {**ANSWERS, "name": "<b>Mara</b>", "purpose": "<script>alert(1)</script>"}
    review = mara.post("/requests/new", card_id=GIVEN, **hostile).headers["location"]
    mara.get(review)
    mara.post(review, accept=mara.accept)
    page = browser(OWNER).get("/owner").text
    assert "&lt;b&gt;Mara&lt;/b&gt;" in page
    assert "<script" not in page


def test_the_record_is_a_table_that_no_spreadsheet_runs(site: Site, browser: Browsers) -> None:
    mara = browser(MARA)
    mara.get(f"/requests/new?card={GIVEN}")
    hostile = {**ANSWERS, "name": "=1+1"}
    review = mara.post("/requests/new", card_id=GIVEN, **hostile).headers["location"]
    mara.get(review)
    mara.post(review, accept=mara.accept)
    answer = browser(OWNER).get("/owner/record.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, row = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert dict(zip(head, row, strict=True))["name"] == "'=1+1"
    assert browser(TOM).get("/owner/record.csv").text.count("\n") == 1


def test_an_owner_sets_questions_colleagues_and_what_passes_by_itself(
    site: Site, browser: Browsers
) -> None:
    owner = browser(OWNER)
    owner.get("/owner/settings")
    fields = {
        "kind": "publisher", "value": "voices/Llais", "auto_approve": "allowed_with_conditions",
        "length_days": "90", "delegates": "col@voices.example",
        "question_id": ["", ""], "question": ["Which school?", ""],
        "question_kind": ["text", "text"], "question_choices": ["", ""],
        "question_required": ["1"],
    }  # fmt: skip
    assert owner.post("/owner/settings", **fields).status_code == 303
    (kept,) = site.desk.office.owners.settings(OWNER)
    assert (kept.auto_approve, kept.length_days) == ("allowed_with_conditions", 90)
    assert kept.delegates == ("col@voices.example",)
    assert [(q.text, q.required) for q in kept.questions] == [("Which school?", True)]
    assert "Which school?" in browser(MARA).get(f"/requests/new?card={GIVEN}").text
    wrong = owner.post("/owner/settings", **{**fields, "delegates": "nobody"})
    assert wrong.status_code == 422


def test_an_owner_gives_one_dataset_rules_of_its_own(site: Site, browser: Browsers) -> None:
    owner = browser(OWNER)
    page = owner.get(f"/owner/settings?card={GIVEN}").text
    assert f'value="{GIVEN}"' in page
    fields = {"kind": "card", "value": GIVEN, "auto_approve": "allowed", "length_days": "",
              "delegates": ""}  # fmt: skip
    assert owner.post("/owner/settings", **fields).status_code == 303
    assert [each.scope.kind for each in site.desk.office.owners.settings(OWNER)] == [
        "publisher", "card",
    ]  # fmt: skip
    assert "No dataset of yours" in browser(TOM).get(f"/owner/settings?card={GIVEN}").text


def test_administrators_keep_owners_and_claims_and_read_only_with_a_reason(
    site: Site, browser: Browsers
) -> None:
    request = site.bureau.filed()
    tom = browser(TOM)
    assert tom.get("/admin").status_code == 404
    tom.get("/owner")
    tom.post("/owner/claim", kind="source", value="far", note="My lab.")
    admin = browser(ADMIN)
    assert "tom@firm.example" in admin.get("/admin").text
    (claim,) = site.desk.office.owners.claims(TOM)
    assert admin.post(f"/admin/claims/{claim.number}", to="refused").status_code == 422
    assert admin.post(f"/admin/claims/{claim.number}", to="granted").status_code == 303
    admin.post("/admin/owners", kind="source", value="far", email="b@c.example", do="")
    assert "b@c.example" in admin.get("/admin").text
    admin.post("/admin/owners", kind="source", value="far", email="b@c.example", do="remove")
    assert "b@c.example" not in admin.get("/admin").text
    blind = admin.post("/admin/look", request_id=request.id)
    assert "Given Voices" in blind.text
    assert "classroom" not in blind.text
    seen = admin.post("/admin/look", request_id=request.id, reason="A complaint.")
    assert "classroom" in seen.text


def test_a_person_takes_their_data_along_and_is_forgotten(site: Site, browser: Browsers) -> None:
    site.bureau.filed()
    mara = browser(MARA)
    assert "mara@lab.example" in mara.get("/privacy/me").text
    kept = mara.client.get("/privacy/me/export")
    assert kept.json()["requests"][0]["answers"]["name"] == "Mara Lind"
    unsure = mara.post("/privacy/me/erase")
    assert unsure.status_code == 422
    gone = mara.post("/privacy/me/erase", sure="yes")
    assert gone.headers["location"] == "/privacy/erased"
    assert site.desk.office.mine(MARA) == ()
    assert "You are forgotten" in mara.get("/privacy/erased").text


def test_watches_and_saved_datasets_are_kept_on_a_page(site: Site, browser: Browsers) -> None:
    site.desk.office.watches.save(GIVEN, asker=MARA)
    mara = browser(MARA)
    assert "Given Voices" in mara.get("/mine").text
    assert mara.post("/mine/watches", words="Welsh speech", do="").status_code == 303
    assert "Welsh speech" in mara.get("/mine").text
    (watch,) = site.desk.office.watches.of(MARA)
    mara.post("/mine/watches", do="end", id=watch.id)
    mara.post("/mine/saved", id=GIVEN)
    page = mara.get("/mine").text
    assert "<b>Welsh speech</b>" not in page
    assert "Nothing is saved yet." in page


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(browser: Browsers) -> None:
    for path in ("/owner", "/owner/settings", "/admin", "/mine", "/privacy/me"):
        sent = browser().get(path)
        assert sent.status_code == 303
        assert sent.headers["location"] == f"/sign-in?next={path.replace('/', '%2F')}"


def test_asking_for_a_link_is_answered_alike_for_every_address(
    site: Site, browser: Browsers
) -> None:
    site.bureau.filed()
    somebody = browser()
    somebody.get("/sign-in")
    known, unknown = (
        somebody.post("/sign-in", email=email).text.replace(email, "")
        for email in ("mara@lab.example", "new@lab.example")
    )
    assert known == unknown
    assert somebody.post("/sign-in", email="no address").status_code == 422


def test_nobody_has_much_mail_sent_in_a_short_time(browser: Browsers) -> None:
    somebody = browser()
    somebody.get("/sign-in")
    codes = [
        somebody.post("/sign-in", email=f"p{number}@lab.example").status_code
        for number in range(MAILS_PER_MINUTE + 2)
    ]
    assert codes == [200] * MAILS_PER_MINUTE + [429] * 2


def test_a_person_signs_in_with_the_provider_and_comes_back(tmp_path: Path) -> None:
    with issuing() as issuer:
        rules = OidcRules(issuer=issuer.url, client=CLIENT, secret=CLIENT_SECRET)
        site = open_site(tmp_path, oidc=rules)
        mara = Browsers(site)()
        assert "Sign in with your organisation" in mara.get("/sign-in").text
        sent = mara.get("/sign-in/provider?next=/owner")
        code, state = issuer.press(sent.headers["location"])
        back = f"/sign-in/oidc?code={code}&state={state}"
        assert Browsers(site)().get(back).status_code == 403
        come = mara.get(back)
        assert (come.status_code, come.headers["location"]) == (303, "/owner")
        assert "mara@example.org" in mara.get("/requests").text
        site.close()


def test_signing_in_as_anybody_announces_itself_and_is_not_there_otherwise(
    tmp_path: Path, browser: Browsers
) -> None:
    plain = browser()
    assert "Development sign-in" not in plain.get("/sign-in").text
    refused = plain.post("/sign-in/development", email="mara@lab.example")
    assert refused.status_code == 404
    (tmp_path / "dev").mkdir()
    site = open_site(tmp_path / "dev", dev_sign_in=True)
    mara = Browsers(site)()
    assert "Development sign-in is on: anybody may be anybody here." in mara.get("/sign-in").text
    mara.post("/sign-in/development", email="mara@lab.example")
    assert "mara@lab.example" in mara.get("/requests").text
    site.close()


def test_a_held_card_is_let_pass_on_record_by_an_administrator_alone(
    site: Site, browser: Browsers
) -> None:
    hostile = replace(
        made("voices:bad", licence="CC0-1.0", access="public"), name="Bad<script>x</script>",
        description="<script>x</script>",
    )  # fmt: skip
    found = Finding(level="hold", code="hostile_markup", text="Its text holds a script.")
    vetted = Vetted(card=hostile, findings=(found,))
    site.bureau.store.put([vetted], seen_at=site.bureau.moment)
    admin = browser(ADMIN)
    page = admin.get("/admin").text
    assert "voices:bad" in page
    assert "<script" not in page
    tom = browser(TOM)
    tom.get("/requests")
    assert tom.post("/admin/holds", id="voices:bad", reason="x").status_code == 404
    assert admin.post("/admin/holds", id="voices:bad", reason="Looked at.").status_code == 303
    (released,) = site.bureau.store.holds(released=True)
    assert released.released_reason == "Looked at."
    assert released.released_by == site.identity.person("admin@catalogue.example").id  # type: ignore[union-attr]
    assert admin.post("/admin/holds", id="voices:none", reason="x").status_code == 422


def test_a_draft_that_waits_for_an_address_is_offered_to_whoever_signs_in_with_it(
    site: Site, browser: Browsers
) -> None:
    visitor = browser()
    visitor.get(f"/requests/new?card={GIVEN}")
    review = visitor.post("/requests/new", card_id=GIVEN, **ANSWERS).headers["location"]
    visitor.get(review)
    visitor.post(review.replace("review", "address"), email="mara@lab.example")
    claim = review.replace("review", "claim")
    tom, mara = browser(TOM), browser(MARA)
    assert claim not in tom.get("/requests").text
    assert tom.post(claim, key="1").status_code == 404
    assert claim in mara.get("/requests").text
    assert mara.post(claim).headers["location"] == review
    assert claim not in mara.get("/requests").text


def test_a_sites_visitor_comes_along_signed_in_by_a_press(tmp_path: Path) -> None:
    key = "k" * 40
    site = open_site(tmp_path, site_keys=(("1", key),), site_issuer="https://site.example")
    at = int(site.bureau.moment.timestamp())
    claims = {
        "iss": "https://site.example", "aud": "dataset-assistant", "sub": "7", "iat": at,
        "exp": at + 300, "email": "mara@lab.example", "email_verified": True,
    }  # fmt: skip
    token = jwt.encode(claims, key, algorithm="HS256", headers={"kid": "1"})
    mara = Browsers(site)()
    page = mara.get(f"/sign-in/site?token={token}&next=/mine")
    assert "mara@lab.example" in page.text
    assert "mara@lab.example" not in mara.get("/requests").text
    mara.get(f"/sign-in/site?token={token}&next=/mine")
    assert mara.post("/sign-in/site", token=token, next="/mine").headers["location"] == "/mine"
    assert "mara@lab.example" in mara.get("/requests").text
    unsure = jwt.encode({**claims, "email_verified": False}, key, headers={"kid": "1"})
    forged = jwt.encode(claims, "f" * 40, algorithm="HS256", headers={"kid": "1"})
    for wrong in (unsure, forged, ""):
        assert Browsers(site)().get(f"/sign-in/site?token={wrong}").status_code == 403
    site.close()
