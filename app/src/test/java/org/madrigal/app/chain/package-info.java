/** Tests of what a charter asks of a contract, and of accounts. */
@NullMarked
package org.madrigal.app.chain;

import org.jspecify.annotations.NullMarked;
