#!/bin/sh
# Installs what the tests need and runs them all: Rust tests, the page in a real browser, files in the programs that are to
# open them (Python). Ends in one count.
# Needs Rust 1.92 or newer and a C compiler (for SQLite). On Debian it installs Chromium, Node.js and Python by itself.
set -u
cd "$(dirname "$0")/.." || exit 2
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

has() { # has COMMAND: whether it is there; of Python whether it can make environments, a package of its own on Debian
    command -v "$1" >/dev/null 2>&1 && { [ "$1" != python3 ] || python3 -c "import ensurepip, venv" 2>/dev/null; }
}
need() { # need COMMAND PACKAGE...
    has "$1" && return
    command=$1; shift
    if command -v apt-get >/dev/null 2>&1; then
        sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
        $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$logs/apt" 2>&1
    fi
    has "$command" || { echo "cannot find or install $command: install $* and run again" >&2; exit 2; }
}
command -v cargo >/dev/null 2>&1 || { echo "cargo is missing: install Rust 1.92 or newer (https://rustup.rs) and run again" >&2; exit 2; }
need cc gcc libc6-dev
need chromium chromium
need node nodejs npm
need python3 python3 python3-venv

failed=0
run() { # run NAME COMMAND...: shows the output and keeps it for the count
    name=$1; shift
    echo "== $name"
    { "$@" 2>&1; echo $? >"$logs/$name.rc"; } | tee "$logs/$name.log"
    [ "$(cat "$logs/$name.rc")" = 0 ] || { failed=1; echo "== $name failed"; }
}

run rust cargo test --workspace --no-fail-fast --quiet
run page-install npm ci --prefix tests/page --no-audit --no-fund
run page node --test --test-reporter=spec "tests/page/"
target=${CARGO_TARGET_DIR:-target}
run files-install sh -c "python3 -m venv '$target/python' && '$target/python/bin/pip' install --quiet --disable-pip-version-check -r tests/files/requirements.txt"
run files env RASHOMON="$target/debug/rashomon" "$target/python/bin/python" -m unittest discover -v tests/files

sum() { # sum FILE REGEX: adds up the number before or after a word
    sed -nE "s/$2/\1/p" "$1" | awk '{n += $1} END {print n + 0}'
}
ran() { sum "$logs/files.log" '^Ran ([0-9]+) tests?.*'; }
lost() { grep -cE '^(ERROR|FAIL): ' "$logs/files.log"; }
passed=$(( $(sum "$logs/rust.log" '.*test result:.* ([0-9]+) passed.*') + $(sum "$logs/page.log" '^[^a-z]*pass ([0-9]+)') + $(ran) - $(lost) ))
broken=$(( $(sum "$logs/rust.log" '.*test result:.* ([0-9]+) failed.*') + $(sum "$logs/page.log" '^[^a-z]*fail ([0-9]+)') + $(lost) ))
skipped=$(( $(sum "$logs/rust.log" '.*test result:.* ([0-9]+) ignored.*') + $(sum "$logs/page.log" '^[^a-z]*skipped ([0-9]+)') ))
[ "$failed" = 0 ] || [ "$broken" != 0 ] || broken=1
echo
echo "$passed passed, $broken failed, $skipped skipped"
[ "$failed" = 0 ]
