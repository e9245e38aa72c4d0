SELECT
    s.source, any_value(s.title) AS title, any_value(s.address) AS address, any_value(s.licence) AS licence,
    any_value(s.publisher) AS publisher, count(DISTINCT d.document_id) AS documents
FROM source AS s JOIN document AS d USING (source)
GROUP BY s.source ORDER BY s.source
