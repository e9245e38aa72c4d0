-- Triples that changed entities had before, added to the encoded data for as long as what they led to is looked for.
CREATE OR REPLACE TEMP TABLE sh_gone AS
SELECT
    subject, predicate, object AS text, object_kind AS kind, sh_datatype(object_kind, datatype, lang) AS datatype,
    lower(lang) AS lang
FROM $before
WHERE subject IN (SELECT subject FROM $changed);

INSERT INTO sh_term
SELECT hash(text, kind, datatype, lang) AS id, text, kind, datatype, lang
FROM (
    SELECT text, kind, datatype, lang FROM sh_gone
    UNION SELECT subject, sh_kind(subject), '', '' FROM sh_gone
    UNION SELECT predicate, 'iri', '', '' FROM sh_gone
)
WHERE id NOT IN (SELECT id FROM sh_term);

INSERT INTO sh_edge
SELECT hash(subject, sh_kind(subject), '', ''), sh_iri(predicate), hash(text, kind, datatype, lang) FROM sh_gone;
