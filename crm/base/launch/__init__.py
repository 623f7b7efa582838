"""What run.py does, in modules. set-up (`steps`, `setup`) runs before .venv exists and needs the standard library alone."""
