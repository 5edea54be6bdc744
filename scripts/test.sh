#!/bin/sh
# Installs what the tests need and runs them all: Rust tests, then the page in a real browser. Ends in one count.
# Needs Rust 1.92 or newer and a C compiler (for SQLite). On Debian it installs Chromium and Node.js by itself.
set -u
cd "$(dirname "$0")/.." || exit 2
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

need() { # need COMMAND PACKAGE...
    command -v "$1" >/dev/null 2>&1 && return
    command=$1; shift
    if command -v apt-get >/dev/null 2>&1; then
        sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
        $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$logs/apt" 2>&1
    fi
    command -v "$command" >/dev/null 2>&1 || { echo "cannot find or install $command: install $* and run again" >&2; exit 2; }
}
command -v cargo >/dev/null 2>&1 || { echo "cargo is missing: install Rust 1.92 or newer (https://rustup.rs) and run again" >&2; exit 2; }
need cc gcc libc6-dev
need chromium chromium
need node nodejs npm

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

sum() { # sum FILE REGEX: adds up the number before or after a word
    sed -nE "s/$2/\1/p" "$1" | awk '{n += $1} END {print n + 0}'
}
passed=$(( $(sum "$logs/rust.log" '.*test result:.* ([0-9]+) passed.*') + $(sum "$logs/page.log" '^[^a-z]*pass ([0-9]+)') ))
broken=$(( $(sum "$logs/rust.log" '.*test result:.* ([0-9]+) failed.*') + $(sum "$logs/page.log" '^[^a-z]*fail ([0-9]+)') ))
skipped=$(( $(sum "$logs/rust.log" '.*test result:.* ([0-9]+) ignored.*') + $(sum "$logs/page.log" '^[^a-z]*skipped ([0-9]+)') ))
[ "$failed" = 0 ] || [ "$broken" != 0 ] || broken=1
echo
echo "$passed passed, $broken failed, $skipped skipped"
[ "$failed" = 0 ]
