-- Acronyms that nearly always stand for one name: "EU" for the European Union, which texts name with its acronym. Only
-- the keys of its family are joined: a place that is called so is another thing. What waits or is rejected tells nothing.
WITH told AS (
    SELECT st.value AS acronym, n.component, n.family, count(DISTINCT st.document_id) AS documents
    FROM certain AS st JOIN known_key AS k ON k.key = st.subject_key JOIN judged_name AS n ON n.id = k.id
    WHERE st.property = 'skos:altLabel' AND regexp_full_match(st.value, '[A-Z]{2,}')
    GROUP BY ALL
),
one AS (
    SELECT acronym, component, family, lower(acronym) AS name
    FROM told CROSS JOIN rule
    QUALIFY documents >= acronym_documents
        AND documents >= acronym_share * sum(documents) OVER (PARTITION BY acronym)
        AND row_number() OVER (PARTITION BY acronym ORDER BY documents DESC, component) = 1
)
SELECT n.id AS a, o.component AS b
FROM judged_name AS n JOIN one AS o USING (name, family)
-- "the EU" is the acronym, "Eu" is none
WHERE NOT n.generic AND ends_with(n.label, o.acronym) AND n.component <> o.component AND n.class <> 'Person'
ORDER BY a, b
