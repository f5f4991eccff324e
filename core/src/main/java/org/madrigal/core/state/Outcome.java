package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Envelope;

/**
 * What applying one entry gives.
 *
 * @param state the state after it
 * @param verdict whether the entry counts
 * @param envelope the statement taken apart, where its bytes are one
 * @param events what the entry brought about, in order; also a rejected entry can, by its time
 */
public record Outcome(
    State state, Verdict verdict, Optional<Envelope> envelope, List<Event> events) {}
