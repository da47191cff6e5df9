"""The kinds of files that a workspace has: each is one value here, and a model of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from pitchgen.model.base import Model
    from pitchgen.model.company import Company
    from pitchgen.model.hire import Hire, Manager
    from pitchgen.model.journey import Journey
    from pitchgen.model.metric import MetricsFile
    from pitchgen.model.persona import Persona
    from pitchgen.model.role import Role

M_co = TypeVar("M_co", bound="Model", covariant=True)


class Reach(Enum):
    """Which documents what stands in a file can reach."""

    ALL = "every document"
    SERVED = "the documents of roles that reach the persona"
    TEAM = "the documents of those whom the manager welcomes"
    SELF = "the documents of the newcomer"


@dataclass(frozen=True, slots=True)
class FileKind(Generic[M_co]):
    """A kind of file: one at the top of a workspace, or the files of a folder.

    `name` is that of the file without its ending, or of the folder; `noun` what one file is called;
    `model_name` the module in `pitchgen.model` and the class in it that says what a file may hold.
    What is personal is quoted in no log; what is private is kept out of version control besides, and
    readable by its owner only.
    """

    name: str
    noun: str
    model_name: str
    reach: Reach = Reach.ALL
    is_folder: bool = False
    is_personal: bool = False
    is_private: bool = False

    @property
    def path(self) -> str:
        """The file or the folder in a workspace."""
        return self.name if self.is_folder else f"{self.name}.yaml"

    @property
    def schema(self) -> str:
        """The name of the file with its JSON Schema."""
        return f"{self.noun}.schema.json"

    @property
    def model(self) -> type[M_co]:
        """What a file may hold."""
        # Looked up when it is asked for: the models take longer to build than a command's help to print.
        module, name = self.model_name.split(".")
        found: type[M_co] = getattr(import_module(f"pitchgen.model.{module}"), name)
        return found


COMPANY: FileKind[Company] = FileKind("company", "company", "company.Company")
METRICS: FileKind[MetricsFile] = FileKind("metrics", "metrics", "metric.MetricsFile")
JOURNEY: FileKind[Journey] = FileKind("journey", "journey", "journey.Journey")
PERSONAS: FileKind[Persona] = FileKind("personas", "persona", "persona.Persona", Reach.SERVED, is_folder=True)
ROLES: FileKind[Role] = FileKind("roles", "role", "role.Role", is_folder=True)
MANAGERS: FileKind[Manager] = FileKind(
    "managers", "manager", "hire.Manager", Reach.TEAM, is_folder=True, is_personal=True
)
HIRES: FileKind[Hire] = FileKind(
    "hires", "hire", "hire.Hire", Reach.SELF, is_folder=True, is_personal=True, is_private=True
)

# In the order in which they are read.
FILE_KINDS: tuple[FileKind[Any], ...] = (COMPANY, METRICS, JOURNEY, PERSONAS, ROLES, MANAGERS, HIRES)
FOLDERS = tuple(kind for kind in FILE_KINDS if kind.is_folder)

_BY_PATH = {kind.path: kind for kind in FILE_KINDS}


def kind_of_path(path: str) -> FileKind[Any] | None:
    """The kind of the file at this path in a workspace, or of the folder there; None for anything else."""
    return _BY_PATH.get(path.partition("/")[0])
