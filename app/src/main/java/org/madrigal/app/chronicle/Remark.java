package org.madrigal.app.chronicle;

import org.madrigal.core.protocol.Position;

/**
 * Something that an entry brought about, for people.
 *
 * @param position the entry
 * @param sentence a clause
 */
public record Remark(Position position, String sentence) {}
