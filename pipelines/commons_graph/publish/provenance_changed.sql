-- The statements of which provenance.nt says something else than that of the release before: `now` and `old` are the
-- two public copies.
CREATE OR REPLACE MACRO told(s, iri) AS hash(
    s.subject, s.predicate, s.object, s.object_kind, s.datatype, s.lang, iri, s.evidence_start, s.evidence_end, s.quote,
    s.extractor, s.extractor_version, s.confidence
);

CREATE TABLE changed_statement AS
WITH said AS (SELECT statement_id, told(s, iri) AS what FROM now.statement AS s JOIN now.document USING (document_id)),
said_before AS (SELECT statement_id, told(s, iri) AS what FROM old.statement AS s JOIN old.document USING (document_id))
SELECT DISTINCT statement_id FROM said AS n FULL JOIN said_before AS o USING (statement_id, what)
WHERE n.what IS NULL OR o.what IS NULL;

-- What would make the lines of statements stand elsewhere than in the order of identifiers, or not together.
CREATE VIEW unlike AS
SELECT length(statement_id) AS what FROM (FROM now.statement UNION ALL FROM old.statement)
GROUP BY ALL HAVING what <> 32
UNION ALL
SELECT 0 FROM (FROM now.document UNION ALL FROM old.document)
WHERE starts_with(iri, 'https://w3id.org/commons-graph/statement/');
