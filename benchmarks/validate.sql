-- A made graph of $entities entities in the manner of the real one, about ten triples each, in the table $table.
-- One entity in 300 breaks a shape; nothing is random, so that every run sees the same graph.
CREATE OR REPLACE TABLE $table AS
WITH entity AS (
    SELECT
        i, 'https://w3id.org/commons-graph/id/e' || i AS s,
        ['http://xmlns.com/foaf/0.1/Person', 'http://www.w3.org/ns/org#Organization',
         'https://w3id.org/commons-graph/ns#Project', 'https://schema.org/Event',
         'http://xmlns.com/foaf/0.1/Document'][1 + i % 5] AS class,
        'https://w3id.org/commons-graph/id/e' || (i * 7 % $entities) AS other
    FROM range($entities) AS r(i)
), fact AS (
    SELECT s, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' AS p, class AS o, 'iri' AS k, '' AS d, '' AS l FROM entity
    UNION ALL SELECT s, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'https://schema.org/Place', 'iri', '', ''
        FROM entity WHERE i % 1500 = 0
    UNION ALL SELECT s, 'http://www.w3.org/2004/02/skos/core#prefLabel', CASE
        WHEN i % 1500 = 301 THEN '[[Ada Li]]' WHEN i % 1500 = 602 THEN ' Ada Li' WHEN i % 1500 = 903 THEN 'https://x.org'
        ELSE 'Ada ' || chr(65 + (i % 26)::INTEGER) || 'omm ' || chr(97 + (i // 26 % 26)::INTEGER) END,
        'literal', '', 'en' FROM entity
    UNION ALL SELECT s, 'http://www.w3.org/2004/02/skos/core#prefLabel', 'Eva Li', 'literal', '', 'en'
        FROM entity WHERE i % 1500 = 1204
    UNION ALL SELECT s, 'http://www.w3.org/2004/02/skos/core#altLabel', 'Name ' || k || ' of ' || i, 'literal', '', l
        FROM entity, (VALUES (1, 'en'), (2, 'fr')) AS v(k, l)
    UNION ALL SELECT s, 'http://purl.org/dc/terms/description', 'What people share and care for, number ' || i,
        'literal', '', 'en' FROM entity
    UNION ALL SELECT s, 'http://xmlns.com/foaf/0.1/homepage', 'https://example.org/' || i, 'iri', '', '' FROM entity
    UNION ALL SELECT s, 'https://w3id.org/commons-graph/ns#mentions', other, 'iri', '', '' FROM entity
    UNION ALL SELECT s, 'http://www.w3.org/ns/org#memberOf', 'https://w3id.org/commons-graph/id/e' || (i * 5 % $entities + 1),
        'iri', '', '' FROM entity WHERE i % 5 = 0
    UNION ALL SELECT s, 'https://schema.org/startDate', '20' || (10 + i % 15) || '-01-31', 'literal',
        'http://www.w3.org/2001/XMLSchema#date', '' FROM entity WHERE i % 5 = 3
    UNION ALL SELECT s, 'https://w3id.org/commons-graph/ns#sourcePage', 'https://example.org/page/' || i, 'iri', '', ''
        FROM entity
    UNION ALL SELECT s, 'https://w3id.org/commons-graph/ns#seen', '2024-01-' || lpad((1 + i % 28)::VARCHAR, 2, '0'),
        'literal', 'http://www.w3.org/2001/XMLSchema#date', '' FROM entity
)
SELECT s AS subject, p AS predicate, o AS object, k AS object_kind, d AS datatype, l AS lang FROM fact;
