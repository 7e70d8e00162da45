#!/bin/sh
# Take the pictures in README.md from the results of `make run` and `make case` in a folder.
# Needs Chromium.
#   sh docs/images/take.sh [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-out}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

take() { # DOCUMENT PICTURE HEIGHT
    .venv/bin/kanaalkompas report "$folder/$1" --language en --out "$work/page.html"
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --hide-scrollbars --user-data-dir="$work/profile" --virtual-time-budget=4000 \
        --window-size="1280,$3" --screenshot="$PWD/docs/images/$2" "file://$work/page.html" 2>/dev/null
}

take result.json compare.png 1385
take case.json finance.png 1640
