"""`phrases`: from a draft by a scripted model to a language that is answered in, as people type."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bookshelf import Shelf, open_book, save
from assistant.phrases import BUNDLED, ENGLISH
from assistant.phrases_entry import ALONE, originals
from assistant.phrases_file import Phrasebook, write
from tests.assistant import translator
from tests.assistant.conftest import NOW
from tests.assistant.test_phrases_check import italian
from tests.faces.test_commands import Shell
from tests.faces.test_commands import filled as filled
from tests.faces.test_commands import shell as shell
from tests.openai_server import Body, Say, scripted


def unread(book: Phrasebook) -> Phrasebook:
    """The book as a model leaves it."""
    return book.having(replace(one, reviewed=False) for one in book.entries.values())


def test_a_language_is_drafted_read_accepted_listed_and_dropped(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "it.draft.toml"
    with scripted(translator.translator()) as server:
        code, _ = shell.run(
            "phrases", "draft", "it", "--out", str(file), OPENAI_BASE_URL=server.url
        )
    assert code == 0
    # As it is no person has read it.
    assert shell.run("phrases", "check", str(file))[0] == 1
    code, _ = shell.run("phrases", "accept", str(file), "--by", "Ada")
    assert code == 1
    assert "to be read by a person" in shell.err
    assert not (shell.data / "phrasebook").exists()
    # What a person does with an editor.
    file.write_text(file.read_text("utf-8").replace("reviewed = false", "reviewed = true"), "utf-8")
    assert shell.run("phrases", "check", str(file))[0] == 0
    code, out = shell.run("phrases", "accept", str(file), "--by", "Ada Lovelace")
    assert code == 0
    assert "Italian is answered in from the next start on" in out
    listed = shell.json("phrases", "list")
    assert isinstance(listed, list)
    whole = len(originals())
    assert [one["language"] for one in listed] == ["en", "es", "fr", "pt", "de", "sw", "ar", "it"]
    assert {(one["texts"], one["of"]) for one in listed} == {(whole, whole)}
    assert listed[-1]["accepted_by"] == "Ada Lovelace"
    checks = shell.run("doctor", "--json")[1]
    assert "Italian, accepted by Ada Lovelace on" in checks
    assert shell.run("phrases", "drop", "it")[0] == 0
    assert shell.run("phrases", "drop", "it")[0] == 1
    assert shell.json("phrases", "list") == listed[:-1]


def test_without_a_model_nobody_can_draft(shell: Shell, tmp_path: Path) -> None:
    code, _ = shell.run("phrases", "draft", "it", "--out", str(tmp_path / "it.toml"))
    assert code == 2
    assert "OPENAI_BASE_URL" in shell.err


@pytest.mark.parametrize("tag", ["es", "pt-BR", "en", "qu", "nowhere", "it-CH"])
def test_a_language_that_can_have_no_phrasebook_is_a_wrong_call(shell: Shell, tag: str) -> None:
    for words in (("draft", tag), ("drop", tag)):
        assert shell.run("phrases", *words, OPENAI_BASE_URL="http://127.0.0.1:9/v1")[0] == 2
        assert repr(tag) in shell.err


def test_a_server_that_dies_leaves_a_draft_and_the_next_run_goes_on(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "it.draft.toml"

    def dies(body: Body) -> Say:
        alive = len(server.asked) <= 3
        return translator.translator()(body) if alive else Say(status=400, error="gone")

    words = ("phrases", "draft", "it", "--out", str(file))
    with scripted(dies) as server:
        code, _ = shell.run(*words, OPENAI_BASE_URL=server.url)
    assert code == 3
    done = set(open_book(file).entries)
    assert 0 < len(done) < len(originals())
    assert f"holds {len(done)} of {len(originals())} texts" in shell.err
    with scripted(translator.translator()) as server:
        assert shell.run(*words, OPENAI_BASE_URL=server.url)[0] == 0
    assert set(translator.keys_asked(server.asked)) == set(originals()) - done


def test_a_draft_of_another_language_is_not_gone_on_with(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    save(file, italian())
    words = ("phrases", "draft", "he", "--out", str(file))
    assert shell.run(*words, OPENAI_BASE_URL="http://127.0.0.1:9/v1")[0] == 2
    assert "'it', not for 'he'" in shell.err


def test_texts_that_could_not_be_had_are_told_and_end_in_one(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "it.draft.toml"
    book = italian()
    left = {k: one for k, one in book.entries.items() if k not in ("thanks", "reset")}
    save(file, replace(book, entries=left))
    lies: dict[str, object] = {"thanks": "Ogerp 12 etlov."}
    with scripted(translator.translator(lies=lies)) as server:
        code, out = shell.run(
            "phrases", "draft", "it", "--out", str(file), OPENAI_BASE_URL=server.url
        )
    assert code == 1
    assert "thanks: missing" in out and "reset: missing" not in out
    code, _ = shell.run("phrases", "accept", str(file), "--by", "Ada")
    assert code == 1 and "--partly" in shell.err
    code, _ = shell.run("phrases", "accept", str(file), "--by", "Ada", "--partly")
    assert code == 0
    spoken = Shelf(shell.data / "phrasebook").books().of("it")
    assert spoken.say("thanks") == ENGLISH.say("thanks")
    assert spoken.say("reset") == translator.said(ENGLISH.say("reset"))


def test_what_is_wrong_is_never_accepted(shell: Shell, tmp_path: Path) -> None:
    file, book = tmp_path / "it.draft.toml", italian()
    wrong = replace(book.entries["thanks"], text={ALONE: "Vedi https://evil.example."})
    save(file, book.having([wrong]))
    code, out = shell.run("phrases", "check", str(file))
    assert code == 1 and "thanks: it has a link" in out
    code, _ = shell.run("phrases", "accept", str(file), "--by", "Ada", "--partly")
    assert code == 1
    assert "1 wrong" in shell.err


def test_a_marked_text_has_to_be_read_before_the_book_is_accepted(
    shell: Shell, tmp_path: Path
) -> None:
    file, book = tmp_path / "it.draft.toml", italian()
    marked = replace(
        book.entries["thanks"], back={ALONE: "You may use it for anything."}, reviewed=False
    )
    save(file, book.having([marked]))
    assert "# LOOK: words of permission" in file.read_text("utf-8")
    code, out = shell.run("phrases", "check", str(file))
    assert code == 1 and "thanks: to be read" in out
    assert shell.run("phrases", "accept", str(file), "--by", "Ada")[0] == 1


def test_a_file_that_is_none_and_a_name_that_is_none_are_wrong_calls(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "bad.toml").write_text("no toml [")
    for name in ("bad.toml", "not-there.toml"):
        assert shell.run("phrases", "check", str(tmp_path / name))[0] == 2
        assert name in shell.err
    save(tmp_path / "it.toml", italian())
    assert shell.run("phrases", "accept", str(tmp_path / "it.toml"), "--by", "  ")[0] == 2


def accepted(shell: Shell) -> Path:
    return Shelf(shell.data / "phrasebook").accept(italian(), by="Ada", at=NOW)


def test_a_stale_text_is_listed_and_only_it_is_drafted_anew(shell: Shell, tmp_path: Path) -> None:
    book = italian()
    old = replace(book.entries["thanks"], english={ALONE: "Do not mention it."})
    Shelf(shell.data / "phrasebook").accept(book.having([old]), by="Ada", at=NOW)
    listed = shell.json("phrases", "list")
    assert isinstance(listed, list)
    assert listed[-1]["in_english"] == ["thanks"]
    _, out = shell.run("doctor", "--json")
    assert "1 texts are said in English for now" in out
    with scripted(translator.translator()) as server:
        code, _ = shell.run("phrases", "draft", "it", "--out", str(tmp_path / "new.toml"),
                            OPENAI_BASE_URL=server.url)  # fmt: skip
    assert code == 0
    assert translator.keys_asked(server.asked) == ["thanks"]


BROKEN = {
    "no phrasebook": "no toml [",
    "a language of the program": write(italian()).replace('language = "it"', 'language = "es"'),
    "nobody's": write(italian()),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_left_out_at_the_start_and_told_of(
    shell: Shell, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = shell.data / "phrasebook" / "it.toml"
    place.parent.mkdir(parents=True)
    place.write_text(BROKEN[kind], "utf-8")
    assert Shelf(place.parent).books() == BUNDLED
    assert str(place) in caplog.text
    code, out = shell.run("doctor", "--json")
    assert code == 1
    assert '"phrasebook it", "ok": false' in out
    code, out = shell.run("phrases", "list")
    assert code == 0 and "left out" in out


def test_a_text_that_was_changed_after_it_was_accepted_is_in_nobody_s_name(
    shell: Shell, caplog: pytest.LogCaptureFixture
) -> None:
    place = accepted(shell)
    yes = translator.said("Not allowed")
    text = place.read_text("utf-8")
    assert text.count(f'"{yes}"') == 2
    place.write_text(text.replace(f'"{yes}"', '"Adeguato a tutto"'), "utf-8")
    assert Shelf(place.parent).books() == BUNDLED
    assert "is not what was accepted" in caplog.text


def test_a_file_under_another_language_s_name_is_left_out(shell: Shell) -> None:
    place = accepted(shell)
    place.rename(place.with_name("es.toml"))
    assert Shelf(place.parent).books() == BUNDLED
    assert BUNDLED.of("es").say("thanks") != translator.said(ENGLISH.say("thanks"))


def test_a_question_typed_in_an_accepted_language_is_answered_in_it(filled: Shell) -> None:
    assert filled.run("index")[0] == 0
    accepted(filled)
    broken = filled.data / "phrasebook" / "xx.toml"
    broken.write_text("no toml [")
    said = translator.said("Tell me what the data is for, and I look through the catalogue.")
    code, out = filled.run("ask", said, "thanks")
    assert code == 0, filled.err
    assert translator.said(ENGLISH.say("ask_more")) in " ".join(out.split())
