/** Tests of the models, and recipes for the tests of other modules. */
@NullMarked
package org.madrigal.core.model;

import org.jspecify.annotations.NullMarked;
