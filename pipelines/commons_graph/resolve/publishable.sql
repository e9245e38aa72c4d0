-- What may be published after validation: no quarantined statement, and nothing that lost its label or its type.
CREATE OR REPLACE TEMP TABLE healthy AS
SELECT DISTINCT subject, predicate, object, object_kind, datatype, lang
FROM resolved ANTI JOIN quarantine USING (statement_id);

CREATE OR REPLACE TEMP TABLE ours AS SELECT DISTINCT subject AS iri FROM resolved;

CREATE OR REPLACE TEMP TABLE complete AS
SELECT subject AS iri FROM healthy WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
INTERSECT SELECT subject FROM healthy WHERE predicate = 'http://www.w3.org/2004/02/skos/core#prefLabel';

DELETE FROM triple;

INSERT INTO triple
FROM healthy
WHERE subject IN (FROM complete)
    AND NOT (object_kind = 'iri' AND object IN (FROM ours) AND object NOT IN (FROM complete))
ORDER BY ALL;
