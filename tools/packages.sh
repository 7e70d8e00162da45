#!/bin/sh
# See to what no Python package brings: cc (the fast engine); chromium (the tests of the page), with
# a library that Playwright needs and does not bring; soffice (the tests of the workbook); npm (what
# looks at the state machine); and tsc (the types of the page's script).
# What is missing is installed where apt-get and the rights are there; otherwise one line says
# what to install. Does nothing when all is there.
#   sh tools/packages.sh [cc] [chromium] [soffice] [npm] [tsc]
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

has_chromium() {
    [ -n "${CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome
}

has_soffice() {
    [ -n "${SOFFICE:-}" ] || has soffice || has libreoffice
}

# Only Linux has it apart from the compiler.
has_libatomic() {
    [ "$(uname -s)" != Linux ] ||
        PATH="$PATH:/usr/sbin:/sbin" ldconfig -p | grep -q 'libatomic\.so\.1'
}

missing=
for program; do
    case $program in
        cc) has cc || missing="$missing gcc libc6-dev python3-dev" ;;
        chromium)
            has_chromium || missing="$missing chromium fonts-noto-core"
            has_libatomic || missing="$missing libatomic1"
            ;;
        soffice) has_soffice || missing="$missing libreoffice-calc-nogui" ;;
        npm) has npm || missing="$missing nodejs npm" ;;
        tsc) has tsc || missing="$missing node-typescript" ;;
        *) echo "packages: does not know $program" >&2 && exit 2 ;;
    esac
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root=sudo
else
    as_root=none
fi
if [ "$as_root" = none ] || ! has apt-get; then
    echo "packages: needs$missing (Debian's names): install them as root" >&2
    exit 1
fi

echo "packages: installing$missing, which takes up to two minutes"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    # shellcheck disable=SC2086 # a list of packages, and an empty word for root
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends $missing
}
if ! install >"$log" 2>&1 </dev/null; then
    tail -n 5 "$log" >&2
    echo "packages: could not install$missing; the reason is above" >&2
    exit 1
fi
