package org.madrigal.core.protocol;

import java.util.regex.Pattern;

/**
 * The pseudonym of a member: what the ledger and the charter call it. Real names stay in a local
 * address book.
 *
 * @param value 1 to 32 lower-case letters, digits and inner hyphens, beginning with a letter
 */
public record MemberId(String value) implements Comparable<MemberId> {

  private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?");

  /** Refuses anything that is not in the form. */
  public MemberId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          ("'%s' is not a pseudonym: use 1 to 32 lower-case letters, digits and inner hyphens, "
                  + "beginning with a letter")
              .formatted(value));
    }
  }

  @Override
  public int compareTo(MemberId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
