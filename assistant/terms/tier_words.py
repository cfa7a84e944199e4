"""From a description of a user in words to what decides the NOODL tier.

Reads who it is (a person or an organisation), citizenship, residence, registration,
headquarters, purpose and parent companies; what the words leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal

import pycountry

from assistant.terms.tier import Recipient, TierAnswer, tier

_PERSON = re.compile(
    r"\b(?:person|individual|citizen|national|student|researcher|developer|professor|scientist|"
    r"linguist|freelancer|teacher|journalist|resident|engineer|lecturer|activist|hobbyist|man|"
    r"woman|user from|i am|i'm|i live|expat\w*|emigrant|diaspora)\b"
)
_ENTITY = re.compile(
    r"\b(?:compan(?:y|ies)|firm|start-?up|corporation|inc|ltd|llc|gmbh|plc|universit\w+|college|"
    r"institute|institution|school|ngo|non-?profit|charity|foundation|association|cooperative|"
    r"co-?op|ministry|government|agency|subsidiary|branch|office|lab|laborator\w+|organi[sz]ation|"
    r"enterprise|business|bank|hospital|broadcaster|library|academy|hub|collective|union|entity|"
    r"sme|multinational|spin-?off|consortium|centre|center|museum|we are|our organi[sz]ation)\b"
)
_SUBSIDIARY = re.compile(
    r"\b(?:subsidiary|branch|affiliate|local office|(?:wholly|majority)[- ]owned|owned by|"
    r"arm of|division of|part of an? (?:international|global|multinational|foreign)|"
    r"multinational|belongs to|parent company)\b"
)
_OWN_STANDING = re.compile(
    r"\b(?:not (?:a |an )?subsidiary|no (?:foreign )?parent|independent|locally owned|"
    r"no multinational|not (?:part of|owned by))\b"
)
_PUBLIC = re.compile(
    r"\b(?:universit\w+|college|school|ministry|government|public library|hospital|academy|"
    r"national \w+ (?:council|institute|agency|library)|municipalit\w+)\b"
)
_SERVES = re.compile(
    r"\b(?:serv\w+|help\w*|for (?:local|rural|its|the)?\s?(?:people|citizens|communit\w+|farmers|"
    r"speakers|patients|students|schools|children|women|residents|users|customers|public)|"
    r"benefit\w*|citizens?|communit\w+|farmers|locals?|patients|pupils|speakers|education of)\b"
)
_SERVES_NOT = re.compile(
    r"\b(?:serv\w+|sell\w*|products?|clients?|customers?|export\w*)\b[^.;]{0,30}\b(?:only\b"
    r"[^.;]{0,20})?(?:europe\w*|american?s?|us|u\.s\.|uk|western|overseas|abroad|foreign)\b"
)
_CITIZEN = re.compile(
    r"(?:citizen(?:ship)?|national(?:ity)?|passport)(?: holder)?(?: of| from| is|:)?\s*$"
)
_LIVES = re.compile(
    r"(?:liv(?:es?|ing)|resid\w+|based|settled|stud(?:y|ying|ies)|work(?:s|ing)?|located|stays?)"
    r"(?: \w+)?(?: in| at|:)\s*(?:the )?$"
)
_REGISTERED = re.compile(
    r"(?:registered|incorporated|founded|established|set up)(?: \w+)?(?: in| at|:)\s*(?:the )?$"
)
_SEATED = re.compile(
    r"(?:headquarter\w*|head office|hq|seat(?:ed)?|decisions? (?:are )?(?:taken|made)|managed|run|"
    r"controlled|directed|management)(?: is| are| sits?| lies)?(?: in| from| at|:)?\s*(?:the )?$"
)
_BOTH = re.compile(
    r"(?:registered and headquartered|incorporated and headquartered|headquartered and registered|"
    r"based and registered|registered and based|citizen(?: of)? and (?:a )?resid\w+|"
    r"resid\w+(?: in)? and (?:a )?citizen|national(?: of)? and resid\w+)"
    r"(?: in| of| at)?\s*(?:the )?$"
)
_UNKNOWN = re.compile(r"\b(?:unknown|not (?:known|stated|said|given)|unclear|unspecified)\b")

_DEMONYMS: Mapping[str, str] = {
    "american": "US", "british": "GB", "english": "GB", "scottish": "GB", "german": "DE",
    "french": "FR", "dutch": "NL", "swiss": "CH", "swedish": "SE", "norwegian": "NO",
    "danish": "DK", "finnish": "FI", "italian": "IT", "spanish": "ES", "portuguese": "PT",
    "irish": "IE", "belgian": "BE", "austrian": "AT", "polish": "PL", "czech": "CZ",
    "canadian": "CA", "australian": "AU", "japanese": "JP", "korean": "KR", "israeli": "IL",
    "saudi": "SA", "emirati": "AE", "singaporean": "SG", "chinese": "CN", "indian": "IN",
    "pakistani": "PK", "bangladeshi": "BD", "indonesian": "ID", "filipino": "PH",
    "vietnamese": "VN", "thai": "TH", "brazilian": "BR", "mexican": "MX", "argentine": "AR",
    "argentinian": "AR", "chilean": "CL", "colombian": "CO", "peruvian": "PE", "bolivian": "BO",
    "turkish": "TR", "egyptian": "EG", "moroccan": "MA", "algerian": "DZ", "tunisian": "TN",
    "nigerian": "NG", "ghanaian": "GH", "kenyan": "KE", "ugandan": "UG", "tanzanian": "TZ",
    "rwandan": "RW", "ethiopian": "ET", "eritrean": "ER", "somali": "SO", "sudanese": "SD",
    "senegalese": "SN", "malian": "ML", "ivorian": "CI", "cameroonian": "CM", "congolese": "CD",
    "angolan": "AO", "zambian": "ZM", "zimbabwean": "ZW", "malawian": "MW", "mozambican": "MZ",
    "namibian": "NA", "botswanan": "BW", "motswana": "BW", "beninese": "BJ", "togolese": "TG",
    "burkinabe": "BF", "gambian": "GM", "liberian": "LR", "gabonese": "GA", "malagasy": "MG",
    "mauritian": "MU", "seychellois": "SC", "burundian": "BI", "chadian": "TD", "basotho": "LS",
    "south african": "ZA", "russian": "RU", "ukrainian": "UA", "nepali": "NP", "nepalese": "NP",
    "sri lankan": "LK", "malaysian": "MY", "iranian": "IR", "iraqi": "IQ", "jordanian": "JO",
    "lebanese": "LB", "greek": "GR", "hungarian": "HU", "romanian": "RO", "bulgarian": "BG",
    "croatian": "HR", "new zealand": "NZ", "qatari": "QA", "kuwaiti": "KW", "guyanese": "GY",
    "panamanian": "PA", "uruguayan": "UY", "costa rican": "CR", "cuban": "CU", "haitian": "HT",
    "guatemalan": "GT", "ecuadorian": "EC", "paraguayan": "PY", "venezuelan": "VE",
}  # fmt: skip
_ALIASES: Mapping[str, str] = {
    "usa": "US", "u.s.": "US", "us": "US", "united states": "US", "uk": "GB", "u.k.": "GB",
    "england": "GB", "scotland": "GB", "britain": "GB", "great britain": "GB", "tanzania": "TZ",
    "south korea": "KR", "korea": "KR", "russia": "RU", "vietnam": "VN", "iran": "IR",
    "ivory coast": "CI", "cote d'ivoire": "CI", "cape verde": "CV", "bolivia": "BO",
    "venezuela": "VE", "syria": "SY", "laos": "LA", "dr congo": "CD", "drc": "CD", "uae": "AE",
    "turkey": "TR", "taiwan": "TW", "czech republic": "CZ", "the gambia": "GM", "swaziland": "SZ",
    "london": "GB", "paris": "FR", "berlin": "DE", "new york": "US", "san francisco": "US",
    "california": "US", "silicon valley": "US", "boston": "US", "seattle": "US", "dublin": "IE",
    "amsterdam": "NL", "brussels": "BE", "zurich": "CH", "geneva": "CH", "toronto": "CA",
    "tokyo": "JP", "dubai": "AE", "sydney": "AU", "stockholm": "SE", "munich": "DE",
    "lagos": "NG", "abuja": "NG", "nairobi": "KE", "accra": "GH", "kampala": "UG",
    "kigali": "RW", "addis ababa": "ET", "dakar": "SN", "johannesburg": "ZA", "pretoria": "ZA",
    "cape town": "ZA", "cairo": "EG", "casablanca": "MA", "dar es salaam": "TZ", "harare": "ZW",
    "lusaka": "ZM", "bangalore": "IN", "delhi": "IN", "mumbai": "IN", "beijing": "CN",
    "shanghai": "CN", "sao paulo": "BR", "kumasi": "GH", "ibadan": "NG", "mombasa": "KE",
}  # fmt: skip
Role = Literal["citizen", "resident", "registered", "seat", "both", "inside", "demonym", "plain"]


@cache
def _places() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Names to look for, longest first: (pattern, ISO 3166-1 alpha-2, is a demonym)."""
    named: dict[str, tuple[str, bool]] = {}
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", None)):
            if name:
                named[name.lower().split(",")[0]] = (country.alpha_2, False)
    named |= {name: (code, False) for name, code in _ALIASES.items()}
    named |= {name: (code, True) for name, code in _DEMONYMS.items()}
    return tuple(
        (re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)"), code, demonym)
        for name, (code, demonym) in sorted(named.items(), key=lambda n: -len(n[0]))
    )


