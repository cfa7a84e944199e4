from __future__ import annotations

import threading
from collections.abc import Iterator
from email.utils import formatdate

import pytest

from catalog_sync.http import Manners, PoliteClient, retry_after_s, shown
from catalog_sync.source import BadInput, SourceBroken, SourceUnreachable
from tests.catalog_sync.sources.loopback import Asked, Reply, Watch, json_reply, serving


def polite(watch: Watch, **manners: float) -> PoliteClient:
    changed = Manners(
        gap_s=manners.get("gap_s", 0.0),
        tries=int(manners.get("tries", 3)),
        most_bytes=int(manners.get("most_bytes", 10_000)),
        read_s=manners.get("read_s", 5.0),
    )
    return PoliteClient(manners=changed, clock=watch.clock, sleep=watch.sleep)


def one_after_another(*replies: Reply) -> Iterator[Reply]:
    yield from replies


def test_an_answer_is_read_and_the_user_agent_says_who_asks() -> None:
    with (
        serving(lambda asked: json_reply({"page": asked.query["page"]})) as server,
        polite(Watch()) as client,
    ):
        answer, body = client.get_json(server.url, what="a page", params={"page": 3})
    assert (answer.status, body) == (200, {"page": "3"})
    assert server.asked[0].headers["user-agent"].startswith("dataset-assistant/")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_refusal_that_may_pass_is_tried_again_with_growing_waits(status: int) -> None:
    watch = Watch()
    replies = one_after_another(Reply(status=status), Reply(status=status), json_reply([1]))
    with serving(lambda asked: next(replies)) as server, polite(watch) as client:
        _, body = client.get_json(server.url, what="a list")
    assert body == [1]
    assert watch.slept == [1.0, 2.0]


def test_retry_after_in_seconds_is_waited_for() -> None:
    watch = Watch()
    replies = one_after_another(Reply(status=429, headers={"Retry-After": "17"}), json_reply([]))
    with serving(lambda asked: next(replies)) as server, polite(watch) as client:
        client.get_json(server.url, what="a list")
    assert watch.slept == [17.0]


def test_retry_after_as_a_date_is_waited_for() -> None:
    watch = Watch()
    moment = formatdate(watch.now + 42, usegmt=True)
    replies = one_after_another(Reply(status=503, headers={"Retry-After": moment}), json_reply([]))
    with serving(lambda asked: next(replies)) as server, polite(watch) as client:
        client.get_json(server.url, what="a list")
    assert watch.slept == [42.0]


def test_a_retry_after_beyond_all_patience_ends_with_the_time_to_come_back() -> None:
    watch = Watch()
    wait = Reply(status=429, headers={"Retry-After": "86400"})
    with (
        serving(lambda asked: wait) as server,
        polite(watch) as client,
        pytest.raises(SourceUnreachable, match="86400 s"),
    ):
        client.get_json(server.url, what="a list")
    assert watch.slept == []


def test_tries_are_bounded_and_the_message_says_what_which_expected_and_next() -> None:
    with (
        serving(lambda asked: Reply(status=500)) as server,
        polite(Watch()) as client,
        pytest.raises(SourceUnreachable) as caught,
    ):
        client.get(server.url, what="page 4 of the datasets")
    message = str(caught.value)
    assert len(server.asked) == 3
    for part in (server.url, "page 4 of the datasets", "3 times", "500", "status 200", "again"):
        assert part in message


def test_a_page_that_breaks_off_is_asked_for_again() -> None:
    whole = json_reply({"items": list(range(500))})
    half = Reply(body=whole.body, breaks_off=True)
    replies = one_after_another(half, whole)
    with serving(lambda asked: next(replies)) as server, polite(Watch()) as client:
        _, body = client.get_json(server.url, what="a page")
    assert body == {"items": list(range(500))}


