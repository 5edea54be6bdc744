#!/bin/sh
# Throws mutated bytes at every format and at the trained reader, SECONDS each (60 if not given), and ends with an error if one of them breaks.
#
#   scripts/fuzz.sh [SECONDS [FORMAT...]]      e.g.  scripts/fuzz.sh 60 html eml
#
# Needs nothing but the stable compiler and a C++ compiler (for libFuzzer): the coverage that `cargo fuzz` asks the
# nightly compiler for is switched on by hand. Without address sanitizer, because the project has no unsafe code.
# What was found interesting is kept in fuzz/corpus, what broke in fuzz/artifacts.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
formats=${*:-pdf docx odt epub zip eml html markdown text network}
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1"
target=${CARGO_TARGET_DIR:-fuzz/target}
# With a target named, the flags reach the crates and not the build scripts.
host=$(rustc -vV | sed -n 's/^host: //p')
for format in $formats; do bins="${bins:-} --bin $format"; done
# shellcheck disable=SC2086
RUSTFLAGS="${RUSTFLAGS:-} $coverage" cargo build --release --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$target" $bins
python3 scripts/fuzz_seeds.py fuzz/corpus
failed=
for format in $formats; do
    mkdir -p "fuzz/corpus/$format" "fuzz/artifacts/$format"
    echo "== $format, $seconds seconds"
    "$target/$host/release/$format" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="fuzz/artifacts/$format/" "fuzz/corpus/$format" >"fuzz/artifacts/$format.log" 2>&1 \
        || { failed="$failed $format"; tail -30 "fuzz/artifacts/$format.log"; }
    grep -E 'stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "fuzz/artifacts/$format.log" || true
done
[ -z "$failed" ] || { echo "broken:$failed (what broke it is in fuzz/artifacts)" >&2; exit 1; }
echo "clean: $formats"
