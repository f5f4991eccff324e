package org.madrigal.app.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.GrowingAudit;
import org.madrigal.app.chronicle.Chronicle;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.ReadyFile;
import org.madrigal.app.cli.Shutdown;
import org.madrigal.app.config.DashboardSection;
import org.madrigal.app.config.HostPort;
import org.madrigal.app.rest.Site;
import org.madrigal.app.web.Listening;
import org.madrigal.app.web.Predicting;
import org.madrigal.app.web.Pulse;
import org.madrigal.app.web.WebServer;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.trainer.djl.DjlTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dashboard}: shows a ledger in a browser. */
@Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    description = {
      "Show a ledger in the browser, and as JSON under /api/v1, until Ctrl-C.",
      "The whole ledger is audited on the way; where it is broken, the page says so. A folder that"
          + " grows is followed. Where updates are kept from strangers, the models need epoch keys:"
          + " see --key."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal dashboard --ledger north",
      "  madrigal dashboard --ledger ledger --key auditor.keys --port 8080",
      "  madrigal dashboard token new --tokens dashboard.tokens --name grafana",
      "  madrigal dashboard --ledger ledger --bind 0.0.0.0:8443 --tls-cert cert.pem \\",
      "      --tls-key key.pem --tokens dashboard.tokens",
      "",
      "Exit codes: 130 or 143 after Ctrl-C or a request to terminate, 3 there is no",
      "  ledger, 4 a file is wrong, 5 passphrase, 12 the port is in use; on a chain",
      "  also 7 no node answers."
    },
    subcommands = DashboardToken.class)
public final class DashboardCommand implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private ShownLedger ledger;
  @Mixin private ReadyFile readyFile;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Listen on this port of 127.0.0.1. Default: any free one, which is printed.")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "HOST:PORT",
      description =
          "Listen elsewhere than on 127.0.0.1; unless HOST is this machine, with --tls-cert,"
              + " --tls-key and --tokens.")
  private @Nullable String bind;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM with the server's certificate.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM with its private key.")
  private @Nullable Path certificateKey;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Let only those in who have a token of this file.")
  private @Nullable Path tokens;

  private final CountDownLatch stop = new CountDownLatch(1);

  /** Created by picocli. */
  public DashboardCommand() {}

  @Override
  public Integer call() throws Exception {
    WebServer.Config config = Listening.config(settings());
    return Shutdown.around(stop::countDown, () -> ledger.with(folder -> show(folder, config)));
  }

  private DashboardSection settings() {
    if (port != null && bind != null) {
      throw new Failure(ExitCode.USAGE, "--port and --bind both say where to listen; give one.");
    }
    if (port != null && (port < 0 || port > HostPort.MAX_PORT)) {
      throw new Failure(
          ExitCode.USAGE,
          "--port is a number from 0 to %d, not %d.".formatted(HostPort.MAX_PORT, port));
    }
    String address =
        bind != null ? bind : port != null ? "127.0.0.1:" + port : DashboardSection.DEFAULT_ADDRESS;
    return new DashboardSection(
        address,
        Optional.ofNullable(certificate),
        Optional.ofNullable(certificateKey),
        Optional.ofNullable(tokens));
  }

  private int show(Path folder, WebServer.Config config) throws IOException, InterruptedException {
    GrowingAudit.Opened.Ledger opened =
        switch (GrowingAudit.open(folder)) {
          case GrowingAudit.Opened.Nothing(String reason) ->
              throw new Failure(
                  ExitCode.BROKEN, "There is no ledger in %s: %s.".formatted(folder, reason));
          case GrowingAudit.Opened.Ledger found -> found;
        };
    EpochKeys keys = ledger.keys(opened.federation());
    Pulse pulse = new Pulse();
    Chronicle chronicle = new Chronicle(opened.federation(), pulse::beat);
    GrowingAudit audit = opened.start().with(keys, chronicle::hear, chronicle::startAgain);
    try (Predicting predicting = new Predicting(DjlTrainer.factory(1), Optional.empty());
        WebServer server =
            WebServer.start(
                site(chronicle, opened.identity(), folder, predicting), config, pulse)) {
      FolderReading reading = new FolderReading(folder, audit, chronicle);
      announce(server.uri().toString());
      stop.await();
      output.say("Stopping.");
      reading.stop();
    }
    return ExitCode.OK.code();
  }

  private Site site(Chronicle chronicle, String identity, Path folder, Predicting predicting) {
    return new Site(
        chronicle,
        Optional.empty(),
        MemberId::value,
        ledger.name(),
        Optional.of(identity),
        new FolderEntries(folder),
        predicting);
  }

  private void announce(String address) throws IOException {
    output.result(
        Json.object().put("url", address).map(),
        out -> out.printf("The dashboard is at %s%n", address));
    readyFile.write(address);
  }
}
