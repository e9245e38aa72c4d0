-- What breaks a shape, by section: statements that wait in quarantine and results on what is published.
-- `section` (section, shape, hint) files each shape; a shape without an IRI is named by its owner's, a slash and its place.
CREATE OR REPLACE TEMP TABLE broken AS
WITH every AS (
    SELECT
        q.shape, 'waits in quarantine' AS state, 1 AS rank, r.subject AS focus, r.object AS value, q.message
    FROM quarantine q
    LEFT JOIN (
        SELECT statement_id, min(subject) AS subject, min(object) AS object FROM resolved
        WHERE statement_id IN (SELECT statement_id FROM quarantine) GROUP BY ALL
    ) r USING (statement_id)
    UNION ALL
    SELECT
        shape, severity, CASE severity WHEN 'Violation' THEN 0 WHEN 'Warning' THEN 2 ELSE 3 END,
        focus, value, message
    FROM violation
)
SELECT
    coalesce(s.section, $other) AS section, e.*,
    coalesce(n.label, '') AS label, coalesce(s.hint, '') AS hint, count(*) OVER (PARTITION BY e.focus) AS of_focus
FROM every e
LEFT JOIN section s ON e.shape = s.shape OR starts_with(e.shape, s.shape || '/')
LEFT JOIN entity n ON n.entity = regexp_extract(e.focus, '/id/([^/]+)$', 1);
