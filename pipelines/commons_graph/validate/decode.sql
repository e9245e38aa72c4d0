-- What the checks found, hashes of terms, as the rows that people read.
INSERT INTO sh_result
SELECT
    c.shape, c.component, sh_text(f.text, f.kind, f.datatype, f.lang), coalesce(p.text, c.path),
    sh_text(v.text, v.kind, v.datatype, v.lang), c.severity, c.message, sh_text(r.text, r.kind, r.datatype, r.lang), x.times
FROM sh_found x
JOIN sh_check c ON c.number = x.number::VARCHAR
JOIN sh_term f ON f.id = x.focus
JOIN sh_term r ON r.id = x.root
LEFT JOIN sh_term v ON v.id = x.value
LEFT JOIN sh_term p ON p.id = x.path;