def read(words: str) -> Recipient:
    """What the words say of a user."""
    text = re.sub(r"\s+", " ", words.lower()).strip()
    subsidiary = _subsidiary(text)
    kind = _kind(text)
    places = [] if _UNKNOWN.search(text) else list(_mentions(text))
    if kind == "person":
        return Recipient(
            kind=kind,
            citizen_of=_of(places, "citizen", "demonym", "both"),
            resident_in=_of(places, "resident", "both", "inside"),
            subsidiary=subsidiary,
        )
    return _entity(text, kind, places, subsidiary)


def _entity(
    text: str,
    kind: Literal["person", "entity"] | None,
    places: list[tuple[str, Role]],
    subsidiary: bool | None,
) -> Recipient:
    public = bool(_PUBLIC.search(text))
    home = _of(places, "demonym", "plain", "inside", "resident")
    registered = _of(places, "registered", "both") or (home if public or home else ())
    seated = _of(places, "seat", "both")
    if not seated and (public or not _of(places, "registered")):
        seated = home if public else _of(places, "resident")
    return Recipient(
        kind=kind,
        registered_in=registered,
        headquartered_in=seated,
        serves_citizens=_serves(text, public),
        subsidiary=subsidiary,
    )


def _kind(text: str) -> Literal["person", "entity"] | None:
    entity, person = _ENTITY.search(text), _PERSON.search(text)
    if entity and person:
        return "person" if person.start() < entity.start() else "entity"
    if entity:
        return "entity"
    return "person" if person else None


