#!/bin/sh
# Make .venv-aws hold the tools for infra/: those of infra/requirements.lock, which deploy. With
# "lint" also those that only look at the templates: checkov and asl-validator, in folders of their
# own because they ask other versions of the same packages. Does nothing that is done and current.
# Needs .venv, and npm for "lint".
set -eu
cd -P "$(dirname "$0")/.."

environment() {
    .venv/bin/uv venv --quiet --no-config --python .venv/bin/python "$1"
    .venv/bin/uv pip install --quiet --python "$1/bin/python" --require-hashes --requirement "$2"
}

# Whether a folder was made whole, here, from these files.
current() {
    [ -f "$1/complete" ] && [ "$(cat "$1/complete")" = "$(stamp "$1")" ] &&
        "$1/bin/python" -c '' 2>/dev/null
}

stamp() {
    case $1 in
    .venv-aws) cat infra/requirements.lock tools/aws.sh ;;
    *) cat infra/checkov.lock infra/asl/package-lock.json tools/aws.sh ;;
    esac | cksum
    pwd
}

if ! current .venv-aws; then
    echo "aws-tools: making .venv-aws, which takes up to a minute"
    rm -rf .venv-aws
    environment .venv-aws infra/requirements.lock
    stamp .venv-aws >.venv-aws/complete
fi

if [ "${1-}" = lint ] && ! current .venv-aws/checkov; then
    echo "aws-lint: adding what looks at templates to .venv-aws, which takes up to a minute"
    rm -rf .venv-aws/checkov .venv-aws/asl
    environment .venv-aws/checkov infra/checkov.lock
    mkdir .venv-aws/asl
    cp infra/asl/package.json infra/asl/package-lock.json infra/asl/.npmrc .venv-aws/asl/
    npm --prefix .venv-aws/asl ci --silent --no-audit --no-fund --ignore-scripts
    stamp .venv-aws/checkov >.venv-aws/checkov/complete
fi
