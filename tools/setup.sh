#!/bin/sh
# Make .venv hold what requirements.lock names, or say in one line what is missing.
# Run by make before every target; does nothing as long as .venv is complete and current.
# PYTHON=... picks the interpreter.
set -eu
cd -P "$(dirname "$0")/.."

stamp=.venv/complete
contents=$({
    cat pyproject.toml requirements.lock setup.py simulation/__init__.py simulation/*/compiled.py
    command -v cc || command -v gcc || true
} | cksum)

stop() {
    echo "set-up: $1" >&2
    exit 2
}

has_uv() { command -v uv >/dev/null 2>&1; }

python_says() { "$1" -c "$2" 2>/dev/null; }

version_of() { python_says "$1" 'import platform; print(platform.python_version())'; }

# A name on the path may be a shim of a Python that is not there, so it is asked.
is_supported() {
    python_says "$1" 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
}

# Some systems leave the parts that make an environment out of their Python.
has_venv() { python_says "$1" 'import ensurepip, venv'; }

# An environment is used again only if it was completed at this very place: the commands in it
# hold the path of the folder they were made in. One that uv made has no pip.
is_reusable() {
    [ -f "$stamp" ] && [ "$(sed -n 1p "$stamp")" = "$PWD" ] &&
        is_supported .venv/bin/python && { has_uv || python_says .venv/bin/python 'import pip'; }
}

choose_python() {
    python=
    bare=
    other=
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if ! is_supported "$name"; then
            other=${other:-$(version_of "$name" || true)}
        elif has_uv || has_venv "$name"; then
            python=$name
            return
        else
            bare=${bare:-$(version_of "$name" | cut -d . -f 1-2)}
        fi
    done
    if [ -n "$bare" ]; then
        stop "Python $bare lacks its venv module (Debian, Ubuntu: apt-get install python$bare-venv)"
    elif ! has_uv; then
        stop "needs Python 3.11, 3.12 or 3.13, found ${other:-none}: install one of them, or uv"
    fi
}

make_environment() {
    rm -rf .venv
    choose_python
    echo "set-up: making .venv, which takes up to a minute"
    if has_uv; then
        uv venv --quiet --python "${python:->=3.11,<3.14}" .venv ||
            stop "uv found no Python: install Python 3.11, 3.12 or 3.13"
    else
        "$python" -m venv .venv
    fi
}

install() {
    if has_uv; then
        uv pip install --quiet --python .venv/bin/python "$@"
    else
        .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check "$@"
    fi || stop "the packages could not be installed; the reason is above"
}

if is_reusable; then
    [ "$(sed -n 2p "$stamp")" = "$contents" ] && exit 0
    rm "$stamp"
else
    make_environment
fi
install --require-hashes --requirement requirements.lock
rm -f simulation/*/*.so
install --no-deps --no-build-isolation --editable .
ls simulation/play/*.so >/dev/null 2>&1 ||
    echo "set-up: no C compiler found: SimPy will play, twenty times slower, and 10 replications instead of 30;" \
        "install one and run make again for more"
printf '%s\n%s\n' "$PWD" "$contents" >"$stamp"
