package org.madrigal.core.state;

/**
 * That an entry has no effect, and why. It stays on the ledger with this judgement for ever.
 *
 * @param reason the kind of reason
 * @param detail one clause for people: what was found and what was expected
 */
public record Rejection(Reason reason, String detail) {}
