SELECT DISTINCT nt_triple(s) || ' <' || d.iri || '> .' AS line
FROM statement AS s JOIN document AS d USING (document_id)
ORDER BY line
