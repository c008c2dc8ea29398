import sys

from painprogram import cli


def main(arguments: list[str] | None = None) -> int:
    """Open the window, or do what the command line asks; returns the exit code."""
    wanted = cli.parse(sys.argv[1:] if arguments is None else arguments)
    if wanted.command is None:
        from painprogram import app  # noqa: PLC0415 -- Qt is loaded only for the window

        return app.main(wanted.database, wanted.language)
    return cli.run(wanted)


if __name__ == "__main__":
    sys.exit(main())
