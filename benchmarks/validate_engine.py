"""One other SHACL engine on files, in an environment of its own: seconds and results as JSON.

validate_engine.py ENGINE DATA SHAPES, run by validate_engines.py. What belongs here: nothing of commons_graph, which is
not installed where this runs.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections import defaultdict

MODULES = {"pyshacl-turbo": "pyshacl_turbo", "pyshifty": "shifty"}
SHACL = "http://www.w3.org/ns/shacl#"
TOLD = ("focusNode", "sourceShape", "sourceConstraintComponent")


def main(engine: str, data: str, shapes: str) -> None:
    """Validate and print the figures; reading the files counts, reading the report does not."""
    module = importlib.import_module(MODULES[engine])
    began = time.process_time()
    _, report, _ = module.validate(data, shacl_graph=shapes)
    seconds = time.process_time() - began
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in report:
        facts[str(subject)][str(predicate).removeprefix(SHACL)] = str(value)
    results = sorted([fact[name] for name in TOLD] for fact in facts.values() if "sourceShape" in fact)
    print(json.dumps({"seconds": seconds, "results": results}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
