package org.madrigal.app.config;

import java.util.Optional;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.MemberId;

/**
 * A member as a charter file names it.
 *
 * @param id its pseudonym
 * @param key its public key; examples leave it out
 * @param weight how much its update counts where weights are declared
 */
public record DraftMember(MemberId id, Optional<VerifyingKey> key, int weight) {}
