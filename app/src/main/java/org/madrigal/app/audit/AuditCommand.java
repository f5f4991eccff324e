package org.madrigal.app.audit;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.view.ExaminedFolder;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit}: verifies a whole history and recomputes every model. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Verify a ledger from nothing and recompute every model. Repairs nothing.",
      "It cannot see that whole blocks were cut off the end, unless you give the head that you"
          + " noted down before."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal audit --ledger ledger",
      "  madrigal audit --ledger north/ledger --charter charter.yaml --json",
      "  madrigal audit --ledger ledger --head 71:8a3f...",
      "",
      "Exit codes: 0 ok, 3 broken, 2 the command line or a file it names is wrong."
    })
public final class AuditCommand implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private ExaminedFolder ledger;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "Require the history to be founded by this charter.")
  private @Nullable Path charter;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The epoch key of a charter that masks updates. With privacy: none everything is open,"
              + " and the key is not needed.")
  private @Nullable Path key;

  @Option(
      names = "--head",
      paramLabel = "[POSITION:]HASH",
      description = "Require the history to end in this head, as 'status' printed it.")
  private @Nullable String head;

  /** Created by picocli. */
  public AuditCommand() {}

  @Override
  public Integer call() {
    Audit audit = audit();
    checkKey();
    PrintWriter progress = output.progress();
    AuditReport report = audit.run((entry, outcome) -> tell(progress, entry, outcome));
    output.result(report.json(), out -> print(out, report));
    return (report.ok() ? ExitCode.OK : ExitCode.BROKEN).code();
  }

  private Audit audit() {
    Audit audit = Audit.of(ledger.path());
    try {
      if (charter != null) {
        audit = audit.foundedBy(CharterFile.read(charter).charter().id());
      }
      if (head != null) {
        audit = audit.endingIn(ExpectedHead.parse(head));
      }
    } catch (YamlException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw usage(message.endsWith(".") ? message : "--head: " + message + ".");
    }
    return audit;
  }

  private void checkKey() {
    if (key == null) {
      return;
    }
    if (!Files.isReadable(key)) {
      throw usage("There is no key file %s that you may read.".formatted(key));
    }
    output.warn("--key is not needed: with privacy: none every update is open.");
  }

  private static Failure usage(String sentence) {
    return new Failure(ExitCode.USAGE, sentence);
  }

  private static void tell(PrintWriter out, Entry entry, Outcome outcome) {
    for (Event event : outcome.events()) {
      switch (event) {
        case Event.Started started -> model(out, entry, started.model(), "initial model");
        case Event.RoundClosed closed ->
            model(
                out,
                entry,
                closed.model(),
                "%d of %d members"
                    .formatted(
                        closed.contributors().size(),
                        closed.contributors().size() + closed.absent().size()));
        case Event.MemberExcluded excluded ->
            out.printf("%8s  %s was excluded by vote%n", entry.position(), excluded.member());
        case Event.FederationHalted halted ->
            out.printf("%8s  halted: %d members are left%n", entry.position(), halted.remaining());
        case Event.Founded founded ->
            out.printf(
                "%8s  founded: %s%n",
                entry.position(), outcome.state().federation().orElseThrow().charter().name());
        case Event.RoundOpened opened -> {}
        case Event.TrainingFinished finished -> {}
      }
    }
    out.flush();
  }

  private static void model(PrintWriter out, Entry entry, GlobalModel model, String remark) {
    out.printf(
        "%8s  round %-5s model %s  %s%n", entry.position(), model.round(), model.digest(), remark);
  }

  private static void print(PrintWriter out, AuditReport report) {
    if (report.first().isPresent()) {
      Finding first = report.first().get();
      out.printf("broken at position %s: %s%n", first.position(), first.reason());
      out.printf(
          "The %d entries before it are good and give %d models.%n",
          report.entries(), report.models());
      return;
    }
    out.printf("ok: %d entries, %d models recomputed%n", report.entries(), report.models());
    report.head().ifPresent(end -> out.printf("head: %s%n", end));
  }
}
