"""Logistic regression of scikit-learn, as one member of examples/credit/credit.yaml."""

from sklearn.linear_model import SGDClassifier

import madrigal_trainer as mt
from madrigal_trainer.sklearn import LinearTrainer

mt.serve(LinearTrainer(SGDClassifier(loss="log_loss", alpha=0)))
