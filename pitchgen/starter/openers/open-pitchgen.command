#!/bin/sh
# {what}
cd -P "$(dirname "$0")" || exit
if command -v pitchgen >/dev/null 2>&1; then
    pitchgen serve
    # 130 is Ctrl-C, by which one ends it.
    case $? in 0 | 130) exit ;; esac
else
    printf '%s\n' "{missing}"
fi
printf '%s ' "{press}"
read -r _
exit 1
