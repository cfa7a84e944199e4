"""People's own words for subjects, tasks, ways of speaking and access, in seven languages."""

from __future__ import annotations

import pytest

from assistant.understand import rules
from assistant.understand.lexicon import tokens

SUBJECTS = [
    # English
    ("data from coastal radar", "oceans"), ("field boundaries of farmers", "agriculture"),
    ("photos taken from space", "satellite-imagery"), ("how wet the soil is", "soil-moisture"),
    ("computer viruses and hackers", "cyber-security"), ("gut bacteria", "microbiome"),
    ("birds and insects", "biodiversity"), ("bird songs", "biodiversity"),
    ("wildfires", "wildfires"), ("noisy measurement files", "differential privacy"),
    # Spanish
    ("corrientes marinas medidas con radar costero", "ocean currents"),
    ("imágenes de la superficie de Marte", "planetary"), ("incendios forestales", "wildfires"),
    ("temblores de tierra", "earthquakes"), ("campos de cultivo", "agriculture"),
    ("ciberataques", "cyber-security"), ("fondo marino", "bathymetry"), ("bosques", "forests"),
    # French
    ("courants marins", "ocean currents"), ("séisme", "earthquakes"),
    ("parcelles agricoles", "agriculture"), ("logiciels malveillants", "malware"),
    ("imagerie par résonance magnétique", "magnetic resonance imaging"), ("neige", "ice"),
    ("confidentialité différentielle", "differential privacy"), ("forêts", "forests"),
    # Portuguese
    ("queimadas", "wildfires"), ("imagens de lavouras", "agriculture"),
    ("enchentes", "floods"), ("nível do mar", "ocean sea surface height"),
    ("ataques cibernéticos", "cyber-security"), ("desmatamento", "forests"),
    ("umidade do solo", "soil-moisture"),
    # German
    ("Meeresströmungen", "ocean currents"), ("Erdbebendaten", "earthquakes"),
    ("Feldgrenzen", "agriculture"), ("Satellitendaten", "satellite-imagery"),
    ("Schadsoftware", "malware"), ("Marsoberfläche", "planetary"), ("Waldbrände", "wildfires"),
    ("Bodenfeuchte", "soil-moisture"), ("Feinstaub", "air-quality"), ("Gletschern", "ice"),
    # Swahili
    ("ramani za mipaka ya mashamba", "agriculture"), ("matetemeko ya ardhi", "earthquakes"),
    ("mikondo ya bahari", "ocean currents"), ("picha za satelaiti", "satellite-imagery"),
    ("usalama wa mtandao", "cyber-security"), ("ukame", "drought"), ("misitu", "forests"),
    ("sensa ya watu na makazi", "population"),
    # Arabic
    ("صوراً فضائية", "satellite-imagery"), ("لزلزال تركيا", "earthquakes"),
    ("التيارات البحرية", "ocean currents"), ("برمجيات خبيثة", "malware"),
    ("صور المريخ", "planetary"), ("حدود الحقول", "agriculture"), ("رطوبة التربة", "soil-moisture"),
    ("حرائق الغابات", "wildfires"), ("القمر الصناعي", "satellite-imagery"),
]  # fmt: skip

