#!/bin/sh
# Take the picture in README.md from the result of `make run` (out/result.json).
# Needs Chromium.
#   sh docs/images/take.sh [RESULT]
set -eu
cd "$(dirname "$0")/../.."
result=${1:-out/result.json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

.venv/bin/kanaalkompas report "$result" --language en --out "$work/page.html"
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --hide-scrollbars --user-data-dir="$work/profile" --virtual-time-budget=4000 \
    --window-size=1280,1385 --screenshot="$PWD/docs/images/compare.png" "file://$work/page.html" 2>/dev/null
