#!/bin/bash
# Who may include whom. One awk table; a new arrow needs an ADR.
#   layers.sh [ROOT]    prints file:line: and the include that is not allowed; exits 1 if there is one
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"

# folder | own headers it may include (prefixes) | foreign headers it may include (regular expression)
# Longest folder wins. Standard C++ headers are always allowed.
rules='
shared/base      | shared/base/                                          | -
shared/domain    | shared/base/ shared/domain/                           | -
shared/ports     | shared/base/ shared/ports/                            | -
shared/wire      | shared/base/ shared/domain/ shared/ports/ shared/wire/ | ^cbor[.]h$|^cbor/
shared/sqlite    | shared/base/ shared/ports/ shared/sqlite/             | ^sqlite3[.]h$
shared/openssl   | shared/base/ shared/ports/ shared/openssl/            | ^openssl/
shared/zlib      | shared/base/ shared/ports/ shared/zlib/               | ^zlib[.]h$
shared/qr        | shared/base/ shared/ports/ shared/qr/                 | ^qrencode[.]h$
shared/poco      | shared/base/ shared/ports/ shared/poco/               | ^Poco/|^openssl/
shared/posix     | shared/base/ shared/ports/ shared/posix/              | POSIX
agent/core       | shared/base/ shared/domain/ shared/wire/ shared/ports/ agent/core/ | -
agent/store      | shared/base/ shared/domain/ shared/wire/ shared/ports/ shared/sqlite/ agent/core/ agent/store/ | -
agent            | shared/ agent/ zige/                                  | ^Poco/|POSIX
agent/include    | zige_codes.h                                          | ^std(def|int)[.]h$
agent/examples   | zige/                                                 | ^std(io|lib)[.]h$|^string[.]h$
hub/core         | shared/base/ shared/domain/ shared/wire/ shared/ports/ hub/core/ | -
hub/store        | shared/base/ shared/domain/ shared/wire/ shared/ports/ hub/core/ hub/store/ | ^Poco/
hub/core/papers  | shared/base/ shared/ports/ hub/core/papers/           | -
hub/pdf          | shared/base/ shared/ports/ hub/core/papers/ hub/core/ports/ hub/pdf/ | ^pango/|^cairo(-pdf)?[.]h$
hub              | shared/ hub/                                          | ^Poco/|POSIX
tests            | shared/ agent/ hub/ tests/ zige/                      | .
'
posix='^(sys|netinet|arpa|net)/|^(unistd|fcntl|poll|signal|pwd|grp|dirent|netdb|termios|iconv|dlfcn|pthread|syslog|time)[.]h$'

grep -rnE --include='*.h' --include='*.cpp' --include='*.c' '^[[:space:]]*#[[:space:]]*include' \
    $(ls -d shared agent hub tests 2>/dev/null) | LC_ALL=C sort |
    awk -v rules="$rules" -v posix="$posix" '
    function trim(text) { gsub(/^ +| +$/, "", text); return text }
    BEGIN {
        count = split(rules, lines, "\n")
        for (i = 1; i <= count; ++i) {
            if (split(lines[i], cell, " *[|] *") < 2) continue
            cut = index(lines[i], "|"); folder = trim(substr(lines[i], 1, cut - 1))
            rest = substr(lines[i], cut + 1); cut = index(rest, "|")
            own[folder] = trim(substr(rest, 1, cut - 1))
            foreign[folder] = trim(substr(rest, cut + 1))
            gsub(/POSIX/, posix, foreign[folder])
        }
    }
    function folder_of(path,    best, each) {
        best = ""
        for (each in own) if (index(path, each "/") == 1 && length(each) > length(best)) best = each
        return best
    }
    function own_allowed(folder, header,    n, prefixes, i) {
        n = split(own[folder], prefixes, " +")
        for (i = 1; i <= n; ++i) if (index(header, prefixes[i]) == 1) return 1
        return 0
    }
    {
        split($0, part, ":"); path = part[1]; line = part[2]
        folder = folder_of(path); ++seen
        if (match($0, /"[^"]+"/)) {
            header = substr($0, RSTART + 1, RLENGTH - 2)
            allowed = own_allowed(folder, header)
        } else if (match($0, /<[^>]+>/)) {
            header = substr($0, RSTART + 1, RLENGTH - 2)
            allowed = header ~ /^[a-z_0-9]+$/ || (foreign[folder] != "-" && header ~ foreign[folder])
        } else { header = $0; allowed = 0 }
        if (!allowed) { print path ":" line ": " folder " must not include " header; ++bad }
    }
    END {
        if (!seen) { print "layers: no include was found: wrong folder?"; exit 1 }
        exit (bad > 0)
    }'
