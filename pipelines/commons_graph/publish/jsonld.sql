SELECT * FROM (
    FROM triple
    UNION ALL
    SELECT
        'https://w3id.org/commons-graph/id/' || entity, 'http://purl.org/dc/terms/isReplacedBy',
        'https://w3id.org/commons-graph/id/' || replaced_by, 'iri', '', ''
    FROM redirect
) ORDER BY ALL
