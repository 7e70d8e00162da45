#!/bin/sh
# Make .venv-aws hold the tools for infra/: those of infra/requirements.lock, and apart, because they
# ask other versions of the same packages, checkov and asl-validator in folders of their own.
# Does nothing as long as it is complete and current. Needs .venv, and npm.
set -eu
cd -P "$(dirname "$0")/.."

stamp=.venv-aws/complete
contents=$(cat infra/requirements.lock infra/checkov.lock infra/asl/package-lock.json tools/aws.sh | cksum)

if [ -f "$stamp" ] && [ "$(sed -n 1p "$stamp")" = "$PWD" ] && [ "$(sed -n 2p "$stamp")" = "$contents" ] &&
    .venv-aws/bin/python -c '' 2>/dev/null; then
    exit 0
fi

echo "aws-tools: making .venv-aws, which takes up to a minute"
rm -rf .venv-aws

environment() {
    .venv/bin/uv venv --quiet --no-config --python .venv/bin/python "$1"
    .venv/bin/uv pip install --quiet --python "$1/bin/python" --require-hashes --requirement "$2"
}

environment .venv-aws infra/requirements.lock
environment .venv-aws/checkov infra/checkov.lock
mkdir .venv-aws/asl
cp infra/asl/package.json infra/asl/package-lock.json infra/asl/.npmrc .venv-aws/asl/
npm --prefix .venv-aws/asl ci --silent --no-audit --no-fund --ignore-scripts
printf '%s\n%s\n' "$PWD" "$contents" >"$stamp"
