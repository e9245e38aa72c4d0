-- A last gate for what normalisation should have taken out.
CREATE OR REPLACE TEMP MACRO mail_pattern() AS '[\pL\pN._%+-]+@[\pL\pN-]+(\.[\pL\pN-]+)*\.\pL{2,}';
CREATE OR REPLACE TEMP MACRO has_mail(s) AS contains(s, '@') AND regexp_matches(s, mail_pattern());
CREATE OR REPLACE TEMP MACRO no_mail(s) AS
    CASE WHEN contains(s, '@') THEN regexp_replace(s, mail_pattern(), '[e-mail]', 'g') ELSE s END;

-- The public copy: published triples, the statements that make them, and what those statements come from.
-- Why each triple that stays behind stays behind: the first reason that applies, or NULL.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    t.* REPLACE (CASE WHEN datatype = 'http://www.w3.org/2001/XMLSchema#string' OR lang <> '' THEN '' ELSE datatype END
        AS datatype),
    CASE
        WHEN subject IN (FROM bad_iri) OR predicate IN (FROM bad_iri) OR datatype IN (FROM bad_iri) THEN 'IRI'
        WHEN object_kind = 'iri' AND object IN (FROM bad_iri) THEN 'IRI'
        WHEN object_kind <> 'iri' AND lang <> '' AND NOT regexp_full_match(
            lang, '[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})?'
        ) THEN 'language tag'
        WHEN object_kind <> 'iri' AND has_mail(object) THEN 'e-mail address'
    END AS reason
FROM triple AS t;

-- Statements in full, for every triple that may be published.
CREATE TABLE public_copy.statement AS
SELECT
    j.subject, j.predicate, j.object, j.object_kind, j.datatype, j.lang, s.statement_id, s.document_id,
    s.evidence_start, s.evidence_end, no_mail(s.quote) AS quote, s.extractor, s.extractor_version, s.confidence, s.source,
    s.first_seen, s.last_seen
FROM statement AS s
JOIN resolved AS r USING (statement_id)
JOIN judged AS j ON
    j.subject = r.subject AND j.predicate = r.predicate AND j.object = r.object AND j.object_kind = r.object_kind
    AND j.lang = r.lang AND j.datatype = CASE
        WHEN r.datatype = 'http://www.w3.org/2001/XMLSchema#string' OR r.lang <> '' THEN '' ELSE r.datatype END
WHERE j.reason IS NULL AND s.statement_id NOT IN (FROM held_back)
ORDER BY j.subject, j.predicate, j.object, s.statement_id;

-- A triple that no published statement makes is not published.
CREATE TABLE public_copy.triple AS
SELECT DISTINCT subject, predicate, object, object_kind, datatype, lang FROM public_copy.statement ORDER BY ALL;

CREATE OR REPLACE TEMP TABLE refused AS
SELECT reason FROM judged WHERE reason IS NOT NULL
UNION ALL
SELECT 'no statement' FROM (
    SELECT subject, predicate, object, object_kind, datatype, lang FROM judged WHERE reason IS NULL
    EXCEPT FROM public_copy.triple
);

-- An address that several documents have names none of them: each issue of a newsletter may point to one archive. What
-- is published of them does not matter here, so that it does not change their names.
CREATE OR REPLACE TEMP TABLE shared_address AS
SELECT address FROM document GROUP BY address HAVING count(*) > 1;

-- `iri` names one document in RDF: its address, with its identifier as a fragment where others have that address too;
-- where that makes no IRI, one of our own.
CREATE TABLE public_copy.document AS
SELECT
    document_id, source, address, no_mail(title) AS title, language, kind, date, first_seen, last_seen,
    CASE
        WHEN address IN (FROM bad_iri) OR contains(address, '#') AND address IN (FROM shared_address)
            THEN 'https://w3id.org/commons-graph/document/' || url_encode(document_id)
        WHEN address IN (FROM shared_address) THEN address || '#' || url_encode(document_id)
        ELSE address
    END AS iri
FROM document
WHERE document_id IN (SELECT document_id FROM public_copy.statement)
ORDER BY document_id;

CREATE TABLE public_copy.source AS
SELECT * EXCLUDE (connector) FROM source
WHERE source IN (SELECT source FROM public_copy.document) ORDER BY source;

CREATE TABLE public_copy.entity AS
SELECT * REPLACE (no_mail(label) AS label) FROM entity
WHERE 'https://w3id.org/commons-graph/id/' || entity IN (SELECT subject FROM public_copy.triple)
ORDER BY entity;

CREATE TABLE public_copy.redirect AS
SELECT DISTINCT * FROM redirect
WHERE replaced_by IN (SELECT entity FROM public_copy.entity) AND regexp_full_match(entity, '[A-Za-z0-9._~-]+')
ORDER BY ALL;
