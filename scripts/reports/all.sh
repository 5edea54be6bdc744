#!/bin/sh
# Renews every report in docs/reports. SHARED is the folder with the measuring data, which is not part of the project.
#   sh scripts/reports/all.sh ../shared
# Needs Python 3.11 with nomenklatura, datasketch, networkx, trafilatura, lxml_html_clean, python-docx and spaCy (PyPI), and poppler-utils (pdftotext).
set -eu
shared=$(cd "${1:?give the folder with the measuring data}" && pwd)
cd "$(dirname "$0")/../.."
cargo build --release --workspace --bins --examples
# Some end with an error where a figure is below its bar; the other reports are renewed all the same.
missed=0
python3 scripts/reports/reading.py --shared "$shared" || missed=1
python3 scripts/reports/speed.py --shared "$shared" || missed=1
python3 scripts/reports/speech.py --shared "$shared"
python3 scripts/reports/names.py --shared "$shared"
python3 scripts/reports/actors.py --shared "$shared"
python3 scripts/reports/reuse.py --shared "$shared"
python3 scripts/reports/contradiction.py --shared "$shared"
python3 scripts/reports/times.py --shared "$shared"
python3 scripts/reports/causes.py --shared "$shared"
python3 scripts/reports/events.py --shared "$shared"
python3 scripts/reports/graphs.py
python3 scripts/reports/events_speed.py
python3 scripts/reports/discourse.py --shared "$shared"
python3 scripts/reports/causes_speed.py
python3 scripts/reports/coreference.py --shared "$shared"
python3 scripts/reports/intake_html.py --shared "$shared"
python3 scripts/reports/intake_formats.py "$shared/corpora/formats" target/release/examples/extract
npm ci --prefix tests/page --no-audit --no-fund
node scripts/reports/page_speed.mjs || missed=1
python3 scripts/reports/load.py || missed=1
python3 scripts/reports/intake_speed.py --shared "$shared" --read target/release/examples/read_time
[ -d tests/page/node_modules ] && node scripts/reports/pages.mjs
exit $missed
