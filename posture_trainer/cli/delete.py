"""The command `delete`."""

from typing import Annotated

import typer

from posture_trainer.cli.options import DataDir
from posture_trainer.cli.say import count
from posture_trainer.errors import WrongCall


def delete(
    context: typer.Context,
    patient: Annotated[str, typer.Option("--patient", help="The patient's code.")],
    yes: Annotated[str | None, typer.Option("--yes", help="The code again, for scripts.", show_default=False)] = None,
    data_dir: DataDir = None,
) -> None:
    """Delete the whole record of a patient. It can't be undone.

    Example: posture-trainer delete --patient anna-1
    """
    from posture_trainer.records.delete import delete_patient, holdings
    from posture_trainer.records.people import checked_code, data_folder

    data, code = data_folder(data_dir or context.obj), checked_code(patient)
    found = holdings(data, code)
    again = yes
    if again is None:
        typer.echo(
            f"This deletes {count(found.sessions, 'session')} and {count(found.baselines, 'baseline')}"
            f"{found.beside} of {code}: "
            f"all of {found.folder}. It can't be undone."
        )
        try:
            again = input("Type the code again to delete: ").strip()
        except EOFError:
            raise WrongCall(f"Nothing was deleted: the code was not typed again. In a script: --yes {code}") from None
    if again != code:
        raise WrongCall(f"Nothing was deleted: {again!a} is not {code}.")
    gone = delete_patient(data, code)
    typer.echo(f"Deleted {gone}. Copies, exports and backups that you made elsewhere are not touched.")
