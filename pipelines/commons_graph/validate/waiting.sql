-- What waits since this healing, as rows of quarantine and of the statements.
CREATE OR REPLACE TEMP TABLE sh_waiting AS
SELECT *, NULL::UBIGINT AS knot, false AS is_tried FROM $quarantine ANTI JOIN sh_before USING (statement_id);

CREATE OR REPLACE TEMP TABLE sh_held AS FROM $resolved SEMI JOIN sh_waiting USING (statement_id);

CREATE OR REPLACE TEMP TABLE sh_changed AS
SELECT subject, bool_or(predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type') AS is_retyped
FROM sh_held GROUP BY subject;

CREATE OR REPLACE TEMP VIEW sh_changed_class AS FROM sh_changed WHERE is_retyped;

-- Whose triples are others as long as all is given back, what is kept of the last healing too.
CREATE OR REPLACE TEMP TABLE sh_given AS SELECT subject FROM sh_changed UNION SELECT subject FROM sh_kept;

DELETE FROM $quarantine
WHERE statement_id IN (SELECT statement_id FROM sh_waiting UNION ALL SELECT statement_id FROM sh_kept);
