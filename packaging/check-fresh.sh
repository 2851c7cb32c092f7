#!/bin/bash
# As root: proves that an empty Debian 12 with git, make and ca-certificates can run `make demo` and `make test`.
#   packaging/check-fresh.sh [TARGET...]     make targets, by default: demo test
# Environment, each taken from this host by default:
#   ZIGE_MIRROR            Debian mirror: the first bookworm archive in the host's apt sources
#   ZIGE_SECURITY_MIRROR   the same for bookworm-security
#   ZIGE_FRESH_DIR         an empty or missing folder for the root; by default a temporary one
#   ZIGE_FRESH_KEEP=1      keep the root afterwards, for a look inside
set -euo pipefail
trap 'echo "check-fresh: failed at line $LINENO" >&2' ERR
here=$(cd "$(dirname "$0")/.." && pwd)
targets=("${@:-demo test}")
[ "$(id -u)" -eq 0 ] || { echo "check-fresh: needs root" >&2; exit 2; }
for tool in debootstrap unshare git; do
    command -v "$tool" >/dev/null || { echo "check-fresh: $tool is not installed" >&2; exit 2; }
done

# The first URI of the host's sources whose suite is $1; both formats of apt.
mirror_of() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | awk -v suite="$1" '
        $1 == "Types:" { uri = "" }
        $1 == "deb" { for (i = 2; i < NF; ++i) if ($i ~ /:\/\// && $(i + 1) == suite) { print $i; exit } }
        $1 == "URIs:" { uri = $2 }
        $1 == "Suites:" { for (i = 2; i <= NF; ++i) if ($i == suite && uri != "") { print uri; exit } }
    ' || true
}
mirror=${ZIGE_MIRROR:-$(mirror_of bookworm)}
security=${ZIGE_SECURITY_MIRROR:-$(mirror_of bookworm-security)}
[ -n "$mirror" ] || { echo "check-fresh: no bookworm mirror in the apt sources; set ZIGE_MIRROR" >&2; exit 2; }

root=${ZIGE_FRESH_DIR:-$(mktemp -d -t zige-fresh.XXXXXX)}
mkdir -p "$root"
[ -z "$(ls -A "$root")" ] || { echo "check-fresh: $root is not empty" >&2; exit 2; }
clean_up() {
    [ -n "${ZIGE_FRESH_KEEP:-}" ] && { echo "check-fresh: kept $root"; return; }
    rm -rf --one-file-system "$root"
}
trap clean_up EXIT

echo "check-fresh: an empty bookworm from $mirror in $root"
debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail -20 "$root.log" >&2; exit 1; }
rm -f "$root.log"
echo "deb $mirror bookworm main" >"$root/etc/apt/sources.list"
[ -z "$security" ] || echo "deb $security bookworm-security main" >>"$root/etc/apt/sources.list"
# How this host reaches its mirror, proxies and private authorities included.
cp /etc/resolv.conf "$root/etc/resolv.conf"
proxies=$(grep -rliE 'proxy|cainfo' /etc/apt/apt.conf.d 2>/dev/null || true)
for file in $proxies; do cp "$file" "$root/etc/apt/apt.conf.d/"; done
if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
fi

git clone --quiet --no-hardlinks "$here" "$root/srv/zige"
echo "check-fresh: $(git -C "$here" rev-parse --short HEAD), make ${targets[*]}"

# Own mounts and processes: nothing is left behind, whatever the run does.
for target in ${targets[*]}; do
    began=$SECONDS
    unshare --mount --pid --fork --mount-proc="$root/proc" --kill-child bash -euc '
        mount --rbind /dev "$0/dev"
        exec chroot "$0" /usr/bin/env -i HOME=/srv PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 CI=true \
            ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
            make -C /srv/zige "$1" </dev/null' "$root" "$target"
    echo "check-fresh: make $target passed in $((SECONDS - began)) s"
done
