SELECT object, count(*) FROM triple
WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' AND object_kind = 'iri'
GROUP BY object ORDER BY object
