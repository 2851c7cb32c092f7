#!/bin/bash
# Installs the Debian 12 packages that Zige needs, and nothing else; does nothing when all are there.
#   packaging/setup.sh              to build and run the demo
#   packaging/setup.sh --languages  also to test the examples of agent/examples in Java, C# and Delphi
#   packaging/setup.sh --tools      also what `make fmt` and `make lint` need
set -euo pipefail

packages=(
    # to build
    make cmake ninja-build g++ ccache pkg-config python3
    libpoco-dev libsqlite3-dev zlib1g-dev libssl-dev libcbor-dev libqrencode-dev
    libpango1.0-dev fonts-wqy-microhei
    # to test and to run the demo: dates by script, independent checks of certificates, of HTTP, of QR codes, of PDF, of JSON Schemas
    # and of the worked examples of protocol/SPEC.md; comparison of binary interfaces
    libcppunit-dev libzbar-dev poppler-utils git faketime openssl curl python3-jsonschema python3-cbor2 abigail-tools
)
# The runtime and compiler of each language, as small as Debian has them: 70 MB to fetch, most of it Java's.
languages=(openjdk-17-jre-headless ecj libjna-java mono-mcs mono-runtime fp-compiler fp-units-rtl)
tools=(clang-format clang-tidy)

case "${1:-}" in
    "") ;;
    --languages) packages+=("${languages[@]}") ;;
    --tools) packages+=("${tools[@]}") ;;
    *) echo "usage: $0 [--languages|--tools]" >&2; exit 2 ;;
esac

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: not root and no sudo; install by hand: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
echo "setup: installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" apt-get update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" </dev/null
echo "setup: done"