TASKS = [
    # English
    ("named entity data", "named-entity-recognition"),
    ("texts where the names are marked", "named-entity-recognition"),
    ("sorting news by topic", "topic-classification"),
    ("text with the word boundaries marked", "word-segmentation"),
    ("articles with their summaries", "summarization"),
    ("making letters easier to read", "text-simplification"),
    ("pictures with captions", "image-captioning"),
    ("questions with their answers", "question-answering"),
    # Spanish
    ("preguntas con sus respuestas", "question-answering"),
    ("opiniones positivas y negativas", "sentiment-classification"),
    ("textos con nombres marcados", "named-entity-recognition"),
    ("noticias por tema", "topic-classification"),
    ("comentarios ofensivos", "hate-speech-detection"),
    # French
    ("corpus arabes de question-réponse", "question-answering"),
    ("noter si un avis est positif", "sentiment-classification"),
    ("noms propres annotés", "named-entity-recognition"), ("images légendées", "image-captioning"),
    ("phrases à trous", "fill-mask"),
    # Portuguese
    ("perguntas com respostas", "question-answering"), ("boatos", "fact-checking"),
    ("textos com resumos", "summarization"), ("áudio transcrito", "automatic-speech-recognition"),
    # German
    ("Texte, in denen Eigennamen markiert sind", "named-entity-recognition"),
    ("Fragen mit Antworten", "question-answering"), ("Lückentexte", "fill-mask"),
    ("Hasskommentare", "hate-speech-detection"), ("leichter Sprache", "text-simplification"),
    # Swahili
    ("maswali pamoja na majibu", "question-answering"), ("matusi", "hate-speech-detection"),
    ("majina ya watu na mahali", "named-entity-recognition"),
    ("habari kwa mada", "topic-classification"), ("sentensi sambamba", "translation"),
    # Arabic
    ("أسئلة وإجابات", "question-answering"), ("أسماء الأشخاص", "named-entity-recognition"),
    ("تلخيص الأخبار", "summarization"), ("أخبار كاذبة", "fake-news-detection"),
    ("تعرّف على الكلام", "automatic-speech-recognition"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "topic"), SUBJECTS)
def test_a_subject_is_known_by_the_words_people_have_for_it(text: str, topic: str) -> None:
    assert topic in rules.read(text).stated.topics


@pytest.mark.parametrize(("text", "task"), TASKS)
def test_a_task_is_known_by_what_people_say_they_do(text: str, task: str) -> None:
    assert rules.read(text).stated.tasks == (task,)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("where people just talk freely", "spontaneous"), ("no leída", "spontaneous"),
        ("parole non lue", "spontaneous"), ("falando livremente", "spontaneous"),
        ("frei gesprochenes Deutsch", "spontaneous"), ("mazungumzo huru", "spontaneous"),
        ("يتحدثون بحرية", "spontaneous"), ("people reading aloud", "scripted"),
        ("leídas en voz alta", "scripted"), ("textes lus", "scripted"),
        ("lidas em voz alta", "scripted"), ("vorgelesene Sätze", "scripted"),
        ("sentensi zilizosomwa", "scripted"), ("جمل مقروءة", "scripted"),
    ],
)  # fmt: skip
def test_free_and_read_speech_are_told_apart_in_every_language(text: str, style: str) -> None:
    stated = rules.read(text).stated
    assert (stated.speech_style, stated.modalities) == (style, ("audio",))


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("only open ones", "public"), ("de acceso abierto", "public"),
        ("en accès libre", "public"), ("de acesso aberto", "public"),
        ("frei zugängliche Daten", "public"), ("bila kujisajili", "public"),
        ("متاحة للجميع", "public"), ("with controlled access", "on_request"),
        ("acceso restringido", "on_request"), ("sur demande", "on_request"),
        ("mediante solicitação", "on_request"), ("auf Anfrage", "on_request"),
        ("kwa maombi", "on_request"), ("عند الطلب", "on_request"),
    ],
)  # fmt: skip
def test_how_data_is_had_is_understood_in_every_language(text: str, access: str) -> None:
    assert rules.read(text, has_need=True).stated.access == (access,)


@pytest.mark.parametrize(
    "text",
    [
        "grabaciones en español de Costa Rica", "enregistrements en français de Côte d'Ivoire",
        "gravações do Rio de Janeiro", "recordings from Lagos", "Urdu in Roman script",
        "a model that trains on Hindi speech", "Swahili speech for farmers", "reviews with 5 stars",
    ],
)  # fmt: skip
def test_a_place_or_an_everyday_word_is_no_subject(text: str) -> None:
    assert set(rules.read(text).stated.topics) <= {"reviews"}


@pytest.mark.parametrize("text", ["تعرّف على الكلام", "reconnaissance de la parole e\u0301crite"])
def test_a_sign_written_over_a_letter_parts_no_word(text: str) -> None:
    assert len(tokens(text)) == len(text.split())
    assert rules.read(text).stated.tasks == ("automatic-speech-recognition",)


@pytest.mark.parametrize(
    "text", ["noter si un avis est positif", "en un mot", "une phrase", "ein Satz", "un ejemplo"]
)
def test_a_single_thing_spoken_of_is_no_size(text: str) -> None:
    assert rules.read(text, has_need=True).stated.sizes == ()
