-- Triples that changed entities had before, added to the encoded data for as long as what they led to is looked for.
CREATE OR REPLACE TEMP TABLE sh_gone AS
SELECT
    subject, predicate, object AS text, object_kind AS kind, sh_datatype(object_kind, datatype, lang) AS datatype,
    lower(lang) AS lang
FROM $before;

INSERT INTO sh_edge
SELECT sh_iri(subject), sh_iri(predicate), sh_id(text, kind, datatype, lang), text, kind, datatype, lang FROM sh_gone;
