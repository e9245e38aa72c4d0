-- Two decisions that give one entity two classes, which only shows once its keys are joined.
WITH told AS (
    SELECT DISTINCT component, class, place FROM decided_class JOIN known_key USING (form) JOIN member USING (id)
)
SELECT b.place, b.class, a.place, a.class
FROM told AS a JOIN told AS b ON a.component = b.component AND a.class < b.class
ORDER BY ALL
LIMIT 1;
