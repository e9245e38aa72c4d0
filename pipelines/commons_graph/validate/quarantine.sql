-- One round of quarantine: which statements to take away for the violations in sh_result.
-- sh_remedy says by shape and component how: 'types', 'value', 'excess', 'mentioned' or 'entity'. Of each focus node only
-- its mildest remedy is applied in a round, since that may well heal the rest.

-- The violations, each with its remedy; only the first remedy of each focus node.
CREATE OR REPLACE TEMP TABLE sh_open AS
SELECT DISTINCT r.focus, r.path, r.value, r.shape, r.component, r.message, m.remedy, m.keep, m.other
FROM sh_result r JOIN sh_remedy m USING (shape, component)
QUALIFY dense_rank() OVER (
    PARTITION BY r.focus
    ORDER BY CASE m.remedy WHEN 'types' THEN 1 WHEN 'mentioned' THEN 2 WHEN 'value' THEN 2 WHEN 'excess' THEN 3 ELSE 4 END
) = 1;

-- The statements about the focus nodes and those that point to them, with the object as results write it.
CREATE OR REPLACE TEMP TABLE sh_known AS
WITH known AS (
    FROM $resolved WHERE subject IN (SELECT focus FROM sh_open)
    UNION ALL
    FROM $resolved
    WHERE object_kind <> 'literal' AND object IN (SELECT focus FROM sh_open)
        AND subject NOT IN (SELECT focus FROM sh_open)
), best AS (
    SELECT statement_id, max(confidence) AS confidence FROM $confidence SEMI JOIN known USING (statement_id)
    GROUP BY statement_id
)
SELECT
    r.statement_id, r.subject, r.predicate, r.lang, coalesce(b.confidence, 0) AS confidence,
    sh_text(r.object, r.object_kind, sh_datatype(r.object_kind, r.datatype, r.lang), lower(r.lang)) AS object
FROM known r LEFT JOIN best b USING (statement_id)
WHERE r.statement_id NOT IN (SELECT statement_id FROM $quarantine);

