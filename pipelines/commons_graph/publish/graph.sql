SELECT line FROM (
    SELECT nt_triple(t) || ' .' AS line FROM triple AS t
    UNION
    SELECT '<https://w3id.org/commons-graph/id/' || entity || '> <http://purl.org/dc/terms/isReplacedBy> '
        || '<https://w3id.org/commons-graph/id/' || replaced_by || '> .' FROM redirect
) ORDER BY line
