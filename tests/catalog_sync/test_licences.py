"""Names of licences are read as people write them, and every quotation stands in its text."""

import re
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path

import pytest

from catalog_sync import licences
from catalog_sync.licences_table import ACTIONS, SHARING, TRAINING

NAMES = {
    "cc-by-nc-4.0": "CC-BY-NC-4.0",
    "CC BY NC 4.0": "CC-BY-NC-4.0",
    "Attribution-NonCommercial 4.0": "CC-BY-NC-4.0",
    "Attribution 4.0 International (CC BY 4.0)": "CC-BY-4.0",
    "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International": "CC-BY-NC-SA-4.0",
    "CC BY-SA-NC 4.0": "CC-BY-NC-SA-4.0",
    "CC-NC-SA-3.0": "CC-BY-NC-SA-3.0",
    "Creative Commons BY 4.0": "CC-BY-4.0",
    "Creative Commons by Attribution (CC BY 4.0)": "CC-BY-4.0",
    "Creative Commons Attribution 4.0 United States License": "CC-BY-4.0",
    "Creative Commons Attribution 3.0 United States License": "CC-BY-3.0-US",
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "creativecommons.org/licenses/by/4.0/legalcode": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-nc-sa/3.0/deed.fr": "CC-BY-NC-SA-3.0",
    "https://creativecommons.org/licenses/by/3.0/nz/": "LicenseRef-CC-BY-3.0-NZ",
    "CC BY-SA 3.0 IGO": "CC-BY-SA-3.0-IGO",
    "CC0": "CC0-1.0",
    "cc0-1.0": "CC0-1.0",
    "CC0 1.0 Universal": "CC0-1.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
    "https://creativecommons.org/publicdomain/mark/1.0/deed.en": "LicenseRef-CC-PDM-1.0",
    "CC BY": "LicenseRef-CC-BY",
    "CC BY-SA": "LicenseRef-CC-BY-SA",
    "[CC BY-SA](https://creativecommons.org/licenses/by-sa/4.0/)": "CC-BY-SA-4.0",
    "mit": "MIT",
    "The MIT License": "MIT",
    "[MIT](https://opensource.org/licenses/MIT)": "MIT",
    "apache-2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "GPL-3.0": "GPL-3.0-only",
    "gpl-3.0-or-later": "GPL-3.0-or-later",
    "GNU Affero General Public License": "AGPL-3.0-only",
    "odbl": "ODbL-1.0",
    "Open Database License (ODbL)": "ODbL-1.0",
    "https://www.openstreetmap.org/copyright": "ODbL-1.0",
    "odc-by": "ODC-By-1.0",
    "https://opendatacommons.org/licenses/by/1.0/": "ODC-By-1.0",
    "c-uda": "C-UDA-1.0",
    "https://cdla.dev/permissive-2-0/": "CDLA-Permissive-2.0",
    "[CDLA-Sharing](https://cdla.io/sharing-1-0/)": "CDLA-Sharing-1.0",
    "NOODL-1.0": "LicenseRef-NOODL-1.0",
    "Nwulite Obodo Open Data License": "LicenseRef-NOODL-1.0",
    "etalab 2.0": "etalab-2.0",
    "Datenlizenz Deutschland Namensnennung 2.0": "LicenseRef-DL-DE-BY-2.0",
    "http://data.gov.tw/license": "OGDL-Taiwan-1.0",
    "Open Government Licence v3.0": "OGL-UK-3.0",
    "bigscience-openrail-m": "LicenseRef-BigScience-OpenRAIL-M",
    "LocalContexts-TK-NC": "LicenseRef-LocalContexts-TK-NC",
    "Unlicense": "Unlicense",
    "MIT OR Apache-2.0": "MIT OR Apache-2.0",
    "CC0-1.0 AND CC-BY-4.0": "CC0-1.0 AND CC-BY-4.0",
}
SENTENCES = {
    "All imagery is licensed CC-BY 4.0, with thanks to those who made it.": "CC-BY-4.0",
    "Released under Creative Commons Zero; do cite our paper.": "CC0-1.0",
    "The code is under Apache 2.0, the recordings under CC BY-NC-SA 4.0": (
        "Apache-2.0 AND CC-BY-NC-SA-4.0"
    ),
    "You may take it at your option under MIT or Apache 2.0.": "MIT OR Apache-2.0",
    "Offered under the GPL/LGPL/BSD license.": "GPL-2.0-only OR LGPL-3.0-only OR BSD-3-Clause",
}
NOTHING = (
    "", "unknown", "None", "NOASSERTION", "other", "n/a", "Varies by dataset", "custom",
    "Creative Commons license", "See the terms of use", "https://example.org/terms",
    "This research was funded by the ministry.", "Commercial",
)  # fmt: skip


@pytest.mark.parametrize("written", NAMES)
def test_a_name_is_read_as_people_write_it(written: str) -> None:
    assert licences.read(written) == NAMES[written]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_licence_named_in_a_sentence_is_found(sentence: str) -> None:
    assert licences.read(sentence) == SENTENCES[sentence]


@pytest.mark.parametrize("words", NOTHING)
def test_words_that_name_no_licence_stay_unread(words: str) -> None:
    assert licences.read(words) is None


@pytest.mark.parametrize("licence_id", sorted(licences.rows()))
def test_every_row_is_found_by_its_own_id_and_name(licence_id: str) -> None:
    row = licences.rows()[licence_id]
    assert licences.row(licence_id) == row
    assert licences.read(licence_id) == licence_id
    assert licences.read(licence_id.removeprefix("LicenseRef-").lower()) == licence_id


