from __future__ import annotations

import pytest

from assistant.access.commands import DraftRequest
from assistant.access.values import Answers
from assistant.desk import Desk, UnknownDataset
from assistant.need import Asker
from assistant.reply import Question
from assistant.use import Use
from tests.assistant.conftest import Talk, ids


def test_a_whole_request_is_answered_with_what_fits_and_a_verdict(talk: Talk) -> None:
    reply = talk("Welsh speech with more than 100 hours that I can use in a product")
    assert ids(reply) == ["voices:cy"]
    assert reply.total == 1
    assert reply.options[0].verdict.outcome == "allowed"
    assert {match.state for match in reply.options[0].matches} == {"yes"}
    assert {chip.label for chip in reply.chips} >= {"Welsh", "commercial use", "at least 100 hours"}


def test_every_dataset_named_in_a_reply_is_among_its_options(talk: Talk) -> None:
    reply = talk("Basque speech")
    named = [o.card.name for o in reply.options]
    others = {"Welsh Read Sentences", "Swahili Voices", "Irish Talk"}
    assert named and not any(other in reply.text for other in others)


def test_unstated_licence_comes_after_known_ones_and_is_marked(talk: Talk) -> None:
    reply = talk("Swahili speech for commercial use")
    assert ids(reply)[-1] == "voices:sw-unknown"
    assert reply.total == 2
    assert "unknown" in {match.state for match in reply.options[-1].matches}
    assert reply.options[-1].verdict.outcome == "ask_owner"


def test_data_that_forbids_the_use_is_no_answer_to_it(talk: Talk) -> None:
    assert ids(talk("Basque speech we may sell")) == ["voices:eu"]


def test_nothing_fits_is_said_with_the_limit_each_near_miss_breaks(talk: Talk) -> None:
    reply = talk("Irish speech, at least 100 hours")
    assert reply.no_match and not reply.options
    assert "Nothing" in reply.text
    assert reply.nearest[0].card.languages == ("ga",)
    assert any(m.field == "sizes:hours" and m.state == "no" for m in reply.nearest[0].matches)
    relaxing = [offer for offer in reply.offers if offer.kind == "relax"]
    assert relaxing[0].label.endswith(": 2")


def test_the_offered_relaxation_said_back_finds_as_many_as_promised(talk: Talk) -> None:
    reply = talk("Irish speech, at least 100 hours")
    offer = next(offer for offer in reply.offers if offer.kind == "relax")
    assert talk(offer.say).total == int(offer.label.rpartition(": ")[2])


def test_a_language_the_catalogue_lacks_is_never_replaced_by_another(talk: Talk) -> None:
    reply = talk("Sumerian speech recordings")
    assert reply.no_match and not reply.options


def test_only_datasets_whose_limit_is_unstated_are_no_match_but_shown_as_near(talk: Talk) -> None:
    reply = talk("Swahili speech with at least 1000 hours")
    assert reply.no_match
    assert "voices:sw-unknown" in [option.card.id for option in reply.nearest]


def test_both_languages_are_needed_for_a_translation_pair(talk: Talk) -> None:
    assert ids(talk("parallel text for Yoruba and English")) == ["texts:yo-en"]


def test_topics_source_and_frequency_are_limits(talk: Talk) -> None:
    assert ids(talk("rain data on AWS, updated hourly, commercial use")) == ["aws:rain"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("voz en euskera", "voices:eu"),
        ("sauti ya Kiswahili", "voices:sw"),
        ("análisis de sentimientos en español", "texts:es-feel"),
        ("parole en gallois", "voices:cy"),
    ],
)
def test_requests_in_other_languages_are_understood(talk: Talk, words: str, found: str) -> None:
    assert found in ids(talk(words))


def test_the_second_one_is_the_second_of_the_list(talk: Talk) -> None:
    listed = talk("Basque speech")
    reply = talk("tell me about the second one")
    assert reply.intent == "show"
    assert listed.options[1].card.name in reply.text


