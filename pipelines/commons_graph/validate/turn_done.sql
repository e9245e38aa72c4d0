-- What a turn gave back and nothing took again waits no more. Of a knot that got nothing back, and of which nothing was
-- learned, the next turn tries a single entity.
CREATE OR REPLACE TEMP TABLE sh_alone AS
SELECT a.knot
FROM sh_asked a JOIN sh_waiting w USING (knot)
WHERE a.knot NOT IN (SELECT knot FROM sh_turn)
GROUP BY a.knot, a.tried HAVING count(*) FILTER (w.is_tried) = a.tried;

DELETE FROM sh_waiting WHERE statement_id IN (SELECT statement_id FROM sh_turn);
