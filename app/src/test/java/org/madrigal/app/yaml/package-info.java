@NullMarked
package org.madrigal.app.yaml;

import org.jspecify.annotations.NullMarked;
