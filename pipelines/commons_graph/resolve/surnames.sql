-- Bare surnames that nearly always are one person's: "Foucault" for Michel Foucault. Left out are those that are also a
-- given name ("Michel"), or mostly no person's ("Disney"), and those that have a page of their own.
WITH person AS (
    SELECT id, component, name, specific, one_word, page FROM judged_name WHERE class = 'Person'
),
given AS (
    SELECT DISTINCT split_part(name, ' ', 1) AS name FROM person WHERE NOT one_word
),
known AS (
    SELECT regexp_extract(name, '\S+$') AS surname, component, count(*) AS keys FROM person WHERE specific GROUP BY ALL
),
one AS (
    SELECT surname, component FROM known CROSS JOIN rule
    QUALIFY keys >= surname_documents AND keys >= surname_share * sum(keys) OVER (PARTITION BY surname)
        AND row_number() OVER (PARTITION BY surname ORDER BY keys DESC, component) = 1
),
people AS (
    SELECT name FROM judged_name CROSS JOIN rule WHERE one_word GROUP BY name, surname_share
    HAVING count(*) FILTER (class = 'Person') >= surname_share * count(*)
)
SELECT p.id AS a, o.component AS b
FROM person AS p JOIN one AS o ON o.surname = p.name
SEMI JOIN people ON people.name = p.name
ANTI JOIN given ON given.name = p.name
WHERE p.one_word AND NOT p.page
ORDER BY a, b
