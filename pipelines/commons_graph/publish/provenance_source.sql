-- One row a source, of several lines.
SELECT
    concat(
        CASE
            WHEN regexp_full_match(licence, 'https?://[A-Za-z0-9./_-]+')
                THEN concat(s, '<http://purl.org/dc/terms/license> ', nt_iri(licence), e' .\n')
            WHEN licence <> '' THEN concat(s, '<http://purl.org/dc/terms/license> ', nt_text(licence), e' .\n')
        END,
        CASE WHEN publisher <> ''
            THEN concat(s, '<http://purl.org/dc/terms/publisher> ', nt_text(publisher), e' .\n') END,
        s, '<http://purl.org/dc/terms/title> ', nt_text(coalesce(nullif(title, ''), source)), e' .\n',
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .'
    )
FROM (SELECT *, '<https://w3id.org/commons-graph/source/' || url_encode(source) || '> ' AS s FROM source ORDER BY source)
