SELECT
    concat('<edge source="', xml_text(subject), '" target="', xml_text(object), '"><data key="relation">',
        xml_text(name), '</data><data key="property">', xml_text(predicate), '</data></edge>')
FROM (
    SELECT t.subject, t.object, t.predicate, p.name FROM triple AS t JOIN property_name AS p ON p.property = t.predicate
    WHERE object_kind = 'iri' AND subject IN (SELECT iri FROM node) AND object IN (SELECT iri FROM node)
    ORDER BY subject, predicate, object
)
