#!/usr/bin/env bash
# Guess: a group that loads its commands late, by `list_commands` and `get_command` as the documentation shows, asks
#     "Did you mean …?" about a mistyped command as any other group does; its help and its usage are the same.
# What happens: only commands that were added to the group itself are compared with what was typed. A late group says
#     "No such command" and nothing more, without a warning to whoever wrote it.
# Version: click 8.4.0.
# Matters: a program whose commands are imported late so that `--help` is quick.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check click==8.4.0

"$work/venv/bin/python" - <<'END'
from importlib.metadata import version

import click
from click.testing import CliRunner


@click.command()
def measure():
    pass


class Late(click.Group):
    def list_commands(self, ctx):
        return ["measure"]

    def get_command(self, ctx, name):
        return measure if name == "measure" else None


eager = click.Group("eager", commands={"measure": measure})
late = Late("late")
print("click", version("click"))
said = {group.name: CliRunner().invoke(group, ["mesure"]).output for group in (eager, late)}
for name, output in said.items():
    print(f"{name}: {output.splitlines()[-1]}")

assert CliRunner().invoke(late, ["measure"]).exit_code == 0
assert "measure" in CliRunner().invoke(late, ["--help"]).output
assert "Did you mean" in said["eager"]
assert "No such command" in said["late"]
assert "Did you mean" not in said["late"]
END
