.PHONY: help demo test check coverage bench picture data rules fields constraints clean

help: ## list these
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## set up, then measure the starter's figures, make its documents in out/
	@.ci/setup run
	@.venv/bin/pitchgen measure
	@.venv/bin/pitchgen build -o out
	@echo 'see them in your browser, and make your own: .venv/bin/pitchgen serve' >&2

test: ## set up, then run every check and test
	@.ci/setup test
	@$(MAKE) --no-print-directory check

check: ## lint, types and tests, once set up
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict pitchgen tests benchmarks
	.venv/bin/pytest

coverage: ## set up, then run the tests and say which lines they never reach; takes twice as long
	@.ci/setup test
	.venv/bin/pytest --cov=pitchgen --cov-report=term-missing:skip-covered

bench: ## set up, then compare speeds
	@.ci/setup test
	@.venv/bin/python -m benchmarks

picture: ## draw the pictures of the docs anew, once set up
	@.venv/bin/pitchgen pitch aino-virtasalmi --date 2026-11-21 -o out/picture.pdf
	@pdftoppm -png -r 110 -singlefile out/picture.pdf docs/pitch
	@for made in "playbook palveluasiantuntija" "role-card palveluasiantuntija" "manager-sheet priya-raman" \
			"team-page marjut-ketola" "persona-card varmistelija"; do \
		set -- $$made; .venv/bin/pitchgen $$1 $$2 --language en --date 2026-11-21 -o out/$$1.pdf; \
	done
	@for page in "playbook 1 cover" "playbook 4 persona" "playbook 5 journey" "playbook 3 matrix" \
			"role-card 1 role-card" "manager-sheet 1 manager-sheet" "team-page 1 team-page" \
			"persona-card 1 persona-card"; do \
		set -- $$page; pdftoppm -png -r 80 -f $$2 -singlefile out/$$1.pdf docs/$$3; \
	done
	@cd tests && PYTHONPATH=.. ../.venv/bin/python draw_manual.py

data: ## make the starter's exports in data/ anew, once set up
	@.venv/bin/python tests/draw_data.py
	@.venv/bin/pitchgen measure --date 2026-11-21 --write --quiet

rules: ## write the pages of the rules in docs/ anew, once set up
	@rm -rf docs/rules && mkdir docs/rules
	@.venv/bin/python -c 'from pathlib import Path; from pitchgen.rules.pages import documentation as pages; \
	[Path(path).write_text(page, encoding="utf-8") for path, page in pages().items()]'

fields: ## write the page of all fields in docs/ anew, once set up
	@.venv/bin/python -c 'from pathlib import Path; from pitchgen.model.pages import documentation as pages; \
	[Path(path).write_text(page, encoding="utf-8") for path, page in pages().items()]'

# The oldest Python, because what it gets installs on the newer ones too; what the newest gets may not on it.
PYTHON ?= python3.11
constraints: ## resolve the newest dependencies into constraints.txt and each package-lock.json
	@rm -rf .venv/resolve
	@$(PYTHON) -m venv .venv/resolve
	@.venv/resolve/bin/pip install --quiet '.[dev]'
	@{ echo '# From `make constraints`.'; .venv/resolve/bin/pip freeze --exclude pitchgen; } > constraints.txt
	@rm -rf .venv/resolve
	@for folder in tests/npm editor; do \
		rm -f $$folder/package-lock.json; \
		(cd $$folder && $(CURDIR)/.venv/bin/npm install --package-lock-only --ignore-scripts --silent) || exit 1; \
		.venv/bin/python -c 'import json, sys; lock = json.load(sys.stdin); \
			[each.pop("funding", None) for each in lock["packages"].values()]; print(json.dumps(lock, indent=2))' \
			< $$folder/package-lock.json > .venv/lock && mv .venv/lock $$folder/package-lock.json || exit 1; \
	done

clean: ## back to a fresh clone
	rm -rf .venv editor/node_modules pitchgen/web/static/editor.js out dist .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
