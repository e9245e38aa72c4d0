-- What some subjects say now, in place of what was encoded of them; $changed (subject) names them.
DELETE FROM sh_edge WHERE s IN (SELECT sh_iri(subject) FROM $changed);

INSERT INTO sh_edge
SELECT DISTINCT ON (s, p, o)
    sh_iri(subject) AS s, sh_iri(predicate) AS p, sh_id(text, kind, datatype, lang) AS o, text, kind, datatype, lang
FROM sh_triple
WHERE subject IN (SELECT subject FROM $changed) AND predicate IN (SELECT text FROM sh_property);
