/**
 * Files that carry a model to people who have never heard of Madrigal: safetensors and Fernet
 * tokens.
 *
 * <p>Must not know: ledgers and statements.
 */
@NullMarked
package org.madrigal.app.export;

import org.jspecify.annotations.NullMarked;
