/** Every example is run, on real data where they are and on made-up data elsewhere. */
@NullMarked
package org.madrigal.app.examples;

import org.jspecify.annotations.NullMarked;
