#!/bin/bash
# The main job with the real programs on loopback, narrated: tests/system/demo/run.sh build/ci/bin
# Ends by itself; 0 if every step was as it should be, 1 with the name of the step that was not.
set -euo pipefail
exec python3 "$(dirname "$0")/demo.py" "${1:?usage: $0 FOLDER_OF_THE_PROGRAMS}"
