"""Programs that speak the protocol pass the checks, and others do not."""

import subprocess
import sys
from pathlib import Path

import pytest

from madrigal_trainer import check

HERE = Path(__file__).parent
START = f"import runpy, sys; sys.path.insert(0, {str(HERE.parent / 'src')!r}); sys.argv = sys.argv[1:]; " + (
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


def program(name):
    return [sys.executable, "-c", START, str(HERE / "programs.py"), name]


def outcome(capsys, name, *options):
    code = check.main([*options, "--seconds", "30", "--", *program(name)])
    return code, capsys.readouterr().out


def test_a_trainer_passes(capsys):
    code, out = outcome(capsys, "Logistic")
    assert code == 0, out
    assert "ok      trains twice (the same bytes for the same task)" in out
    assert "ok      keeps to a proximal term (stays nearer to the global model)" in out


def test_a_trainer_with_its_own_rows_passes(capsys):
    code, out = outcome(capsys, "Own")
    assert code == 0, out
    assert "its own rows: 24 and 10" in out
    assert "in figures of its own" in out


def test_another_model_is_told(capsys):
    code, out = outcome(capsys, "WrongShape")
    assert code == 1
    assert "The trainer's model has the tensors #0[3, 3], but the charter's has 0.weight[1, 10], 0.bias[1]" in out


def test_numbers_that_are_not_finite_are_told(capsys):
    code, out = outcome(capsys, "Deaf")
    assert code == 1
    assert "FAILED  trains: it gave parameters that are not finite" in out


def test_a_program_that_is_no_trainer_is_told(capsys):
    assert check.main(["--seconds", "1", "--", "sleep", "100"]) == 1
    assert "did not open the socket within 1 s" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["Logistic", "Sleeper"])
def test_a_trainer_ends_with_the_node(tmp_path, name):
    run = check.Run(program(name), 30, tmp_path / "log")
    try:
        checks = check.Check(check.argparse.Namespace(inputs=3, outputs=1, loss="binary-cross-entropy"), tmp_path / "log")
        checks.describe(run, checks.hello(run))
        checks.notices_while_training(run)
        assert "its trainer ends" in (tmp_path / "log").read_text()
    finally:
        run.close()


def test_a_trainer_started_by_hand_says_how_it_is_meant():
    run = subprocess.run(program("Logistic"), capture_output=True, text=True, env={})
    assert run.returncode == 1
    assert "name it in member.yaml under trainer:" in run.stderr
