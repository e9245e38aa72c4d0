"""One other SHACL engine on files, in an environment of its own: seconds and results as JSON.

validate_engine.py ENGINE DATA SHAPES, run by validate_engines.py. What belongs here: nothing of commons_graph, which is
not installed where this runs.
"""

from __future__ import annotations

import importlib
import json
import sys
import time

MODULES = {"pyshacl-turbo": "pyshacl_turbo", "pyshifty": "shifty"}
RESULT = "http://www.w3.org/ns/shacl#result"


def main(engine: str, data: str, shapes: str) -> None:
    """Validate and print the figures; reading the files counts."""
    module = importlib.import_module(MODULES[engine])
    began = time.process_time()
    _, report, _ = module.validate(data, shacl_graph=shapes)
    seconds = time.process_time() - began
    results = sum(str(predicate) == RESULT for _, predicate, _ in report)
    print(json.dumps({"seconds": seconds, "results": results}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
