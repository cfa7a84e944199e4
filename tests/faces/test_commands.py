"""The command line as scripts and people use it, on a real store on disk."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from tests import models
from tests.catalog_sync.sources.loopback import json_reply, serving
from tests.openai_server import Body, Say, scripted

LINES = (
    {"id": "welsh", "name": "Welsh voices", "languages": ["cy"], "tasks": ["ASR"],
     "licence": "CC-BY-4.0", "hours": 120, "url": "https://data.example/welsh"},
    {"id": "swahili", "name": "Swahili news", "languages": ["sw"], "modalities": ["text"],
     "licence": "CC-BY-NC-4.0"},
    {"id": "silent", "name": "No word on terms", "languages": ["cy"]},
)  # fmt: skip


class Shell:
    """Calls the program with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.err = ""

    def run(self, *words: str, **environ: str) -> tuple[int, str]:
        """Exit code and standard output; standard error is kept in `err`."""
        if {"index", "--index"} & set(words):
            models.lay(self.data)
        out, err = io.StringIO(), io.StringIO()
        code = main(words, environ={"DATASET_ASSISTANT_DATA": str(self.data), **environ},
                    out=out, err=err)  # fmt: skip
        self.err = " ".join(err.getvalue().split())
        return code, out.getvalue()

    def json(self, *words: str) -> object:
        """The one document that `--json` prints."""
        code, out = self.run(*words, "--json")
        assert code == 0, self.err
        return json.loads(out)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def filled(shell: Shell, tmp_path: Path) -> Shell:
    """With a small catalogue of our own in the store."""
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    code, _ = shell.run("sync", "cards", "--path", str(file))
    assert code == 0, shell.err
    return shell


def test_a_second_sync_reports_all_the_same(filled: Shell, tmp_path: Path) -> None:
    report = filled.json("sync", "cards", "--path", str(tmp_path / "mine.jsonl"))
    assert isinstance(report, dict)
    counts = {key: report[key] for key in ("source", "complete", "read", "new", "changed", "same",
                                           "withdrawn", "held", "failed")}  # fmt: skip
    assert counts == {"source": "cards", "complete": True, "read": 3, "new": 0, "changed": 0,
                      "same": 3, "withdrawn": 0, "held": 0, "failed": 0}  # fmt: skip


def test_a_broken_record_is_named_and_the_others_are_read(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(LINES[0]) + '\n{"id": "bad", "nmae": "slip"}\n', encoding="utf-8")
    report = shell.json("sync", "cards", "--path", str(file))
    assert isinstance(report, dict)
    assert (report["new"], report["failed"]) == (1, 1)
    assert "nmae" in report["failed_records"][0]["why"]


def test_a_path_for_several_sources_is_refused(shell: Shell, tmp_path: Path) -> None:
    code, out = shell.run("sync", "cards", "mdc", "--path", str(tmp_path))
    assert (code, out) == (2, "")
    assert "Expected one source" in shell.err


def test_a_data_folder_that_cannot_be_is_told_with_the_next_move(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    code, _ = shell.run("coverage", "--data", str(tmp_path / "file" / "data"))
    assert code == 2
    assert "--data DIR" in shell.err


def test_an_unknown_source_is_refused_and_the_known_ones_are_named(shell: Shell) -> None:
    code, _ = shell.run("sync", "nowhere")
    assert code == 2
    assert "'nowhere'" in shell.err
    assert "starter" in shell.err


def test_a_card_is_shown_with_its_terms_and_where_they_stand(filled: Shell) -> None:
    card = filled.json("show", "cards:welsh")
    assert isinstance(card, dict)
    assert card["id"] == "cards:welsh"
    assert card["terms"]["licence"] == "CC-BY-4.0"
    assert all(rule["clause"]["quote"] for rule in card["terms"]["rules"])


def test_terms_are_printed_for_the_usage_info_of_croissant(filled: Shell) -> None:
    code, out = filled.run("show", "cards:swahili", "--usage-info")
    *named, offer = json.loads(out)
    assert code == 0
    assert offer["@type"] == "odrl:Offer"
    assert offer["odrl:target"] == {"@id": "cards:swahili"}
    forbidden = [rule["odrl:action"]["@id"] for rule in offer["odrl:prohibition"]]
    assert "odrl:commercialize" in str(forbidden)
    assert "DUO:0000046" in [term["schema:termCode"] for term in named]


def test_an_unknown_id_ends_with_what_to_do_next_and_no_traceback(filled: Shell) -> None:
    code, out = filled.run("show", "cards:nothing")
    assert (code, out) == (2, "")
    assert "'cards:nothing'" in filled.err
    assert "ask" in filled.err


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("cards:welsh", "--use", "commercial_use"), "allowed_with_conditions"),
        (("cards:swahili", "--use", "commercial_use"), "not_allowed"),
        (("cards:silent", "--use", "commercial_use"), "ask_owner"),
        (("--use", "modify", "commercial_use", "cards:swahili"), "not_allowed"),
        (("--licence", "CC0-1.0", "--use", "redistribute,commercial_use"), "allowed"),
    ],
)
def test_a_use_is_judged_with_the_clause_it_rests_on(
    filled: Shell, words: tuple[str, ...], outcome: str
) -> None:
    verdict = filled.json("check", *words)
    assert isinstance(verdict, dict)
    assert verdict["outcome"] == outcome
    assert verdict["reasons"]
    assert all({"document", "clause", "quote", "url"} <= set(why) for why in verdict["reasons"])


