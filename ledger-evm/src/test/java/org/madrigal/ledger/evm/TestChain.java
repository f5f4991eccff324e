package org.madrigal.ledger.evm;

import java.net.URI;
import java.util.List;

/** A chain that a test has to itself, with ten rich accounts. */
public interface TestChain extends AutoCloseable {

  /** Its number. */
  long number();

  /** Where its nodes listen. */
  List<URI> nodes();

  /** The key of an account, from 0 to 9. */
  EvmKey key(int account);

  @Override
  void close();
}
