@NullMarked
package org.madrigal.app.cli;

import org.jspecify.annotations.NullMarked;
