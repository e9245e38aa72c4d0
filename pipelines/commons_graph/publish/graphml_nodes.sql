SELECT
    concat('<node id="', xml_text(iri), '"><data key="class">', xml_text(class), '</data><data key="label">',
        xml_text(label), '</data></node>')
FROM (SELECT * FROM node ORDER BY iri)
