SELECT
    concat(
        '<https://w3id.org/commons-graph/statement/', statement_id, '> <https://w3id.org/commons-graph/ns#firstSeen> "',
        first_seen, e'"^^<http://www.w3.org/2001/XMLSchema#date> .\n',
        '<https://w3id.org/commons-graph/statement/', statement_id, '> <https://w3id.org/commons-graph/ns#lastSeen> "',
        last_seen, '"^^<http://www.w3.org/2001/XMLSchema#date> .'
    )
FROM (
    SELECT statement_id, first_seen, last_seen FROM statement
    WHERE first_seen IS NOT NULL AND last_seen IS NOT NULL ORDER BY statement_id
)
