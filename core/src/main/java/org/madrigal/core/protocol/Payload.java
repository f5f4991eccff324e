package org.madrigal.core.protocol;

/**
 * The part of a signed statement that is signed: what is said, in which federation, knowing what.
 *
 * @param federation the federation it belongs to
 * @param seen the last final head that the author knew; replay rejects one that is not of its own
 *     history
 * @param statement what is said
 */
public record Payload(FederationId federation, Head seen, Statement statement) {}
