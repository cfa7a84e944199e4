"""Mistyped requests, and words that look mistyped and are not."""

from __future__ import annotations

SLIPS = """
bashkir speach corpus | speech
Welsh speeches and recordngs | recordings
I need auido in Irish | audio
romanian sentimnt data | sentiment
tatar insted | instead
Speach in Dothraki | speech
transaltion into Welsh | translation
Welsh translaton data | translation
machine tranlsation for Igbo | translation
summarizaton data in Basque | summarization
questoin answering in Hindi | question
nmaed entity recogntion | named recognition
speech reconigtion for Igbo | recognition
senitment in Swahili tweets | sentiment
50 validatd hours of Breton | validated
Welsh speech with 50 spekers at least | speakers
wheather data for Kenya | weather
spontanous Welsh | spontaneous
parrallel text in Maltese | parallel
imges of plants | images
actualy Galician | actually
Breton speech for commerical use | commercial
Welsh text, commercialy usable | commercially
Welsh text with a permisive licence | permissive
public domian texts in Irish | domain
Welsh text, what lisense? | license
data from hugginface | huggingface
medcal data in Hindi | medical
clincal notes | clinical
agricultre data for Ghana | agriculture
climte data for Peru | climate
educaton data in Hausa | education
product reviws in Polish | reviews
articels in Hausa | articles
Hausa sentances | sentences
conversatonal Yoruba | conversational
dictonary of Nahuatl | dictionary
earthqakes in Chile | earthquakes
precipitaton updated hourly | precipitation
astronmy | astronomy
I want satellte images of forests | satellite
comapre the first two | compare
corpus de vozes en quechua, grabacones | grabaciones
corpus en espanol para traducion | traduccion
necesito grabacioens en gallego | grabaciones
busco datos de traducción con licensia libre | licencia
texto en gallego para uso comecial | comercial
datos para reconocimineto de voz en quechua | reconocimiento
je cherche des enregistrments en breton | enregistrements
je cherche un corpus de tradution en breton | traduction
je cherche de la reconaissance vocale en wolof | reconnaissance
je cherche des textes en breton, usage commecial | commercial
preciso de gravacoes em tetum, tradusao | traducao
preciso de dados de reconhecimnto de fala em tetum | reconhecimento
preciso de texto em galego para uso comecial | comercial
ich suche Sprachaufnamen auf Sorbisch | sprachaufnahmen
ich brauche Übersetzng ins Sorbische | ubersetzung
ich suche Sprachdatn auf Friesisch | sprachdaten
ich brauche Nachrichen auf Friesisch | nachrichten
ich suche Daten auf Sorbisch, komerziell | kommerziell
ich suche Texterkenung auf Friesisch | texterkennung
Luftqualitt in Berlin, ich suche Daten | luftqualitat
"""
"""Request | the words read in it for mistyped ones."""

STAYS = """
dependency passing in Welsh
I do not know whether it exists
I wonder wheather it exists
sail boats in Breton
Dothraki speech
klingon corpus
sindarin speech recordings
quenya translation
data by Sentimentz Inc
the Translatron speech data
SpeachBank recordings
SPEACH recordings
speach2 recordings
recordings called "speach corpus"
recordings called «speach corpus»
recordings called “speach corpus”
the file speach.csv
the folder data/speach_raw/
see https://example.org/speach-corpus please
write to speach@example.org please
the option --name=speach
`speach` in Welsh
sauti za kiswahili speach
nahitaji data ya sauti speach kwa Kiswahili
بيانات speach صوتية باللغة العربية أكثر من مئة ساعة
szukam nagran polskich do analizy sentymentu
cerco dati di traduzioni per la lingua sarda
ik zoek vertaling en spraak voor Fries
hitzak eta politika euskaraz
radaru dati latviski
nairobi speech recordings
kampala street images
bengaluru traffic data
mombasa weather data
tolkien texts
tatoeba sentences
flores devtest
masakhane data
librivox recordings
librispeech
europarl text
kaggle datasets
zenodo records
pytorch examples
jupyter notebooks
parquet files
wordnet for Basque
treebank for Breton
hinglish tweets
spanglish speech
sheng speech
codemixed text
finetuned models
tokenizers for Hausa
inbox messages
sentimental songs
marine data
political speeches
comercial data
nto commerical use of Welsh
withuot commerical use of Welsh
not for commerical use in Welsh
noncommerical Welsh
Welsh speech withot transcripts
escribo textos en gallego
reddit posts summarised
podemos buscar poemas en gallego
textes en français, parole
Sprachbot auf Deutsch
Mahine data
Welsh mahine
voce in Italian
"""
"""Requests that are read as typed."""


def slips() -> list[tuple[str, tuple[str, ...]]]:
    """(request, the words read in it for mistyped ones)."""
    rows = [line.split(" | ") for line in SLIPS.strip().splitlines()]
    return [(text, tuple(words.split())) for text, words in rows]
