-- Eight shapes of different kinds, written by hand over the table `triple`: what breaks them, as (focus, shape).
-- `below` (class, subclass) holds the subclasses of the ontology, each class itself included.
WITH typed AS (
    SELECT DISTINCT t.subject, b.class FROM triple t JOIN below b ON b.subclass = t.object
    WHERE t.predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
), named AS (
    SELECT DISTINCT subject FROM typed WHERE class IN (
        'http://xmlns.com/foaf/0.1/Person', 'http://www.w3.org/ns/org#Organization',
        'https://w3id.org/commons-graph/ns#Group', 'https://schema.org/Event', 'http://xmlns.com/foaf/0.1/Document',
        'https://w3id.org/commons-graph/ns#Project', 'https://schema.org/Place',
        'http://www.w3.org/2004/02/skos/core#Concept')
), label AS (
    SELECT subject, object, lang FROM triple SEMI JOIN named USING (subject)
    WHERE predicate = 'http://www.w3.org/2004/02/skos/core#prefLabel'
)
SELECT subject AS focus, 'LabelPresent' AS shape FROM named ANTI JOIN label USING (subject)
UNION
SELECT subject, 'LabelOnePerLanguage' FROM label WHERE lang <> '' GROUP BY subject, lower(lang)
HAVING count(DISTINCT object) > 1
UNION
SELECT subject, 'LabelForm' FROM label WHERE NOT regexp_matches(object, '^\S(.*\S)?$')
UNION
SELECT subject, 'LabelLength' FROM label WHERE length(object) > 160
UNION
SELECT subject, 'LabelNoMarkup' FROM label
WHERE regexp_matches(object, 'https?://|www\.|\{\{|\}\}|\[\[|\]\]|''''''|^=|<[A-Za-z/]|&[a-z]+;')
UNION
SELECT subject, 'HomepageOne' FROM triple SEMI JOIN named USING (subject)
WHERE predicate = 'http://xmlns.com/foaf/0.1/homepage' GROUP BY subject HAVING count(DISTINCT object) > 1
UNION
SELECT subject, 'PersonOnly' FROM typed WHERE class = 'http://xmlns.com/foaf/0.1/Person' AND subject IN (
    SELECT subject FROM typed WHERE class IN (
        'http://www.w3.org/ns/org#Organization', 'https://w3id.org/commons-graph/ns#Group', 'https://schema.org/Event',
        'http://xmlns.com/foaf/0.1/Document', 'https://w3id.org/commons-graph/ns#Project', 'https://schema.org/Place',
        'http://www.w3.org/2004/02/skos/core#Concept'))
UNION
SELECT subject, 'AltLabelNotPreferred' FROM triple a SEMI JOIN named USING (subject)
WHERE predicate = 'http://www.w3.org/2004/02/skos/core#altLabel' AND EXISTS (
    SELECT 1 FROM label l WHERE l.subject = a.subject AND l.object = a.object AND l.lang = a.lang)
