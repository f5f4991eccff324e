package org.madrigal.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.PrivacyOption;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.DefaultSecrecy;
import org.madrigal.app.simulate.RoundsOption;
import org.madrigal.app.simulate.RunReport;
import org.madrigal.core.protocol.Privacy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: four hospitals on this machine, from the first statement to the audit. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Watch four hospitals train one model, in 15 rounds, that none of them could train alone.",
      "",
      "Everything is as in production: a ledger with a server, members with keys, journals and"
          + " verified copies of the ledger. One hospital is a process of its own that is killed in"
          + " the middle and comes back. At the end an audit recomputes every model, and finds a"
          + " byte that was flipped in a copy of the ledger. Updates are masked, and you see what that"
          + " leaves on the ledger. A dashboard in the browser shows all of it while it happens."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal demo                     on made-up patients",
      "  madrigal demo --data DIR          on those of four real hospitals",
      "  madrigal demo --privacy none      with updates that everybody can read",
      "  madrigal demo --keep play         and look around in play/ afterwards",
      "  madrigal demo --keep-open         and look around in the browser",
      "  madrigal demo --ledger evm        over a contract on an Ethereum chain",
      "",
      "Exit codes: 0 done, 2 wrong command line, 3 the audit found damage, 4 the data are wrong,",
      "  or no chain is installed, 14 the folder to keep is not empty, 16 training failed."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final String CHARTER = "fed-yogi.yaml";
  private static final String FILE = "file";
  private static final String CHAIN = "evm";

  @Mixin private Output output;
  @Mixin private RoundsOption rounds;
  @Mixin private PrivacyOption privacy;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder with the UCI heart disease data and their split (default: patients are made"
              + " up).")
  private @Nullable Path data;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Leave the ledger in DIR/ledger and the keys beside it; DIR must be empty.")
  private @Nullable Path keep;

  @Option(names = "--keep-open", description = "Keep the dashboard open at the end, until Ctrl-C.")
  private boolean keepOpen;

  @Option(
      names = "--ledger",
      paramLabel = "KIND",
      description =
          "What orders the statements: file, a server of this process (default); evm, a contract"
              + " on a chain that the demo starts and ends: anvil, which must be installed.")
  private String ledger = FILE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What made-up patients are drawn from (default 1).")
  private long seed = 1;

  /** Filled in by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    CharterDraft draft = draft();
    LedgerKind kind = kind();
    DemoScreen screen = DemoScreen.on(output);
    try (DemoFolder folder = DemoFolder.open(Optional.ofNullable(keep))) {
      Demo.Result result =
          new Demo(folder, draft, Optional.ofNullable(data).map(RawFiles::new), kind)
              .play(seed, screen);
      if (output.json()) {
        output.result(json(draft.rules().privacy(), result), out -> {});
      } else {
        Path ledgers = folder.path().relativize(result.ledger().folder());
        NextSteps.of(
                draft.rules().privacy(),
                Optional.ofNullable(keep).map(kept -> new NextSteps.Kept(kept, ledgers)))
            .lines()
            .forEach(screen::line);
      }
      if (keepOpen) {
        screen.line("");
        screen.line("The dashboard stays at %s until Ctrl-C.".formatted(result.dashboard()));
        new CountDownLatch(1).await();
      }
    }
    return ExitCode.OK.code();
  }

  private LedgerKind kind() {
    return switch (ledger) {
      case FILE -> LedgerKind.FILES;
      case CHAIN -> LedgerKind.chain();
      default ->
          throw new Failure(
              ExitCode.USAGE, "--ledger is %s or %s, not '%s'.".formatted(FILE, CHAIN, ledger));
    };
  }

  private CharterDraft draft() throws IOException {
    try (InputStream in = DemoCommand.class.getResourceAsStream(CHARTER)) {
      if (in == null) {
        throw new IllegalStateException("The charter of the demo is missing in this build");
      }
      CharterDraft draft =
          rounds.in(
              CharterFile.read(CHARTER, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      return draft.withRules(
          DefaultSecrecy.in(
              draft.rules(), privacy.chosen().orElse(Privacy.MASKED), draft.members().size()));
    }
  }

  private static Map<String, @Nullable Object> json(Privacy privacy, Demo.Result result) {
    RunReport report = result.report();
    Json json = report.json();
    json.put("privacy", privacy.kind())
        .put(
            "killed",
            Json.object()
                .put("member", result.killed().value())
                .put("resumed", result.resumed())
                .map())
        .put(
            "tamper",
            Json.object().put("position", result.tampered().value()).put("detected", true).map());
    result.ledger().chain().ifPresent(facts -> json.put("chain", facts.json()));
    return json.map();
  }
}
