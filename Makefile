.PHONY: help demo test check bench picture constraints clean

help: ## list these
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## set up, then make the starter's documents in out/
	@.ci/setup run
	@.venv/bin/pitchgen pitch -o out

test: ## set up, then run every check and test
	@.ci/setup test
	@$(MAKE) --no-print-directory check

check: ## lint, types and tests with coverage, once set up
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict pitchgen tests benchmarks
	.venv/bin/pytest --cov=pitchgen --cov-report=term-missing:skip-covered

bench: ## set up, then compare speeds
	@.ci/setup test
	@.venv/bin/python -m benchmarks

picture: ## draw the README's picture anew, once set up
	@.venv/bin/pitchgen pitch aino-virtasalmi --date 2026-11-21 -o out/picture.pdf
	@pdftoppm -png -r 110 -singlefile out/picture.pdf docs/pitch

# The oldest Python, because what it gets installs on the newer ones too; what the newest gets may not on it.
PYTHON ?= python3.11
constraints: ## resolve the newest dependencies into constraints.txt
	@rm -rf .venv/resolve
	@$(PYTHON) -m venv .venv/resolve
	@.venv/resolve/bin/pip install --quiet '.[dev]'
	@{ echo '# From `make constraints`.'; .venv/resolve/bin/pip freeze --exclude pitchgen; } > constraints.txt
	@rm -rf .venv/resolve

clean: ## back to a fresh clone
	rm -rf .venv out dist .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
