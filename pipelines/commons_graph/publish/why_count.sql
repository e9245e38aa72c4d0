-- How many statements have a value in {column}.
SELECT count(*) FROM statement WHERE {column} = ?
