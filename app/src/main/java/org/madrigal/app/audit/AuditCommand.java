package org.madrigal.app.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.audit.AuditReport.Scope;
import org.madrigal.app.chain.ChainOptions;
import org.madrigal.app.chain.FreshCopy;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.key.GrantedKeys;
import org.madrigal.app.view.AttachmentsOption;
import org.madrigal.app.view.EventWords;
import org.madrigal.app.view.ExaminedFolder;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.ledger.evm.EvmLedgerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit}: verifies a whole history and recomputes every model. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Verify a ledger from nothing and recompute every model. Repairs nothing.",
      "Where updates are kept from strangers, recomputing needs the epoch keys: see --key.",
      "Where the charter keeps attachments off the ledger, it needs these, too: see --attachments.",
      "It cannot see that whole blocks were cut off the end, unless you give the head that you"
          + " noted down before."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal audit --ledger ledger",
      "  madrigal audit --ledger north/ledger --charter charter.yaml --json",
      "  madrigal audit --ledger ledger --key auditor.keys",
      "  madrigal audit --ledger ledger --head 71:8a3f...",
      "  madrigal audit --ledger evm:1337:0x1f98... --node http://127.0.0.1:8545 \\",
      "      --charter charter.yaml",
      "  madrigal audit --ledger ledger --key auditor.keys --report report.html",
      "  madrigal audit --ledger ledger --key auditor.keys --against report.json",
      "",
      "Exit codes: 0 ok, 3 broken, or a report says otherwise, 2 the command line or a file it",
      "  names is wrong; on a chain also 4 the contract is not the charter's, 7 no node answers;",
      "  with --report also 4 no such folder, 5 passphrase, 9 the disk is full, 14 FILE is there."
    })
