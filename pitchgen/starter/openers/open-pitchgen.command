#!/bin/sh
# {what}
cd -P "$(dirname "$0")" || exit
if command -v pitchgen >/dev/null 2>&1; then
    pitchgen serve && exit
else
    printf '%s\n' "{missing}"
fi
printf '%s ' "{press}"
read -r _
exit 1
