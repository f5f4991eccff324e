package org.madrigal.app.demo;

import java.nio.file.Path;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.MemberId;

/**
 * A hospital of the demo.
 *
 * @param id its pseudonym
 * @param key its key, also in its key file
 * @param folder where it keeps what is its own
 */
record DemoMember(MemberId id, SigningKey key, Path folder) {}
