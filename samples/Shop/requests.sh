#!/usr/bin/env bash
# Sends requests to a shop that runs, and shows what it knows then. Usage: samples/Shop/requests.sh [address]
set -euo pipefail
shop="${1:-http://127.0.0.1:5080}"

# The operator of the sample, who may do everything.
operator='{"email":"operator@shop.example","password":"Sample-Operator-1"}'
token="$(curl -s -H 'Content-Type: application/json' -d "$operator" "$shop/account/login" |
    sed 's/.*"accessToken":"\([^"]*\)".*/\1/')"

ask() { curl -s -H "Authorization: Bearer $token" "$@"; }

order() {
    printf 'order %s: ' "$1"
    ask -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' -d "{\"item\":\"tea\",\"quantity\":$1}" "$shop/orders"
}

for number in 1 2 3 4; do order "$number"; done
echo "switching to supplier south"
ask -X PUT "$shop/supplier/south"
for number in 5 6 7 8; do order "$number"; done
curl -s -o /dev/null "$shop/reports/2026"
echo
curl -s "$shop/memories"
curl -s "$shop/memory-triggers/health"
echo
