-- The statements as claims about entities: keys resolved, without their texts.
CREATE OR REPLACE TEMP TABLE claim AS
WITH entity_of AS (SELECT key, form, component FROM known_key JOIN member USING (id))
SELECT
    st.statement_id, s.component AS subject, st.object_key, o.component AS object,
    CASE WHEN st.property = 'skos:prefLabel' AND v.class = 'Person' THEN person_label(bare(st.value)) ELSE st.value END
        AS value,
    -- What a redirect page is called is another name of the page that it leads to.
    CASE WHEN st.property = 'skos:prefLabel' AND d.redirect <> '' THEN 'skos:altLabel' ELSE st.property END AS property,
    CASE
        WHEN st.object_key = '' THEN 'literal'
        WHEN o.component IS NOT NULL THEN 'entity'
        WHEN split_part(st.object_key, ':', 1) IN (SELECT prefix FROM prefix) THEN 'term'
        ELSE 'iri'
    END AS kind,
    st.datatype, st.lang, st.document_id, st.evidence_start, st.evidence_end, st.confidence, st.extractor, src.trust,
    (round(1000 * st.confidence * src.trust) * CASE WHEN d.form = s.form THEN r.own_page ELSE 1 END)
        ::BIGINT AS weight
FROM statement AS st
JOIN source AS src USING (source)
CROSS JOIN rule AS r
LEFT JOIN entity_of AS s ON s.key = st.subject_key
LEFT JOIN voted AS v ON v.component = s.component
LEFT JOIN entity_of AS o ON o.key = st.object_key
LEFT JOIN own_key AS d USING (document_id);

-- The absolute IRI of every CURIE in use; NULL where the prefix is unknown.
CREATE OR REPLACE TEMP TABLE expanded AS
WITH used AS (
    SELECT property AS curie FROM claim UNION SELECT datatype FROM claim
    UNION SELECT object_key FROM claim WHERE kind = 'term'
    UNION SELECT 'skos:prefLabel' UNION SELECT 'skos:altLabel' UNION SELECT 'skos:hiddenLabel'
)
SELECT curie, p.base || behind(curie) AS iri FROM used LEFT JOIN prefix AS p ON p.prefix = split_part(curie, ':', 1)
WHERE curie <> '';

-- Why a claim is not published for reasons of its own; '' where there is none.
--   rejected, hidden: a steward said so.   confidence: below the property's threshold, and no steward accepted it.
--   review: its extractor states nothing that a steward has not accepted.
--   subject: its key is of no source.      self: it says something of a thing and itself.
--   class: another class was chosen.       object: what it points to is unknown.     iri: no address, no text, or no name.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    c.*,
    CASE
        WHEN c.statement_id IN (SELECT statement_id FROM rejected) THEN 'rejected'
        WHEN c.subject IN (SELECT component FROM hidden) THEN 'hidden'
        WHEN a.statement_id IS NULL AND split_part(c.extractor, ' ', 1) IN (FROM reviewed) THEN 'review'
        WHEN a.statement_id IS NULL AND c.confidence < coalesce(t.least, r.threshold) THEN 'confidence'
        WHEN c.subject IS NULL THEN 'subject'
        WHEN c.object = c.subject THEN 'self'
        WHEN c.property = 'rdf:type' AND (k.class IS NULL OR k.class IS DISTINCT FROM v.class) THEN 'class'
        WHEN c.kind = 'term' AND c.property <> 'rdf:type' AND (
            e.iri IS NULL
            OR starts_with(c.object_key, 'cgc:') AND e.iri NOT IN (SELECT iri FROM concept)
        ) THEN 'object'
        WHEN c.kind = 'iri' AND NOT regexp_full_match(c.object_key, '[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+')
            THEN 'iri'
        WHEN c.kind = 'literal' AND trim(c.value) = '' THEN 'iri'
        -- "1906-1992" names nothing but a page or a text.
        WHEN c.property = 'skos:prefLabel' AND v.class <> 'Document' AND regexp_full_match(c.value, '[\d\s./–-]+')
            AND c.subject NOT IN (SELECT component FROM known_key JOIN member USING (id) WHERE page)
            THEN 'iri'
        ELSE ''
    END AS reason
FROM claim AS c
CROSS JOIN rule AS r
LEFT JOIN threshold AS t USING (property)
LEFT JOIN accepted AS a USING (statement_id)
LEFT JOIN class_of AS k ON c.property = 'rdf:type' AND k.curie = c.object_key
LEFT JOIN voted AS v ON v.component = c.subject
LEFT JOIN expanded AS e ON c.kind = 'term' AND e.curie = c.object_key;
