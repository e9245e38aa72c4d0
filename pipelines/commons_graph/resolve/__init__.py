"""Statement to entity: which keys name one thing, of which class it is, and the graph that follows.

What belongs here: names, clusters, identifiers, decisions, and choosing what is published. What does not: changing a
statement (every merge can be undone), shapes (`commons_graph.validate`), files of a release (`commons_graph.publish`).
"""
