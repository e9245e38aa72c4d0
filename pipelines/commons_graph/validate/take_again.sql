-- What was given back and has a part in a result goes back to quarantine; where nothing of a knot has, all of that. A
-- statement that alone has a part in some result is its cause, and is not tried another time.
CREATE OR REPLACE TEMP TABLE sh_broken AS
SELECT r.focus, r.root, r.value, r.shape, r.component, coalesce(k.knot, 0) AS knot
FROM sh_result r LEFT JOIN sh_named n ON n.text = r.root LEFT JOIN sh_knot k ON k.node = n.id;

CREATE OR REPLACE TEMP TABLE sh_guilty AS
SELECT DISTINCT r.focus, r.root, r.value, r.shape, r.component, t.statement_id, t.subject, t.knot
FROM sh_turn t JOIN sh_broken r
    ON t.knot = r.knot AND (t.subject IN (r.focus, r.root, r.value) OR t.object IN (r.focus, r.root, r.value));

INSERT INTO sh_guilty (statement_id, knot)
SELECT statement_id, knot FROM sh_turn
WHERE knot IN (SELECT knot FROM sh_broken) AND knot NOT IN (SELECT knot FROM sh_guilty);

-- What no statement causes is in no knot of theirs.
INSERT INTO sh_guilty (statement_id) SELECT statement_id FROM sh_turn WHERE NOT EXISTS (SELECT 1 FROM sh_guilty);

INSERT INTO $quarantine (statement_id, shape, message)
SELECT statement_id, shape, message FROM sh_waiting WHERE statement_id IN (SELECT statement_id FROM sh_guilty);

UPDATE sh_waiting SET is_tried = true
WHERE knot IN (SELECT knot FROM sh_alone) AND statement_id IN (SELECT statement_id FROM sh_guilty) OR statement_id IN (
    SELECT unnest(list(statement_id)) FROM sh_guilty WHERE subject IS NOT NULL
    GROUP BY focus, root, value, shape, component HAVING count(DISTINCT subject) = 1
);

DELETE FROM sh_turn WHERE statement_id IN (SELECT statement_id FROM sh_guilty);
