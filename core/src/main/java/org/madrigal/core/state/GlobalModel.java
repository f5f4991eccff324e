package org.madrigal.core.state;

import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.RoundId;

/**
 * The model that the history gives after a round.
 *
 * @param round the round that produced it; {@link RoundId#INITIAL} for the initial model
 * @param parameters its parameters
 * @param digest SHA-256 of the parameters, float32 little-endian in the charter's tensor order
 */
public record GlobalModel(RoundId round, Parameters parameters, Digest digest) {

  static GlobalModel of(RoundId round, Parameters parameters) {
    return new GlobalModel(round, parameters, parameters.digest());
  }
}
