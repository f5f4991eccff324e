package org.madrigal.ledger.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/**
 * A transaction that moves no money.
 *
 * <pre>
 * price     rlp([nonce, price, gas, to, 0, data, v, r, s]), v = 2 chain + 35 + y    (EIP-155)
 * dynamic   2 || rlp([chain, nonce, tip, most, gas, to, 0, data, [], y, r, s])      (EIP-1559)
 * </pre>
 *
 * @param chain the number of the chain, without which it could be repeated on another
 * @param nonce how many transactions of the account come before
 * @param fee what is offered for gas
 * @param gas how much it may take
 * @param to the contract to call; none to make one
 * @param data the call, or the code that makes the contract
 */
record Transaction(long chain, long nonce, Fee fee, long gas, Optional<EvmAddress> to, Bytes data) {

  private static final byte DYNAMIC = 2;
  private static final int FIRST_V = 27;
  private static final int EIP_155 = 35;

  /** Signed, as it is handed in. */
  Bytes sign(EvmKey key) {
    return switch (fee) {
      case Fee.Price price -> {
        List<RlpType> fields = fields();
        List<RlpType> open = new ArrayList<>(fields);
        open.addAll(List.of(number(chain), number(0), number(0)));
        Sign.SignatureData signature = key.sign(hash(rlp(open)));
        long v = 2 * chain + EIP_155 + parity(signature);
        fields.addAll(List.of(number(v), trimmed(signature.getR()), trimmed(signature.getS())));
        yield Bytes.takeOver(rlp(fields));
      }
      case Fee.Dynamic dynamic -> {
        List<RlpType> fields = fields();
        fields.add(new RlpList());
        Sign.SignatureData signature = key.sign(hash(typed(rlp(fields))));
        fields.addAll(
            List.of(
                number(parity(signature)), trimmed(signature.getR()), trimmed(signature.getS())));
        yield Bytes.takeOver(typed(rlp(fields)));
      }
    };
  }

  /** The name of a signed transaction. */
  static Bytes hash(Bytes signed) {
    return hash(signed.toByteArray());
  }

  private List<RlpType> fields() {
    List<RlpType> fields = new ArrayList<>();
    switch (fee) {
      case Fee.Price(BigInteger price) ->
          fields.addAll(List.of(number(nonce), RlpString.create(price)));
      case Fee.Dynamic(BigInteger tip, BigInteger most) ->
          fields.addAll(
              List.of(number(chain), number(nonce), RlpString.create(tip), RlpString.create(most)));
    }
    fields.add(number(gas));
    fields.add(RlpString.create(to.map(address -> address.value().toByteArray()).orElse(NONE)));
    fields.add(number(0));
    fields.add(RlpString.create(data.toByteArray()));
    return fields;
  }

  private static final byte[] NONE = {};

  private static RlpType number(long number) {
    return RlpString.create(number);
  }

  private static RlpType trimmed(byte[] number) {
    return RlpString.create(new BigInteger(1, number));
  }

  private static long parity(Sign.SignatureData signature) {
    return (long) signature.getV()[0] - FIRST_V;
  }

  private static byte[] rlp(List<RlpType> fields) {
    return RlpEncoder.encode(new RlpList(fields));
  }

  private static byte[] typed(byte[] rlp) {
    byte[] typed = new byte[rlp.length + 1];
    typed[0] = DYNAMIC;
    System.arraycopy(rlp, 0, typed, 1, rlp.length);
    return typed;
  }

  private static Bytes hash(byte[] bytes) {
    return Bytes.takeOver(Hash.sha3(bytes));
  }
}
