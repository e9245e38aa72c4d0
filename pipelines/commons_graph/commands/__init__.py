"""What the commands of `commons_graph.cli` do, one module a command. They may call every stage."""
