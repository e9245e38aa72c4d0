"""How the pictures of the documentation are made; `docs/draw.py` is the command."""