public final class AuditCommand implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private ExaminedFolder ledger;
  @Mixin private ChainOptions chain;
  @Mixin private ReportOptions reports;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "Require the history to be founded by this charter.")
  private @Nullable Path charter;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The epoch keys of a charter that keeps updates secret, as 'madrigal key grant-audit'"
              + " writes them: with them every model is recomputed, without them the public part is"
              + " proved.")
  private @Nullable Path key;

  @Option(
      names = "--head",
      paramLabel = "[POSITION:]HASH",
      description = "Require the history to end in this head, as 'status' printed it.")
  private @Nullable String head;

  @Mixin private AttachmentsOption attachments;

  private boolean secret;

  /** Created by picocli. */
  public AuditCommand() {}

  @Override
  public Integer call() {
    Optional<EvmLedgerId> contract = chain.ledger(ledger.text());
    if (contract.isEmpty()) {
      return run(ledger.path());
    }
    try (FreshCopy copy = chain.read(contract.get(), charter)) {
      return run(copy.folder());
    } catch (YamlException e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private int run(Path folder) {
    Optional<ReportFiles> wanted = reports.files();
    Optional<ExaminedReport> examined = reports.examined();
    AuditReporting reporting = new AuditReporting(audit(folder), wanted, examined);
    PrintWriter progress = output.progress();
    AuditReport report = reporting.run((entry, outcome) -> tell(progress, entry, outcome));
    checkKeys(report);
    Optional<String> difference = reporting.difference();
    reporting.write();
    Json result = Json.object();
    report.json().forEach(result::put);
    examined.ifPresent(other ->
        result.put("agrees", difference.isEmpty()).put("difference", difference.orElse(null)));
    output.result(
        result.map(),
        out -> {
          print(out, report);
          examined.ifPresent(other -> print(out, other, difference));
          wanted.ifPresent(files -> print(out, files));
        });
    return (report.ok() && difference.isEmpty() ? ExitCode.OK : ExitCode.BROKEN).code();
  }

  private Audit audit(Path folder) {
    Audit audit = Audit.of(folder).with(attachments.beside(folder));
    try {
      if (charter != null) {
        audit = audit.foundedBy(CharterFile.read(charter).charter().id());
      }
      if (head != null) {
        audit = audit.endingIn(ExpectedHead.parse(head));
      }
      if (key != null) {
        audit = audit.with(granted(key));
      }
    } catch (YamlException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw usage(message.endsWith(".") ? message : "--head: " + message + ".");
    }
    return audit;
  }

  private static EpochKeys granted(Path file) {
    try {
      return GrantedKeys.read(file).forReplay();
    } catch (Failure e) {
      throw usage(e.sentence());
    }
  }

  /** Keys that open only a part must not look like a full audit. */
  private void checkKeys(AuditReport report) {
    if (key != null && report.ok() && report.scope() == Scope.PUBLIC) {
      throw usage(
          "The public part is good, but the keys in %s are another federation's or do not reach to the last epoch, so the models were not recomputed; ask a member for newer ones."
              .formatted(key));
    }
    if (key != null && !secret) {
      output.warn("--key is not needed: with privacy: none every update is open.");
    }
  }

  private static Failure usage(String sentence) {
    return new Failure(ExitCode.USAGE, sentence);
  }

  private void tell(PrintWriter out, Entry entry, Outcome outcome) {
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
        case Event.MemberLetGo e -> say(out, entry, e);
        case Event.FederationHalted halted ->
            out.printf("%8s  halted: %d members are left%n", entry.position(), halted.remaining());
        case Event.Founded founded ->
            out.printf(
                "%8s  founded: %s%n",
                entry.position(), outcome.state().federation().orElseThrow().charter().name());
        case Event.RoundOpened opened -> {}
        case Event.TrainingFinished finished -> {}
        case Event.EpochBegan began -> {
          secret = true;
          say(out, entry, began);
        }
        case Event.KeysAgreed e -> say(out, entry, e);
        case Event.KeyDealt e -> say(out, entry, e);
        case Event.MaskingBegan e -> {}
        case Event.ModelAttested e -> say(out, entry, e);
        case Event.AttachmentAvailable e -> {}
        case Event.SlotOpened e -> say(out, entry, e);
        case Event.SlotAbandoned e -> say(out, entry, e);
        case Event.TaskGivenUp e -> say(out, entry, e);
        case Event.StatisticsOpened e -> say(out, entry, e);
        case Event.EvaluationOpened e -> say(out, entry, e);
        case Event.RoundDiscarded e -> say(out, entry, e);
        case Event.FiguresOpened e -> say(out, entry, e);
        case Event.MemberConvicted e -> say(out, entry, e);
      }
    }
    out.flush();
  }

  private static void say(PrintWriter out, Entry entry, Event event) {
    EventWords.plain()
        .of(event)
        .ifPresent(words -> out.printf("%8s  %s%n", entry.position(), words));
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
    switch (report.scope()) {
      case FULL ->
          out.printf("ok: %d entries, %d models recomputed%n", report.entries(), report.models());
      case PUBLIC -> {
        out.printf(
            "ok, the public part: %d entries, %d models attested%n",
            report.entries(), report.models());
        out.println(
            "No model was recomputed: name epoch keys with --key; any member can grant them with"
                + " 'madrigal key grant-audit'.");
      }
    }
    report.head().ifPresent(end -> out.printf("head: %s%n", end));
  }

  private static void print(PrintWriter out, ExaminedReport other, Optional<String> difference) {
    if (difference.isEmpty()) {
      out.printf(
          "%s says what the ledger gives, of its first %d entries.%n",
          other.file(), other.entries());
    } else {
      out.printf("%s says otherwise: %s%n", other.file(), difference.get());
    }
  }

  private static void print(PrintWriter out, ReportFiles files) {
    out.printf("report: %s, and as JSON %s%n", files.page().path(), files.data().path());
    files
        .signing()
        .ifPresent(by ->
            out.printf("signed by %s: %s%n", by.key().verifyingKey().text(), by.file().path()));
  }
}
