#!/bin/sh
# The monthly review, for cron: `monthly.sh ./exports ./state`. Buys nothing; says whether a person has something to decide.
# Rates and plans that were given once are remembered in the store; hand new ones with --rates and --owned.
set -eu
exports=$1
state=$2
mkdir -p "$state"
umask 077

code=0
sageplan review "$exports" --store "$state/sageplan.duckdb" --term 1yr \
  --markdown "$state/review.md" --json > "$state/review.json" || code=$?

case $code in
  0) echo "Nothing to decide." ;;
  10) echo "To decide: $state/review.md" ;; # hand it to your ticket system here
  *) exit "$code" ;; # what went wrong stands on standard error
esac
