-- The instances of every class that the shapes name, those of its subclasses included.
CREATE OR REPLACE TEMP TABLE sh_subclass AS
WITH RECURSIVE subclass(class, id) AS (
    SELECT sh_iri(text), sh_iri(text) FROM sh_constant WHERE kind = 'iri'
    UNION
    SELECT c.class, e.s
    FROM subclass c JOIN sh_edge e ON e.o = c.id
    WHERE e.p = sh_iri('http://www.w3.org/2000/01/rdf-schema#subClassOf')
)
SELECT class, id FROM subclass;

CREATE OR REPLACE TEMP TABLE sh_instance AS
SELECT DISTINCT c.class, e.s AS focus
FROM sh_edge e JOIN sh_subclass c ON c.id = e.o
WHERE e.p = sh_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