def test_it_is_the_one_last_spoken_about(talk: Talk) -> None:
    talk("Welsh speech", "tell me about the first one")
    assert "Llais Cymru" in talk("who owns it?").text
    assert talk("Can I use it commercially?").intent == "check_use"


def test_a_place_beyond_the_list_is_asked_back(talk: Talk) -> None:
    talk("Welsh speech")
    assert "only one dataset" in talk("tell me about the fourth one").text


def test_a_verdict_is_asked_for_in_words_and_never_better_than_the_licence(talk: Talk) -> None:
    talk("Basque Radio in Basque, speech")
    listed = talk("Basque speech under CC BY-NC 4.0")
    assert ids(listed) == ["voices:eu-free"]
    reply = talk("can I sell a model trained on it?")
    assert reply.intent == "check_use"
    assert reply.options[0].verdict.outcome == "not_allowed"


def test_comparing_puts_the_first_two_side_by_side(talk: Talk) -> None:
    listed = talk("Swahili speech")
    table = talk("compare the first two").tables[0]
    assert table.columns[1:] == tuple(o.card.name for o in listed.options[:2])


def test_credits_name_every_dataset_in_view_with_its_licence(talk: Talk) -> None:
    talk("Basque speech we may sell")
    reply = talk("what do I have to write in the credits?")
    assert reply.intent == "attribution"
    assert "Basque Voices" in reply.text and "CC-BY-4.0" in reply.text


def test_mixing_with_share_alike_cannot_be_released_as_cc_by(talk: Talk) -> None:
    talk("Basque speech we may sell", "tell me about the first one")
    reply = talk("can I mix it with this CC BY-SA 4.0 corpus and release the result as CC BY?")
    assert reply.intent == "combine"
    assert "CC-BY-SA-4.0" in reply.text
    assert "That is the licence you want" not in reply.text


def test_asking_for_access_points_to_the_page_where_it_is_asked(talk: Talk) -> None:
    talk("Welsh speech")
    reply = talk("request access to the first one")
    assert reply.intent == "request"
    assert "https://data.example/cy" in reply.text


def test_a_word_of_licences_is_explained(talk: Talk) -> None:
    assert "earn money" in talk("what does NC mean?").text


def test_an_ambiguous_language_is_asked_back_with_candidates(talk: Talk) -> None:
    reply = talk("Luo speech")
    assert reply.questions and reply.questions[0].field == "languages"
    assert any("Kenya" in label for label, _ in reply.questions[0].answers)


def test_a_request_that_says_nothing_is_asked_what_for(talk: Talk) -> None:
    reply = talk("I need data")
    assert reply.questions and not reply.options


def test_an_unmet_wish_is_recorded_without_a_name(talk: Talk, desk: Desk) -> None:
    talk("Sumerian speech recordings")
    assert talk("record my wish").intent == "wish"
    (figure,) = desk.wishes()
    assert "Sumerian" in figure.text and figure.people == 1


def test_counts_come_from_the_catalogue(talk: Talk) -> None:
    reply = talk("how many datasets in Swahili?")
    assert reply.intent == "coverage"
    assert reply.total == 3 and "3 datasets" in reply.text


def test_languages_with_speech_recognition_but_no_synthesis(talk: Talk) -> None:
    reply = talk("Which languages have ASR but no TTS data?")
    named = {str(row[0]) for row in reply.charts[0].rows}
    assert "Welsh" in named and "Swahili" not in named


def test_hours_of_a_language_bound_the_language_not_the_dataset(talk: Talk) -> None:
    reply = talk("Which languages of Kenya have more than 50 hours of speech?")
    named = [str(row[0]) for row in reply.tables[0].rows]
    assert named[0] == "Swahili" and len(named) == 2


def test_hours_by_language_are_charted_with_the_rows_behind_them(talk: Talk) -> None:
    reply = talk("hours per language, top 3")
    assert len(reply.charts[0].rows) == 3
    assert reply.charts[0].rows[0] == ("Swahili", 412.0)
    assert len(reply.tables[0].rows) == 3


