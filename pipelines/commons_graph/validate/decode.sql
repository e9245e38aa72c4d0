-- What the checks found, hashes of terms, as the rows that people read. Most are subjects: those are looked up first.
CREATE OR REPLACE TEMP TABLE sh_unnamed AS
SELECT focus AS id FROM sh_found UNION SELECT root FROM sh_found
UNION SELECT value FROM sh_found WHERE value IS NOT NULL UNION SELECT path FROM sh_found WHERE path IS NOT NULL;

CREATE OR REPLACE TEMP TABLE sh_named AS
SELECT DISTINCT id, subject AS text FROM sh_triple JOIN sh_unnamed ON id = sh_iri(subject);

DELETE FROM sh_unnamed WHERE id IN (SELECT id FROM sh_named);

INSERT INTO sh_named
SELECT DISTINCT id, sh_text(text, kind, datatype, lang) FROM sh_other JOIN sh_unnamed USING (id);

INSERT INTO sh_result
SELECT c.shape, c.component, f.text, coalesce(p.text, c.path), v.text, c.severity, c.message, r.text, x.times
FROM sh_found x
JOIN sh_check c ON c.number = x.number::VARCHAR
JOIN sh_named f ON f.id = x.focus
JOIN sh_named r ON r.id = x.root
LEFT JOIN sh_named v ON v.id = x.value
LEFT JOIN sh_named p ON p.id = x.path;
