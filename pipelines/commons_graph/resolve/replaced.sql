-- Identifiers of the warehouse before (attached as `old`) that are no longer in use, and what replaced them: the
-- entity that most of their keys now name.
INSERT INTO redirect
WITH gone AS (
    SELECT entity, entity AS last FROM old.entity
    UNION ALL SELECT entity, replaced_by FROM old.redirect
),
heirs AS (
    SELECT g.entity, n.entity AS replaced_by, count(*) AS keys
    FROM gone AS g JOIN old.identity AS o ON o.entity = g.last JOIN identity AS n ON n.key = o.key
    SEMI JOIN entity AS e ON e.entity = n.entity
    WHERE g.entity NOT IN (SELECT entity FROM entity)
    GROUP BY ALL
)
SELECT entity, replaced_by FROM heirs
QUALIFY row_number() OVER (PARTITION BY entity ORDER BY keys DESC, replaced_by) = 1
ORDER BY entity;
