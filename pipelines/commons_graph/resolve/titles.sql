-- Pages of one wiki whose titles differ only in case, punctuation, spaces or format characters.
WITH block AS (
    SELECT id, source, 'spaced' AS kind, name AS block, family AS class FROM judged_name WHERE NOT local AND wiki
    UNION ALL
    SELECT id, source, 'squeezed', squeezed, class FROM judged_name
    WHERE NOT local AND wiki AND class <> 'Person' AND length(squeezed) >= 6
)
SELECT id AS a, min(id) OVER (PARTITION BY source, kind, block, class) AS b FROM block QUALIFY a <> b ORDER BY a, b
