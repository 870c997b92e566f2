#!/usr/bin/env bash
# The page against a real service in a real browser, and the committed page against its source. Needs node and Chromium, and installs what
# is missing where it may; without them it says that the page is not tested, which is a failure where WATERBUS_SKIP_NOTHING is set.
set -euo pipefail
cd "$(dirname "$0")"

skip() {
    echo "$1: the page is not tested"
    [ -z "${WATERBUS_SKIP_NOTHING:-}" ]
    exit
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

has_browser() { [ -n "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome >/dev/null 2>&1; }
has_node() { command -v npm >/dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)'; }

# The distribution's node may be older than the page's tools want; npm brings a newer one, for this tree alone.
bring_node() {
    command -v npm >/dev/null 2>&1 || install nodejs npm || return 1
    has_node && return
    npm install --silent --no-audit --no-fund --prefix "$tools" node@22 && PATH="$tools/node_modules/node/bin:$PATH" && has_node
}

tools=$PWD/../target/tools/node
has_node || bring_node || skip "node 20 or newer is not installed"
has_browser || install chromium fonts-noto-cjk || skip "Chromium is not installed"
npm ci --no-audit --no-fund || skip "the page's packages cannot be fetched"

echo "== the page that is committed is the one of its source"
made=$PWD/../target/page
rm -rf "$made/dist" && mkdir -p "$made"
npm run --silent api -- "$made/schema.d.ts"
npm run --silent check
npm run --silent build -- --outDir "$made/dist" --logLevel warn
if ! cmp src/api/schema.d.ts "$made/schema.d.ts" || ! diff -rq dist "$made/dist"; then
    echo "run make page, and commit what it makes"
    exit 1
fi

echo "== the page in a browser"
# as the tests build it: other features of dependencies would be compiled once more
cargo test --locked --test http --no-run
npm test
