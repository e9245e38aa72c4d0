"""What a person types: the command `commons`, its words and their help.

What belongs here: names, options and help of the commands, and how an error is shown. What does not: what they do
(`commons_graph.commands`, one module a command). Those modules are imported when called, because `commons --help`
must not wait for Dagster, rdflib or DuckDB.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commons_graph import __version__, terminal
from commons_graph.errors import CommonsError
from commons_graph.project import Project, find

app = typer.Typer(
    name="commons",
    help="Read the commons and the social and solidarity economy into a sourced, validated, queryable graph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sources_app = typer.Typer(help="List, check, switch on and off what is read.", rich_markup_mode=None)
app.add_typer(sources_app, name="sources")
debug = False
named_project: Path | None = None


def main() -> None:
    """Run the command; show what a person can mend as one line, everything else as one line too unless --debug."""
    terminal.prepare()
    try:
        app()
    except CommonsError as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped; what was finished is kept, run the same command again to go on", 130)
    except Exception as error:  # the last resort: no traceback for people
        _complain(f"unexpected {type(error).__name__}: {error}; run again with --debug and report what it shows")


def _complain(line: str, code: int = 1) -> None:
    if debug:
        raise
    print(f"commons: {line}", file=sys.stderr)
    sys.exit(code)


def _project() -> Project:
    return find(named_project)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"commons-graph {__version__}")
        raise typer.Exit


@app.callback()
def options(
    project: Annotated[Path | None, typer.Option(help="The project folder; else COMMONS_PROJECT, else here.")] = None,
    with_debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Take the options that all commands share."""
    global debug, named_project
    debug, named_project = with_debug, project


@app.command()
def refresh(
    sources: Annotated[list[str] | None, typer.Argument(help="Which sources; all enabled ones by default.")] = None,
    local: Annotated[
        Path | None, typer.Option("--from", help="A local copy (a dump file, a folder) to read instead.")
    ] = None,
    replay: Annotated[bool, typer.Option(help="Read what is archived; no network, no originals.")] = False,
    accept_drop: Annotated[bool, typer.Option(help="A named source may have lost much, this once.")] = False,
) -> None:
    """Read the sources, extract, resolve, validate and publish a release."""
    from commons_graph.commands import refresh as command

    raise typer.Exit(command.run(_project(), sources or [], local, replay=replay, accept_drop=accept_drop))


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Files: .mediawiki .html .txt .md .pdf .eml .xml .xml.bz2")],
    format: Annotated[str, typer.Option(help="jsonl or table")] = "jsonl",
    pages: Annotated[bool, typer.Option(help="Only the class of each wiki page.")] = False,
    meta: Annotated[Path | None, typer.Option(help="Table with columns file url language kind date.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the text in colours, and what made what.")] = False,
) -> None:
    """Print what files would state, without touching the warehouse."""
    from commons_graph.commands import extract as command

    raise typer.Exit(command.run(_project(), paths, format, pages, meta, explain))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotations, one JSON object a line: of documents, or of wiki pages.")],
    texts: Annotated[Path | None, typer.Option(help="The folder of the documents; beside the file by default.")] = None,
    pages: Annotated[Path | None, typer.Option(help="The wiki's export, for annotations of pages.")] = None,
) -> None:
    """Measure extraction on annotated documents or pages: precision, recall and F1."""
    from commons_graph.commands import evaluate as command

    raise typer.Exit(command.run(_project(), gold, texts, pages))


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="A SPARQL query, or a file with one (.rq, .sparql).")] = None,
    name: Annotated[str | None, typer.Option(help="One of ontology/queries/, without .rq; `list` shows them.")] = None,
    format: Annotated[str, typer.Option(help="table, csv, json or ttl")] = "table",
    release: Annotated[int | None, typer.Option(help="The number of a release; the newest by default.")] = None,
) -> None:
    """Ask the newest release in SPARQL."""
    from commons_graph.commands import query as command

    command.run(_project(), text, name, format, release)


@app.command()
def why(
    name: Annotated[
        str, typer.Argument(help="A label, an identifier, a prefixed name (cgc:commons) or an address of the graph.")
    ],
    release: Annotated[int | None, typer.Option(help="The number of a release; the newest by default.")] = None,
) -> None:
    """Show what is stated of an entity, or in a document, or with a concept, and the sentences that say it."""
    from commons_graph.commands import why as command

    command.run(_project(), name, release)


@app.command()
def waiting(
    reason: Annotated[str | None, typer.Argument(help="List statements: quarantine, confidence, class, …")] = None,
    most: Annotated[int, typer.Option(help="How many statements at the most.", min=1)] = 50,
) -> None:
    """Show what waits for a steward, or the statements that are held back."""
    from commons_graph.commands import waiting as command

    raise typer.Exit(command.run(_project(), reason, most))


@app.command()
def validate(
    data: Annotated[Path | None, typer.Argument(help="An RDF file; the newest release by default.")] = None,
    shapes: Annotated[Path | None, typer.Option(help="Shapes in Turtle; ours by default.")] = None,
    format: Annotated[str, typer.Option(help="table, json or ttl")] = "table",
    explain: Annotated[str | None, typer.Option(help="Print the SQL of a shape (its name) instead.")] = None,
) -> None:
    """Check data against SHACL shapes; exit code 0 when it conforms."""
    from commons_graph.commands import validate as command

    raise typer.Exit(command.run(_project(), data, shapes, format, explain))


@app.command()
def export(
    format: Annotated[str, typer.Option(help="nt, nq, ttl, jsonld, parquet or graphml")] = "ttl",
    out: Annotated[
        Path | None, typer.Option(help="A file, or a folder for parquet; standard output by default.")
    ] = None,
    release: Annotated[int | None, typer.Option(help="The number of a release; the newest by default.")] = None,
) -> None:
    """Write a release in a format of your choice."""
    from commons_graph.commands import export as command

    command.run(_project(), format, out, release)


@app.command()
def releases() -> None:
    """List the releases, newest last."""
    from commons_graph.commands import releases as command

    command.run(_project())


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Make a project folder of your own: sources, ontology, settings."""
    from commons_graph.commands import init as command

    command.run(folder)


@sources_app.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """List the sources when nothing else is asked."""
    if context.invoked_subcommand is None:
        sources_list()


@sources_app.command("list")
def sources_list() -> None:
    """List the sources, whether they are on, and what their last refresh gave."""
    from commons_graph.commands import sources as command

    command.show(_project())


@sources_app.command("check")
def sources_check() -> None:
    """Check the YAML of every source and of the decisions; exit code 1 when one is wrong."""
    from commons_graph.commands import sources as command

    raise typer.Exit(command.check(_project()))


@sources_app.command("enable")
def sources_enable(name: str) -> None:
    """Switch a source on."""
    _project().enable(name)
    print(f"{name} is on; read it with: commons refresh {name}")


@sources_app.command("disable")
def sources_disable(name: str) -> None:
    """Switch a source off; what it gave leaves with the next release (its captures stay)."""
    from commons_graph.commands import sources as command

    command.disable(_project(), name)
