@NullMarked
package org.madrigal.app.config;

import org.jspecify.annotations.NullMarked;
