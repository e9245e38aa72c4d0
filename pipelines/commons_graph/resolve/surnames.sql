-- Bare surnames that nearly always are one person's: "Foucault" for Michel Foucault. Left out are those that are given
-- names as well ("Michel"; "Marx and Engels", taken for a person, makes none of "Marx"), or mostly no person's ("Disney"),
-- and those that have a page of their own.
WITH person AS (
    SELECT id, component, name, specific, one_word, page FROM judged_name WHERE class = 'Person'
),
given AS (
    SELECT split_part(name, ' ', 1) AS name, count(*) AS keys FROM person WHERE NOT one_word GROUP BY ALL
),
known AS (
    SELECT regexp_extract(name, '\S+$') AS surname, component, count(*) AS keys FROM person CROSS JOIN rule
    WHERE specific GROUP BY surname, component HAVING keys >= any_value(surname_others)
),
one AS (
    SELECT surname, component FROM known CROSS JOIN rule
    LEFT JOIN given ON given.name = surname
    WINDOW whole AS (PARTITION BY surname)
    QUALIFY known.keys >= surname_documents
        AND known.keys >= surname_share * sum(known.keys) OVER whole
        AND sum(known.keys) OVER whole >= surname_share * sum(known.keys) OVER whole + coalesce(given.keys, 0)
        AND row_number() OVER (whole ORDER BY known.keys DESC, component) = 1
),
people AS (
    SELECT name FROM judged_name CROSS JOIN rule WHERE one_word GROUP BY name, surname_share
    HAVING count(*) FILTER (class = 'Person') >= surname_share * count(*)
)
SELECT p.id AS a, o.component AS b
FROM person AS p JOIN one AS o ON o.surname = p.name
SEMI JOIN people ON people.name = p.name
WHERE p.one_word AND NOT p.page
ORDER BY a, b
