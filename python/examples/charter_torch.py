"""The charter's own network on PyTorch, for a member of any charter."""

import madrigal_trainer as mt
from madrigal_trainer.torch import ModuleTrainer

mt.serve(ModuleTrainer())
