-- The statements that one thing holds back, the surest first: `$reason` is 'quarantine', or one in `unpublished`.
WITH held AS (
    SELECT statement_id, string_agg(DISTINCT coalesce(message, shape), '; ' ORDER BY coalesce(message, shape)) AS why
    FROM quarantine WHERE $reason = 'quarantine' GROUP BY ALL
    UNION ALL
    SELECT statement_id, '' FROM unpublished WHERE reason = $reason
)
SELECT
    s.statement_id, s.subject_key, s.property, coalesce(nullif(s.value, ''), s.object_key) AS value,
    s.confidence, s.quote, held.why
FROM held JOIN statement AS s USING (statement_id)
ORDER BY s.confidence DESC, s.statement_id LIMIT $most
