-- One row a source, of several lines.
SELECT
    concat(
        s, '<http://purl.org/dc/terms/license> ',
        CASE WHEN regexp_full_match(licence, 'https?://[A-Za-z0-9./_-]+') THEN nt_iri(licence)
            ELSE nt_text(coalesce(licence, '')) END, e' .\n',
        s, '<http://purl.org/dc/terms/publisher> ', nt_text(coalesce(publisher, '')), e' .\n',
        s, '<http://purl.org/dc/terms/title> ', nt_text(coalesce(title, source)), e' .\n',
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .'
    )
FROM (SELECT *, '<https://w3id.org/commons-graph/source/' || url_encode(source) || '> ' AS s FROM source ORDER BY source)
