-- Every key that the lake knows, and what it says by itself.

-- The statements that rules build on besides names and classes: those that neither wait for a steward nor were rejected,
-- as claims.sql has it.
CREATE OR REPLACE TEMP VIEW certain AS
SELECT st.* FROM statement AS st
ANTI JOIN rejected USING (statement_id)
LEFT JOIN accepted AS a USING (statement_id)
LEFT JOIN threshold AS t USING (property)
CROSS JOIN rule AS r
WHERE a.statement_id IS NOT NULL
    OR st.confidence >= coalesce(t.least, r.threshold) AND split_part(st.extractor, ' ', 1) NOT IN (FROM reviewed);

-- The key of each document's own subject. A redirect page has none of its own: `target` is the page it points to.
CREATE OR REPLACE TEMP TABLE own_key AS
SELECT
    document_id, source, kind = 'wiki entry' AS wiki, title, redirect,
    source || ':' || CASE WHEN kind = 'wiki entry' THEN title ELSE document_id END AS key,
    key_form(key) AS form,
    CASE WHEN redirect <> '' AND NOT contains(redirect, '#') THEN key_form(source || ':' || redirect) END AS target
FROM document WHERE kind <> 'decision';

-- The best label of the subjects whose key does not tell their name, or tells it behind the name of a part of the wiki:
-- the category "Category:France" is called France, as the page of the country is.
CREATE OR REPLACE TEMP TABLE own_label AS
SELECT key, value AS label, CASE WHEN wiki THEN lower(split_part(title, ':', 1)) END AS part
FROM statement JOIN (SELECT DISTINCT key, wiki, title FROM own_key) ON subject_key = key
WHERE property = 'skos:prefLabel' AND (NOT wiki OR ends_with(title, ':' || value))
QUALIFY row_number() OVER (PARTITION BY key ORDER BY confidence DESC, value) = 1;

-- One row a key, numbered so that the first key of an entity has the lowest number: the most trusted source first,
-- pages before redirects before names that only one document knows, then by the alphabet.
CREATE OR REPLACE TEMP TABLE known_key AS
WITH mentioned AS (
    SELECT subject_key AS key FROM statement
    UNION SELECT object_key FROM statement
    UNION SELECT key FROM own_key
),
split AS (
    SELECT key, key_form(key) AS form, split_part(key, ':', 1) AS source, contains(key, '#') AS local FROM mentioned
    WHERE key <> ''
)
SELECT
    (row_number() OVER (
        ORDER BY s.trust DESC, CASE WHEN local THEN 2 WHEN o.redirect <> '' THEN 1 ELSE 0 END, k.key
    ) - 1)::INTEGER AS id,
    k.key, k.form, k.source, k.local, s.trust,
    o.document_id IS NOT NULL AND o.redirect = '' AS page,
    coalesce(o.wiki, d.wiki, true) AS wiki,
    coalesce(
        CASE WHEN k.local THEN k.key[strpos(k.key, '#') + 1:] END, l.label,
        CASE WHEN NOT o.wiki THEN o.title END, page_form(behind(k.key))
    ) AS label
FROM split AS k
JOIN source AS s USING (source)
LEFT JOIN (FROM own_key QUALIFY row_number() OVER (PARTITION BY form ORDER BY redirect, document_id) = 1) AS o USING (form)
LEFT JOIN own_key AS d ON k.local AND d.document_id = split_part(behind(k.key), '#', 1)
LEFT JOIN own_label AS l ON l.key = k.key;

-- The names of all keys, and what is told from a name alone, whatever class the key turns out to have: votes are counted
-- several times, expressions take most of the time that there is, and many keys have one label.
CREATE OR REPLACE TEMP TABLE named AS
-- Texts, too, name the parts of a wiki: "Category: France".
WITH called AS (
    SELECT k.* REPLACE (CASE WHEN p.part IS NULL THEN label ELSE trim(label[length(p.part) + 2:]) END AS label)
    FROM known_key AS k
    LEFT JOIN (SELECT DISTINCT part FROM own_label) AS p
        ON contains(label, ':') AND p.part = lower(split_part(label, ':', 1))
),
spelt AS (
    SELECT label, name_form(label) AS name, person_form(bare(label)) AS person FROM (SELECT DISTINCT label FROM called)
),
told AS (
    SELECT
        *, replace(name, ' ', '') AS squeezed,
        regexp_full_match(name, '\S+') AS one_word, regexp_matches(name, ' \S+ ') AS long,
        regexp_matches(name, '(^| )(1[89]|20)\d\d( |$)') AS has_year,
        regexp_matches(name, '\d| [ivxl]+$') AS numbered,
        regexp_full_match(label, '(.*[^\p{L}])?[A-Z]{2}') AS two_capitals,
        -- Two initials, or one and a further name, tell people apart; "J. Martin" does not, nor "J. van Dyke".
        regexp_full_match(person, '\S{2,}( \S+)* \S{2,}|\S( \S)+( \S{2,})* \S{3,}|\S( \S{2,}){2,}')
            AND NOT regexp_matches(person, '^\S (al|bin|da|das|de|del|den|der|di|dos|du|el|la|le|ten|ter|van|von) ')
            AS tells_person
    FROM spelt WHERE name <> ''
)
SELECT c.id, c.form AS key, c.source, c.local, c.page, c.wiki, t.* FROM called AS c JOIN told AS t USING (label);

-- What each key is said to be: whole numbers, so that the order of adding does not matter.
CREATE OR REPLACE TEMP TABLE ballot AS
SELECT id, class, sum(weight)::BIGINT AS weight FROM (
    SELECT
        k.id, c.class,
        max(round(1000 * st.confidence * s.trust) * CASE WHEN o.form = k.form THEN r.own_page ELSE 1 END) AS weight
    FROM statement AS st
    JOIN class_of AS c ON c.curie = st.object_key
    JOIN known_key AS k ON k.key = st.subject_key
    JOIN source AS s ON s.source = st.source
    LEFT JOIN own_key AS o ON o.document_id = st.document_id
    CROSS JOIN rule AS r
    WHERE st.property = 'rdf:type' AND (o.document_id IS NULL OR o.redirect = '')
    GROUP BY k.id, c.class, st.document_id
) GROUP BY ALL;

-- When an event is, and whose it is.
CREATE OR REPLACE TEMP TABLE dated AS
SELECT k.id, st.value AS date FROM statement AS st JOIN known_key AS k ON k.key = st.subject_key
WHERE st.property = 'schema:startDate' AND st.value <> ''
QUALIFY row_number() OVER (PARTITION BY k.id ORDER BY st.confidence DESC, st.value) = 1;

CREATE OR REPLACE TEMP TABLE organised AS
SELECT DISTINCT k.id, o.id AS organiser FROM certain AS st
JOIN organiser_property USING (property)
JOIN known_key AS k ON k.key = st.subject_key
JOIN known_key AS o ON o.key = st.object_key;
