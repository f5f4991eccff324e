/**
 * What is served under {@code /api/v1}: one class for each endpoint, which turns a snapshot of what
 * was read into JSON. {@code openapi.json} beside these classes is the contract.
 *
 * <p>Must not know: sockets, and who asks.
 */
@NullMarked
package org.madrigal.app.rest;

import org.jspecify.annotations.NullMarked;
