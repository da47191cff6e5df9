#!/usr/bin/env bash
# Guess: an inliner that knows the newer and harder `:has()` knows `:is()` and `:where()` too, or raises, or leaves such
#     rules in the style element, as it can with at-rules.
# What happens: rules with `:is()` or `:where()` vanish. The style is nowhere in the result, and nothing is raised.
# Version: css-inline 0.24.0.
# Matters: an HTML e-mail made from a page's own style sheet: it looks right in the browser and bare in the mail.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check css-inline==0.24.0

"$work/venv/bin/python" - <<'END'
from importlib.metadata import version

import css_inline

print("css-inline", version("css-inline"))
inlined = {}
for selector in ("p:has(b)", "p:not(.x)", ":is(p, h1)", ":where(p, h1)"):
    page = f"<html><head><style>{selector} {{ color: teal }}</style></head><body><p><b>Hello</b></p></body></html>"
    inlined[selector] = "teal" in css_inline.inline(page, keep_style_tags=False, keep_at_rules=True)
    print(f"{selector:14} {'is inlined' if inlined[selector] else 'is gone'}")

assert inlined == {"p:has(b)": True, "p:not(.x)": True, ":is(p, h1)": False, ":where(p, h1)": False}
END
