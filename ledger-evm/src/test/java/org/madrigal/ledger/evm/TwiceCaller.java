package org.madrigal.ledger.evm;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/** A member that is a contract and makes two calls in one transaction. */
final class TwiceCaller {

  private TwiceCaller() {}

  static EvmAddress make(Account account) throws Exception {
    Bytes code = Compiler.creation("src/test/solidity/TwiceCaller.sol");
    return account
        .send(
            List.of(new Account.Call("a member", Optional.empty(), code, 1_000_000)).iterator(),
            account.fee())
        .contract()
        .orElseThrow();
  }

  static Bytes call(EvmAddress target, Bytes first, Bytes second) {
    return Abi.call(
        Abi.selector("both(address,bytes,bytes)"),
        Abi.of(target),
        Abi.blob(first),
        Abi.blob(second));
  }
}