def test_a_named_source_that_is_not_wanted_is_left_out(talk: Talk) -> None:
    found = ids(talk("speech in anything but Swahili"))
    assert found and not any("sw" in card for card in found)


def test_small_talk_keeps_the_need(talk: Talk) -> None:
    talk("Welsh speech", "thanks!", "what a stupid joke, tell me a joke")
    assert ids(talk("at least 100 hours")) == ["voices:cy"]


def test_an_id_that_is_not_there_is_an_error_that_names_it(desk: Desk) -> None:
    with pytest.raises(UnknownDataset, match="voices:nope"):
        desk.check("voices:nope", Use(acts=("commercial_use",)))
    assert desk.show("voices:nope") is None


def test_two_conversations_do_not_mix(desk: Desk) -> None:
    asker = Asker(id="someone")
    desk.ask(Question(text="Welsh speech", conversation="a", asker=asker))
    reply = desk.ask(Question(text="at least 100 hours", conversation="b", asker=asker))
    assert not any(wish.tag == "cy" for wish in reply.need.languages)


def test_forgetting_a_person_forgets_talk_and_wishes(desk: Desk, talk: Talk) -> None:
    talk("Sumerian speech", "record my wish")
    assert desk.forget("someone") == 2
    assert desk.wishes() == ()
    assert talk("at least 100 hours").need.languages == ()


def test_a_language_that_nothing_is_in_is_said_to_be_absent(talk: Talk) -> None:
    assert "no dataset in Sumerian" in talk("Sumerian speech").text
    assert "at all" not in talk("Irish speech, at least 100 hours").text


def test_a_language_no_table_knows_is_told_to_be_absent_and_not_passed_over(talk: Talk) -> None:
    reply = talk("Valyrian speech corpus")
    assert reply.no_match and not reply.options
    assert "Valyrian" in reply.text
    assert ids(talk("Basque then"))


def test_removing_the_only_language_leaves_the_rest_and_shuts_nothing_out(talk: Talk) -> None:
    reply = talk("Welsh speech")
    chip = next(chip for chip in reply.chips if chip.label == "Welsh")
    after = talk(chip.remove)
    assert not after.need.languages and not after.need.languages_not
    assert after.need.modalities == ("audio",)


def test_more_alone_asks_for_the_next_page_and_nothing_else(talk: Talk) -> None:
    talk("speech")
    assert talk("more").intent == "more"
    assert talk("show me more please").intent == "more"


def test_words_that_nothing_understood_are_said_not_to_limit(talk: Talk) -> None:
    talk("Basque speech")
    assert any("asdf" in notice for notice in talk("asdf qwer").notices)


def test_a_yes_quotes_the_clause_it_rests_on(talk: Talk) -> None:
    talk("Basque speech we may sell")
    reply = talk("can I use the first one commercially?")
    assert reply.options[0].verdict.outcome in ("allowed", "allowed_with_conditions")
    assert reply.options[0].verdict.reasons[0].clause.quote in reply.text


def test_selling_a_synthetic_voice_asks_for_the_person_whose_voice_it_is(talk: Talk) -> None:
    talk("Basque speech we may sell")
    reply = talk("may a German firm train and sell a TTS voice on the first one?")
    assert reply.options[0].verdict.outcome == "ask_owner"


def test_a_licence_that_is_shut_out_is_not_shown_in_any_version(talk: Talk) -> None:
    before = talk("Basque speech")
    assert {o.card.terms.licence for o in before.options} == {"CC-BY-4.0", "CC-BY-NC-4.0"}
    after = talk("not CC BY")
    assert {o.card.terms.licence for o in after.options} == {"CC-BY-NC-4.0"}


def test_a_figure_that_no_card_states_is_said_not_to_be_applied(talk: Talk) -> None:
    assert any("tokens" in n for n in talk("Basque text or speech, 1 billion tokens").notices)


