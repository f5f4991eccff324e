package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Parameters;

/** Where the initial global model comes from; everybody can check what is put on the ledger. */
public sealed interface Initial {

  /**
   * Computed by everybody alike.
   *
   * @param by the algorithm
   * @param seed what it starts from
   */
  record Drawn(Initialisation by, long seed) implements Initial {
    /** The parameters of {@code model}. */
    public Parameters parameters(ModelSpec model) {
      return by.parameters(model, seed);
    }
  }

  /**
   * A model that was trained before; some member has the file.
   *
   * @param digest SHA-256 of its parameters, float32 little-endian in the charter's tensor order
   */
  record Pinned(Digest digest) implements Initial {}
}
