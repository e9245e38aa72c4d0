-- Keys that are one by the wiki's own word: written differently, or redirected.
WITH first_of AS (SELECT form, min(id) AS id FROM known_key GROUP BY form)
SELECT k.id AS a, f.id AS b FROM known_key AS k JOIN first_of AS f USING (form) WHERE k.id <> f.id
UNION ALL
SELECT s.id, t.id
FROM own_key AS o JOIN first_of AS s USING (form) JOIN first_of AS t ON t.form = o.target
-- "Mendeley" may lead to "William Gunn on Mendeley", yet it is not that talk.
WHERE s.id <> t.id AND NOT (
    contains(' ' || name_form(o.redirect) || ' ', ' ' || name_form(o.title) || ' ')
    AND contains(name_form(o.redirect), ' on ') AND NOT contains(name_form(o.title), ' on ')
    AND NOT starts_with(name_form(o.title), 'interview ')
)
ORDER BY a, b