def test_the_collectives_licence_list_is_in_the_table() -> None:
    listed = (
        "Apache-2.0 BSD-3-Clause CC-BY-4.0 CC-BY-ND-4.0 CC-BY-NC-4.0 CC-BY-NC-SA-4.0 CC-BY-SA-4.0 "
        "CC-SA-1.0 CC0-1.0 EUPL-1.2 AGPL-3.0 GFDL-1.3 GPL-3.0 LGPLLR MIT MPL-2.0 NLOD-2.0 "
        "NOODL-1.0 ODC-By-1.0 ODbL-1.0 OGL-Canada-2.0 OGL-UK-3.0 OPUBL-1.0 OGDL-Taiwan-1.0 "
        "Unlicense"
    ).split()
    assert [name for name in listed if licences.row(licences.read(name) or "") is None] == []


@cache
def texts() -> dict[str, str]:
    path = Path(__file__).parent.parent / "data" / "licence_texts.tar.gz"
    found = {}
    with tarfile.open(path) as pack:
        for entry in pack:
            file = pack.extractfile(entry)
            assert file is not None
            found[entry.name.removesuffix(".txt")] = plain(file.read().decode())
    return found


def plain(text: str) -> str:
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("*", "")):
        text = text.replace(curly, straight)
    return re.sub(r"\s+", " ", text).lower()


@pytest.mark.parametrize("licence_id", [i for i, row in licences.rows().items() if row.text])
def test_every_quotation_occurs_in_the_licence_text(licence_id: str) -> None:
    row = licences.rows()[licence_id]
    whole = " ".join(texts()[stem] for stem in (row.text or "").split())
    missing = {r.clause.quote for r in row.rules if plain(r.clause.quote) not in whole}
    assert not missing


def test_rows_without_a_text_at_hand_are_known_by_name() -> None:
    """A new row either brings its text or is added here on purpose."""
    families = {
        row.family for row in licences.rows().values() if not row.text and row.family != "cc"
    }
    assert families == {"agreement", "community_led", "government", "llama"}
    without = {i for i, r in licences.rows().items() if not r.text and r.family == "government"}
    assert without == {f"LicenseRef-KOGL-{n}" for n in (1, 2, 3, 4)} | {"LicenseRef-NCGL-UK-2.0"}


@pytest.mark.parametrize("licence_id", sorted(licences.rows()))
def test_every_rule_has_a_clause_an_address_and_known_actions(licence_id: str) -> None:
    row = licences.rows()[licence_id]
    assert row.rules
    for rule in row.rules:
        assert rule.clause.quote and rule.clause.clause
        assert (rule.clause.url or "").startswith("https://")
        if rule.kind != "duty":
            assert rule.action in ACTIONS
        else:
            on = next(c.right for c in rule.constraints if c.left == "action")
            assert set(on) <= set(ACTIONS)


def test_a_jurisdiction_port_takes_the_clauses_of_its_version() -> None:
    ported, plain_row = licences.row("LicenseRef-CC-BY-NC-3.0-NZ"), licences.row("CC-BY-NC-3.0")
    assert ported is not None and plain_row is not None
    ours = [(r.kind, r.action, r.clause.quote) for r in ported.rules]
    assert ours == [(r.kind, r.action, r.clause.quote) for r in plain_row.rules]
    assert ported.url == "https://creativecommons.org/licenses/by-nc/3.0/nz/"


def test_no_version_stated_is_judged_by_the_strictest_reading() -> None:
    row = licences.row("LicenseRef-CC-BY-ND")
    assert row is not None
    assert any(r.kind == "prohibition" and r.action == "modify" for r in row.rules)


def test_an_expression_gives_the_ways_to_satisfy_it() -> None:
    assert licences.alternatives("(A OR B) AND C") == (("A", "C"), ("B", "C"))
    assert licences.alternatives("A AND B OR C") == (("A", "B"), ("C",))
    assert licences.alternatives("A WITH E") == (("A WITH E",),)


@pytest.mark.parametrize("broken", ["A AND", "(A", "A B", ")"])
def test_a_broken_expression_is_named(broken: str) -> None:
    with pytest.raises(ValueError, match="expression"):
        licences.alternatives(broken)


def test_groups_of_actions_are_made_of_known_ones() -> None:
    assert {*SHARING, *TRAINING} <= set(ACTIONS)


def test_the_page_of_licences_is_up_to_date() -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "scripts/licences_page.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "name", ["LDC-User-Agreement-NonMember", "LDC (non-member)", "ldc", "ELRA-END-USER-ACADEMIC"]
)
def test_a_distributors_agreement_is_read_however_it_is_named(name: str) -> None:
    assert licences.read(name) in ("LicenseRef-LDC-User-Agreement", "LicenseRef-ELRA-End-User")


@pytest.mark.parametrize(
    "text",
    ["under apache license 2.0", "(APACHE-2.0)", "Apache2.0, see below", "the\nApache 2.0",
     "İ apache-2.0", "apachelıcense2.0"],
)  # fmt: skip
def test_a_licence_inside_a_sentence_is_found_in_any_spelling(text: str) -> None:
    assert licences.mentioned(text) == ("Apache-2.0",)


@pytest.mark.parametrize("text", ["patchy 2.0", "x.Apache-2.0", "Apache-2.0.1", "ache-2.0"])
def test_a_part_of_another_name_is_no_licence(text: str) -> None:
    assert "Apache-2.0" not in licences.mentioned(text)
