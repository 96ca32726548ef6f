# Everyday commands. Each is one line that also works without just.

# Ask a question: just ask "who depends on graphite"
ask *question:
    cargo run --release -- ask "{{question}}"

# Run all tests
test:
    cargo test

# What continuous integration runs
ci:
    bash .ci/run

# Check the RON files
check:
    cargo run --quiet -- check

# Format and lint
lint:
    cargo fmt
    cargo clippy --all-targets -- -D warnings

# Rewrite the goldens and the outputs in README and docs; read the diff before you commit it
bless:
    HANJUNG_BLESS=1 cargo test --test suite -- goldens:: docs:: trees::

# Draw the pictures of docs/gallery.md anew; look at them before you commit them
gallery:
    HANJUNG_BLESS=1 cargo test --test suite gallery::

# Documentation of the library
doc:
    cargo doc --no-deps --open

# Benches, and one question from cold beside sqlite3
bench:
    cargo bench
    benches/cold-start.sh
