package org.madrigal.app.evm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.examples.ExampleData;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.generate.Generated;
import org.madrigal.app.simulate.FederatedData;
import org.madrigal.app.simulate.LayoutFile;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.ledger.FileLedger;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.djl.DjlTrainer;

/**
 * The masked example of the four heart clinics, cut to a few rounds; each run really trains.
 *
 * @param charter what they signed up to
 * @param data what each of them has
 */
record HeartFederation(Charter charter, FederatedData data) {

  /**
   * Reads the example.
   *
   * @param scratch where its data are made up, if there are no real ones
   */
  static HeartFederation of(int rounds, Path scratch) throws IOException {
    ExampleData found = ExampleData.of("heart-disease", Generated.HEART_DISEASE, scratch);
    String text =
        Files.readString(ExampleData.example("heart-disease/fed-yogi-masked.yaml"))
            .replace("rounds: 15", "rounds: " + rounds);
    Charter charter =
        CharterFile.read("c.yaml", text).charter(id -> Federation.keyOf(id.value()).verifyingKey());
    return new HeartFederation(
        charter,
        FederatedData.read(
            charter.recipe().data(),
            charter.roster().stream().map(Member::id).toList(),
            found.folder(),
            Optional.of(
                LayoutFile.read(
                    ExampleData.example("heart-disease/layout.yaml"),
                    found.folder(),
                    charter.recipe().data()))));
  }

  /** The trainer of a member, for one run. */
  Trainer trainer(MemberId member) {
    return DjlTrainer.factory(1).open(charter.recipe(), data.of(member));
  }

  /** Trains over a ledger in files; the digests of the models from round 1 on. */
  List<Digest> trainOnFile(Path folder) throws IOException, InterruptedException {
    List<Digest> models = new ArrayList<>();
    List<MemberFolder> folders = new ArrayList<>();
    try (FileLedger ledger =
            FileLedger.open(
                folder.resolve("ledger"),
                charter.id(),
                Federation.keyOf("orderer"),
                InstantSource.system());
        Nodes nodes = Nodes.simulated()) {
      for (Member member : charter.roster()) {
        folders.add(
            MemberFolder.open(Files.createDirectories(folder.resolve(member.id().value()))));
        nodes.open(
            new Identity(member.id(), Federation.keyOf(member.id().value()), charter),
            folders.getLast(),
            ledger,
            trainer(member.id()));
      }
      nodes.run((entry, outcome) -> {
        for (Event event : outcome.events()) {
          if (event instanceof Event.RoundClosed closed) {
            models.add(closed.model().digest());
          }
        }
        return true;
      });
    } finally {
      folders.forEach(MemberFolder::close);
    }
    return models;
  }
}
