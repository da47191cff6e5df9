"""`pitchgen serve`: the page in a browser."""

from __future__ import annotations

from importlib.util import find_spec

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options, workspace_folder
from pitchgen.render.presses import Presses

_NEEDED = ("starlette", "uvicorn", "python_multipart")
_LOOPBACK = "127.0.0.1"


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one unless given.")
@click.option("--read-only", is_flag=True, help="Let nobody change a file.")
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@click.option("--host", default=_LOOPBACK, metavar="ADDRESS", help="Where to listen: this machine alone.")
@click.option("--i-know", is_flag=True, help="Listen elsewhere all the same.")
@common_options
def command(settings: Settings, port: int, read_only: bool, no_browser: bool, host: str, i_know: bool) -> int:
    """Open a page in the browser: welcome someone, read, and keep the files.

    It answers on this machine only, to the browser that has its address. Ctrl-C ends it.
    """
    if missing := [name for name in _NEEDED if not find_spec(name)]:
        raise click.UsageError(
            f"the page needs more than is installed ({', '.join(missing)}): pip install 'pitchgen[serve]'"
        )
    if host != _LOOPBACK and not i_know:
        raise click.UsageError(
            f"--host {host} would let others on the network try to reach newcomers' data, unencrypted; "
            "if you know that nobody can, add --i-know"
        )
    root = workspace_folder(settings)
    listening = late.server.Listening.at(host, port)
    presses = Presses()
    try:
        desk = late.desk.Desk(
            root, presses, settings.day_by_day, read_only=read_only, afterwards=presses.warm
        )
        late.server.serve(desk, listening, lambda: _say(listening.address), browser=not no_browser)
    finally:
        presses.close()
    return 0


def _say(address: str) -> None:
    click.echo(address)
    click.echo("the page is open in your browser, or opens by this address; Ctrl-C ends it", err=True)
