-- The first $most statements with $value in one {column}, each with its evidence.
SELECT
    s.subject, s.predicate, CASE WHEN s.object_kind = 'iri' THEN coalesce(e.label, s.object) ELSE s.object END AS value,
    CASE WHEN s.object_kind = 'iri' THEN s.object ELSE '' END AS object, s.lang, s.quote, s.evidence_start,
    s.evidence_end, coalesce(d.title, '') AS document,
    -- As other files of the release name the document; only where that is a name of our own, its address as it is.
    CASE WHEN starts_with(d.iri, d.address) THEN d.iri ELSE d.address END AS address,
    s.source, coalesce(c.licence, '') AS licence, s.extractor || '/' || s.extractor_version AS extractor,
    s.confidence, s.first_seen, s.last_seen, s.statement_id,
    coalesce(a.label, '') AS about
FROM (SELECT * FROM statement WHERE {column} = $value) AS s
JOIN document AS d USING (document_id)
LEFT JOIN source AS c ON c.source = s.source
LEFT JOIN entity AS e ON s.object_kind = 'iri' AND 'https://w3id.org/commons-graph/id/' || e.entity = s.object
LEFT JOIN entity AS a ON 'https://w3id.org/commons-graph/id/' || a.entity = s.subject
ORDER BY s.predicate, value, d.iri, s.evidence_start, s.statement_id
LIMIT $most
