-- The class of each cluster: what a steward said, else the heaviest votes, else the first by the alphabet.
CREATE OR REPLACE TEMP TABLE voted AS
SELECT component, class FROM (
    SELECT component, class, sum(weight) AS weight, false AS decided FROM ballot JOIN member USING (id) GROUP BY ALL
    UNION ALL
    SELECT DISTINCT component, class, 0, true FROM decided_class JOIN known_key USING (form) JOIN member USING (id)
)
QUALIFY row_number() OVER (PARTITION BY component ORDER BY decided DESC, weight DESC, class) = 1;

-- The keys with what their cluster is. `specific`: the name is enough to tell things apart.
CREATE OR REPLACE TEMP TABLE judged_name AS
WITH classed AS (
    SELECT
        n.* EXCLUDE (name, person), v.component, v.class, coalesce(f.family, v.class) AS family,
        CASE WHEN v.class = 'Person' THEN n.person ELSE n.name END AS name
    FROM named AS n JOIN member USING (id) JOIN voted AS v USING (component) LEFT JOIN family AS f USING (class)
),
-- Of one word or two, what is a concept somewhere is no name, unless hardly anybody says so: one stray mention makes no
-- common word of it.
common AS (
    SELECT c.name FROM classed AS c JOIN ballot AS b USING (id) CROSS JOIN rule
    WHERE NOT c.long AND c.name IN (SELECT name FROM classed WHERE class = 'Concept' AND NOT long)
    GROUP BY c.name, common_word
    HAVING sum(b.weight) FILTER (b.class = 'Concept') >= common_word * sum(b.weight)
    UNION SELECT name_form(label) FROM concept_label
),
-- Names that many things have, and words that say what a thing is ("Institute"), one or several.
shared AS (
    SELECT name_form(label) AS name FROM generic UNION SELECT name_form(label) FROM head
)
SELECT
    c.*, g.name IS NOT NULL AS generic,
    (g.name IS NULL OR class = 'Concept') AND CASE class
        WHEN 'Person' THEN tells_person
        WHEN 'Concept' THEN length(c.name) >= 3
        -- Of a label with an article ("the UK") the name is the rest.
        WHEN 'Place' THEN length(c.name) >= 3 OR two_capitals
        -- Of two words, a number is a part of many texts ("Part II").
        WHEN 'Document' THEN long OR NOT one_word AND w.name IS NULL AND NOT numbered
        WHEN 'Event' THEN NOT one_word
        ELSE NOT one_word OR (length(c.name) >= 3 AND w.name IS NULL)
    END AS specific
FROM classed AS c
LEFT JOIN (FROM shared UNION SELECT name || 's' FROM shared) AS g ON g.name = c.name
LEFT JOIN common AS w ON w.name = c.name
-- The page of a text is not the text of another page that has its title.
WHERE NOT (class = 'Document' AND page AND NOT wiki);
