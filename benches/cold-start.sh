#!/usr/bin/env bash
# One question from cold, whole process, proof included, beside the sqlite3 shell answering the bare closure from a ready database of the
# same arcs. Runs the two in turn and prints the median wall time of each. Needs sqlite3. The profile is that of binaries that are given to
# others ready-built, unless another is named.
#
#     benches/cold-start.sh [RUNS] [PROFILE]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-200}
profile=${2:-dist}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --quiet --profile "$profile" --bin hanjung --example export_arcs
target=${CARGO_TARGET_DIR:-target}/$profile
"$target/examples/export_arcs" >"$work/arcs.tsv"
sqlite3 "$work/arcs.db" >/dev/null <<SQL
create table arc (dependent text, dependency text);
.mode tabs
.import $work/arcs.tsv arc
create index by_dependency on arc (dependency);
analyze;
SQL

closure="with recursive reached(x) as (values ('good graphite'), ('class graphite')
  union select dependent from arc join reached on dependency = x) select x from reached"
hanjung() { "$target/hanjung" ask "who depends on graphite" >/dev/null; }
sqlite() { sqlite3 -readonly "$work/arcs.db" "$closure" >/dev/null; }
timed() { # microseconds that a command takes
    local start=${EPOCHREALTIME/./} end
    "$1"
    end=${EPOCHREALTIME/./}
    echo $((end - start))
}

hanjung && sqlite # once each, not counted
for ((run = 0; run < runs; run++)); do
    timed hanjung >>"$work/hanjung"
    timed sqlite >>"$work/sqlite"
done
median() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }
echo "$(wc -l <"$work/arcs.tsv") arcs, $runs runs each, median of the whole process:"
echo "hanjung, with proofs:    $(median "$work/hanjung") µs"
echo "sqlite3, bare closure:   $(median "$work/sqlite") µs"
