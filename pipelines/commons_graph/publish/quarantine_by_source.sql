SELECT s.source, count(DISTINCT q.statement_id)
FROM quarantine AS q JOIN statement AS s USING (statement_id)
GROUP BY s.source ORDER BY s.source
