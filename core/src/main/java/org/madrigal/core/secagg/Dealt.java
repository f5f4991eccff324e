package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Share;

/**
 * What dealing gives to the dealer.
 *
 * @param dealing to publish
 * @param selfSeed the dealer's own share of its b_u, to keep
 * @param recoveryKey the dealer's own share of its R_u, to keep
 */
public record Dealt(Dealing dealing, Share selfSeed, Share recoveryKey) {}
