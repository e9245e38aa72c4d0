-- Names of one thing that everybody knows ("USA", "États-Unis"), as resolution.yaml lists them, wherever they stand.
SELECT n.id AS a, min(n.id) OVER (PARTITION BY s.class, s.number) AS b
FROM judged_name AS n
JOIN (SELECT DISTINCT class, number, name_form(label) AS name FROM synonym) AS s USING (class, name)
WHERE n.specific
QUALIFY a <> b
ORDER BY a, b
