-- Which statements to try giving back in one turn: of each entity the triple that is surest, its class first, since
-- nothing is published of an entity without one. sh_waiting holds what waits since this healing, sh_alone the knots of
-- which a single entity is tried.
CREATE OR REPLACE TEMP TABLE sh_turn AS
WITH best AS (
    SELECT statement_id, max(confidence) AS confidence FROM $confidence SEMI JOIN sh_waiting USING (statement_id)
    GROUP BY statement_id
), typed AS (
    SELECT subject, bool_or(statement_id NOT IN (SELECT statement_id FROM $quarantine)) AS is_left
    FROM $resolved WHERE subject IN (SELECT subject FROM sh_held UNION SELECT object FROM sh_held)
        AND predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' GROUP BY subject
), candidate AS (
    SELECT
        r.statement_id, w.knot, r.subject, CASE WHEN r.object_kind <> 'literal' THEN r.object END AS object,
        hash(r.predicate, r.object, r.object_kind, r.datatype, r.lang) AS triple,
        r.predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' AS is_class, coalesce(b.confidence, 0) AS confidence
    FROM sh_waiting w
    JOIN sh_held r USING (statement_id)
    LEFT JOIN best b USING (statement_id)
    LEFT JOIN typed s ON s.subject = r.subject
    LEFT JOIN typed o ON o.subject = r.object AND r.object_kind <> 'literal'
    WHERE NOT w.is_tried AND (is_class OR coalesce(s.is_left, true)) AND (is_class OR coalesce(o.is_left, true))
), placed AS (
    SELECT subject, triple, row_number() OVER (
        PARTITION BY subject ORDER BY bool_or(is_class) DESC, max(confidence) DESC, min(statement_id)
    ) AS place
    FROM candidate GROUP BY subject, triple
)
SELECT statement_id, knot, subject, object, is_class
FROM candidate JOIN placed USING (subject, triple)
WHERE place = 1
QUALIFY knot NOT IN (SELECT knot FROM sh_alone)
    OR subject = first_value(subject) OVER (PARTITION BY knot ORDER BY subject);

CREATE OR REPLACE TEMP TABLE sh_asked AS
SELECT knot, count(*) FILTER (is_tried) AS tried FROM sh_waiting SEMI JOIN sh_turn USING (knot) GROUP BY knot;

DELETE FROM $quarantine WHERE statement_id IN (SELECT statement_id FROM sh_turn);

CREATE OR REPLACE TEMP TABLE sh_changed AS
SELECT subject, bool_or(is_class) AS is_retyped FROM sh_turn GROUP BY subject;

CREATE OR REPLACE TEMP VIEW sh_changed_class AS FROM sh_changed WHERE is_retyped;
