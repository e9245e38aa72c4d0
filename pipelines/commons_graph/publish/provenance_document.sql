-- One row a document, of several lines.
SELECT
    concat(
        CASE WHEN nt_date(date) IS NOT NULL THEN concat(s, '<http://purl.org/dc/terms/date> ', nt_date(date), e' .\n')
            END,
        CASE WHEN coalesce(language, '') <> ''
            THEN concat(s, '<http://purl.org/dc/terms/language> ', nt_text(language), e' .\n') END,
        s, '<http://purl.org/dc/terms/source> <https://w3id.org/commons-graph/source/', url_encode(source), e'> .\n',
        CASE WHEN coalesce(title, '') <> ''
            THEN concat(s, '<http://purl.org/dc/terms/title> ', nt_text(title), e' .\n') END,
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/commons-graph/ns#SourceDocument> .'
    ) AS lines
FROM (SELECT *, '<' || iri || '> ' AS s FROM document)
ORDER BY lines