def test_a_page_that_always_breaks_off_is_broken() -> None:
    half = Reply(body=b"x" * 400, breaks_off=True)
    with (
        serving(lambda asked: half) as server,
        polite(Watch()) as client,
        pytest.raises(SourceBroken, match="broke off"),
    ):
        client.get(server.url, what="a page")


def test_a_body_that_is_not_whole_json_is_asked_for_again_then_broken() -> None:
    with (
        serving(lambda asked: Reply(body=b'{"items": [')) as server,
        polite(Watch()) as client,
        pytest.raises(SourceBroken, match="not whole JSON"),
    ):
        client.get_json(server.url, what="a page")
    assert len(server.asked) == 3


def test_an_answer_beyond_the_size_limit_is_not_read_to_its_end() -> None:
    with (
        serving(lambda asked: Reply(body=b" " * 50_000)) as server,
        polite(Watch()) as client,
        pytest.raises(SourceBroken, match="larger than 10000 bytes"),
    ):
        client.get(server.url, what="a page")


def test_a_silent_server_is_given_up() -> None:
    blocked = threading.Event()

    def never(asked: Asked) -> Reply:
        blocked.wait(5)
        return Reply()

    with serving(never) as server, polite(Watch(), read_s=0.05, tries=2) as client:
        with pytest.raises(SourceUnreachable, match="did not answer in time"):
            client.get(server.url, what="a page")
        blocked.set()


def test_a_closed_door_is_unreachable() -> None:
    with serving(lambda asked: Reply()) as server:
        address = server.url
    with polite(Watch()) as client, pytest.raises(SourceUnreachable, match="no connection"):
        client.get(address, what="a page")


def test_an_expected_refusal_is_an_answer_and_any_other_is_not() -> None:
    with (
        serving(lambda asked: json_reply({"error": "Gone"}, status=410)) as server,
        polite(Watch()) as client,
    ):
        answer, body = client.get_json(server.url, what="one", expected=frozenset({410}))
        assert (answer.status, body) == (410, {"error": "Gone"})
        with pytest.raises(SourceUnreachable, match="answered 410"):
            client.get_json(server.url, what="one")


def test_calls_keep_their_distance() -> None:
    watch = Watch()
    with serving(lambda asked: json_reply([])) as server, polite(watch, gap_s=0.5) as client:
        for _ in range(3):
            client.get(server.url, what="a page")
    assert watch.slept == [0.5, 0.5]


def test_an_address_that_is_none_is_the_callers_mistake() -> None:
    with polite(Watch()) as client, pytest.raises(BadInput, match="Expected http"):
        client.get("ftp://example.org/list", what="a page")


def test_the_next_page_of_a_link_header_is_handed_on() -> None:
    headers = {"Link": '</list?cursor=abc>; rel="next"'}
    with (
        serving(lambda asked: json_reply([], headers=headers)) as server,
        polite(Watch()) as client,
    ):
        answer = client.get(server.url + "/list", what="a page")
    assert answer.next_url == server.url + "/list?cursor=abc"


def test_no_secret_reaches_a_message() -> None:
    with (
        serving(lambda asked: Reply(status=403)) as server,
        polite(Watch()) as client,
        pytest.raises(SourceUnreachable) as caught,
    ):
        client.get(
            server.url.replace("http://", "http://user:hunter2@") + "/?page=2&token=s3cret#frag",
            what="a page",
            headers={"Authorization": "Bearer s3cret"},
        )
    message = str(caught.value)
    assert "page=2" in message
    assert not any(secret in message for secret in ("s3cret", "hunter2", "user", "frag"))


def test_an_unreadable_address_can_still_be_spoken_of() -> None:
    assert shown("http://[::bad") == "an unreadable address"


def test_a_retry_after_that_is_no_time_is_not_said() -> None:
    assert retry_after_s("soon", now=0.0) is None
    assert retry_after_s(None, now=0.0) is None
    assert retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT", now=4e9) == 0.0
