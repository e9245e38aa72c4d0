-- Names that are equal in one place. `placed` says the place of a key (its source, or whose it is) and whether the
-- place is one organisation's, where even a generic name names one thing.
WITH here AS (
    SELECT n.*, p.place, p.own, d.date, left(d.date, 4) AS year
    FROM judged_name AS n JOIN placed AS p USING (id) LEFT JOIN dated AS d USING (id)
),
-- An event of which several years are told is several events, and those of which no year is told are one more: they
-- tell of any of them, or of what comes again and again.
years AS (
    SELECT place, name, count(DISTINCT year) AS years FROM here WHERE class = 'Event' GROUP BY ALL
),
-- One word is enough for a body of one class, and for two of one family where the body has a page of its own.
paged AS (
    SELECT DISTINCT name, family FROM judged_name WHERE page AND wiki AND specific AND one_word
),
block AS (
    SELECT id, place, name, class AS kind, '' AS part FROM here WHERE specific AND class <> 'Event'
    UNION ALL
    SELECT id, place, name, family, '' FROM here
    WHERE specific AND family <> class AND (NOT one_word OR (name, family) IN (FROM paged))
    UNION ALL
    SELECT id, place, name, class, CASE WHEN has_year OR years < 2 THEN '' ELSE coalesce(year, 'none') END
    FROM here JOIN years USING (place, name) WHERE specific AND class = 'Event'
    UNION ALL
    SELECT id, place, name, class, CASE WHEN class = 'Event' THEN date ELSE '' END
    FROM here WHERE generic AND own AND class IN ('Organization', 'Group', 'Event')
        AND (class <> 'Event' OR length(date) = 10)
)
SELECT id AS a, min(id) OVER (PARTITION BY place, name, kind, part) AS b FROM block QUALIFY a <> b ORDER BY a, b