def test_a_no_that_opens_a_mending_turn_shuts_nothing_out(talk: Talk) -> None:
    talk("Basque text")
    reply = talk("no, audio")
    assert reply.need.modalities == ("audio",)
    assert [wish.tag for wish in reply.need.languages] == ["eu"]


def test_asking_for_access_tells_the_way_and_files_nothing(talk: Talk, desk: Desk) -> None:
    reply = talk("Welsh speech", "request access to the first one")
    assert reply.intent == "request"
    assert "Nobody need be asked" in reply.text
    assert desk.office.mine(Asker(id="someone")) == ()


def test_status_names_only_ones_own_requests(talk: Talk, desk: Desk) -> None:
    asker = Asker(id="someone")
    answers = Answers(acts=("voice_cloning",))
    command = DraftRequest(card_id="voices:cy", answers=answers)
    desk.office.request(command, asker=asker, key="one")
    assert "Your request for Welsh Read Sentences is a draft" in talk("where is my request?").text
    other = desk.ask(
        Question(text="where is my request?", conversation="else", asker=Asker(id="else"))
    )
    assert "I know of no request of yours" in other.text


def test_a_comparison_asked_for_first_shows_the_best_of_each_language(talk: Talk) -> None:
    reply = talk("Compare Welsh and Irish speech")
    assert len(reply.tables) == 1
    assert "Welsh Read Sentences" in reply.tables[0].columns[1]
    assert "Irish" in reply.tables[0].columns[2]


def test_asking_how_to_request_before_anything_is_found_tells_the_way(talk: Talk) -> None:
    reply = talk("How do I request access to a dataset?")
    assert reply.intent == "request"
    assert "before you confirm" in reply.text


def test_a_slip_that_was_mended_stands_in_the_trace(talk: Talk) -> None:
    reply = talk("Welsh speach")
    assert reply.trace[0] == "read 'speach' as 'speech'"
    assert [chip.label for chip in reply.chips] == ["Welsh", "audio"]


def test_a_further_turn_about_an_owner_of_the_catalogue_limits_the_owner(talk: Talk) -> None:
    owner = talk("Welsh speech").options[0].card.publisher
    assert owner
    need = talk(f"only from {owner.lower()}").need
    assert need.publishers and need.publishers[0].casefold() in owner.casefold()


def test_what_meets_one_of_several_subjects_is_shown_as_no_sure_fit(talk: Talk) -> None:
    reply = talk("data on weather and malware")
    assert [option.card.id for option in reply.options] == ["aws:rain"]
    assert reply.text.startswith("Nothing in this catalogue surely fits: ")
    assert (reply.total, reply.no_match) == (0, False)
    states = {match.text: match.state for match in reply.options[0].matches}
    assert states == {"weather": "yes", "nothing in it speaks of malware": "unknown"}
    assert reply.offers[-1].kind == "wish"
    assert talk("record my wish").intent == "wish"


def test_data_for_the_task_stands_before_data_on_the_subject_and_says_what_it_lacks(
    talk: Talk,
) -> None:
    reply = talk("sentiment about weather, in texts")
    assert reply.options[0].card.id == "texts:es-feel"
    assert (reply.total, reply.options[0].matches[-1].state) == (0, "unknown")
    assert reply.text.startswith("Nothing in this catalogue surely fits")


def test_of_a_subject_that_few_datasets_state_no_count_is_told(talk: Talk) -> None:
    reply = talk("Welsh speech about volcanoes")
    assert reply.text == "Here is what comes closest to Welsh volcanoes and speech."
    assert reply.notices[0].startswith("None of these is known to be about volcanoes")


def test_of_what_does_not_surely_fit_it_is_not_said_that_it_fits_otherwise(talk: Talk) -> None:
    reply = talk("sentiment about weather and volcanoes, in texts")
    assert reply.total == 0 and reply.options
    assert not any("they fit otherwise" in notice for notice in reply.notices)
