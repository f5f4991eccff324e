@NullMarked
package org.madrigal.app.view;

import org.jspecify.annotations.NullMarked;
