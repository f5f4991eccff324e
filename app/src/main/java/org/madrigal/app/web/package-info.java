/**
 * The server in front of {@link org.madrigal.app.rest}: who may ask, how much, and how answers
 * travel. Nothing here is trusted to be quick: a client costs one virtual thread and no more, and
 * the thread that replays never waits for it.
 *
 * <p>Must not know: what is answered.
 */
@NullMarked
package org.madrigal.app.web;

import org.jspecify.annotations.NullMarked;
