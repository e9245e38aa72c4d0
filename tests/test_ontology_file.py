"""What a steward who mistypes a line of a file below ontology/ is told: file, line, what was expected, the remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from commons_graph import ontology_file
from commons_graph.errors import CommonsError
from commons_graph.extract.asked import settings
from commons_graph.extract.date_words import DateWords
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names import introduced
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.known import Known
from commons_graph.extract.relation.adjacent import Adjacent
from commons_graph.extract.relation.certainty import Certainty
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.patterns import Patterns, Said
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.tokens import tokenise
from commons_graph.ontology_schemas import SCHEMAS
from commons_graph.resolve import rules
from commons_graph.schema_org import SchemaOrg

ROOT = Path(__file__).parents[1]
LOADERS: dict[str, Callable[[Path], object]] = {
    "lexicon/adjacent.yaml": Adjacent.load,
    "lexicon/cues.yaml": Cues.load,
    "lexicon/dates.yaml": DateWords.load,
    "lexicon/heads.yaml": Heads.load,
    "lexicon/introductions.yaml": introduced.load,
    "lexicon/known.yaml": Known.load,
    "lexicon/patterns.yaml": Patterns.load,
    "lexicon/rules.yaml": Certainty.load,
    "language_model.yaml": settings.load,
    "predicates.yaml": Signatures.load,
    "prefixes.yaml": rules.read,
    "resolution.yaml": rules.read,
    "schema_org.yaml": SchemaOrg.load,
    "thresholds.yaml": rules.read,
}
ONE_OF = "expected one of Person, Organization, Group, Event, Document, Project, Place, Concept; write one of the eight"
PREDICATES = "expected one of about, author, .*; write the name of a predicate, or add it to ontology/predicates.yaml"
QUOTES = "expected text; write text, in quotes where"
BRACKETS = r"expected a list; write a list in brackets"
WRONG = [
    (
        "lexicon/rules.yaml",
        "  memberOf: 0.93",
        "  membreDe: 0.93",
        ":37: `membreDe` is no key .*, expected one of about, ",
    ),
    (
        "lexicon/rules.yaml",
        "  memberOf: 0.93",
        "  memberOf: 93",
        ":37: `adjacent.memberOf` is '93', expected 1 or less",
    ),
    (
        "lexicon/adjacent.yaml",
        "roles: [",
        "roles: [[",
        r":5: is not YAML \(.* at character 1, in what begins on line 4\); put",
    ),
    ("lexicon/adjacent.yaml", "opens: [", "opens: ['", r":12: is not YAML .*, in what begins on line 5\)"),
    ("lexicon/adjacent.yaml", "    role: true", "    role: often", ":9: `rules.0.role` is 'often', expected true or f"),
    ("lexicon/adjacent.yaml", "    role: true\n", "", ":7: `between` is missing; write `between: .words.`, or `role:"),
    ("lexicon/adjacent.yaml", "opens:", "open:", ":4: `opens` is missing"),
    ("lexicon/adjacent.yaml", "predicate: locatedIn", "predicate: near", f":25: `rules.6.predicate` .*{PREDICATES}"),
    ("lexicon/adjacent.yaml", "Person>Group", "Person>Team", ":8: `rules.0.pairs.1` is 'Person>Team', expected"),
    ("lexicon/cues.yaml", "  fr: [membre,", "  fr: {membre,", ":5: is not YAML"),
    ("lexicon/cues.yaml", "  fr: [fonde,", "  fr:\n  es: [fonde,", f":8: `foundedBy.fr` is empty, {BRACKETS}"),
    ("lexicon/cues.yaml", "[finance, subvention", "[true, subvention", f":23: `fundedBy.fr.0` is 'True', {QUOTES}"),
    ("lexicon/cues.yaml", "foundedBy:", "foundBy:", f":7: `foundBy` is no key .*{PREDICATES}"),
    ("lexicon/dates.yaml", "  12: [", "  12: ]", ":14: is not YAML"),
    (
        "lexicon/dates.yaml",
        "  12: [",
        "  13: [",
        ":14: `13` is no key that can stand here, expected 12 or less; the keys",
    ),
    ("lexicon/dates.yaml", "  12: [", "  11: [", ":14: `11` stands here again, after line 13; keep one"),
    ("lexicon/dates.yaml", "past:", "passed:", ":2: `past` is missing; write a list in brackets"),
    ("lexicon/dates.yaml", "[prochain, next, coming]", "prochain", f":25: `future` is 'prochain', {BRACKETS}"),
    ("lexicon/heads.yaml", '  - startup: ""', "  - startup: '", r":\d+: is not YAML"),
    ("lexicon/heads.yaml", '  - startup: ""', "  - startup: Assembly", ":76: .* is 'Assembly', .*; write a kind, such"),
    ("lexicon/heads.yaml", '  - startup: ""', '  - false: ""', f":76: `False` is no key that can stand here, {QUOTES}"),
    ("lexicon/heads.yaml", '  - startup: ""', '  - ""', ":76: .* is '', expected another form; write `- phrase`, or"),
    ("lexicon/heads.yaml", '  - startup: ""', '  - "\u00a0"', ":76: .* expected another form"),
    ("lexicon/heads.yaml", "Person: [", "Person: dr # [", ":4: `Person` is 'dr', expected a list"),
    ("lexicon/heads.yaml", "\nGroup:", "\nTeam:", f":119: `Team` is no key that can stand here, {ONE_OF}"),
    ("lexicon/introductions.yaml", "  class: Group", " class: Group", ":6: is not YAML"),
    ("lexicon/introductions.yaml", "class: Group", "class: Team", f":5: `cg:WorkingGroup.class` is 'Team', {ONE_OF}"),
    ("lexicon/introductions.yaml", "  class: Group\n", "", ":5: `class` is missing; write one of the eight"),
    (
        "lexicon/introductions.yaml",
        "singular: [",
        "singular: # [",
        f":6: `cg:WorkingGroup.singular` is empty, {BRACKETS}",
    ),
    ("lexicon/known.yaml", "  - [Linux,", "  - [Linux:,", ":52: is not YAML .*; put text with a colon into quotes"),
    (
        "lexicon/known.yaml",
        "  - [Linux,",
        "  - [false,",
        ":52: `Project.0.0` is 'False', expected text; write a name, in quotes",
    ),
    ("lexicon/known.yaml", "  - [Linux,", "  - Linux\n  - [", ":52: `Project.0` is 'Linux', expected a list; write"),
    ("lexicon/known.yaml", "Place:", "Plaice:", f":3: `Plaice` is no key that can stand here, {ONE_OF}"),
    ("lexicon/patterns.yaml", '"contact :"', "contact :", ":5: is not YAML .*; put text with a colon into quotes"),
    (
        "lexicon/patterns.yaml",
        '"contact :"',
        "contact : me",
        ":5: .* expected text; write text, in quotes where it hol",
    ),
    ("lexicon/patterns.yaml", '"contact :"', '""', ":5: `hasContact.forward.2` is ''"),
    (
        "lexicon/patterns.yaml",
        "  backward: [a f",
        "  backwards: [a f",
        ":10: `backwards` is not a known key; did you me",
    ),
    ("lexicon/patterns.yaml", "foundedBy:", "founderBy:", f":8: `founderBy` is no key .*{PREDICATES}"),
    ("language_model.yaml", "timeout: 60", "timeout: soon", ":12: `timeout` is 'soon', expected a number"),
    ("language_model.yaml", "model: ll", "modle: ll", ":7: `model` is missing"),
    ("predicates.yaml", "pairs: [", "pairs: [[", r":\d+: is not YAML"),
    (
        "predicates.yaml",
        "  to: [Person]\n",
        "",
        ":17: `to` is missing; write `from: .classes.` and `to: .classes.`, or",
    ),
    ("predicates.yaml", "  property: org:memberOf", "  proprety: org:memberOf", ":5: `property` is missing; write"),
    ("predicates.yaml", "  to: [Person]", "  to: [Persons]", ":18: `hasContact.to.0` is 'Persons', expected one of P"),
    ("predicates.yaml", "  to: [Person]", "  to: Person", ":18: `hasContact.to` is 'Person', expected a list; write"),
    ("predicates.yaml", "Group>Organization, Org", "Group-Organization, Org", ":13: `partOf.pairs.0` is 'Group-Organ"),
    ("prefixes.yaml", "xsd: http", "xsd :http", r":\d+: is not YAML"),
    ("prefixes.yaml", "xsd: http", "xsd: 5 # ", ":11: `xsd` is '5', expected text; write the address"),
    ("resolution.yaml", "own_page: 10", "own_page: ten", ":20: `own_page` is 'ten', expected a whole number"),
    ("resolution.yaml", "  Person: foaf", "  Persn: foaf", ":5: `Persn` is not a known key; did you mean `Person`"),
    ("resolution.yaml", "  Person: foaf", "  Person: friend", ": `friend:Person` has a prefix that .*; add it there"),
    ("schema_org.yaml", "  Person: [Person]", "  Person: [Person", r":\d+: is not YAML"),
    ("schema_org.yaml", "  Person: [Person]", "  Planet: [Planet]", f":7: `Planet` is no key .*, {ONE_OF}"),
    ("schema_org.yaml", "{is: label}", "{is: lable}", ":113: `properties.name.is` is 'lable', expected one of label, "),
    ("schema_org.yaml", "{is: label}", "{named: Place}", ":113: `is` is missing"),
    ("schema_org.yaml", "named: Place", "named: Plaice", f":123: `properties.location.named` is 'Plaice', {ONE_OF}"),
    ("thresholds.yaml", "default: 0.4", "default: high", ":2: `default` is 'high', expected a number; write a number"),
    ("thresholds.yaml", "dct:subject: 0.43", "dct:subject: 43", ":9: `properties.dct:subject` is '43', expected 1 or"),
    ("thresholds.yaml", "default: 0.4\n", "", ":2: `default` is missing; write a number from 0 to 1"),
]


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(ROOT / "ontology", tmp_path / "ontology"))


@pytest.mark.parametrize(("name", "old", "new", "said"), WRONG)
def test_a_mistake_is_told_with_its_line_and_its_remedy(
    ontology: Path, name: str, old: str, new: str, said: str
) -> None:
    text = (ontology / name).read_text(encoding="utf-8")
    assert old in text
    (ontology / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommonsError, match=f"^ontology/{name}{said}") as raised:
        LOADERS[name](ontology)
    assert raised.value.remedy
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_that_is_empty_or_no_text_is_told(ontology: Path, name: str) -> None:
    for raw, said in ((b"", ":1: expected lines of `key: value`"), (b"a: \xff", ": is not UTF-8 text")):
        (ontology / name).write_bytes(raw)
        with pytest.raises(CommonsError, match=f"^ontology/{name}{said}"):
            LOADERS[name](ontology)


def test_every_file_has_a_schema_and_is_right_as_shipped(ontology: Path) -> None:
    names = {path.relative_to(ontology).as_posix() for path in ontology.rglob("*.yaml")}
    assert names == set(SCHEMAS) == {*LOADERS, "limits.yaml"}
    for name in names:
        assert ontology_file.load(ontology, name)


def test_what_is_gone_is_told(ontology: Path) -> None:
    (ontology / "lexicon" / "heads.yaml").unlink()
    with pytest.raises(CommonsError, match=r"^ontology/lexicon/heads\.yaml: is missing; put it back, or copy"):
        Knowledge.load(ontology.parent)


def test_a_predicate_of_the_project_may_be_named_in_its_lexicons(ontology: Path) -> None:
    for name, text in (
        ("predicates.yaml", "\nhostedBy:\n  from: [Event]\n  to: [Place]\n  property: cg:hostedBy\n"),
        ("lexicon/patterns.yaml", "\nhostedBy:\n  forward: [accueilli chez]\n"),
    ):
        with (ontology / name).open("a", encoding="utf-8") as file:
            file.write(text)
    said = Patterns.load(ontology).said_in(tokenise("Elle est accueillie chez vous.", ()))
    assert list(said) == [Said(2, 4, "hostedBy", False, "")]
