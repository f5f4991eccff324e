package org.madrigal.ledger.evm;

import java.math.BigInteger;

/** What is offered for a unit of gas, in wei. */
sealed interface Fee {

  /** The most that it can come to. */
  BigInteger most();

  /** So much more that nodes let a transaction take the place of an earlier one. */
  Fee raised();

  /** One price: the form before EIP-1559, which networks with free gas take, too. */
  record Price(BigInteger price) implements Fee {
    @Override
    public BigInteger most() {
      return price;
    }

    @Override
    public Fee raised() {
      return new Price(raise(price));
    }
  }

  /**
   * EIP-1559: the base fee of the block, and a tip.
   *
   * @param tip what the block's maker gets
   * @param most the most that base fee and tip may come to
   */
  record Dynamic(BigInteger tip, BigInteger most) implements Fee {
    @Override
    public Fee raised() {
      return new Dynamic(raise(tip), raise(most));
    }
  }

  /** Nodes ask for a tenth more, Besu and geth alike; free gas stays free. */
  private static BigInteger raise(BigInteger amount) {
    return amount.multiply(BigInteger.valueOf(5)).divide(BigInteger.valueOf(4));
  }
}
