/**
 * A member's key, kept encrypted, and the passphrase that opens it.
 *
 * <p>Must not know: ledgers, statements or the loop; it never asks a person itself.
 */
@NullMarked
package org.madrigal.node.keystore;

import org.jspecify.annotations.NullMarked;
