/**
 * What one member keeps secret and computes from it: key agreement, dealing, masking, releasing.
 *
 * <p>Must not know: where secrets are kept, or how statements are signed and sent.
 */
@NullMarked
package org.madrigal.core.member;

import org.jspecify.annotations.NullMarked;
