-- Which label is the preferred one, which entities are worth publishing, and which of several values is taken.

-- One preferred label an entity and language: the one with the heaviest votes, a person's surname only where texts give
-- no more.
CREATE OR REPLACE TEMP TABLE preferred AS
SELECT subject, lang, value, weight FROM (
    SELECT subject, lang, value, sum(weight)::BIGINT AS weight FROM judged
    WHERE property = 'skos:prefLabel' AND reason = '' GROUP BY ALL
)
LEFT JOIN voted AS v ON v.component = subject
QUALIFY row_number() OVER (
    PARTITION BY subject, lang ORDER BY v.class = 'Person' AND NOT contains(value, ' '), weight DESC, value
) = 1;

-- Entities that have a label and a type.
CREATE OR REPLACE TEMP TABLE whole AS
SELECT DISTINCT subject AS component FROM preferred
SEMI JOIN (SELECT DISTINCT subject FROM judged WHERE property = 'rdf:type' AND reason = '') USING (subject);

-- Entities that something is known of: a page of their own, mentions in two documents, or a relation or a value.
CREATE OR REPLACE TEMP TABLE worth AS
WITH names AS (SELECT unnest(['rdf:type', 'skos:prefLabel', 'skos:altLabel', 'skos:hiddenLabel', 'dct:type']) AS property),
said AS (
    SELECT subject, object, kind FROM judged ANTI JOIN names USING (property)
    WHERE reason = '' AND subject IN (FROM whole) AND (kind <> 'entity' OR object IN (FROM whole))
)
SELECT component FROM known_key JOIN member USING (id) WHERE page
UNION SELECT subject FROM said
UNION SELECT object FROM said WHERE kind = 'entity'
UNION SELECT subject FROM judged WHERE reason = '' GROUP BY subject HAVING min(document_id) <> max(document_id)
UNION SELECT object FROM judged WHERE reason = '' AND kind = 'entity' GROUP BY object
    HAVING min(document_id) <> max(document_id);

CREATE OR REPLACE TEMP TABLE published AS
SELECT component FROM whole SEMI JOIN worth USING (component);

-- Of names that differ only in what comparing leaves out (case, accents, punctuation, spaces, an article, the order of
-- "Surname, Given"), one tells a reader all: the preferred label, else the one with the heaviest votes. The others are
-- there to be found by.
CREATE OR REPLACE TEMP TABLE alike AS
WITH names AS (
    SELECT subject, lang, value, sum(weight) AS weight FROM judged SEMI JOIN published ON component = subject
    WHERE property IN ('skos:prefLabel', 'skos:altLabel') AND reason = '' GROUP BY ALL
),
-- Most things have one name, which need not be spelt.
several AS (FROM names QUALIFY count(*) OVER (PARTITION BY subject, lang) > 1),
spelt AS (
    SELECT n.*, replace(CASE WHEN class = 'Person' THEN person_form(value) ELSE name_form(value) END, ' ', '') AS name
    FROM several AS n JOIN voted ON component = subject
)
SELECT n.subject, n.lang, n.value
FROM spelt AS n LEFT JOIN preferred AS p ON p.subject = n.subject AND p.lang = n.lang AND p.value = n.value
WHERE name <> ''
QUALIFY p.value IS NULL AND row_number() OVER (
    PARTITION BY n.subject, n.lang, name ORDER BY p.value IS NULL, n.weight DESC, n.value
) > 1;

-- Of a property that has one value at the most, the best one.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT subject, property, value, object_key FROM judged SEMI JOIN single_property USING (property)
WHERE reason = '' AND property NOT IN (SELECT property FROM beside_property)
QUALIFY row_number() OVER (
    PARTITION BY subject, property ORDER BY confidence DESC, trust DESC, value, object_key
) = 1;

-- What stands beside a chosen value comes from the words that state that value: a document may say of one event when the
-- last one was and when the next one is.
CREATE OR REPLACE TEMP TABLE witness AS
SELECT DISTINCT subject, property AS main, document_id, evidence_start, evidence_end FROM judged
JOIN chosen USING (subject, property, value, object_key) WHERE reason = ''
-- A range that begins with the chosen start states it too, where its document says the start alone elsewhere.
UNION
SELECT j.subject, b.main, j.document_id, j.evidence_start, j.evidence_end FROM judged AS j
JOIN beside_property AS b USING (property) JOIN chosen AS c ON c.subject = j.subject AND c.property = b.main
WHERE j.reason = '' AND j.property = 'cg:edtf' AND starts_with(j.value, c.value || '/');

CREATE OR REPLACE TEMP TABLE chosen_beside AS
SELECT j.subject, j.property, j.value, j.object_key FROM judged AS j
JOIN beside_property USING (property) SEMI JOIN single_property USING (property)
JOIN witness AS w USING (subject, main, document_id, evidence_start, evidence_end)
WHERE reason = ''
QUALIFY row_number() OVER (
    PARTITION BY j.subject, j.property ORDER BY confidence DESC, trust DESC, value, object_key
) = 1;
