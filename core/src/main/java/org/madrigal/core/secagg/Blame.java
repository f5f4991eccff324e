package org.madrigal.core.secagg;

import java.util.Map;
import java.util.SortedMap;

/**
 * Finds who sent garbage, at the price of one element of every member's vector: takes the masks of
 * one element away from one masked vector.
 */
public final class Blame {

  private Blame() {}

  /**
   * What {@code member} had encoded in one element, centred; larger than the scale's limit times
   * its weight convicts it.
   *
   * @param masked the element of its masked vector
   * @param selfElement of its own mask
   * @param pairElements of its masks with each peer, by the peer's index, as both ends publish them
   * @throws IllegalArgumentException if the member is among its peers
   */
  public static long encodedBy(
      int member, Ring ring, long masked, long selfElement, SortedMap<Integer, Long> pairElements) {
    long element = masked - selfElement;
    for (Map.Entry<Integer, Long> pair : pairElements.entrySet()) {
      if (pair.getKey() == member) {
        throw new IllegalArgumentException("Member %d has no mask with itself".formatted(member));
      }
      element += pair.getKey() > member ? -pair.getValue() : pair.getValue();
    }
    return ring.centre((int) element);
  }
}