def _subsidiary(text: str) -> bool | None:
    if _OWN_STANDING.search(text):
        return False
    return True if _SUBSIDIARY.search(text) else None


def _serves(text: str, public: bool) -> bool | None:
    if _SERVES_NOT.search(text):
        return None
    return True if public or _SERVES.search(text) else None


def _of(places: list[tuple[str, Role]], *roles: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code, role in places if role in roles))


def _mentions(text: str) -> Iterator[tuple[str, Role]]:
    """Each country named, with the part it plays in the sentence."""
    taken: list[tuple[int, int]] = []
    for pattern, code, demonym in _places():
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield code, _role(text[: match.start()], text[match.end() :], demonym=demonym)


def _role(before: str, after: str, *, demonym: bool) -> Role:
    if demonym and re.match(r"\W*(?:citizen|national|passport)", after):
        return "citizen"
    if demonym and re.match(r"\W*(?:resident)", after):
        return "resident"
    for pattern, role in _ROLES:
        if pattern.search(before):
            return role
    if re.search(r"\b(?:in|at) (?:the )?$", before):
        return "inside"
    return "demonym" if demonym else "plain"


_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (_BOTH, "both"),
    (_CITIZEN, "citizen"),
    (_REGISTERED, "registered"),
    (_SEATED, "seat"),
    (_LIVES, "resident"),
)


def tier_of_words(words: str, *, today: date) -> TierAnswer:
    """The tier of a user described in words."""
    return tier(read(words), today=today)
