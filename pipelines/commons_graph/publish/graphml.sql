-- XML 1.0 knows no escapes for most control characters: they become U+FFFD.
CREATE OR REPLACE TEMP MACRO xml_text(s) AS CASE
    WHEN NOT regexp_matches(s, '[&<>"\x00-\x1f\x{FFFE}\x{FFFF}]') THEN s
    ELSE replace(replace(replace(replace(replace(replace(replace(
        regexp_replace(s, '[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]', chr(65533), 'g'),
        '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), chr(9), '&#9;'), chr(10), '&#10;'), chr(13), '&#13;')
END;
-- Entities, and the concepts of the ontology that they point to.
CREATE OR REPLACE TEMP TABLE node AS
SELECT 'https://w3id.org/commons-graph/id/' || entity AS iri, class, label FROM entity
UNION ALL
SELECT object, 'Concept', coalesce(any_value(l.label), replace(substr(object, 40), '-', ' '))
FROM triple LEFT JOIN concept_label AS l ON l.iri = object
WHERE object_kind = 'iri' AND starts_with(object, 'https://w3id.org/commons-graph/concept/') GROUP BY object;
