-- What the next healing needs to know of this one: what it took at any time, and what that tied together.
CREATE OR REPLACE TABLE healed AS FROM sh_taken UNION FROM sh_settled;
CREATE OR REPLACE TABLE healed_link AS SELECT one, other FROM sh_link UNION FROM sh_settled_link;
CREATE OR REPLACE TABLE healed_by AS SELECT $mark AS mark;
