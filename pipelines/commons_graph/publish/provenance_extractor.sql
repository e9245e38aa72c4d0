SELECT
    concat(
        '<https://w3id.org/commons-graph/extractor/', iri, '> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ',
        '<http://www.w3.org/ns/prov#SoftwareAgent> .'
    )
FROM (
    SELECT DISTINCT url_encode(extractor) || '/' || url_encode(extractor_version) AS iri FROM statement ORDER BY iri
)
