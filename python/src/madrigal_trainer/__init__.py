"""A Python program as a member's trainer in Madrigal.

Write a class with `parameters`, `train` and `evaluate`, and serve it:

    madrigal_trainer.serve(MyTrainer())

The protocol is described in docs/trainer-protocol.md.
"""

from ._model import Model, Optimiser, Parameters, Rows, Split, Task
from ._serve import serve
from ._trainer import Evaluation, Figures, Judged, Outputs, OwnRows, Trained, Trainer, TrainerError

__all__ = [
    "Evaluation",
    "Figures",
    "Judged",
    "Model",
    "Optimiser",
    "Outputs",
    "OwnRows",
    "Parameters",
    "Rows",
    "Split",
    "Task",
    "Trained",
    "Trainer",
    "TrainerError",
    "serve",
]
__version__ = "0.1.0"
