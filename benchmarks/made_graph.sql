-- A warehouse with $triples triples and as many statements, in the proportions of a wiki's graph. Nothing is random.
INSERT INTO source VALUES
    ('made', 'Made for measuring', 'https://example.org/', 'folder', 'en', 'CC-BY-SA-4.0', 'Nobody', 0.5);
INSERT INTO document
SELECT md5('d' || i), 'made', 'https://example.org/wiki/Page_' || i, 'Page ' || i, 'en', 'wiki entry',
    '2025-01-17', '', '', DATE '2025-01-17', DATE '2025-02-01'
FROM range($triples // 25) AS t(i);
INSERT INTO entity
SELECT 'e' || i, ['Person', 'Organization', 'Group', 'Event', 'Document', 'Project', 'Place', 'Concept'][1 + i % 8],
    'Entity number ' || i, 'en'
FROM range($triples // 8) AS t(i);
INSERT INTO identity SELECT 'made:Page ' || i, 'e' || i FROM range($triples // 8) AS t(i);
INSERT INTO resolved
SELECT
    md5('s' || i), 'https://w3id.org/commons-graph/id/e' || i // 8,
    CASE i % 8
        WHEN 0 THEN 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
        WHEN 1 THEN 'http://www.w3.org/2004/02/skos/core#prefLabel'
        WHEN 2 THEN 'http://purl.org/dc/terms/description'
        WHEN 3 THEN 'http://xmlns.com/foaf/0.1/homepage'
        ELSE 'http://purl.org/dc/terms/' || ['subject', 'relation', 'isPartOf', 'creator'][i % 8 - 3] END,
    CASE i % 8
        WHEN 0 THEN 'http://xmlns.com/foaf/0.1/' || ['Person', 'Group', 'Document', 'Project'][1 + (i // 8) % 4]
        WHEN 1 THEN 'Entity number ' || i // 8
        WHEN 2 THEN 'What is said of "it" in one line' || chr(10) || 'and a second: ' || md5(i::VARCHAR)
        WHEN 3 THEN 'https://example.net/' || md5(i::VARCHAR)
        ELSE 'https://w3id.org/commons-graph/id/e' || (i * 7919) % ($triples // 8) END,
    CASE WHEN i % 8 IN (1, 2) THEN 'literal' ELSE 'iri' END, '', CASE WHEN i % 8 IN (1, 2) THEN 'en' ELSE '' END
FROM range($triples) AS t(i);
INSERT INTO statement
SELECT md5('s' || i), 'made:Page ' || i // 8, 'dct:relation', '', '', '', '', md5('d' || i // 25), i % 5000, i % 5000 + 40,
    'The sentence number ' || i || ' says what is stated here, with the words around it: ' || md5(i::VARCHAR),
    'made', '1', 0.9, 'made', DATE '2025-01-17', DATE '2025-02-01'
FROM range($triples) AS t(i);
INSERT INTO triple SELECT DISTINCT * EXCLUDE (statement_id) FROM resolved;