CREATE OR REPLACE TEMP TABLE sh_pick AS
-- A value that breaks a shape: the statements with exactly that triple.
SELECT k.statement_id, o.focus, o.shape, o.component, o.message
FROM sh_open o JOIN sh_known k ON k.subject = o.focus AND k.object = o.value
WHERE o.remedy = 'value' AND (k.predicate = o.path OR k.predicate = o.other)
UNION ALL
SELECT k.statement_id, o.focus, o.shape, o.component, o.message
FROM sh_open o JOIN sh_known k ON k.subject = o.value AND k.object = o.focus
WHERE o.remedy = 'value' AND o.path = '^<' || k.predicate || '>'
UNION ALL
-- Too many values: all but the best.
SELECT k.statement_id, k.focus, k.shape, k.component, k.message
FROM (
    SELECT
        k.statement_id, o.focus, o.shape, o.component, o.message, o.keep,
        dense_rank() OVER (
            PARTITION BY o.focus, o.shape, o.component, CASE WHEN o.component LIKE '%UniqueLang%' THEN lower(k.lang) END
            ORDER BY b.confidence DESC, b.statements DESC, k.object
        ) AS place
    FROM sh_open o
    JOIN sh_known k ON k.subject = o.focus AND k.predicate = o.path
    JOIN (
        SELECT subject, predicate, object, max(confidence) AS confidence, count(*) AS statements
        FROM sh_known GROUP BY ALL
    ) b ON b.subject = k.subject AND b.predicate = k.predicate AND b.object = k.object
    WHERE o.remedy = 'excess' AND NOT (o.component LIKE '%UniqueLang%' AND k.lang = '')
) k
WHERE k.place > k.keep
UNION ALL
-- Classes that exclude each other: the types that do not belong to the class with the most confident statements.
SELECT t.statement_id, t.focus, t.shape, t.component, t.message
FROM (
    SELECT k.statement_id, o.focus, o.shape, o.component, o.message, k.object, s.class
    FROM sh_open o
    JOIN sh_known k ON k.subject = o.focus AND k.predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    JOIN sh_class s ON s.shape = o.shape AND s.component = o.component AND s.subclass = k.object
    WHERE o.remedy = 'types'
) t
JOIN (
    SELECT o.focus, o.shape, o.component, first(s.class ORDER BY s.score DESC, s.class) AS class
    FROM sh_open o
    JOIN (
        SELECT k.subject, c.shape, c.component, c.class, sum(k.confidence) AS score
        FROM sh_known k JOIN sh_class c ON c.subclass = k.object
        WHERE k.predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
        GROUP BY ALL
    ) s ON s.subject = o.focus AND s.shape = o.shape AND s.component = o.component
    WHERE o.remedy = 'types'
    GROUP BY ALL
) kept ON kept.focus = t.focus AND kept.shape = t.shape AND kept.component = t.component
WHERE NOT EXISTS (
    SELECT 1 FROM sh_class c
    WHERE c.shape = t.shape AND c.component = t.component AND c.class = kept.class AND c.subclass = t.object
)
UNION ALL
-- Found by a query: of the triples with a property that the query names, the one that the fewest and least confident
-- statements make, with all of them; first among those that lead to a node that breaks the same shape, as in a loop.
SELECT k.statement_id, w.focus, w.shape, w.component, w.message
FROM (
    SELECT o.focus, o.shape, o.component, o.message, k.predicate, k.object
    FROM sh_open o
    JOIN sh_mention m ON m.shape = o.shape AND m.component = o.component
    JOIN sh_known k ON k.subject = o.focus AND k.predicate = m.predicate
    LEFT JOIN (SELECT DISTINCT focus, shape FROM sh_open) n ON n.focus = k.object AND n.shape = o.shape
    WHERE o.remedy = 'mentioned'
    GROUP BY o.focus, o.shape, o.component, o.message, k.predicate, k.object
    QUALIFY row_number() OVER (
        PARTITION BY o.focus, o.shape
        ORDER BY bool_and(n.focus IS NULL), sum(k.confidence), k.predicate, k.object
    ) = 1
) w
JOIN sh_known k ON k.subject = w.focus AND k.predicate = w.predicate AND k.object = w.object;

-- What is left: all statements about the focus node, and those that point to it.
INSERT INTO sh_pick
SELECT k.statement_id, o.focus, o.shape, o.component, o.message
FROM sh_open o
JOIN sh_known k ON k.subject = o.focus OR k.object = o.focus
WHERE NOT EXISTS (SELECT 1 FROM sh_pick p WHERE p.focus = o.focus AND p.shape = o.shape AND p.component = o.component);

-- What is taken, and what that ties together (knots.py): who says it and the focus node, and this with its target node.
INSERT INTO sh_taken
SELECT DISTINCT
    subject, CASE WHEN NOT starts_with(object, '"') THEN object END,
    predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
FROM sh_known WHERE statement_id IN (SELECT statement_id FROM sh_pick);

INSERT INTO sh_link (one, other)
SELECT sh_iri(k.subject), coalesce(f.id, 0)
FROM sh_pick p JOIN sh_known k USING (statement_id) LEFT JOIN sh_named f ON f.text = p.focus
UNION
SELECT coalesce(r.id, 0), coalesce(f.id, 0)
FROM sh_result x LEFT JOIN sh_named r ON r.text = x.root LEFT JOIN sh_named f ON f.text = x.focus;

CREATE OR REPLACE TEMP TABLE sh_changed AS
SELECT subject, bool_or(predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type') AS is_retyped
FROM sh_known WHERE statement_id IN (SELECT statement_id FROM sh_pick) GROUP BY subject;

CREATE OR REPLACE TEMP VIEW sh_changed_class AS FROM sh_changed WHERE is_retyped;

INSERT INTO $quarantine (statement_id, shape, message)
SELECT statement_id, min(shape), arg_min(message, shape) FROM sh_pick GROUP BY statement_id;
