/**
 * The arrows between the rooms of the house, held: who may know whom, what pure means, and how
 * things are named. Each law is also shown to refuse a fixture that breaks it, for a law that
 * cannot fail protects nothing.
 */
@NullMarked
package org.madrigal.app.architecture;

import org.jspecify.annotations.NullMarked;
