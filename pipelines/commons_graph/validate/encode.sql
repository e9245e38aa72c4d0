-- The data as numbers: every term gets the hash of what it is, so that joins compare eight bytes instead of texts.
-- $data is the view with the triples, of which $wanted tells those with a property that any check looks at, and
-- $properties has these; sh_background holds the ontology's triples, sh_constant the shapes' own terms.
-- The datatype of plain strings and of tagged ones is '', language tags are in lower case.

CREATE OR REPLACE TEMP MACRO sh_iri(text) AS hash(text);
CREATE OR REPLACE TEMP MACRO sh_blank(text) AS hash(text);
CREATE OR REPLACE TEMP MACRO sh_literal(text, datatype, lang) AS hash(text, datatype, lang);
CREATE OR REPLACE TEMP MACRO sh_id(text, kind, datatype, lang) AS CASE
    WHEN kind = 'literal' THEN sh_literal(text, datatype, lang) ELSE hash(text) END;

CREATE OR REPLACE TEMP MACRO sh_kind(text) AS CASE WHEN starts_with(text, '_:') THEN 'blank' ELSE 'iri' END;

CREATE OR REPLACE TEMP MACRO sh_datatype(kind, datatype, lang) AS CASE
    WHEN kind <> 'literal' OR lang <> '' OR datatype = 'http://www.w3.org/2001/XMLSchema#string' THEN ''
    ELSE datatype END;

-- A term as reports write it: an IRI bare, a blank node as _:x, a literal as in N-Triples.
CREATE OR REPLACE TEMP MACRO sh_text(text, kind, datatype, lang) AS CASE
    WHEN kind <> 'literal' THEN text
    ELSE '"' || replace(replace(replace(replace(replace(
        text, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), '\r'), chr(9), '\t') || '"' || CASE
        WHEN lang <> '' THEN '@' || lang
        WHEN datatype = '' THEN ''
        ELSE '^^<' || datatype || '>' END
    END;

CREATE OR REPLACE TEMP VIEW sh_triple AS
SELECT
    subject, predicate, object AS text, object_kind AS kind, sh_datatype(object_kind, datatype, lang) AS datatype,
    lower(lang) AS lang
FROM (
    SELECT subject, predicate, object, object_kind, datatype, lang FROM $data
    UNION ALL SELECT subject, predicate, object, object_kind, datatype, lang FROM sh_background
);

-- The triples as numbers, each with what its object is, so that most checks need no other table.
CREATE OR REPLACE TEMP TABLE sh_edge AS
SELECT sh_iri(subject) AS s, sh_iri(predicate) AS p, sh_id(text, kind, datatype, lang) AS o, text, kind, datatype, lang
FROM sh_triple WHERE $wanted;

CREATE OR REPLACE TEMP TABLE sh_property AS
SELECT DISTINCT sh_iri(predicate) AS id, predicate AS text FROM $properties;

-- What terms are, by number; a term stands here as often as in the data. Nothing is made of it before it is asked for.
CREATE OR REPLACE TEMP VIEW sh_other AS
SELECT o AS id, text, kind, datatype, lang FROM sh_edge
UNION ALL SELECT id, text, 'iri', '', '' FROM sh_property
UNION ALL SELECT
    sh_id(text, kind, sh_datatype(kind, datatype, lang), lang), text, kind, sh_datatype(kind, datatype, lang), lang
FROM sh_constant;

CREATE OR REPLACE TEMP VIEW sh_term AS
FROM sh_other UNION ALL SELECT sh_iri(subject), subject, sh_kind(subject), '', '' FROM sh_triple;
