package org.madrigal.app.simulate;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.data.DataFiles;

/**
 * Where the rows of simulated members lie.
 *
 * @param members the files of each member; none where the rows are dealt
 * @param whole rows that are dealt to the members
 */
public record Layout(SortedMap<MemberId, DataFiles> members, Optional<DataFiles> whole) {

  /** Copies the members. */
  public Layout {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }
}
