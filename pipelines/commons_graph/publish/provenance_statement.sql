-- One row a statement, of ten lines: rows by identifier and lines by property, so that all lines are in order.
SELECT
    concat(
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ',
        nt_object(object, object_kind, datatype, lang), e' .\n',
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <', predicate, e'> .\n',
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <', subject, e'> .\n',
        s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/commons-graph/ns#Statement>', e' .\n',
        s, '<http://www.w3.org/ns/prov#wasDerivedFrom> <', iri, e'> .\n',
        s, '<http://www.w3.org/ns/prov#wasGeneratedBy> <https://w3id.org/commons-graph/extractor/', extractor_iri, e'> .\n',
        s, '<https://w3id.org/commons-graph/ns#confidence> "', round(confidence, 3)::DECIMAL(4, 3)::DOUBLE,
        '"^^<http://www.w3.org/2001/XMLSchema#decimal>', e' .\n',
        s, '<https://w3id.org/commons-graph/ns#evidenceEnd> "', evidence_end, e'"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        s, '<https://w3id.org/commons-graph/ns#evidenceStart> "', evidence_start,
        e'"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        s, '<https://w3id.org/commons-graph/ns#quote> ', nt_text(quote), ' .'
    )
FROM (
    SELECT
        st.* EXCLUDE (first_seen, last_seen, source, document_id), d.iri,
        '<https://w3id.org/commons-graph/statement/' || statement_id || '> ' AS s,
        url_encode(extractor) || '/' || url_encode(extractor_version) AS extractor_iri
    FROM statement AS st JOIN document AS d USING (document_id)
    ORDER BY statement_id
)
