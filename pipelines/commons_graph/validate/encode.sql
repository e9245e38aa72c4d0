-- The data as numbers: every term gets the hash of what it is, so that joins compare eight bytes instead of texts.
-- $data is the view with the triples; sh_background holds the ontology's triples, sh_constant the shapes' own terms.
-- Plain strings have the datatype xsd:string, tagged ones rdf:langString, language tags are in lower case.

CREATE OR REPLACE TEMP MACRO sh_iri(text) AS hash(text, 'iri', '', '');
CREATE OR REPLACE TEMP MACRO sh_blank(text) AS hash(text, 'blank', '', '');
CREATE OR REPLACE TEMP MACRO sh_literal(text, datatype, lang) AS hash(text, 'literal', datatype, lang);

CREATE OR REPLACE TEMP MACRO sh_kind(text) AS CASE WHEN starts_with(text, '_:') THEN 'blank' ELSE 'iri' END;

CREATE OR REPLACE TEMP MACRO sh_datatype(kind, datatype, lang) AS CASE
    WHEN kind <> 'literal' THEN ''
    WHEN lang <> '' THEN 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'
    WHEN datatype = '' THEN 'http://www.w3.org/2001/XMLSchema#string'
    ELSE datatype
    END;

-- A term as reports write it: an IRI bare, a blank node as _:x, a literal as in N-Triples.
CREATE OR REPLACE TEMP MACRO sh_text(text, kind, datatype, lang) AS CASE
    WHEN kind <> 'literal' THEN text
    ELSE '"' || replace(replace(replace(replace(replace(
        text, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), '\r'), chr(9), '\t') || '"' || CASE
        WHEN lang <> '' THEN '@' || lang
        WHEN datatype = 'http://www.w3.org/2001/XMLSchema#string' THEN ''
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

-- By predicate, so that a scan for one predicate reads only its part.
CREATE OR REPLACE TEMP TABLE sh_edge AS
SELECT DISTINCT
    hash(subject, sh_kind(subject), '', '') AS s, sh_iri(predicate) AS p, hash(text, kind, datatype, lang) AS o
FROM sh_triple
ORDER BY p, s;

CREATE OR REPLACE TEMP TABLE sh_term AS
SELECT hash(text, kind, datatype, lang) AS id, text, kind, datatype, lang
FROM (
    SELECT text, kind, datatype, lang FROM sh_triple
    UNION SELECT DISTINCT subject, sh_kind(subject), '', '' FROM sh_triple
    UNION SELECT DISTINCT predicate, 'iri', '', '' FROM sh_triple
    UNION SELECT text, kind, datatype, lang FROM sh_constant
);

-- The instances of every class that the shapes name, those of its subclasses included.
CREATE OR REPLACE TEMP TABLE sh_subclass AS
WITH RECURSIVE subclass(class, id) AS (
    SELECT sh_iri(text), sh_iri(text) FROM sh_constant WHERE kind = 'iri'
    UNION
    SELECT c.class, e.s
    FROM subclass c JOIN sh_edge e ON e.o = c.id
    WHERE e.p = sh_iri('http://www.w3.org/2000/01/rdf-schema#subClassOf')
)
SELECT class, id FROM subclass;

CREATE OR REPLACE TEMP TABLE sh_instance AS
SELECT DISTINCT c.class, e.s AS focus
FROM sh_edge e JOIN sh_subclass c ON c.id = e.o
WHERE e.p = sh_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type')
ORDER BY class, focus;
