package org.madrigal.app.node;

import java.util.List;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.key.PassphraseOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: says before a node starts whether it will run, and what to do if not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Check everything that a node needs, and say what to do: charter, permissions, disk, key,",
      "policy, data, trainer (one step), approval, ledger and clock; where the charter keeps",
      "attachments off the ledger, also the address, the other members' nodes and the room."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal doctor --member north",
      "  madrigal doctor --member north --json",
      "",
      "Exit codes: 0 a node can run (there may be warnings), 15 it cannot."
    })
public final class DoctorCommand implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;
  @Mixin private PassphraseOptions passphrase;

  /** Created by picocli. */
  public DoctorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    MemberFile file = member.file();
    List<Check> checks =
        new Preflight(file, passphrase.forOpening(), check -> tell(output, check)).run();
    boolean fit = checks.stream().noneMatch(check -> check.result() == Check.Result.FAILED);
    output.result(
        Json.object()
            .put("member", file.member().value())
            .put("fit", fit)
            .put("checks", checks.stream().map(Check::json).toList())
            .map(),
        out ->
            out.println(fit ? "A node can run." : "A node cannot run yet; do what is said above."));
    return (fit ? ExitCode.OK : ExitCode.UNFIT).code();
  }

  private static void tell(Output output, Check check) {
    output.say("%-8s %-12s %s".formatted(check.result().word(), check.name(), check.finding()));
    check.advice().ifPresent(advice -> output.say("%22s-> %s".formatted("", advice)));
  }
}
