-- What the last healing did not see as it is now: statements that are new, gone, or differently sure.
CREATE OR REPLACE TEMP TABLE sh_differs AS
WITH now AS (
    SELECT r.subject, r.predicate, r.object, r.object_kind, hash(r, c.confidence) AS whole
    FROM $resolved r LEFT JOIN $confidence c USING (statement_id)
), before AS (
    SELECT r.subject, r.predicate, r.object, r.object_kind, hash(r, c.confidence) AS whole
    FROM $last.$resolved r LEFT JOIN $last.$confidence c USING (statement_id)
)
FROM now ANTI JOIN before USING (whole) UNION ALL FROM before ANTI JOIN now USING (whole);

-- What may differ while this healing goes on: that, and what the last one took.
CREATE OR REPLACE TEMP TABLE sh_changed AS
SELECT subject, bool_or(is_class) AS is_retyped
FROM (
    SELECT subject, predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' AS is_class FROM sh_differs
    UNION ALL SELECT subject, is_class FROM $last.healed
)
GROUP BY subject;

CREATE OR REPLACE TEMP VIEW sh_changed_class AS FROM sh_changed WHERE is_retyped;

INSERT INTO sh_link SELECT one, other, true FROM $last.healed_link;

INSERT INTO sh_link
SELECT DISTINCT sh_iri(subject), sh_iri(object), true
FROM $last.healed WHERE NOT is_class AND object IN (SELECT subject FROM sh_changed);
