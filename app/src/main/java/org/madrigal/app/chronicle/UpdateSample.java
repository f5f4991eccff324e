package org.madrigal.app.chronicle;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement;

/**
 * What one member's update looks like to everybody who reads the ledger.
 *
 * @param author whose it is
 * @param position where it stands
 * @param kind what kind of statement carries it
 * @param length its bytes
 * @param first the first of them
 * @param readable whether its numbers can be read, so that the histogram is of them
 * @param histogram of its bytes, or of its numbers
 */
public record UpdateSample(
    MemberId author,
    Position position,
    String kind,
    int length,
    Bytes first,
    boolean readable,
    Histogram histogram) {

  private static final int SHOWN = 64;

  /** The sample, if the statement brings an update. */
  static Optional<UpdateSample> of(MemberId author, String kind, Statement said, Entry entry) {
    boolean open = said instanceof Statement.Update;
    boolean secret =
        said instanceof Statement.MaskedUpdate || said instanceof Statement.SealedUpdate;
    if (!open && !secret) {
      return Optional.empty();
    }
    return entry
        .attachment()
        .map(Attachment::content)
        .map(content ->
            new UpdateSample(
                author,
                entry.position(),
                kind,
                content.length(),
                content.slice(0, Math.min(SHOWN, content.length())),
                open,
                open
                    ? Histogram.around(content.length() / Float.BYTES, content::floatAt)
                    : Histogram.ofBytes(content)));
  }
}