def test_a_fact_may_be_stated_as_an_option_or_by_its_name(shell: Shell) -> None:
    by_option = shell.json("check", "--licence", "NOODL-1.0", "--use", "commercial_use",
                           "--from", "DE", "--hq", "DE", "--org", "company")  # fmt: skip
    by_name = shell.json("check", "--licence", "NOODL-1.0", "--use", "commercial_use",
                         "--fact", "from=DE", "--fact", "hq=DE; org=company")  # fmt: skip
    assert by_option == by_name


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--licence", "CC0-1.0", "--use", "eat_it"),
        ("check", "--licence", "CC0-1.0", "--use", "modify", "--fact", "moon=full"),
        ("check", "--use", "modify"),
        ("combine", "CC0-1.0"),
        ("tier",),
        ("language",),
        ("ask",),
        ("ask", "hello", "--top", "0"),
        ("coverage", "--top", "0"),
    ],
)
def test_a_wrong_call_ends_with_2_one_sentence_and_nothing_on_standard_output(
    shell: Shell, words: tuple[str, ...]
) -> None:
    code, out = shell.run(*words, "--json")
    assert (code, out) == (2, "")
    assert shell.err.startswith("Error: ")
    assert "Traceback" not in shell.err


def test_a_file_of_licences_is_judged_line_by_line_in_its_order(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text(
        "licence_id\tquestion_key\tfacts\n"
        "CC-BY-NC-4.0\tcommercial_use\t\nCC0-1.0\tcommercial_use\tfrom=DE; org=company\n",
        encoding="utf-8",
    )
    code, out = shell.run("check", "--batch", str(file), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(r["licence_id"], r["question_key"], r["outcome"]) for r in rows] == [
        ("CC-BY-NC-4.0", "commercial_use", "not_allowed"),
        ("CC0-1.0", "commercial_use", "allowed"),
    ]


def test_an_unknown_fact_in_a_file_is_an_error_that_names_its_line(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text("licence_id\tquestion_key\tfacts\nCC0-1.0\tmodify\tmoon=full\n")
    code, out = shell.run("check", "--batch", str(file), "--json")
    assert (code, out) == (2, "")
    assert "Line 2" in shell.err
    assert "moon" in shell.err


def test_two_licences_are_joined_either_way_round(shell: Shell) -> None:
    one = shell.json("combine", "CC-BY-4.0", "CC-BY-SA-4.0")
    other = shell.json("combine", "CC-BY-SA-4.0", "CC-BY-4.0")
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    assert one["outcome"] == other["outcome"] == "compatible"
    assert one["result_licence"] == other["result_licence"] == "CC-BY-SA-4.0"


def test_a_subsidiary_of_a_company_abroad_is_in_the_second_tier(shell: Shell) -> None:
    answer = shell.json("tier", "Kenyan subsidiary of a US corporation")
    assert isinstance(answer, dict)
    assert answer["tier"] == "tier_ii"


def test_one_name_gives_an_object_several_a_list_and_a_file_a_line_each(
    shell: Shell, tmp_path: Path
) -> None:
    one = shell.json("language", "Cymraeg")
    assert isinstance(one, dict)
    assert (one["bcp47"], one["iso639_3"], one["ambiguous"]) == (["cy"], ["cym"], False)
    assert isinstance(shell.json("language", "Welsh", "Luo"), list)
    file = tmp_path / "names.txt"
    file.write_text("Welsh\n\nLuo\n", encoding="utf-8")
    _, out = shell.run("language", "--batch", str(file), "--json")
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["Welsh", "Luo"]


def test_the_options_of_every_command_may_stand_before_it_or_behind_it(shell: Shell) -> None:
    before = shell.run("--json", "language", "Welsh")
    assert before == shell.run("language", "Welsh", "--json")
    assert json.loads(before[1])["bcp47"] == ["cy"]


def test_coverage_counts_what_the_words_limit(filled: Shell) -> None:
    every = filled.json("coverage", "--by", "language")
    assert isinstance(every, dict)
    assert every["total"] == 3
    assert {group["key"]: group["datasets"] for group in every["groups"]} == {"cy": 2, "sw": 1}
    some = filled.json("coverage", "--by", "licence", "Swahili")
    assert isinstance(some, dict)
    assert some["total"] == 1


def test_wishes_are_recorded_and_counted(filled: Shell) -> None:
    filled.run("wish", "add", "speech in Sumerian")
    found = filled.json("wish", "list")
    assert isinstance(found, list)
    assert found[0]["wishes"] == 1


def test_a_card_that_contradicts_itself_is_held_and_let_pass_on_record(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    bad = {"id": "bad", "name": "Bad<script>alert(1)</script>", "description": "<script>x</script>"}
    file.write_text(json.dumps(bad) + "\n", encoding="utf-8")
    report = shell.json("sync", "cards", "--path", str(file))
    assert isinstance(report, dict)
    assert report["held"] == 1
    held = shell.json("holds")
    assert isinstance(held, list)
    assert held[0]["id"] == "cards:bad"
    code, _ = shell.run("show", "cards:bad")
    assert code == 2
    shell.json("holds", "release", "cards:bad", "--reason", "looked at it", "--by", "Ada")
    assert shell.json("holds") == []
    released = shell.json("holds", "list", "--released")
    assert isinstance(released, list)
    assert (released[0]["released_by"], released[0]["released_reason"]) == ("Ada", "looked at it")


def test_asking_before_anything_was_indexed_says_which_command_mends_it(filled: Shell) -> None:
    code, out = filled.run("ask", "Welsh speech", "--json")
    assert (code, out) == (3, "")
    assert "index" in filled.err


def test_the_doctor_names_what_is_missing_and_how_to_mend_it(shell: Shell) -> None:
    code, out = shell.run("doctor", "--json")
    found = {check["what"]: check for check in json.loads(out)["checks"]}
    assert code == 1
    assert "sync" in found["database"]["mend"]
    assert found["program"]["ok"]


@pytest.mark.parametrize(
    "words",
    [("combine", "cards:nothing", "CC0-1.0"), ("wish", "add", "  "), ("check", "cards:nothing")],
)
def test_what_is_not_there_or_empty_is_a_wrong_call(filled: Shell, words: tuple[str, ...]) -> None:
    code, out = filled.run(*words)
    assert (code, out) == (2, "")
    assert filled.err.startswith("Error: ")


def test_silence_is_not_shown_as_a_quotation(shell: Shell) -> None:
    _, out = shell.run("check", "--licence", "NOPE", "--use", "commercial_use")
    assert "licence “NOPE” is silent on: use the data commercially" in out


def test_tiers_and_combinations_are_told_in_words(shell: Shell) -> None:
    _, out = shell.run("combine", "CC-BY-NC-4.0", "CC-BY-SA-4.0")
    assert "Not compatible" in out
    _, out = shell.run("tier", "a start-up in Berlin")
    assert out.startswith("Tier II: ")
    _, out = shell.run("tier", "someone")
    assert "tier" not in out.casefold()
    assert "Still to be said: org, from" in shell.err


def test_looking_makes_no_database(shell: Shell) -> None:
    shell.data.mkdir()
    code, _ = shell.run("doctor", "--json")
    assert code == 1
    assert not (shell.data / "catalog.db").exists()


def test_the_doctor_tells_which_live_catalogues_answer(shell: Shell) -> None:
    with serving(lambda _: json_reply({"datasets": []})) as there:
        _, out = shell.run("doctor", "--json", MDC_API_URL=there.url)
    found = {check["what"]: check for check in json.loads(out)["checks"]}
    assert found["live mdc"]["found"].endswith("answers")
    assert not found["live mdc"]["note"]
    assert there.asked[0].path == "/datasets"
    _, out = shell.run("doctor", "--json", MDC_API_URL=there.url)
    found = {check["what"]: check for check in json.loads(out)["checks"]}
    assert "not reached" in found["live mdc"]["found"]
    assert found["live mdc"]["ok"], "a network that is away is no fault of the installation"


def language_model(shell: Shell, **environ: str) -> dict[str, object]:
    """The doctor's row on the language model."""
    _, out = shell.run("doctor", "--json", **environ)
    return next(one for one in json.loads(out)["checks"] if one["what"] == "language model")


def test_the_doctor_calls_no_language_model_where_none_is_configured(shell: Shell) -> None:
    found = language_model(shell)
    assert found["ok"] and str(found["found"]).startswith("none")


def test_the_doctor_asks_the_language_model_for_one_small_object(shell: Shell) -> None:
    with scripted(Say(text='{"ready": true}')) as server:
        found = language_model(shell, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="sk-secret")
    assert len(server.asked) == 1
    assert found["ok"] and "JSON schemas are taken" in str(found["found"])
    assert "127.0.0.1:" in str(found["found"])
    assert "secret" not in str(found) and "/v1" not in str(found)


def test_the_doctor_tells_how_a_language_model_falls_short(shell: Shell) -> None:
    def no_schemas(body: Body) -> Say:
        if "response_format" in body:
            return Say(status=400, error="response_format is not supported")
        return Say(text='{"ready": true}')

    with scripted(no_schemas) as server:
        assert "told in words" in str(language_model(shell, OPENAI_BASE_URL=server.url)["found"])
    with scripted(Say(text="I am ready.")) as server:
        found = language_model(shell, OPENAI_BASE_URL=server.url)
        assert found["ok"] and found["note"] and "by rules alone" in str(found["found"])
    with scripted(Say(status=401)) as server:
        found = language_model(shell, OPENAI_BASE_URL=server.url)
        assert not found["ok"] and "401" in str(found["found"])
        assert "OPENAI_API_KEY" in str(found["mend"])
    found = language_model(shell, OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    assert not found["ok"] and "OPENAI_BASE_URL" in str(found["mend"])


def test_what_the_doctor_advises_for_a_source_without_a_service_names_a_path(
    shell: Shell, tmp_path: Path
) -> None:
    assert shell.run("sync", "cards", "--path", str(tmp_path / "none"))[0] == 2
    _, out = shell.run("doctor", "--json")
    found = {check["what"]: check for check in json.loads(out)["checks"]}
    assert "sync cards --path P --index" in found["source cards"]["mend"]


def test_a_catalogue_that_is_not_configured_is_not_asked(shell: Shell) -> None:
    _, out = shell.run("doctor", "--json", HF_HUB_OFFLINE="1", HF_ENDPOINT="http://127.0.0.1:9")
    live = {c["what"]: c["found"] for c in json.loads(out)["checks"] if "live" in c["what"]}
    assert live == {"live huggingface": "not asked (HF_HUB_OFFLINE is set)"}


def test_an_unknown_setting_stops_every_command(shell: Shell) -> None:
    code, _ = shell.run("show", "x", DATASET_ASSISTANT_DTA="y")
    assert code == 2
    assert "DATASET_ASSISTANT_DTA" in shell.err


def test_the_option_for_the_folder_wins_over_its_variable(shell: Shell, tmp_path: Path) -> None:
    code, _ = shell.run("wish", "list", "--data", str(tmp_path / "other"))
    assert code == 0
    assert (tmp_path / "other" / "catalog.db").exists()
    assert not shell.data.exists()


@pytest.mark.parametrize("command", ["language", "check", "combine"])
def test_a_command_that_needs_no_catalogue_loads_none_of_the_heavy_packages(command: str) -> None:
    words = {"language": "'language', 'Welsh'", "combine": "'combine', 'CC0-1.0', 'CC-BY-4.0'",
             "check": "'check', '--licence', 'CC0-1.0'"}[command]  # fmt: skip
    code = (
        "import sys; from assistant.__main__ import main; "
        f"assert main([{words}, '--json']) == 0; "
        "print([m for m in ('torch', 'chainlit', 'llama_index', 'faiss', 'sqlalchemy', "
        "'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_index_of_another_database_answers_nothing(filled: Shell, tmp_path: Path) -> None:
    assert filled.run("index", "--json")[0] == 0
    for path in filled.data.glob("catalog.db*"):
        path.unlink()

    def program(*words: str) -> subprocess.CompletedProcess[str]:
        # A process of its own: this one still holds the database that is gone.
        environ = {**os.environ, "DATASET_ASSISTANT_DATA": str(filled.data)}
        return subprocess.run([sys.executable, "-m", "assistant", *words], env=environ,
                              capture_output=True, text=True, check=False)  # fmt: skip

    assert program("sync", "cards", "--path", str(tmp_path / "mine.jsonl")).returncode == 0
    asked = program("ask", "Welsh speech", "--json")
    assert (asked.returncode, asked.stdout) == (3, "")
    said = " ".join(asked.stderr.split())
    assert "another database" in said and "dataset-assistant index" in said
