"""``geo embed``."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import options


@click.command("embed", epilog=options.example("geo embed out/map.html"))
@click.argument("page", metavar="MAP")
@click.option(
    "--src", metavar="ADDRESS", help="Address of the map as the page around it sees it. Default: MAP."
)
@click.option("--title", help="Title for screen readers. Default: the map's own.")
@click.option("--caption", help="Caption of the figure. Default: the title.")
@click.option(
    "--picture",
    metavar="ADDRESS",
    help="Picture (made by geo image) for the figure, and for Word and PDF where a frame cannot be.",
)
@click.option(
    "--kind",
    type=click.Choice(["iframe", "figure", "both", "markdown", "quarto", "jupyter"]),
    default="both",
    show_default=True,
    help="What to print; both: frame and figure.",
)
def command(
    page: str, src: str | None, title: str | None, caption: str | None, picture: str | None, kind: str
) -> int:
    """Print what puts a map into a page or report: a responsive frame, a figure, Markdown, Quarto or a notebook cell.

    MAP is the file that `geo map` wrote.
    """
    from geo.errors import InputError
    from geo.render import embed
    from geo.render.embed import figure, iframe, page_title

    try:
        html = Path(page).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise InputError(
            f"{page}: cannot be read ({reason}); draw the map first: geo map INPUT -o {page}"
        ) from error
    address = src or Path(page).as_posix()
    shown = title or page_title(html) or Path(page).stem
    if kind in {"markdown", "quarto", "jupyter"}:
        make = {"markdown": embed.markdown, "quarto": embed.quarto, "jupyter": embed.jupyter}[kind]
        click.echo(make(address, shown, picture=picture, caption=caption), nl=False)
        return 0
    if kind != "figure":
        click.echo(iframe(address, shown), nl=False)
    if kind == "both":
        click.echo()
    if kind != "iframe":
        click.echo(figure(address, shown, picture=picture, caption=caption), nl=False)
    return 0
