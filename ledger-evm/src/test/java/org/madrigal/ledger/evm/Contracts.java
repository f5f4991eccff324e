package org.madrigal.ledger.evm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.Fixtures;

/** A contract for three members, whose accounts are the first of a chain. */
public final class Contracts {

  /** The members. */
  public static final List<MemberId> ROSTER =
      List.of(new MemberId("ada"), new MemberId("bob"), new MemberId("cyd"));

  /** How tests look at a chain: often. */
  public static final EvmLedgerConfig.Options OPTIONS =
      EvmLedgerConfig.Options.DEFAULT
          .with(new Finality.Latest())
          .polling(Duration.ofMillis(10))
          .patientFor(Duration.ofSeconds(60));

  /** The most bytes of an attachment. */
  static final long MAX_ATTACHMENT = 32L << 20;

  /** How long who was voted out may write. */
  static final Duration GRACE = Duration.ofHours(1);

  private Contracts() {}

  static ContractTerms terms(TestChain chain) {
    return new ContractTerms(
        Fixtures.FEDERATION,
        IntStream.range(0, ROSTER.size()).mapToObj(i -> chain.key(i).address()).toList(),
        2,
        GRACE,
        MAX_ATTACHMENT);
  }

  /** Makes one. */
  public static EvmLedgerId make(TestChain chain) throws InterruptedException {
    return EvmContract.make(chain.number(), chain.nodes(), chain.key(9), terms(chain), OPTIONS)
        .ledger();
  }

  /** How a member reaches it. */
  static EvmLedgerConfig config(
      EvmLedgerId ledger, EvmKey key, Path folder, EvmLedgerConfig.Options options, URI... nodes) {
    return new EvmLedgerConfig(
        ledger, Fixtures.FEDERATION, ROSTER, List.of(nodes), folder, Optional.of(key), options);
  }
}
