"""The API as programs use it: who may call, what is answered, and how errors are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.access.commands import ApproveRequest
from assistant.faces.rest import api
from assistant.identity_store import KeyScope
from assistant.rate import MOST_CALLERS, Rate
from tests.assistant.access.bureau import ADMIN, GIVEN, MARA, OPEN, OWNER, TOM
from tests.assistant.access.bureau import ANSWERS as BUREAU_ANSWERS
from tests.faces.site import BOTH, Site, open_site

ANSWERS = {
    "name": "Mara Lind", "organisation": "Speech Lab", "organisation_kind": "university",
    "country": "SE", "acts": ["train_research"], "purpose": "A recogniser for classroom use.",
}  # fmt: skip


def test_a_search_needs_no_key_and_tells_verdicts(client: TestClient) -> None:
    found = client.get("/search", params={"q": "Welsh speech for a product", "limit": 2}).json()
    assert found["total"] >= 2
    assert len(found["items"]) == 2
    assert found["items"][0]["verdict"]["reasons"]
    more = client.get(
        "/search", params={"q": "Welsh speech for a product", "limit": 2, "cursor": found["next"]}
    ).json()
    first, then = ({item["id"] for item in page["items"]} for page in (found, more))
    assert then
    assert not first & then


def test_a_card_a_verdict_a_combination_and_figures_are_told(client: TestClient) -> None:
    card = client.get(f"/cards/{GIVEN}").json()
    assert card["card"]["name"] == "Given Voices"
    checked = client.post(
        "/check", json={"card_id": GIVEN, "acts": ["commercial_use"], "from_country": "SE"}
    ).json()
    assert checked["outcome"] == "allowed_with_conditions"
    assert checked["verdict"]["reasons"][0]["clause"]["quote"]
    joined = client.post("/combine", json={"first": GIVEN, "second": "CC-BY-SA-4.0"}).json()
    assert joined["outcome"] == "compatible"
    counted = client.get("/coverage", params={"by": "source"}).json()
    assert counted["total"] == 5
    assert client.get("/language", params={"name": "Welsh"}).json()["tags"] == ["cy"]
    assert client.get("/sources").status_code == 200


@pytest.mark.parametrize("site", BOTH, indirect=True)
def test_a_request_goes_its_whole_way_by_keys(client: TestClient, site: Site) -> None:
    form = client.post("/form", json={"card_id": GIVEN}).json()
    assert [ask["field"] for ask in form["missing"]] == ["name", "country", "acts", "purpose"]
    made = client.post(
        "/requests", json={"card_id": GIVEN, "answers": ANSWERS}, headers=site.headers(MARA)
    )
    assert made.status_code == 201, made.text
    request = made.json()
    where = f"/requests/{request['id']}"
    texts = {each["id"]: each["sha256"] for each in request["judged"]["agreements"]}
    fingerprint = request["judged"]["fingerprint"]
    early = client.post(
        f"{where}/submit", json={"fingerprint": fingerprint}, headers=site.headers(MARA)
    )
    assert (early.status_code, early.json()["kind"]) == (409, "not_accepted")
    accepted = client.post(
        f"{where}/accept", json={"accepted": texts, "fingerprint": fingerprint},
        headers=site.headers(MARA),
    )  # fmt: skip
    assert accepted.status_code == 200, accepted.text
    filed = client.post(
        f"{where}/submit", json={"fingerprint": fingerprint}, headers=site.headers(MARA)
    ).json()
    assert filed["state"] == "submitted"
    assert "withdraw" in filed["may"]
    waiting = client.get("/decisions/waiting", headers=site.headers(OWNER)).json()["items"]
    assert [each["id"] for each in waiting] == [request["id"]]
    assert waiting[0]["person"]["email"] == "mara@lab.example"
    approved = client.post(
        f"{where}/approve", json={"until": "2027-03-31", "conditions": "Not for sale."},
        headers=site.headers(OWNER),
    )  # fmt: skip
    assert approved.status_code == 200, approved.text
    seen = client.get(where, headers=site.headers(MARA)).json()
    assert (seen["state"], seen["until"], seen["conditions"]) == (
        "approved", "2027-03-31", "Not for sale.",
    )  # fmt: skip
    assert seen["status"] == "You may use Given Voices until 31 March 2027."
    record = client.get("/decisions", headers=site.headers(OWNER)).json()["items"]
    assert [each["state"] for each in record] == ["approved"]


@pytest.mark.parametrize("site", BOTH, indirect=True)
def test_the_same_key_does_a_thing_once_and_another_thing_never(
    client: TestClient, site: Site
) -> None:
    headers = site.headers(MARA)
    body = {"card_id": GIVEN, "answers": ANSWERS}
    first = client.post("/requests", json=body, headers=headers)
    again = client.post("/requests", json=body, headers=headers)
    assert first.json()["id"] == again.json()["id"]
    other = client.post("/requests", json={"card_id": GIVEN}, headers=headers)
    assert (other.status_code, other.json()["kind"]) == (422, "key_reused")
    without = {"authorization": headers["authorization"]}
    missing = client.post("/requests", json=body, headers=without)
    assert (missing.status_code, missing.json()["kind"]) == (400, "idempotency_key_missing")


def test_a_second_request_for_a_dataset_names_the_open_one(client: TestClient, site: Site) -> None:
    body = {"card_id": GIVEN, "answers": ANSWERS}
    first = client.post("/requests", json=body, headers=site.headers(MARA)).json()
    second = client.post("/requests", json=body, headers=site.headers(MARA))
    assert second.status_code == 409
    problem = second.json()
    assert (problem["kind"], problem["values"]) == ("already_open", [first["id"]])
    assert second.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "urn:dataset-assistant:problem:already_open"
    public = client.post("/requests", json={"card_id": OPEN}, headers=site.headers(MARA))
    assert public.json()["kind"] == "no_request_needed"


def test_somebody_elses_request_is_answered_as_one_that_is_not_there(
    client: TestClient, site: Site
) -> None:
    request = site.bureau.filed()
    for path in (f"/requests/{request.id}", "/requests/r_000000000000000000000"):
        for asker in (TOM, ADMIN):
            found = client.get(path, headers=site.headers(asker))
            if asker is ADMIN and request.id in path:
                # Sees how it stands, for they keep the table of owners, and none of its words.
                assert found.json()["answers"] is None
                assert found.json()["person"] is None
            else:
                assert found.status_code == 404
                assert found.json()["kind"] == "not_found"
    mine = client.get(f"/requests/{request.id}", headers=site.headers(TOM)).content
    none = client.get("/requests/r_00000000000000000000", headers=site.headers(TOM)).content
    assert mine == none
    for verb in ("approve", "withdraw", "claim"):
        given = client.post(f"/requests/{request.id}/{verb}", json={}, headers=site.headers(TOM))
        gone = client.post(
            f"/requests/r_00000000000000000000/{verb}", json={}, headers=site.headers(TOM)
        )
        assert given.status_code == gone.status_code == 404
        assert given.content == gone.content
    assert client.get("/requests", headers=site.headers(TOM)).json()["items"] == []
    assert client.get("/decisions", headers=site.headers(TOM)).json()["items"] == []
    foreign = client.get(
        "/requests", params={"cursor": request.id}, headers=site.headers(TOM)
    ).json()
    assert foreign == {"items": [], "next": None}


def test_lists_are_paged_by_a_cursor(client: TestClient, site: Site) -> None:
    for _ in range(3):
        request = site.bureau.drafted()
        site.bureau.wait(minutes=1)
        client.post(f"/requests/{request.id}/withdraw", json={}, headers=site.headers(MARA))
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = client.get("/requests", params=params, headers=site.headers(MARA)).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 3
    drafts = client.get("/requests", params={"state": "draft"}, headers=site.headers(MARA)).json()
    assert drafts["items"] == []


@pytest.mark.parametrize(
    ("scopes", "path", "body", "needed"),
    [
        ({"read"}, "/requests", {"card_id": GIVEN}, "request"),
        ({"read", "request"}, "/requests/r_1/approve", {}, "decide"),
        ({"read", "decide"}, "/claims/1/decide", {"to": "granted"}, "admin"),
        ({"read"}, "/wishes", {"text": "Ewe speech"}, "request"),
        ({"read"}, "/me/erase", {"confirm": "erase me"}, "request"),
    ],
)
def test_a_key_does_what_its_scopes_allow_and_no_more(
    client: TestClient, site: Site, scopes: set[KeyScope], path: str, body: object, needed: str
) -> None:
    answer = client.post(path, json=body, headers=site.headers(ADMIN, frozenset(scopes)))
    assert answer.status_code == 403
    assert answer.json()["values"] == [needed]


def test_without_a_key_what_is_somebodys_is_not_told(client: TestClient) -> None:
    for path in ("/requests", "/requests/r_1", "/decisions", "/me/export", "/owners", "/claims"):
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"] == "Bearer"
    wrong = client.get("/search?q=x", headers={"authorization": "Bearer da_no_no"})
    assert wrong.status_code == 401
    basic = client.get("/search?q=x", headers={"authorization": "Basic bWU6bWU="})
    assert basic.status_code == 401


def test_a_browser_writes_with_its_form_token_only(client: TestClient, site: Site) -> None:
    client.cookies.set(site.identity.cookie_name, site.cookie(MARA))
    me = client.get("/me").json()
    assert (me["email"], me["by"]) == ("mara@lab.example", "cookie")
    body = {"card_id": GIVEN, "answers": ANSWERS}
    forged = client.post("/requests", json=body, headers={"idempotency-key": "1"})
    assert (forged.status_code, forged.json()["kind"]) == (403, "form_token_missing")
    own = {"idempotency-key": "1", "x-form-token": me["form_token"]}
    assert client.post("/requests", json=body, headers=own).status_code == 201


def test_a_proxys_word_is_no_key_for_another_pages_posts(tmp_path: Path) -> None:
    site = open_site(tmp_path, trusted_header="x-forwarded-email")
    client = TestClient(api(site.desk, site.identity, per_minute=1000))
    vouched = {"x-forwarded-email": "mara@lab.example", "idempotency-key": "1"}
    assert client.get("/me", headers=vouched).json()["by"] == "proxy"
    forged = client.post("/requests", json={"card_id": GIVEN}, headers=vouched)
    assert forged.json()["kind"] == "form_token_missing"
    site.close()


def test_owners_are_assigned_claimed_and_set_their_rules(client: TestClient, site: Site) -> None:
    scope = {"kind": "source", "value": "far"}
    put = client.put(
        "/owners", json={"scope": scope, "email": "far@away.example"}, headers=site.headers(ADMIN)
    )
    assert put.status_code == 200, put.text
    listed = client.get("/owners", headers=site.headers(ADMIN)).json()
    assert {"far@away.example", "owner@voices.example"} <= {row["email"] for row in listed}
    assert client.get("/owners", headers=site.headers(MARA)).status_code == 404
    claimed = client.post(
        "/claims", json={"scope": scope, "note": "My lab."}, headers=site.headers(TOM)
    ).json()
    granted = client.post(
        f"/claims/{claimed['number']}/decide", json={"to": "granted"}, headers=site.headers(ADMIN)
    ).json()
    assert granted["decided"] == "granted"
    (settings,) = client.get("/owner/settings", headers=site.headers(TOM)).json()
    wanted = {
        **settings,
        "auto_approve": "allowed",
        "delegates": ["a@b.example"],
        "length_days": 90,
    }
    assert client.put("/owner/settings", json=wanted, headers=site.headers(TOM)).json() == wanted
    removed = client.post(
        "/owners/remove", json={"scope": scope, "email": "far@away.example"},
        headers=site.headers(ADMIN),
    )  # fmt: skip
    assert removed.json() == {"removed": True}


@pytest.mark.parametrize("site", BOTH, indirect=True)
def test_everything_kept_of_a_person_is_given_and_erased(client: TestClient, site: Site) -> None:
    site.bureau.filed()
    kept = client.get("/me/export", headers=site.headers(MARA)).json()
    assert kept["email"] == "mara@lab.example"
    assert kept["requests"][0]["answers"]["name"] == "Mara Lind"
    unsure = client.post("/me/erase", json={"confirm": "yes"}, headers=site.headers(MARA))
    assert unsure.status_code == 422
    erased = client.post("/me/erase", json={"confirm": "erase me"}, headers=site.headers(MARA))
    assert erased.json() == {"requests": 1}
    assert client.get("/requests", headers=site.headers(MARA)).json()["items"] == []


def test_wishes_are_recorded_and_counted_and_nobody_is_named(
    client: TestClient, site: Site
) -> None:
    for asker in (MARA, TOM):
        made = client.post("/wishes", json={"text": "Ewe speech"}, headers=site.headers(asker))
        assert made.status_code == 201
    (figure,) = client.get("/wishes").json()
    assert (figure["wishes"], figure["people"]) == (2, 2)
    assert "mara" not in str(figure)


def test_datasets_are_saved_and_watched_and_let_go_of(client: TestClient, site: Site) -> None:
    changed = [
        client.put(f"/saved/{GIVEN}", headers=site.headers(MARA)).json()["changed"]
        for _ in range(2)
    ]
    assert changed == [True, False]
    assert client.get("/saved", headers=site.headers(MARA)).json() == [GIVEN]
    assert client.get("/saved", headers=site.headers(TOM)).json() == []
    client.delete(f"/saved/{GIVEN}", headers=site.headers(MARA))
    assert client.get("/saved", headers=site.headers(MARA)).json() == []
    none = client.put("/saved/none:such", headers=site.headers(MARA))
    assert none.json()["kind"] == "dataset_gone"
    made = client.post("/watches", json={"words": "Welsh speech"}, headers=site.headers(MARA))
    assert made.status_code == 201
    where = f"/watches/{made.json()['id']}"
    assert client.delete(where, headers=site.headers(TOM)).json() == {"changed": False}
    assert client.delete(where, headers=site.headers(MARA)).json() == {"changed": True}


def test_what_was_told_about_a_request_is_told_to_those_it_concerns(
    client: TestClient, site: Site
) -> None:
    request = site.bureau.filed()
    path = f"/requests/{request.id}/deliveries"
    (told,) = client.get(path, headers=site.headers(OWNER)).json()
    assert (told["kind"], told["to"]) == ("request_submitted", "you")
    assert client.get(path, headers=site.headers(TOM)).json() == []


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nothing", 404, "no_route"),
        ("DELETE", "/search", 405, "no_route"),
        ("GET", "/search", 422, "bad_value"),
        ("GET", "/search?q=x&limit=0", 422, "bad_value"),
        ("GET", "/search?q=x&cursor=zzz", 400, "bad_cursor"),
        ("GET", "/cards/none:such", 404, "dataset_gone"),
        ("POST", "/check", 422, "bad_value"),
    ],
)
def test_every_error_is_a_problem_of_one_shape(
    client: TestClient, method: str, path: str, status: int, kind: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["status"], problem["kind"]) == (status, kind)
    assert problem["detail"]


def test_broken_json_is_a_bad_call(client: TestClient) -> None:
    answer = client.post("/check", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["kind"]) == (400, "bad_value")


def test_too_many_calls_are_told_when_to_go_on(site: Site) -> None:
    client = TestClient(api(site.desk, site.identity, per_minute=3))
    codes = [client.get("/sources").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    late = client.get("/sources")
    assert 1 <= int(late.headers["retry-after"]) <= 20
    assert late.json()["kind"] == "too_many_calls"
    # Somebody with a key has calls of their own.
    assert client.get("/sources", headers=site.headers(MARA)).status_code == 200


def test_a_bucket_fills_as_time_passes_and_few_are_kept() -> None:
    at = [0.0]
    rate = Rate(60, clock=lambda: at[0])
    assert [rate.take("a") for _ in range(60)] == [0.0] * 60
    assert rate.take("a") == pytest.approx(1.0)
    at[0] += 1
    assert rate.take("a") == 0
    for number in range(MOST_CALLERS + 5):
        rate.take(str(number))
    assert rate.take("a") == 0


def test_the_description_says_how_to_sign_in_and_names_every_route(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["components"]["securitySchemes"]) == {"apiKey", "cookie"}
    assert "/requests/{request_id}/submit" in described["paths"]
    every = [operation for path in described["paths"].values() for operation in path.values()]
    assert all(operation.get("description") for operation in every)
    assert all("Problem" in str(operation["responses"]["422"]) for operation in every)


def test_an_owners_answer_has_no_id_of_a_person(client: TestClient, site: Site) -> None:
    request = site.bureau.filed()
    seen = client.get(f"/requests/{request.id}", headers=site.headers(OWNER)).text
    assert request.person_id not in seen
    assert "answers_ref" not in seen
    assert replace(request, answers=None).answers is None


def test_what_an_owner_granted_counts_for_that_person_alone(client: TestClient, site: Site) -> None:
    given = replace(BUREAU_ANSWERS, acts=("train_research",))
    request = site.bureau.filed(answers=given)
    site.bureau.do(ApproveRequest(request_id=request.id, conditions="Only in class."), OWNER)
    asked = {"card_id": GIVEN, "acts": ["train_research"], "from_country": "SE",
             "organisation": "university"}  # fmt: skip
    mine = client.post("/check", json=asked, headers=site.headers(MARA)).json()
    other = client.post("/check", json=asked, headers=site.headers(TOM)).json()
    granted = [[r["clause"]["document"] == "grant" for r in each["verdict"]["reasons"]]
               for each in (mine, other)]  # fmt: skip
    assert any(granted[0]) and not any(granted[1])
