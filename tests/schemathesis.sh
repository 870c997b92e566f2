#!/bin/sh
# Asks the service everything its description allows, and much that it does not: Schemathesis, all checks, stateful.
# Usage: tests/schemathesis.sh [MAX_EXAMPLES]   examples for each operation and phase; 20 where none is given
# What is expected beyond the checks' own rules stands in tests/schemathesis.toml, with reasons.
set -eu
CARGO_OPTIONS=${CARGO_OPTIONS:-}
cd "$(dirname "$0")/.."
examples=${1:-20}
venv=target/schemathesis
out=target/schemathesis-run
if ! "$venv/bin/st" --version 2>/dev/null | grep -q 4.32.5; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet schemathesis==4.32.5
fi
mkdir -p "$out"
rm -f "$out/stdin" "$out/server.log"
mkfifo "$out/stdin"
cargo test --locked $CARGO_OPTIONS --test http --no-run
# the server ends when its standard input does, which is at the latest when this script does
cargo test --locked $CARGO_OPTIONS --test http -- --ignored --nocapture serve_for_schemathesis <"$out/stdin" >"$out/server.log" 2>&1 &
exec 3>"$out/stdin"
tries=0
until grep -q READY "$out/server.log"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 600 ]; then
        cat "$out/server.log"
        exit 1
    fi
    sleep 0.2
done
line=$(grep -o 'READY .*' "$out/server.log" | head -1)
address=$(echo "$line" | cut -d' ' -f2)
WATERBUS_KEY=$(echo "$line" | cut -d' ' -f3)
export WATERBUS_KEY
status=0
# what the tool learns it writes where it runs: outside the tree
root=$PWD
cd "$out"
"$root/$venv/bin/st" --config-file "$root/tests/schemathesis.toml" run "http://$address/openapi.json" \
    --phases examples,coverage,fuzzing,stateful --max-examples "$examples" --seed 1 --continue-on-failure || status=$?
exec 3>&-
wait
exit "$status"
