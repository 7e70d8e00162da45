# Every target first sees to .venv (tools/setup.sh); `make help` lists them.

SCENARIOS ?= scenarios/amsterdam/*.yaml
RUN_FLAGS ?= --out out
PYTEST_FLAGS ?=
LOCK_FLAGS ?=

BIN = .venv/bin
FIRST = $(BIN)/kanaalkompas cloud run scenarios/small-town/*.yaml --out out/deploy-local
export SAM_CLI_TELEMETRY = 0
LOCK = $(BIN)/uv pip compile --no-config --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-annotate $(LOCK_FLAGS)

.DEFAULT_GOAL = help
.PHONY: help setup aws-tools aws-lint deploy-local run case test check format bench pace scale smoke coverage equal verify docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv, or bring it up to date
	@sh tools/setup.sh

aws-tools: setup ## make .venv-aws, with what deploys the stack, in an account or here
	@sh tools/packages.sh cc
	@sh tools/aws.sh

aws-lint: aws-tools ## add what looks at the templates to .venv-aws
	@sh tools/packages.sh npm
	@sh tools/aws.sh lint

deploy-local: aws-tools ## deploy the stack here, without an account, and ask it a first question
	@mkdir -p .aws-sam; exec 9>.aws-sam/local.lock; flock --nonblock 9 || \
	{ echo "deploy-local: it runs here already; stop that one, or try it in another clone" >&2; exit 1; }; \
	echo "Building the packages (a minute)"; \
	PACKAGE_PYTHON=$(BIN)/python .venv-aws/bin/sam build --build-dir .aws-sam/local \
	>.aws-sam/local.log 2>&1 || { cat .aws-sam/local.log >&2; exit 1; }; \
	exec .venv-aws/bin/python -m infra.local .aws-sam/local/template.yaml --first "$(FIRST)"

run: setup ## compare the Amsterdam strategies; the result lands in out/
	$(BIN)/kanaalkompas compare $(SCENARIOS) $(RUN_FLAGS)

case: setup ## the business case of the Amsterdam strategies (twenty minutes); lands in out/
	$(BIN)/kanaalkompas business-case $(SCENARIOS) $(RUN_FLAGS)

test: aws-lint ## run the tests on all cores
	@sh tools/packages.sh chromium soffice
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_FLAGS)

check: setup ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@sh tools/packages.sh tsc
	tsc --project tools/tsconfig.json

format: setup ## put formatting and imports right
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: setup ## measure speed and memory, and write them to docs/benchmark.md (ten minutes)
	$(BIN)/python -m benchmarks --write docs

pace: setup ## measure how long questions take, and write docs/costs-in-aws.md (half an hour)
	$(BIN)/python -m benchmarks.questions --write docs

scale: setup ## compute what all municipalities would ask of AWS, and write docs/scale.md
	$(BIN)/python -m benchmarks.scale --write docs

smoke: setup ## try a deployed stack; needs KANAALKOMPAS_API and KANAALKOMPAS_TOKEN (two minutes)
	$(BIN)/python -m infra.smoke

equal: setup ## compare the engines on N random scenarios, new ones each time (N=2000: two minutes)
	$(BIN)/python -m tests.identities.equal $(N)

verify: setup ## compare both engines with what is known; writes docs/verification.md
	$(BIN)/python docs/generate_verification.py

coverage: setup ## measure over 1,000 experiments how often intervals hold the truth (ten minutes)
	$(BIN)/python -m tests.experiment.coverage $(N)
	$(BIN)/python -m tests.sizing.coverage

docs: setup ## write the reference pages and the description of the API anew
	$(BIN)/python docs/generate_reference.py
	$(BIN)/python -m functions.api.description

lock: setup ## write the lock files anew; LOCK_FLAGS=--upgrade for newer versions
	$(LOCK) --extra dev --output-file requirements.lock pyproject.toml
	$(LOCK) --output-file infra/requirements.lock infra/requirements.in
	$(LOCK) --output-file infra/checkov.lock infra/checkov.in

clean: ## remove what make and the tools made
	rm -rf .venv .venv-aws .aws-sam out build simulation/*/*.so *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
