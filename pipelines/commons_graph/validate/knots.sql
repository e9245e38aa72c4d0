-- Which nodes are in one knot; a knot has the number of its least node, the one that queries tie has 0.
-- $afar tells of an origin whether a query may look at it.
CREATE OR REPLACE TEMP TABLE sh_knot AS
WITH RECURSIVE directed AS (
    SELECT one, other FROM sh_link
    UNION SELECT origin, focus FROM sh_reach
    UNION SELECT 0, origin FROM sh_reach WHERE $afar
),
pair AS MATERIALIZED (
    FROM directed UNION SELECT other, one FROM directed
),
tied(node, knot) USING KEY (node) AS (
    SELECT one, least(one, min(other)) FROM pair GROUP BY one
    UNION
    SELECT p.one, min(t.knot)
    FROM tied t JOIN pair p ON p.other = t.node JOIN recurring.tied r ON r.node = p.one
    WHERE t.knot < r.knot GROUP BY p.one
)
SELECT node, knot FROM tied;
