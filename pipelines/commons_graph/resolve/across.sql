-- Names that are equal in different sources. Groups and events are left out: their names are rarely their own.
SELECT id AS a, min(id) OVER (PARTITION BY name, class) AS b
FROM judged_name
WHERE specific AND class NOT IN ('Group', 'Event') AND (class <> 'Document' OR regexp_matches(name, ' \S+ \S+ '))
QUALIFY a <> b
ORDER BY a, b
