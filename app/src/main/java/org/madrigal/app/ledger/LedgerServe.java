package org.madrigal.app.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.ReadyFile;
import org.madrigal.app.cli.Shutdown;
import org.madrigal.app.config.BodyLimit;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.HostPort;
import org.madrigal.app.key.KeyFile;
import org.madrigal.app.key.PassphraseOptions;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.http.LedgerServer;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.ledger.http.Tls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger serve}: orders the members' statements and offers them to all members. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Order the members' statements and offer the ledger to them, until Ctrl-C.",
      "The orderer can delay or leave out statements; it cannot forge, change or reorder them"
          + " without being found out. docs/security.md says more."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger serve --charter charter.yaml --ledger ledger --key orderer.pem",
      "  madrigal ledger serve --charter charter.yaml --ledger ledger --key orderer.pem \\",
      "      --bind 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem",
      "",
      "Exit codes: 130 or 143 after Ctrl-C or a request to terminate, 3 the folder is damaged,",
      "  4 a file is wrong, 5 passphrase, 6 the folder is in use, 9 disk full, 12 port in use."
    })
final class LedgerServe implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private PassphraseOptions passphrase;
  @Mixin private ReadyFile readyFile;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      required = true,
      description = "The charter: it names the members that may connect.")
  private Path charterFile;

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      required = true,
      description =
          "The ledger's folder; it comes into being if it is not there. Or the one that 'madrigal"
              + " ledger import' made of another ledger.")
  private Path folder;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The orderer's key file, as 'madrigal key new' makes it.")
  private Path keyFile;

  @Option(
      names = "--bind",
      paramLabel = "HOST:PORT",
      description = "Where to listen; port 0 takes any free one. Default: ${DEFAULT-VALUE}.")
  private String bind = "127.0.0.1:7077";

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM with the server's certificate; needed unless HOST is this machine.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM with its private key.")
  private @Nullable Path certificateKey;

  private final CountDownLatch stop = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    return Shutdown.around(stop::countDown, this::serve);
  }

  private int serve() throws IOException, InterruptedException {
    Charter charter = CharterFile.read(charterFile).charter();
    LedgerServerConfig config = config().withMaxBody(BodyLimit.of(charter));
    SigningKey orderer = new KeyFile(keyFile).open(passphrase.forOpening());
    InstantSource clock = InstantSource.system();
    Optional<MovedFolder> moved = MovedFolder.in(folder);
    moved.ifPresent(from -> checkHandedOver(from, orderer));
    try (Archives before = moved.map(MovedFolder::open).orElseGet(Archives::new);
        FileLedger ledger =
            FileLedger.open(
                moved.map(MovedFolder::present).orElse(folder),
                charter.id(),
                before.end().orElseGet(() -> Origin.of(charter.id())),
                orderer,
                clock);
        LedgerServer server = start(ledger, before, config, charter, clock)) {
      ledger
          .repaired()
          .ifPresent(torn -> output.warn("The end of the ledger was torn and cut off: " + torn));
      announce(charter, ledger, server);
      stop.await();
      output.say("Stopping.");
    }
    return ExitCode.OK.code();
  }

  private void checkHandedOver(MovedFolder moved, SigningKey orderer) {
    String identity = "file:" + orderer.verifyingKey().text();
    if (!moved.last().next().equals(identity)) {
      throw new Failure(
          ExitCode.REFUSED,
          "The members handed the ledger in %s over to %s, and this orderer's is %s; use that key."
              .formatted(folder, moved.last().next(), identity));
    }
  }

  private static LedgerServer start(
      FileLedger ledger,
      Archives before,
      LedgerServerConfig config,
      Charter charter,
      InstantSource clock) {
    try {
      return LedgerServer.start(
          ledger,
          config,
          new CharterAdmission(charter, ledger, before),
          id -> charter.member(id).map(Member::key),
          clock);
    } catch (LedgerException e) {
      throw new Failure(ExitCode.ADDRESS_IN_USE, e.getMessage() + ".", e);
    }
  }

  private LedgerServerConfig config() {
    try {
      HostPort address = HostPort.parse(bind);
      return LedgerServerConfig.of(address.host(), address.port(), tls());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--bind: %s.".formatted(e.getMessage()), e);
    }
  }

  private @Nullable Tls tls() {
    if (certificate == null && certificateKey == null) {
      return null;
    }
    if (certificate == null || certificateKey == null) {
      throw new Failure(ExitCode.USAGE, "--tls-cert and --tls-key go together; give both.");
    }
    try {
      return Tls.pem(certificate, certificateKey);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.BAD_INPUT, e.getMessage() + ".", e);
    }
  }

  private void announce(Charter charter, FileLedger ledger, LedgerServer server)
      throws IOException {
    String address = server.uri().toString();
    String orderer = ledger.genesis().orderer().text();
    output.result(
        Json.object()
            .put("url", address)
            .put("orderer", orderer)
            .put("charter", charter.id().toString())
            .put("blocks", ledger.blockCount())
            .map(),
        out -> {
          out.printf("The ledger of '%s' listens at %s%n", charter.name(), address);
          out.printf("Its orderer is %s%n", orderer);
        });
    readyFile.write(address);
  }
}
