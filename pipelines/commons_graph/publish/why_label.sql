-- Entities with this label or another name, those of which most is said first. $label has a keyboard's apostrophes.
WITH named AS (
    SELECT DISTINCT subject FROM triple
    WHERE object_kind <> 'iri' AND lower(replace(object, '’', '''')) = lower($label) AND predicate IN (
        'http://www.w3.org/2004/02/skos/core#prefLabel', 'http://www.w3.org/2004/02/skos/core#altLabel',
        'http://www.w3.org/2004/02/skos/core#hiddenLabel')
    UNION
    SELECT 'https://w3id.org/commons-graph/id/' || entity FROM entity
    WHERE lower(replace(label, '’', '''')) = lower($label)
)
SELECT e.entity, e.class, e.label
FROM named AS n
JOIN entity AS e ON n.subject = 'https://w3id.org/commons-graph/id/' || e.entity
LEFT JOIN statement AS s ON s.subject = n.subject
GROUP BY ALL ORDER BY count(s.statement_id) DESC, e.entity
