-- The titles of redirect pages as names: hidden where case, punctuation, order or two letters are all that differs.
SELECT
    source || ':' || title AS key,
    CASE
        WHEN person_form(title) = name_form(redirect)
            OR damerau_levenshtein(name_form(title), name_form(redirect)) <= least(2, length(title) // 5)
        THEN 'skos:hiddenLabel' ELSE 'skos:altLabel'
    END AS property,
    title, coalesce(language, '') AS language, document_id, source, first_seen, last_seen
FROM document
WHERE kind = 'wiki entry' AND redirect <> '' AND trim(title) <> ''
ORDER BY document_id
