@NullMarked
package org.madrigal.app.model;

import org.jspecify.annotations.NullMarked;
