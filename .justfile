# Everything CI runs.
check:
    .venv/bin/ruff format --check .
    .venv/bin/ruff check .
    .venv/bin/mypy
    .venv/bin/lint-imports
    .venv/bin/pytest -n auto --cov

# Format and mend what can be mended.
format:
    .venv/bin/ruff format .
    .venv/bin/ruff check --fix .

# Bring the catalogues up to the sources, and compile them.
phrases:
    .venv/bin/python -m tests.house.catalogues

# Lock all versions with their hashes.
lock:
    uv pip compile pyproject.toml assets/deploy/build.in --extra test --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --upgrade -o assets/deploy/test.lock
    uv pip compile pyproject.toml assets/deploy/build.in --extra central --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c assets/deploy/test.lock -o assets/deploy/run.lock
    uv pip compile pyproject.toml assets/deploy/build.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c assets/deploy/test.lock -o assets/deploy/branch.lock

# Bring the list of files in the codebase guide up to the sources.
guide:
    .venv/bin/python -m tests.house.guide

# Bring the handbook for visitors and staff up to the declarations.
handbook:
    .venv/bin/python -m tests.house.handbook

# Take the README's two pictures anew, of one library on one day.
pictures:
    .venv/bin/python -m tests.house.pictures
