-- The words before names, as the patterns that `bare` (names.sql) cuts them off with. A pattern is compiled once where it
-- is a constant, which a variable is.
SET VARIABLE led_in = (
    SELECT '^(?i:' || coalesce(string_agg(regexp_escape(word), '|' ORDER BY word), '[^\s\S]') || ') (\p{Lu}.*)$' FROM led_in
);
SET VARIABLE addressed = (
    SELECT '^(?i:' || coalesce(string_agg(regexp_escape(label), '|' ORDER BY label), '[^\s\S]') || ')\.? (\p{Lu}\S* .*)$'
    FROM head WHERE class = 'Person'
);
