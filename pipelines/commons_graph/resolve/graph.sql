-- The graph: what is published of each claim, and why the rest is not.

-- The last reasons.
--   incomplete: the entity has no label or no type.   alone: nothing is known of it but its name.
--   object: what it points to is not published.       label: it repeats a label that is there.
--   single: another value was chosen, or what it stands beside is not published.
CREATE OR REPLACE TEMP TABLE ruled AS
SELECT
    j.* EXCLUDE (reason, property),
    CASE
        WHEN j.property IN ('skos:prefLabel', 'skos:altLabel') AND a.value IS NOT NULL THEN 'skos:hiddenLabel'
        WHEN j.property = 'skos:prefLabel' AND p.value <> j.value THEN 'skos:altLabel'
        ELSE j.property
    END AS property,
    CASE
        WHEN j.reason <> '' THEN j.reason
        WHEN j.subject NOT IN (FROM whole) THEN 'incomplete'
        WHEN j.subject NOT IN (FROM published) THEN 'alone'
        WHEN j.kind = 'entity' AND j.object NOT IN (FROM published) THEN 'object'
        WHEN j.property IN ('skos:altLabel', 'skos:hiddenLabel') AND p.value = j.value THEN 'label'
        WHEN c.subject IS NOT NULL AND (c.value <> j.value OR c.object_key <> j.object_key) THEN 'single'
        WHEN b.subject IS NOT NULL AND (b.value <> j.value OR b.object_key <> j.object_key) THEN 'single'
        WHEN bp.main IN (SELECT property FROM single_property) AND w.document_id IS NULL THEN 'single'
        ELSE ''
    END AS reason
FROM judged AS j
LEFT JOIN preferred AS p
    ON p.subject = j.subject AND p.lang = j.lang
    AND j.property IN ('skos:prefLabel', 'skos:altLabel', 'skos:hiddenLabel')
LEFT JOIN alike AS a ON a.subject = j.subject AND a.lang = j.lang AND a.value = j.value
LEFT JOIN chosen AS c ON c.subject = j.subject AND c.property = j.property
LEFT JOIN chosen_beside AS b ON b.subject = j.subject AND b.property = j.property
LEFT JOIN beside_property AS bp ON bp.property = j.property
LEFT JOIN witness AS w ON
    w.subject = j.subject AND w.main = bp.main AND w.document_id = j.document_id
    AND w.evidence_start = j.evidence_start AND w.evidence_end = j.evidence_end;

-- A hidden label that is also shown is not hidden.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT DISTINCT subject, lang, value FROM ruled WHERE property = 'skos:altLabel' AND reason = '';

UPDATE ruled SET reason = 'label'
FROM shown AS s
WHERE ruled.property = 'skos:hiddenLabel' AND ruled.reason = ''
    AND s.subject = ruled.subject AND s.lang = ruled.lang AND s.value = ruled.value;

INSERT INTO unpublished SELECT statement_id, reason FROM ruled WHERE reason <> '' ORDER BY statement_id;

INSERT INTO resolved
SELECT
    f.statement_id, i.base || s.entity AS subject, p.iri AS predicate,
    CASE f.kind WHEN 'entity' THEN i.base || o.entity WHEN 'term' THEN t.iri WHEN 'iri' THEN f.object_key ELSE f.value END,
    CASE WHEN f.kind = 'literal' THEN 'literal' ELSE 'iri' END,
    CASE WHEN f.kind = 'literal' THEN coalesce(d.iri, f.datatype) ELSE '' END,
    CASE WHEN f.kind = 'literal' THEN f.lang ELSE '' END
FROM ruled AS f
JOIN minted AS s ON s.component = f.subject
JOIN expanded AS p ON p.curie = f.property
JOIN prefix AS i ON i.prefix = 'cgid'
LEFT JOIN minted AS o ON o.component = f.object
LEFT JOIN expanded AS t ON t.curie = f.object_key AND f.kind = 'term'
LEFT JOIN expanded AS d ON d.curie = f.datatype
WHERE f.reason = ''
ORDER BY s.entity, f.property, f.statement_id;

INSERT INTO entity
SELECT entity, class, value, lang
FROM preferred AS p SEMI JOIN published ON component = subject JOIN voted AS v ON v.component = p.subject
JOIN minted AS m ON m.component = p.subject
QUALIFY row_number() OVER (PARTITION BY entity ORDER BY weight DESC, lang, value) = 1
ORDER BY entity;
