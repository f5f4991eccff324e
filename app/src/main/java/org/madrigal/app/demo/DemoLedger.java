package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.madrigal.app.audit.ExpectedHead;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Ledger;

/** The ledger over which the demo's hospitals speak, while they do. */
sealed interface DemoLedger extends AutoCloseable permits DemoServer, DemoChain {

  /** What enrolments call it. */
  String identity();

  /** Where it is, for people. */
  String place();

  /** Writes the members' settings. */
  void writeSettings() throws IOException;

  /** What the process of a member needs in its environment. */
  Map<String, String> environment(DemoMember member);

  /** Opens it for a member, with the member's own copy. */
  Ledger open(DemoMember member);

  /** How many entries it has now. */
  Position end() throws InterruptedException;

  /** Brings the folder that is audited to the end; nobody writes any more, or has it open. */
  Ended finish() throws InterruptedException;

  @Override
  void close();

  /**
   * A ledger to which nobody writes any more.
   *
   * @param folder what is audited
   * @param head what its history must end in, where somebody else than the folder tells
   * @param chain what the chain was used for, if it is on one
   */
  record Ended(Path folder, Optional<ExpectedHead> head, Optional<ChainFacts> chain) {}
}
