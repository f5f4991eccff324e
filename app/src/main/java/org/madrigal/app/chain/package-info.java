/**
 * What a charter asks of a contract on a chain, and the accounts that pay.
 *
 * <p>Must not know: commands.
 */
@NullMarked
package org.madrigal.app.chain;

import org.jspecify.annotations.NullMarked;
