package org.madrigal.ledger;

import java.nio.file.Path;

/**
 * Bytes of a block that was being written when its writer was killed: never acknowledged, and cut
 * off when the ledger is opened for writing.
 *
 * @param file the segment file
 * @param offset where its good bytes end
 * @param bytes how many bytes are no good
 */
public record TornTail(Path file, long offset, long bytes) {}
