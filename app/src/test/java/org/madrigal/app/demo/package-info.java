@NullMarked
package org.madrigal.app.demo;

import org.jspecify.annotations.NullMarked;
