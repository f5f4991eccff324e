package org.madrigal.app.node;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.Shutdown;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.app.key.KeyFile;
import org.madrigal.app.key.PassphraseOptions;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.node.Ending;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Node;
import org.madrigal.node.NodeConfig;
import org.madrigal.node.NodeListener;
import org.madrigal.node.NodeOptions;
import org.madrigal.node.Surroundings;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.data.MemberData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code node run}: takes part in a federation until its training is finished. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Take part in a federation until its training is finished, or until Ctrl-C.",
      "It may be killed at any moment and started again: it goes on where it was."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal node run --member north",
      "  madrigal node run --member north --passphrase-file secret --json",
      "  madrigal node run --member north --rejoin      after the folder's journal was lost",
      "",
      "Exit codes: 0 finished, 130 or 143 after Ctrl-C or a request to terminate; others in",
      "  docs/exit-codes.md."
    })
final class NodeRun implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;
  @Mixin private PassphraseOptions passphrase;

  @Option(
      names = "--rejoin",
      description =
          "The journal was lost or is an old copy: read everything first, and stay silent where"
              + " this member may have spoken before.")
  private boolean rejoin;

  @Option(
      names = "--past-fork",
      paramLabel = "POSITION",
      description = "Go past this entry, whose author saw another history; people compared heads.")
  private List<Long> pastForks = new ArrayList<>();

  @Option(names = "--stay", description = "Go on reading when there is nothing left to do.")
  private boolean stay;

  @Option(
      names = "--while",
      paramLabel = "PID",
      hidden = true,
      description = "End in good order when this process has ended: that of who started the node.")
  private @Nullable Long supervisor;

  private volatile Optional<Node> running = Optional.empty();
  private volatile boolean stopped;

  @Override
  public Integer call() throws Exception {
    if (supervisor != null) {
      ProcessHandle.of(supervisor).ifPresentOrElse(this::endWith, this::stop);
    }
    return Shutdown.around(this::stop, this::run);
  }

  private int run() throws InterruptedException {
    MemberFile file = member.file();
    Charter charter = MemberOption.charter(file);
    SigningKey key = new KeyFile(file.key()).open(passphrase.forOpening());
    Identity identity = new Identity(file.member(), key, charter);
    try (MemberFolder folder = MemberFolder.open(file.folder())) {
      MemberData data = Parts.data(file, charter);
      data.warnings().forEach(output::warn);
      return run(file, identity, folder, data);
    }
  }

  private int run(MemberFile file, Identity identity, MemberFolder folder, MemberData data)
      throws InterruptedException {
    Charter charter = identity.charter();
    NodeVoice voice = new NodeVoice(output, file);
    if (PrivacyWords.isLoud(charter)) {
      output.warn(PrivacyWords.NONE);
    }
    try (Trainer trainer = Parts.trainer(file, charter, data);
        Custodian custodian = Custodian.open(file, identity, folder);
        Followed followed = Parts.ledger(file, identity);
        Shown shown = Shown.of(NodeDashboard.of(file, identity, data, followed.ledger()));
        ExecutorService edges = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService work = Executors.newSingleThreadExecutor()) {
      Surroundings surroundings =
          new Surroundings(
              InstantSource.system(),
              RandomGenerator.getDefault(),
              new SecureRandom(),
              edges,
              work);
      Node node =
          Node.open(
              new NodeConfig(
                  identity,
                  folder,
                  followed.ledger(),
                  trainer,
                  custodian.keeping(),
                  surroundings,
                  options(file, charter),
                  shown.beside(voice)));
      running = Optional.of(node);
      if (charter.rules().privacy() == Privacy.MASKED) {
        work.execute(Masks::warmUp);
      }
      if (stopped) {
        node.stop();
      }
      output.say(
          "The node of '%s' in '%s' follows %s."
              .formatted(file.member(), charter.name(), file.ledger().text()));
      shown
          .dashboard()
          .ifPresent(dashboard -> output.say("The dashboard is at %s".formatted(dashboard.uri())));
      custodian
          .server()
          .ifPresent(server ->
              output.say("It gives attachments to the others at %s.".formatted(server.uri())));
      Ending ending = node.run();
      return voice.farewell(ending, node.state()).code();
    }
  }

  private NodeOptions options(MemberFile file, Charter charter) {
    return new NodeOptions(
        file.delays(),
        file.policy(),
        Parts.initialModel(file, charter),
        pastForks.stream().map(Position::new).collect(Collectors.toSet()),
        rejoin,
        stay);
  }

  /** A dashboard, where there is one. */
  private record Shown(Optional<NodeDashboard> dashboard) implements AutoCloseable {

    static Shown of(Optional<NodeDashboard> dashboard) {
      return new Shown(dashboard);
    }

    NodeListener beside(NodeListener voice) {
      return event -> {
        voice.on(event);
        dashboard.ifPresent(listener -> listener.on(event));
      };
    }

    @Override
    public void close() {
      dashboard.ifPresent(NodeDashboard::close);
    }
  }

  private void endWith(ProcessHandle process) {
    Thread.ofVirtual()
        .start(() -> {
          process.onExit().join();
          stop();
        });
  }

  private void stop() {
    stopped = true;
    running.ifPresent(Node::stop);
  }
}
