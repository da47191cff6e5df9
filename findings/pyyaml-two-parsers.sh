#!/usr/bin/env bash
# Guess: `CSafeLoader` is the fast `SafeLoader`; they accept the same files.
# What happens: the one in C reads a plain text in brackets that has a question mark, and a tab after a colon; both are
#     valid YAML. The one in Python raises ParserError and ScannerError for the same bytes.
# Version: PyYAML 6.0.3 with libyaml.
# Matters: the usual `try: from yaml import CSafeLoader`, with `SafeLoader` where there is no libyaml: whether a file of
#     questions is valid then depends on the machine. So does calling `safe_load`, which never uses the fast one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check pyyaml==6.0.3

"$work/venv/bin/python" - <<'END'
import yaml

print("PyYAML", yaml.__version__, "with libyaml", ".".join(map(str, yaml._yaml.get_version())))
for text, meant in (
    ("questions: [What now?, Who helps me?]", {"questions": ["What now?", "Who helps me?"]}),
    ("name:\tAino", {"name": "Aino"}),
):
    fast = yaml.load(text, yaml.CSafeLoader)
    print(f"{text!r}: CSafeLoader reads {fast}")
    assert fast == meant
    try:
        yaml.load(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        print(f"{text!r}: SafeLoader raises {type(error).__name__}: {error.problem}")
    else:
        raise SystemExit("SafeLoader reads it too")
END
